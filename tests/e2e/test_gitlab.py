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


def commands(key):
    """The entries of a list of scripts in the template."""
    lines = TEMPLATE.read_text().split("\n")
    at = lines.index(f"  {key}:") + 1
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


class GitlabTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=3, budgets=lambda i: BUDGETS)
        self.api = FakeGitlab()
        self.addCleanup(self.api.close)
        self.script = "set -e\n" + "\n".join(commands("before_script") + commands("script"))

    def job(self, work, shell=("sh",), **variables):
        env = {**self.env, "CI": "true", "GITLAB_CI": "true", "CI_PROJECT_DIR": str(work), "CI_DEFAULT_BRANCH": "main",
               "CI_API_V4_URL": self.api.api, "CI_PROJECT_ID": "17", "CI_PROJECT_PATH": "o/r", "CI_JOB_NAME": "budgetcheck",
               "CI_PROJECT_URL": "https://gitlab.example/o/r", "CI_SERVER_URL": "https://gitlab.example",
               "CI_COMMIT_BEFORE_SHA": "0" * 40, "BUDGETCHECK_BINARY": PROGRAM, **variables}
        return subprocess.run([*shell, "-c", self.script], cwd=work, env=env, text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)

    def on_main(self, name="on-main", **variables):
        work = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name=name)
        return self.job(work, CI_PIPELINE_SOURCE="push", CI_COMMIT_BRANCH="main", CI_COMMIT_SHA=self.main[-1],
                        BUDGETCHECK_STORE="true", **variables)

    def merge_request(self, grown, name, shell=("sh",), **variables):
        head = self.add_commit("refs/merge-requests/3/head", 500, value(2) + grown, self.main[-1])
        work = self.actions_checkout(head, "refs/remotes/merge-requests/3/head", depth=20, name=name)
        return work, self.job(work, shell, CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_IID="3",
                              CI_COMMIT_SHA=head, CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[-1],
                              CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", **variables)

    def test_stores_on_main_and_finds_the_regression(self):
        main = self.on_main(BUDGETCHECK_PUSH_URL=self.url)
        self.assertEqual(main.returncode, 0, main.stdout)
        self.assertEqual(json.loads(self.note(self.main[-1]))["commit"], self.main[-1])
        for number, shell in enumerate(SHELLS):
            work, run = self.merge_request(5000 + 1000 * number, f"red-{number}", shell, GITLAB_TOKEN="glpat-fake")
            self.assertEqual(run.returncode, 1, run.stdout)
            self.assertIn("CI_MERGE_REQUEST_DIFF_BASE_SHA", run.stdout)
            self.assertEqual([note["edits"] for note in self.api.notes], [number], run.stdout)
            self.assertNotIn("glpat-fake", run.stdout)
            reports = work / "budgetcheck-report"
            quality = json.loads((reports / "codequality.json").read_text())
            self.assertEqual(len(quality), 1)
            self.assertIn("budgets.yml", quality[0]["location"]["path"])
            self.assertRegex((reports / "metrics.txt").read_text(), r"(?m)^budgetcheck_bundle_gzip_bytes\{.* 10[0-9]{4}$")
            self.assertIn("<testsuite", (reports / "junit.xml").read_text())
        _, green = self.merge_request(100, "green", GITLAB_TOKEN="glpat-fake")
        self.assertEqual(green.returncode, 0, green.stdout)
        self.assertEqual([note["edits"] for note in self.api.notes], [len(SHELLS)])

    def test_without_tokens_it_says_so(self):
        _, run = self.merge_request(100, "no-token")
        self.assertEqual(run.returncode, 0, run.stdout)
        self.assertIn("set GITLAB_TOKEN", run.stdout)
        main = self.on_main()
        self.assertEqual(main.returncode, 5, main.stdout)
        self.assertIn("BUDGETCHECK_PUSH_TOKEN", main.stdout)

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
        release = self.dir / "release"
        release.mkdir()
        name = "budgetcheck-linux-" + {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]
        os.symlink(PROGRAM, release / name)
        sum_ = hashlib.sha256(pathlib.Path(PROGRAM).read_bytes()).hexdigest()
        (release / "SHA256SUMS").write_text(f"{sum_}  {name}\n")
        options = {"BUDGETCHECK_BINARY": "", "BUDGETCHECK_URL": release.as_uri()}
        for number, shell in enumerate(SHELLS):
            _, run = self.merge_request(100, f"good-{number}", shell, **options)
            self.assertEqual(run.returncode, 0, run.stdout)
        (release / "SHA256SUMS").write_text(f"{'0' * 64}  {name}\n")
        _, run = self.merge_request(100, "bad", **options)
        self.assertEqual(run.returncode, 2, run.stdout)
        self.assertIn("was not run", run.stdout)
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
        described = text.split("variables:\n", 1)[0]
        for name in sorted(set(re.findall(r"\$\{?(BUDGETCHECK_[A-Z_]+|GITLAB_TOKEN)", text)) - {"BUDGETCHECK_STORE"}):
            self.assertIn(name, described)
