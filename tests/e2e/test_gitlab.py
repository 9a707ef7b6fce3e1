"""The GitLab template: its scripts as a runner joins them, in every plain shell that is here (dash, Alpine's busybox)."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

from fake_gitlab import FakeGitlab
from sandbox import PROGRAM, Sandbox, samples, value

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "ci-templates/gitlab/budgetcheck.yml"
SHELLS = [["sh"]] + ([["busybox", "sh"]] if shutil.which("busybox") else [])
BUDGETS = """version: 1
project: shop
inputs: [head.json]
budgets:
  - { id: main-js, metric: bundle.gzip, where: { entry: main, type: js }, max: 9 MB, max_increase: 2 kB }
"""
LIMIT_ALONE = BUDGETS.replace(", max_increase: 2 kB", "")


def commands(job, key):
    """The entries of a list of scripts of that job of the template."""
    lines = TEMPLATE.read_text().split("\n")
    at = lines.index(f"{job}:") + 1
    while lines[at] != f"  {key}:":
        assert lines[at].startswith("  "), f"{job} has no {key}"
        at += 1
    at += 1
    out = []
    while lines[at].startswith("    "):
        line = lines[at]
        at += 1
        if line == "    - |":
            block = []
            while lines[at].startswith("      "):
                block.append(lines[at][6:])
                at += 1
            out.append("\n".join(block))
        elif line.startswith("    - "):
            out.append(line[6:])
        else:
            assert line.startswith("    #"), line
    return out


def script(job):
    """What a runner makes of it: before_script and script in one shell."""
    return "set -e\n" + "\n".join(commands(".budgetcheck-program", "before_script") + commands(job, "script"))


class GitlabTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=3, budgets=lambda i: BUDGETS)
        self.api = FakeGitlab()
        self.addCleanup(self.api.close)

    def job(self, name, work, shell=("sh",), **variables):
        env = {**self.env, "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": str(work), "CI_DEFAULT_BRANCH": "main",
               "CI_API_V4_URL": self.api.api, "CI_PROJECT_ID": "17", "CI_PROJECT_PATH": "o/r", "CI_JOB_NAME": name[1:],
               "CI_PROJECT_URL": "https://gitlab.example/o/r", "CI_SERVER_URL": "https://gitlab.example",
               "CI_COMMIT_BEFORE_SHA": "0" * 40, "BUDGETCHECK_BINARY": PROGRAM,
               "BUDGETCHECK_COMMENT_NAME": "budgetcheck", **variables}
        return subprocess.run([*shell, "-c", script(name)], cwd=work, env=env, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)

    def on_main(self, name="on-main", **variables):
        """The job that judges, and the one that stores what it found; the latter's run."""
        work = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name=name)
        given = {"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main", "CI_COMMIT_SHA": self.main[-1]}
        judged = self.job(".budgetcheck", work, **given)
        self.assertEqual(judged.returncode, 0, judged.stdout)
        return self.job(".budgetcheck-store", work, **given, **variables)

    def merge_request(self, grown, name, shell=("sh",), files=None, **variables):
        head = self.add_commit("refs/merge-requests/3/head", 500, value(2) + grown, self.main[-1], files=files)
        work = self.actions_checkout(head, "refs/remotes/merge-requests/3/head", depth=20, name=name)
        self.given = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "3", "CI_COMMIT_SHA": head,
                      "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.main[-1], "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        return work, self.job(".budgetcheck", work, shell, **self.given, **variables)

    def comment(self, work, shell=("sh",), **variables):
        """The second job: in a folder that holds the artifact and nothing else."""
        alone = self.dir / f"{work.name}-comment"
        shutil.copytree(work / "budgetcheck-report", alone / "budgetcheck-report")
        return self.job(".budgetcheck-comment", alone, shell, **self.given, **variables)

    def test_stores_on_main_and_finds_the_regression(self):
        main = self.on_main(BUDGETCHECK_PUSH_URL=self.url)
        self.assertEqual(main.returncode, 0, main.stdout)
        self.assertEqual(json.loads(self.note(self.main[-1]))["commit"], self.main[-1])
        for number, shell in enumerate(SHELLS):
            work, run = self.merge_request(5000 + 1000 * number, f"red-{number}", shell)
            self.assertEqual(run.returncode, 1, run.stdout)
            self.assertIn("CI_MERGE_REQUEST_DIFF_BASE_SHA", run.stdout)
            said = self.comment(work, shell, GITLAB_TOKEN="glpat-fake")
            self.assertEqual(said.returncode, 0, said.stdout)
            self.assertEqual([note["edits"] for note in self.api.notes], [number], said.stdout)
            self.assertNotIn("glpat-fake", said.stdout)
            reports = work / "budgetcheck-report"
            quality = json.loads((reports / "codequality.json").read_text())
            self.assertEqual(sorted(issue["location"]["path"] for issue in quality), ["budgets.yml", "head.json"],
                             "the merge request itself holds what was measured here")
            self.assertRegex((reports / "metrics.txt").read_text(), r"(?m)^budgetcheck_bundle_gzip_bytes\{.* 10[0-9]{4}$")
            self.assertIn("<testsuite", (reports / "junit.xml").read_text())
        work, green = self.merge_request(100, "green")
        self.assertEqual(green.returncode, 0, green.stdout)
        self.comment(work, GITLAB_TOKEN="glpat-fake")
        self.assertEqual([note["edits"] for note in self.api.notes], [len(SHELLS)])

    def test_without_tokens_it_says_so(self):
        main = self.on_main()
        self.assertEqual(main.returncode, 5, main.stdout)
        self.assertIn("BUDGETCHECK_PUSH_TOKEN", main.stdout)
        self.on_main("stored", BUDGETCHECK_PUSH_URL=self.url)
        work, run = self.merge_request(100, "no-token")
        self.assertEqual(run.returncode, 0, run.stdout)
        said = self.comment(work)
        self.assertEqual(said.returncode, 0, said.stdout)
        self.assertIn("set GITLAB_TOKEN", said.stdout)

    def test_the_job_that_judges_uses_no_token(self):
        """A token that it had would be within reach of the code that is measured."""
        for job in (".budgetcheck-program", ".budgetcheck"):
            key = "before_script" if job == ".budgetcheck-program" else "script"
            self.assertNotIn("TOKEN", "\n".join(commands(job, key)))
        self.on_main(BUDGETCHECK_PUSH_URL=self.url)
        pushes = (self.dir / "calls").read_text().count("push")
        work, run = self.merge_request(5000, "no-note", GITLAB_TOKEN="glpat-fake")
        self.assertEqual((run.returncode, self.api.notes), (1, []), run.stdout)
        self.assertEqual((self.dir / "calls").read_text().count("push"), pushes)

    def test_results_that_are_missing_are_said(self):
        work, _ = self.merge_request(100, "none")
        shutil.rmtree(work / "budgetcheck-report")
        (work / "budgetcheck-report").mkdir()
        self.assertIn("no results to comment on", self.comment(work, GITLAB_TOKEN="glpat-fake").stdout)
        stored = self.job(".budgetcheck-store", work, BUDGETCHECK_PUSH_URL=self.url)
        self.assertEqual(stored.returncode, 3, stored.stdout)

    def test_a_base_can_be_demanded(self):
        _, run = self.merge_request(100, "judged")
        self.assertEqual(run.returncode, 3, run.stdout)
        self.assertIn("is not judged: there is no base", " ".join(run.stdout.split()))
        alone = {"budgets.yml": LIMIT_ALONE}
        _, run = self.merge_request(100, "limit", files=alone)
        self.assertEqual(run.returncode, 0, run.stdout)
        _, run = self.merge_request(100, "demanded", files=alone, BUDGETCHECK_REQUIRE_BASE="true")
        self.assertEqual(run.returncode, 4, run.stdout)

    def test_the_push_token_is_in_no_argument_and_no_file(self):
        token = "glpat-secret-of-the-test"
        main = self.on_main(BUDGETCHECK_PUSH_URL=self.url, BUDGETCHECK_PUSH_TOKEN=token)
        self.assertEqual(main.returncode, 0, main.stdout)
        work = self.dir / "on-main"
        self.assertNotIn(token, main.stdout)
        self.assertNotIn(token, (work / ".git/config").read_text())
        self.assertNotIn(token, (self.dir / "calls").read_text())
        self.assertNotIn("budgetcheck", self.git("remote", cwd=work))

    def test_the_download_is_verified(self):
        self.on_main(BUDGETCHECK_PUSH_URL=self.url)
        release = self.dir / "release"
        release.mkdir()
        name = "budgetcheck-linux-" + {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]
        os.symlink(PROGRAM, release / name)
        sum_ = hashlib.sha256(pathlib.Path(PROGRAM).read_bytes()).hexdigest()
        (release / "SHA256SUMS").write_text(f"{sum_}  {name}\n")
        options = {"BUDGETCHECK_BINARY": "", "BUDGETCHECK_URL": release.as_uri()}
        for number, shell in enumerate(SHELLS):
            _, run = self.merge_request(100, f"good-{number}", shell, **options, BUDGETCHECK_SHA256=sum_)
            self.assertEqual(run.returncode, 0, run.stdout)
        _, run = self.merge_request(100, "both", **options, BUDGETCHECK_SHA256=f"{'1' * 64} {sum_.upper()}")
        self.assertEqual(run.returncode, 0, run.stdout)
        for number, (wanted, says) in enumerate((("", "set BUDGETCHECK_SHA256"), ("0" * 64, "was not run"), (sum_[:63], "was not run"))):
            _, run = self.merge_request(100, f"bad-{number}", **options, BUDGETCHECK_SHA256=wanted)
            self.assertEqual(run.returncode, 2, run.stdout)
            self.assertIn(says, run.stdout)
            self.assertNotIn("budgetcheck 0.", run.stdout, "the SHA256SUMS beside the program counts for nothing")
        _, run = self.merge_request(100, "http", **{**options, "BUDGETCHECK_URL": "http://127.0.0.1:1"})
        self.assertEqual(run.returncode, 2, run.stdout)

    def test_globs_are_the_programs_and_values_are_never_run(self):
        _, run = self.merge_request(100, "glob", BUDGETCHECK_INPUTS="no/such-*.json")
        self.assertEqual(run.returncode, 3, run.stdout)
        mark = self.dir / "mark"
        evil = f'"; touch {mark}; $(touch {mark}) `touch {mark}`'
        names = ("INPUTS", "APP", "BUDGETS", "BASE", "FAIL_LEVEL")
        _, run = self.merge_request(100, "evil", **{f"BUDGETCHECK_{name}": evil for name in names})
        self.assertNotEqual(run.returncode, 0, run.stdout)
        self.assertFalse(mark.exists())

    def test_every_variable_is_described(self):
        text = TEMPLATE.read_text()
        described = text.split("\nvariables:\n", 1)[0]
        for name in sorted(set(re.findall(r"\$\{?(BUDGETCHECK_[A-Z_]+|GITLAB_TOKEN)", text))):
            self.assertIn(name, described)
