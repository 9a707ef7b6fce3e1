"""`budgetcheck comment` against a small GitHub and GitLab: what is written, what is left alone, what happens when it fails."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

from fake_server import FakeServer, TOKEN

PROGRAM = os.environ.get("BUDGETCHECK_PROGRAM", "")
MARKER = "<!-- budgetcheck v1 app=shop job=ci -->"
HEAD = "a" * 40


def results(value=200, limit=100, app="shop", **more):
    failed = value > limit
    return {"version": 1, "tool": {"name": "budgetcheck", "version": "0.1.0"}, "app": app,
            "outcome": "fail" if failed else "pass", "exit": 1 if failed else 0, "commit": HEAD,
            "base": {"kind": "none", "how": "no base", "commits_older": 0}, "inputs": [], "samples": [],
            "verdicts": [{"budget": "main-js", "metric": "bundle.gzip", "where": {"entry": "main"},
                          "status": "fail" if failed else "pass", "code": "LIMIT_EXCEEDED" if failed else "OK",
                          "value": value, "unit": "B", "limit": limit, "limit_is": "max", "message": ""}],
            "findings": [], "problems": [], "notes": [], "unbudgeted": 0, **more}


class Comment(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        if not PROGRAM:
            self.fail("BUDGETCHECK_PROGRAM is not set: use run.py")
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="budgetcheck-comment-"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def run_comment(self, server, document, *arguments, expect=0, env=None, check=True):
        documents = document if isinstance(document, list) else [document]
        files = []
        for i, one in enumerate(documents):
            path = self.dir / f"r{i}.json"
            path.write_text(one if isinstance(one, str) else json.dumps(one))
            files.append(str(path))
        base = {"PATH": os.environ["PATH"], "HOME": str(self.dir), "TMPDIR": str(self.dir), "LC_ALL": "C.UTF-8",
                "BUDGETCHECK_DELIVERY_TIMEOUT": "20", "no_proxy": "127.0.0.1"}
        done = subprocess.run([PROGRAM, "comment", *files, *arguments], cwd=self.dir, text=True, capture_output=True,
                              env={**base, **(server.env() if server else {}), **(env or {})}, timeout=60)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        self.assertNotIn(TOKEN, done.stdout + done.stderr)
        self.assertEqual([p.name for p in self.dir.glob("budgetcheck-*")], [], "a temporary file was left")
        if server and check:
            self.assertEqual(server.violations, [])
        return done

    # --- one comment ---

    def test_creates_then_leaves_then_updates(self):
        with FakeServer(others=250) as server:
            self.run_comment(server, results())
            self.assertEqual(len(server.own), 1)
            first = server.own[0]["body"]
            self.assertEqual(first.splitlines()[0], MARKER)
            self.assertIn("https://github.example/o/r/actions/runs/55", first)
            self.assertEqual(sum(" /repos/o/r/issues/7/comments?" in line for line in server.log), 4, server.log)
            writes = len(server.writes)
            # Another run of the same state: only the link differs, which is no reason to write.
            said = self.run_comment(server, results(), env={"GITHUB_RUN_ID": "56"})
            self.assertIn("comment unchanged", said.stdout)
            self.assertEqual(len(server.writes), writes)
            self.run_comment(server, results(value=300))
            self.assertEqual(len(server.own), 1)
            self.assertIn("300 B", server.own[0]["body"])

    def test_green_creates_nothing_and_edits_in_place(self):
        with FakeServer(others=3) as server:
            said = self.run_comment(server, results(value=50))
            self.assertEqual((server.writes, server.own), ([], []))
            self.assertIn("not needed", said.stdout)
            self.run_comment(server, results())
            self.run_comment(server, results(value=50))
            body = server.own[0]["body"]
            self.assertIn("✅", body)
            self.assertNotIn("<details>", body)
            self.assertLessEqual(len(body.strip().splitlines()), 4, body)

    def test_green_deletes_or_hides(self):
        with FakeServer() as server:
            self.run_comment(server, results())
            self.run_comment(server, results(value=50), "--when-green", "delete")
            self.assertEqual(server.own, [])
            self.run_comment(server, results())
            node = server.own[0]["node_id"]
            self.run_comment(server, results(value=50), "--when-green", "hide")
            self.assertEqual(server.hidden, {node})
            writes = len(server.writes)
            self.run_comment(server, results(value=50), "--when-green", "hide")
            self.assertEqual(len(server.writes), writes)
            self.run_comment(server, results(), "--when-green", "hide")
            self.assertEqual((server.hidden, len(server.own)), (set(), 1))
            self.assertIn("❌", server.own[0]["body"])

    def test_jobs_and_applications_have_their_own(self):
        with FakeServer() as server:
            self.run_comment(server, results())
            self.run_comment(server, results(), "--job", "nightly")
            self.run_comment(server, results(app="admin"))
            self.run_comment(server, results(value=400))
            first = sorted(c["body"].splitlines()[0] for c in server.own)
            self.assertEqual(first, ["<!-- budgetcheck v1 app=admin job=ci -->", MARKER,
                                     "<!-- budgetcheck v1 app=shop job=nightly -->"])

    def test_matrix_makes_one(self):
        with FakeServer() as server:
            self.run_comment(server, [results(value=50, app="a"), results(app="b"), results(app="c")], "--app", "matrix")
            self.assertEqual(len(server.own), 1)
            body = server.own[0]["body"]
            self.assertIn("app=matrix job=ci", body)
            self.assertIn("2 of 3 applications did not pass", body)
            self.assertLess(body.index("| `b` |"), body.index("| `a` |"))
            self.run_comment(server, [results(value=50, app="a"), results(value=1, app="b")], "--app", "matrix")
            self.assertEqual(len(server.own), 1)
            self.assertIn("passed, 2 applications", server.own[0]["body"])

    # --- people, and other runs ---

    def test_leaves_a_copy_of_the_marker_alone(self):
        with FakeServer() as server:
            server.add(MARKER + "\nmine now", "mallory")
            server.add("> " + MARKER, "alice")
            self.run_comment(server, results())
            self.assertEqual(len(server.own), 1)
            self.run_comment(server, results(value=300))
            self.assertEqual(len(server.own), 1)
            self.assertIn("mine now", server.comments[0]["body"])

    def test_with_a_token_of_a_person(self):
        with FakeServer(bot="carol") as server:
            server.user = "carol"
            server.add(MARKER + "\nmine", "mallory")
            self.run_comment(server, results())
            self.run_comment(server, results(value=300))
            self.assertEqual(len(server.own), 1)

    def test_edited_by_a_person(self):
        with FakeServer() as server:
            self.run_comment(server, results())
            server.own[0]["body"] = MARKER + "\r\nall is well"
            self.run_comment(server, results())
            self.assertEqual(len(server.own), 1)
            self.assertIn("main-js", server.own[0]["body"])
            server.own[0]["body"] = "I removed that line"
            self.run_comment(server, results())
            self.assertEqual(len(server.own), 2)  # found no more: that comment is theirs now

    def test_two_runs_at_once_leave_one(self):
        with FakeServer(others=120) as server:
            server.before_create = lambda text: (setattr(server, "before_create", None), server.add(text, server.bot, bot=True))
            said = self.run_comment(server, results())
            self.assertEqual(len(server.own), 1)
            self.assertIn("at the same time", said.stderr)

    def test_deletes_its_own_duplicates(self):
        with FakeServer() as server:
            for _ in range(3):
                server.add(MARKER + "\nold", server.bot, bot=True)
            kept = server.own[0]["id"]
            self.run_comment(server, results())
            self.assertEqual([c["id"] for c in server.own], [kept])

    # --- failures ---

    def test_read_only_token_goes_to_the_summary(self):
        with FakeServer() as server:
            summary = self.dir / "summary.md"
            summary.write_text("before\n")
            server.fail(403, times=9, method="POST", body={"message": "Resource not accessible by integration"})
            said = self.run_comment(server, results(), env={"GITHUB_STEP_SUMMARY": str(summary)})
            self.assertIn("Resource not accessible by integration", said.stderr)
            self.assertIn("pull-requests: write", said.stderr)
            self.assertIn("main-js", summary.read_text())
            self.assertTrue(summary.read_text().startswith("before\n"))
            self.assertEqual(len(server.writes), 1, "403 is for good")
            strict = self.run_comment(server, results(), "--strict-delivery", expect=5)
            self.assertIn("main-js", strict.stdout)

    def test_a_full_summary_is_not_spoilt(self):
        with FakeServer() as server:
            summary = self.dir / "summary.md"
            summary.write_text("x" * (1024 * 1024 - 100))
            server.fail(401, times=9)
            said = self.run_comment(server, results(), env={"GITHUB_STEP_SUMMARY": str(summary)})
            self.assertEqual(summary.stat().st_size, 1024 * 1024 - 100)
            self.assertIn("larger than 1 MiB", said.stderr)
            self.assertIn("main-js", said.stdout)

    def test_waits_as_it_is_asked_to(self):
        for status, headers, body in ((429, {"Retry-After": "1"}, None), (503, {"Retry-After": "1"}, None),
                                      (403, {"Retry-After": "1"}, {"message": "You have exceeded a secondary rate limit."}),
                                      (403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + 1)}, None)):
            with self.subTest(status=status, body=body), FakeServer() as server:
                server.fail(status, headers=headers, body=body)
                self.run_comment(server, results())
                self.assertEqual(len(server.own), 1)
                if status != 503:
                    server.fail(status, method="POST", headers=headers, body=body)
                    self.run_comment(server, results(app="other"))
                    self.assertEqual(len(server.own), 2)

    def test_does_not_wait_for_an_hour(self):
        with FakeServer() as server:
            server.fail(429, times=9, headers={"Retry-After": "3600"})
            begin = time.monotonic()
            said = self.run_comment(server, results())
            self.assertLess(time.monotonic() - begin, 60)
            self.assertIn("3600", said.stderr)
            self.assertEqual(len(server.log), 1)

    def test_gives_up_within_its_time(self):
        with FakeServer() as server:
            server.fail(502, times=99)
            begin = time.monotonic()
            self.run_comment(server, results(), "--strict-delivery", expect=5, env={"BUDGETCHECK_DELIVERY_TIMEOUT": "4"})
            self.assertLess(time.monotonic() - begin, 25)
            self.assertGreater(len(server.log), 1)

    def test_a_creation_of_unknown_end_is_not_repeated(self):
        with FakeServer() as server:
            server.fail(502, method="POST", applied=True)
            self.run_comment(server, results())
            self.assertEqual(len(server.own), 1)
            server.fail(502, method="POST")
            self.run_comment(server, results(app="other"))
            self.assertEqual(len(server.own), 2)

    def test_not_reached(self):
        said = self.run_comment(None, results(), env={
            "GITHUB_ACTIONS": "true", "GITHUB_API_URL": "http://127.0.0.1:9", "GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "o/r",
            "GITHUB_REF": "refs/pull/7/merge", "BUDGETCHECK_DELIVERY_TIMEOUT": "2"})
        self.assertIn("could not be reached", said.stderr)
        self.assertIn("main-js", said.stdout)

    def test_says_what_is_missing(self):
        github = {"GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "o/r", "GITHUB_REF": "refs/pull/7/merge"}
        for env, words in ((github, "GITHUB_TOKEN is not set"), ({}, "neither GitHub Actions nor GitLab CI"),
                           ({**github, "GITHUB_TOKEN": TOKEN, "GITHUB_REF": "refs/heads/main"}, "belongs to no pull request"),
                           ({"GITLAB_CI": "true", "CI_JOB_TOKEN": "j", "CI_PROJECT_ID": "1", "CI_MERGE_REQUEST_IID": "2"},
                            "CI_JOB_TOKEN cannot write notes")):
            with self.subTest(words):
                self.assertIn(words, self.run_comment(None, results(), env=env).stderr)

    def test_no_curl(self):
        said = self.run_comment(None, results(), env={"PATH": str(self.dir), "GITHUB_ACTIONS": "true", "GITHUB_TOKEN": TOKEN,
                                                      "GITHUB_REPOSITORY": "o/r", "GITHUB_REF": "refs/pull/7/merge",
                                                      "BUDGETCHECK_DELIVERY_TIMEOUT": "1"})
        self.assertIn("curl", said.stderr)

    def test_the_token_is_nowhere(self):
        """A curl that writes down its arguments and its environment."""
        spy = self.dir / "bin"
        spy.mkdir()
        real = shutil.which("curl")
        (spy / "curl").write_text(f'#!/bin/sh\necho "$@" >> "{self.dir}/seen"\nenv >> "{self.dir}/seen"\nexec {real} "$@"\n')
        (spy / "curl").chmod(0o755)
        with FakeServer() as server:
            self.run_comment(server, results(), env={"PATH": f"{spy}:{os.environ['PATH']}", "GH_TOKEN": TOKEN})
            self.assertEqual(len(server.own), 1)
        self.assertNotIn(TOKEN, (self.dir / "seen").read_text())

    def test_a_server_that_repeats_the_token(self):
        with FakeServer() as server:
            server.fail(422, times=9, method="POST", body={"message": f"bad token {TOKEN} \u001b[31m ::error::x"})
            said = self.run_comment(server, results())  # run_comment looks for the token
            self.assertIn("bad token ***", said.stderr)
            self.assertNotIn("\u001b", said.stderr)

    # --- results of another run ---

    def test_holds_the_number_against_the_head(self):
        with FakeServer() as server:
            server.pulls[HEAD] = [7]
            self.run_comment(server, results(), "--app", "shop", "--head-sha", HEAD)
            self.assertEqual(len(server.own), 1)
            server.pulls[HEAD] = [8]
            said = self.run_comment(server, results(), "--app", "x", "--head-sha", HEAD, "--strict-delivery", expect=5)
            self.assertIn("the head of pull request 7 is not the commit", said.stderr)
            self.assertEqual(len(server.own), 1)
            server.pulls, server.heads = {}, {7: HEAD}  # a fork's commits are not always listed
            self.run_comment(server, results(), "--app", "y", "--head-sha", HEAD)
            self.assertEqual(len(server.own), 2)

    def test_finds_the_number_by_the_head_of_another_run(self):
        event = self.dir / "event.json"
        event.write_text(json.dumps({"workflow_run": {"head_sha": HEAD, "id": 99, "pull_requests": []}}))
        with FakeServer() as server:
            env = {"GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(event), "GITHUB_EVENT_NAME": "workflow_run"}
            server.pulls[HEAD] = [7]
            self.run_comment(server, results(), "--app", "shop", env=env)
            self.assertEqual(len(server.own), 1)
            self.assertIn("/actions/runs/99", server.own[0]["body"])
            server.pulls[HEAD] = [7, 8]
            said = self.run_comment(server, results(), "--app", "x", env=env)
            self.assertIn("more than one open pull request", said.stderr)

    def test_events_of_every_kind(self):
        for event in ("", "[]", "null", "{", '{"pull_request": 3}', '{"number": "x"}', '{"pull_request": {"number": -1}}',
                      '{"issue": {"number": 7}}', '{"workflow_run": []}'):
            with self.subTest(event), FakeServer() as server:
                path = self.dir / "event.json"
                path.write_text(event)
                self.run_comment(server, results(), env={"GITHUB_EVENT_PATH": str(path)})
                self.assertEqual(len(server.own), 1)  # by GITHUB_REF

    def test_results_of_another_run_are_claims(self):
        event = self.dir / "event.json"
        env = {"GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_PATH": str(event), "GITHUB_EVENT_NAME": "workflow_run"}
        event.write_text(json.dumps({"workflow_run": {"head_sha": HEAD, "id": 99, "conclusion": "success",
                                                      "head_repository": {"full_name": "evil/r"},
                                                      "repository": {"full_name": "o/r"}}}))
        with FakeServer() as server:
            server.pulls[HEAD] = [7]
            said = self.run_comment(server, results(), env=env, expect=2)
            self.assertIn("pass --app NAME", said.stderr)
            said = self.run_comment(server, results(commit="b" * 40), "--app", "shop", env=env, expect=3)
            self.assertIn("these results are of the commit " + "b" * 40, said.stderr)
            self.assertNotIn("main-js", said.stdout)
            self.assertEqual(server.log, [])
            self.run_comment(server, results(app="billing", outcome="pass", exit=0, commit="d" * 40, parents=["c" * 40, HEAD]),
                             "--app", "shop", env=env)
            body = server.own[0]["body"]
            self.assertIn("❌ budgetcheck `shop`: failed, 1 of 1 budget\n\nMeasured by the fork's own run, whose conclusion is "
                          "`success`\n", body)
            event.write_text("{")
            said = self.run_comment(server, results(), "--app", "shop", env=env, expect=2)
            self.assertIn("--head-sha", said.stderr)

    def test_an_outcome_is_that_of_its_verdicts(self):
        said = self.run_comment(None, results(outcome="pass", exit=0), "--dry-run")
        self.assertIn("❌ budgetcheck `shop`: failed, 1 of 1 budget", said.stdout)
        said = self.run_comment(None, results(value=50, outcome="inconclusive", exit=4), "--dry-run")
        self.assertIn("❓ budgetcheck `shop`: cannot judge", said.stdout)

    # --- results that are not ours ---

    def test_refuses_what_is_not_ours(self):
        for document, words in (("", "empty"), ("{", "cut off"), ("[]", "not a results file"), ('{"version": 1, "samples": []}', "not a results file"),
                                ({**results(), "version": 2}, "newer version"),
                                ({**results(), "tool": {"name": "other"}}, "not a results file"),
                                ({"version": 1, "tool": {"name": "budgetcheck"}, "samples": []}, "contains no verdicts"),
                                ({**results(), "verdicts": [{"budget": 1}]}, "budget"),
                                ({**results(), "outcome": "great"}, "great"),
                                ({**results(), "verdicts": {}}, "verdicts")):
            with self.subTest(words), FakeServer() as server:
                said = self.run_comment(server, document, expect=3)
                self.assertTrue(words in said.stderr, said.stderr)
                self.assertEqual(server.log, [])
        self.run_comment(None, results(), "missing.json", "--dry-run", expect=3)

    def test_hostile_results_are_text(self):
        evil = "`x` | @octocat #12 <img src=x onerror=alert(1)> [a](https://evil.example) ![b](//evil) $(rm -rf /)\n::error::x\u001b[31m\u202e"
        document = results()
        document.update(app=evil, commit=evil, base={"kind": "note", "commit": evil, "how": evil, "commits_older": 0},
                        notes=[evil] * 200, problems=[{"message": evil, "hint": evil, "location": {"file": evil}}],
                        inputs=[{"path": evil, "state": "unreadable", "message": evil, "hint": evil}])
        document["verdicts"][0].update(budget=evil, metric=evil, where={evil: evil}, code=evil, message=evil, hint=evil,
                                       owner=evil, why=evil, location={"file": evil, "line": 1})
        document["verdicts"] *= 500
        document["findings"] = [{"rule": evil, "level": "error", "state": "new", "message": evil, "key": evil, "subject": evil,
                                 "evidence": {"sql": evil, "details": [{"name": evil, "value": evil}]}, "fix": {"text": evil}}] * 500
        with FakeServer() as server:
            self.run_comment(server, document)
            self.run_comment(server, document)
            self.assertEqual(len(server.own), 1)
            body = server.own[0]["body"]
        self.assertLessEqual(len(body.encode()), 65000)
        self.assertNotIn("\u001b", body)
        self.assertNotIn("\u202e", body)
        outside = "\n".join(part for i, part in enumerate(body.replace("\n", " \n").split("`")) if i % 2 == 0)
        for bad in ("<img", "@octocat", " #12", "](", "https://evil", "\n::"):
            self.assertNotIn(bad, outside)
        said = self.run_comment(None, document, "--dry-run", "--job", "ci")
        self.assertEqual(said.stdout.splitlines()[0], body.splitlines()[0])

    def test_a_big_matrix_fits(self):
        documents = []
        for i in range(150):
            document = results(app=f"app{i}")
            document["verdicts"] = [dict(document["verdicts"][0], budget=f"budget-{i}-{n}") for n in range(20)]
            documents.append(document)
        said = self.run_comment(None, documents, "--dry-run")
        self.assertLessEqual(len(said.stdout.encode()), 65000)
        self.assertIn("do not fit in this comment", said.stdout)
        self.assertEqual(said.stdout.count("<details>"), said.stdout.count("</details>"))

    # --- GitLab ---

    def test_gitlab(self):
        for page_header in (True, False):
            with self.subTest(page_header=page_header), FakeServer("gitlab", others=250, page_header=page_header) as server:
                self.run_comment(server, results())
                self.run_comment(server, results(value=300))
                self.assertEqual(len(server.own), 1)
                self.assertIn("300 B", server.own[0]["body"])
                writes = len(server.writes)
                self.run_comment(server, results(value=300))
                self.assertEqual(len(server.writes), writes)
                said = self.run_comment(server, results(value=1), "--when-green", "hide")
                self.assertIn("cannot hide", said.stderr)
                self.run_comment(server, results(value=1), "--when-green", "delete")
                self.assertEqual(server.own, [])

    def test_gitlab_forbidden(self):
        with FakeServer("gitlab") as server:
            server.fail(403, times=9, method="POST", body={"message": "403 Forbidden"})
            said = self.run_comment(server, results())
            self.assertIn("scope api", said.stderr)

    # --- the command line ---

    def test_wrong_use(self):
        for arguments, words in ((["--pull-request", "x"], "--pull-request takes"), (["--when-green", "no"], "--when-green takes"),
                                 (["--head-sha", "abc"], "40 hexadecimal"), (["--repository", "../../x"], "not the name of a repository"),
                                 (["--repository", "o/.."], "not the name of a repository")):
            with self.subTest(words), FakeServer() as server:
                said = self.run_comment(server, results(), *arguments, expect=2)
                self.assertIn(words, said.stderr)
                self.assertEqual(server.log, [])
        done = subprocess.run([PROGRAM, "comment"], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, 2)

    def test_a_token_with_a_line_break(self):
        with FakeServer() as server:
            said = self.run_comment(server, results(), env={"GITHUB_TOKEN": "gh\nurl = \"http://evil\""}, expect=2)
            self.assertIn("line break", said.stderr)

