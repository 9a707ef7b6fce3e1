"""The second workflow for forks: what the first one uploaded is data, and mostly lies here."""
import io
import json
import pathlib
import zipfile

from composite import run_action
from fake_github import FakeGithub
from sandbox import PROGRAM, Sandbox, samples

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAD = "a" * 40


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content)
    return out.getvalue()


class ForkCommentTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.api = FakeGithub()
        self.addCleanup(self.api.close)
        self.api.pulls[7] = HEAD
        self.api.pulls[8] = "b" * 40
        results = self.dir / "results.json"
        (self.dir / "head.json").write_text(json.dumps(samples(200_000)))
        (self.dir / "budgets.yml").write_text("version: 1\nproject: shop\nbudgets:\n"
                                              "  - { id: main-js, metric: bundle.gzip, max: 100 kB }\n")
        run = self.run_program("check", "head.json", "--base", "none", "--output", f"json={results}", cwd=self.dir)
        self.assertEqual(run.code, 1, run.stderr)
        # As of the merge commit that a run for a pull request checks out.
        self.results = self.changed(json.loads(results.read_text()), commit="d" * 40, parents=["c" * 40, HEAD])
        self.runs = 0

    @staticmethod
    def changed(document, **members):
        return json.dumps({**document, **members})

    def claimed(self, **members):
        """The artifact of a fork whose results say this as well."""
        return archive(**{"results.json": self.changed(json.loads(self.results), **members), "pull-request.txt": "7"})

    def act(self, *artifacts, head=HEAD, conclusion="failure", fork="stranger/r", app="shop", **inputs):
        self.runs += 1
        workspace = self.dir / f"workspace-{self.runs}"
        workspace.mkdir()
        self.api.artifacts = {42: list(artifacts)}
        event = {"workflow_run": {"id": 42, "head_sha": head, "event": "pull_request", "conclusion": conclusion,
                                  "head_repository": {"full_name": fork}, "repository": {"full_name": "o/r"}}}
        env = {**self.env, **self.github("workflow_run", "refs/heads/main", "c" * 40, event),
               "GITHUB_API_URL": self.api.url, "GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://github.com",
               "GITHUB_RUN_ID": "43"}
        run = run_action(ROOT / "ci-templates/github/fork-comment", {"binary": PROGRAM, "token": "ghs_fake", "app": app, **inputs},
                         {"event": event, "job": "comment"}, env, self.dir / f"temp-{self.runs}", workspace)
        self.assertEqual(list(workspace.iterdir()), [], "nothing of the archive is unpacked")
        self.assertNotIn("ghs_fake", run.log)
        return run

    def refused(self, content, says, **more):
        run = self.act(("budgetcheck", content), **more)
        self.assertTrue(run.failed, run.log)
        self.assertIn(says, run.log)
        self.assertEqual(self.api.comments, [])

    def test_an_honest_artifact_is_commented_once(self):
        good = archive(**{"results.json": self.results, "pull-request.txt": "7\n", "budgetcheck.md": "@everyone owned"})
        for edits in (0, 0):
            run = self.act(("other", b""), ("budgetcheck", good))
            self.assertFalse(run.failed, run.log)
            self.assertEqual([c["edits"] for c in self.api.ours(7)], [edits], run.log)
        self.assertIn("main-js", self.api.ours(7)[0]["body"])
        self.assertNotIn("owned", self.api.ours(7)[0]["body"], "only what the results say is rendered")

    def test_it_says_whose_word_the_numbers_are(self):
        run = self.act(("budgetcheck", self.claimed()))
        self.assertFalse(run.failed, run.log)
        self.assertIn("Measured by the fork's own run, whose conclusion is `failure`", self.api.ours(7)[0]["body"])
        self.act(("budgetcheck", self.claimed()), fork="o/r", conclusion="success")
        self.assertIn("Measured by another run, whose conclusion is `success`", self.api.ours(7)[0]["body"])

    def test_the_outcome_is_that_of_the_verdicts(self):
        run = self.act(("budgetcheck", self.claimed(outcome="pass", exit=0)))
        self.assertFalse(run.failed, run.log)
        self.assertIn("❌ budgetcheck `shop`: failed, 1 of 1 budget", self.api.ours(7)[0]["body"])

    def test_good_numbers_of_a_run_that_failed_are_not_believed(self):
        verdicts = [dict(v, status="pass", code="OK", value=1, message="") for v in json.loads(self.results)["verdicts"]]
        good = self.claimed(outcome="pass", exit=0, verdicts=verdicts)
        run = self.act(("budgetcheck", good))
        self.assertFalse(run.failed, run.log)
        body = self.api.ours(7)[0]["body"]
        self.assertNotIn("✅ budgetcheck", body)
        self.assertIn("❓ budgetcheck `shop`: cannot judge", body)
        self.act(("budgetcheck", good), conclusion="success")
        self.assertIn("✅ budgetcheck `shop`: passed", self.api.ours(7)[0]["body"])

    def test_the_workflow_names_the_application(self):
        run = self.act(("budgetcheck", self.claimed(app="billing", project="billing")))
        self.assertFalse(run.failed, run.log)
        body = self.api.ours(7)[0]["body"]
        self.assertTrue(body.startswith("<!-- budgetcheck v1 app=shop job=budgets -->"), body)
        self.assertNotIn("billing", body)
        self.api.comments.clear()
        self.refused(self.claimed(), "app: name the application", app="")

    def test_results_of_another_commit(self):
        self.refused(self.claimed(commit="b" * 40, parents=[]), "these results are of the commit " + "b" * 40)
        self.refused(self.claimed(commit="not a commit", parents=["b" * 40]), "these results are of no commit")

    def test_the_number_of_another_pull_request(self):
        self.refused(archive(**{"results.json": self.results, "pull-request.txt": "8"}), "")
        self.refused(archive(**{"results.json": self.results, "pull-request.txt": "999"}), "")

    def test_numbers_that_are_none(self):
        for number in ("7\n8", "7; touch x", "0", "-7", "$(id)", "seven"):
            self.refused(archive(**{"results.json": self.results, "pull-request.txt": number}), "no pull request")
        self.refused(archive(**{"results.json": self.results, "pull-request.txt": "7" * 30}), "more than 20 bytes")

    def test_what_is_missing_or_not_ours(self):
        self.refused(archive(**{"pull-request.txt": "7"}), "has no results.json")
        self.refused(archive(**{"results.json": self.results}), "has no pull-request.txt")
        self.refused(b"no archive", "has no pull-request.txt")
        for text in ("[]", "{", '{"version":2,"samples":[]}', '{"version":1}', "null", self.results + self.results):
            self.refused(archive(**{"results.json": text, "pull-request.txt": "7"}), "not a results file")

    def test_paths_of_the_archive_lead_nowhere(self):
        outside = archive(**{"../results.json": self.results, "/tmp/results.json": self.results, "pull-request.txt": "7"})
        self.refused(outside, "has no results.json")

    def test_a_huge_member_is_cut(self):
        self.refused(archive(**{"results.json": b"0" * 60_000_000, "pull-request.txt": "7"}), "more than 50000000 bytes")

    def test_hostile_names_are_no_markup(self):
        hostile = json.loads(self.results)
        name = "@everyone <img src=x onerror=alert(1)> [x](https://evil.example) ``` \u202e | #1\n::error::x"
        for verdict in hostile["verdicts"]:
            verdict["where"] = {"entry": name}
            verdict["message"] = verdict["budget"] = name
        run = self.act(("budgetcheck", archive(**{"results.json": json.dumps(hostile), "pull-request.txt": "7"})))
        if run.failed:
            return  # refusing such results is as good
        body = self.api.ours(7)[0]["body"]
        outside_code = "".join(part for i, part in enumerate(body.split("`")) if i % 2 == 0)
        self.assertNotIn("@everyone", outside_code)
        self.assertNotIn("<img", outside_code)
        self.assertNotIn("](https://evil", outside_code)

    def test_no_artifact_is_said(self):
        run = self.act(("other", b""))
        self.assertFalse(run.failed)
        self.assertIn("has no artifact 'budgetcheck'", run.log)

    def test_another_event_is_refused(self):
        run = self.act(("budgetcheck", b""), head="")
        self.assertTrue(run.failed)
        self.assertIn("on: workflow_run", run.log)
