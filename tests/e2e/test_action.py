"""action.yml from install to verdict: a main branch that stores its results, a pull request at depth 1 that grows."""
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

from composite import run_action
from fake_github import FakeGithub
from sandbox import PROGRAM, Sandbox, samples, value

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUDGETS = """version: 1
project: shop
inputs: [head.json]
budgets:
  - { id: main-js, metric: bundle.gzip, where: { entry: main, type: js }, max: 9 MB, max_increase: 2 kB }
"""
LIMIT_ALONE = BUDGETS.replace(", max_increase: 2 kB", "")


class ActionTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=3, budgets=lambda i: BUDGETS)
        self.api = FakeGithub()
        self.addCleanup(self.api.close)
        self.runs = 0

    def act(self, work, variables, github, folder=ROOT, **inputs):
        self.runs += 1
        event = json.loads(pathlib.Path(variables["GITHUB_EVENT_PATH"]).read_text())
        given = {"binary": PROGRAM, "token": "ghs_fake", **inputs}
        return run_action(folder, given, {"event": event, "job": "ci", **github},
                          {**self.env, **variables, "GITHUB_API_URL": self.api.url, "GITHUB_REPOSITORY": "o/r",
                           "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "1",
                           "BUDGETCHECK_DELIVERY_TIMEOUT": "2"},
                          self.dir / f"temp-{self.runs}", work)

    def push_to_main(self, i=-1, name="on-main", **inputs):
        work = self.actions_checkout(self.main[i], "refs/remotes/origin/main", name=name)
        variables = self.github("push", "refs/heads/main", self.main[i],
                                {"before": "0" * 40, "repository": {"default_branch": "main"}})
        return self.act(work, variables, {}, **inputs)

    def pull(self, grown, name, files=None, **inputs):
        """Pull request 7 with head.json of `grown` more bytes than main, checked out as actions/checkout does."""
        head = self.add_commit("refs/pull/7/head", 500 + self.runs, value(2) + grown, self.main[-1], files=files)
        merge = self.add_commit("refs/pull/7/merge", 600 + self.runs, value(2) + grown, self.main[-1], head, files=files)
        work = self.actions_checkout(merge, name=name)
        variables = self.github("pull_request", "refs/pull/7/merge", merge,
                                {"number": 7, "pull_request": {"number": 7, "head": {"sha": head},
                                                               "base": {"ref": "main", "sha": self.main[0]}},
                                 "repository": {"default_branch": "main"}}, GITHUB_BASE_REF="main")
        return work, self.act(work, variables, {}, **inputs)

    def test_stores_on_main_and_finds_the_regression(self):
        main = self.push_to_main()
        self.assertFalse(main.failed, main.log)
        self.assertEqual((main.outputs["outcome"], main.outputs["baseline"]), ("pass", "stored"), main.log)
        self.assertEqual(json.loads(self.note(self.main[-1]))["commit"], self.main[-1])
        self.assertEqual(self.api.log, [], "a push has no pull request to comment on")

        self.api.people(7, 130)
        work, first = self.pull(5000, "first")
        self.assertTrue(first.failed, first.log)
        self.assertEqual((first.outputs["outcome"], first.outputs["exit-code"], first.outputs["failures"],
                          first.outputs["baseline"]), ("fail", "1", "1", "skipped"), first.log)
        self.assertIn("first parent of the merge commit", first.log)
        self.assertIn("main-js", first.summary)
        self.assertIn("::error ", first.log)
        comments = self.api.ours(7)
        self.assertEqual(len(comments), 1, self.api.log)
        self.assertIn("main-js", comments[0]["body"])
        self.assertEqual(comments[0]["edits"], 0)
        sarif = json.loads((work / first.outputs["sarif"]).read_text())
        self.assertEqual(sorted(result["ruleId"] for result in sarif["runs"][0]["results"]),
                         ["budget/INPUT_OF_CHANGE", "budget/REGRESSED"], "the pull request itself holds what was measured here")
        self.assertEqual((work / first.outputs["report-dir"] / "pull-request.txt").read_text(), "7\n")
        for name in ("results", "junit", "html"):
            self.assertTrue((work / first.outputs[name]).is_file(), name)
        self.assertNotIn("ghs_fake", first.log)

        _, second = self.pull(7000, "second")
        self.assertEqual(second.outputs["outcome"], "fail", second.log)
        self.assertEqual([c["edits"] for c in self.api.ours(7)], [1], "the second push edits the same comment")

        _, third = self.pull(100, "third")
        self.assertFalse(third.failed, third.log)
        self.assertEqual(third.outputs["outcome"], "pass")
        self.assertEqual([c["edits"] for c in self.api.ours(7)], [2], "green edits in place")

    def template_line(self, name, begin):
        """The one `run:` of that template that begins so: what its second job does."""
        found = re.findall(rf"^      - run: ({begin} .*)$", (ROOT / "ci-templates/github" / name).read_text(), re.M)
        self.assertEqual(len(found), 1, name)
        return found[0].split(" # ")[0]

    def second_job(self, work, variables, line):
        """It has what the first one uploaded, a token, and the program on PATH."""
        program = self.dir / "path/budgetcheck"
        program.parent.mkdir(exist_ok=True)
        program.unlink(missing_ok=True)
        program.symlink_to(PROGRAM)
        env = {**self.env, **variables, "PATH": f"{program.parent}:{self.env['PATH']}", "GITHUB_API_URL": self.api.url,
               "GITHUB_REPOSITORY": "o/r", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "1",
               "GITHUB_ACTIONS": "true", "GITHUB_TOKEN": "ghs_fake"}
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", line], cwd=work, env=env, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_second_jobs_of_the_templates_store_and_comment(self):
        work = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name="measured")
        variables = self.github("push", "refs/heads/main", self.main[-1],
                                {"before": "0" * 40, "repository": {"default_branch": "main"}})
        run = self.act(work, variables, {}, baseline="false", comment="false")
        self.assertEqual(run.outputs["baseline"], "skipped", run.log)
        store = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name="store")
        shutil.copytree(work / run.outputs["report-dir"], store / "budgetcheck-report")
        self.second_job(store, variables, self.template_line("main.yml", "budgetcheck baseline"))
        self.assertEqual(json.loads(self.note(self.main[-1]))["commit"], self.main[-1])

        for edits, grown in enumerate((5000, 7000)):
            work, run = self.pull(grown, f"pull-{grown}", baseline="false", comment="false")
            self.assertEqual((run.outputs["outcome"], self.api.ours(7) == []), ("fail", edits == 0), run.log)
            comment = self.dir / f"comment-{grown}"
            shutil.copytree(work / run.outputs["report-dir"], comment / "reports")
            event = {"number": 7, "pull_request": {"number": 7, "head": {"sha": self.git("rev-parse", "refs/pull/7/head", cwd=self.server_path)}}}
            variables = self.github("pull_request", "refs/pull/7/merge", self.main[-1], event, GITHUB_BASE_REF="main")
            self.second_job(comment, variables, self.template_line("pull-request.yml", "budgetcheck comment"))
            self.assertEqual([c["edits"] for c in self.api.ours(7)], [edits])

    def test_the_verdict_is_its_own_whatever_the_comment_does(self):
        self.push_to_main()
        for name, status, read_only in (("down", 500, False), ("fork", None, True)):
            self.api.status, self.api.read_only = status, read_only
            _, red = self.pull(5000, f"{name}-red")
            self.assertEqual((red.failed, red.outputs["exit-code"]), (True, "1"), red.log)
            self.assertEqual(red.steps["Verdict"], "failure")
            self.assertIn("the comment was not written", red.log)
            self.assertIn("main-js", red.summary)
            _, green = self.pull(100, f"{name}-green")
            self.assertFalse(green.failed, green.log)
        self.assertEqual(self.api.ours(7), [])

    def test_what_cannot_be_judged_is_not_green(self):
        _, run = self.pull(0, "missing", inputs="no/such-*.json\n")
        self.assertTrue(run.failed)
        self.assertEqual((run.outputs["exit-code"], run.outputs["outcome"]), ("3", "inconclusive"), run.log)
        self.assertEqual(run.outputs["rerun"], "", "measuring again would not help")
        self.assertIn("cannot judge", run.summary)

    def test_a_wrong_option_is_said(self):
        _, run = self.pull(0, "wrong", **{"fail-level": "eror"})
        self.assertEqual((run.failed, run.outputs["exit-code"], run.outputs["outcome"]), (True, "2", "error"), run.log)
        self.assertIn("could not judge (exit 2)", run.summary)

    def test_a_refused_push_is_said(self):
        hook = self.server_path / "hooks/pre-receive"
        hook.write_text("#!/bin/sh\necho no >&2\nexit 1\n")
        hook.chmod(0o755)
        auto = self.push_to_main(name="auto")
        self.assertFalse(auto.failed, auto.log)
        self.assertEqual(auto.outputs["baseline"], "refused")
        self.assertIn("contents: write", auto.log)
        wanted = self.push_to_main(name="wanted", baseline="true")
        self.assertTrue(wanted.failed, wanted.log)
        self.assertEqual(wanted.code, 5)

    def test_inputs_are_never_run(self):
        marks = self.dir / "marks"
        marks.mkdir()
        evil = f'"; touch {marks}/a; $(touch {marks}/b) `touch {marks}/c`'
        _, run = self.pull(0, "evil", budgets=evil, app=evil, inputs=evil, args=evil, **{"comment-name": evil})
        self.assertTrue(run.failed)
        _, run = self.pull(0, "lines", **{"report-dir": "x\nexit-code=0\noutcome=pass"})
        self.assertTrue(run.failed, run.log)
        self.assertEqual(run.outputs["exit-code"], "")
        self.assertEqual(list(marks.iterdir()), [])

    def test_a_line_of_inputs_is_a_file_even_when_it_looks_like_an_option(self):
        _, run = self.pull(0, "option", inputs="--base=none\n")
        self.assertEqual(run.outputs["exit-code"], "3", run.log)

    def test_names_of_a_report_are_no_commands(self):
        self.push_to_main()
        work, _ = self.pull(0, "names")
        hostile = samples(value(2))
        hostile["samples"].append({"metric": "bundle.gzip", "unit": "B", "value": 1,
                                   "where": {"entry": "x\n::error::owned\n::set-output name=outcome::pass", "type": "js"}})
        (work / "head.json").write_text(json.dumps(hostile))
        (work / "budgets.yml").write_text(BUDGETS.replace("entry: main, ", ""))
        variables = self.github("push", "refs/heads/x", self.main[-1], {})
        run = self.act(work, variables, {}, base="none")
        between = run.log.split("::stop-commands::")[1]
        token = between.split("\n", 1)[0]
        after = between.split(f"::{token}::", 1)[1]
        self.assertNotRegex(after, r"(?m)^::(error|set-output)[^\n]*owned$")
        self.assertIn(run.outputs["outcome"], ("pass", "error"), run.log)

    def test_a_base_can_be_demanded(self):
        _, run = self.pull(0, "growth")
        self.assertEqual((run.failed, run.outputs["exit-code"]), (True, "3"), run.log)
        self.assertIn("is not judged: there is no base", " ".join(run.log.split()))
        alone = {"budgets.yml": LIMIT_ALONE}
        _, run = self.pull(0, "limit", files=alone)
        self.assertEqual((run.failed, run.outputs["exit-code"]), (False, "0"), run.log)
        _, run = self.pull(0, "demanded", files=alone, **{"require-base": "true"})
        self.assertEqual((run.failed, run.outputs["exit-code"]), (True, "4"), run.log)
        _, run = self.pull(0, "typing", **{"require-base": "yes"})
        self.assertIn("require-base: takes true or false", run.log)
        self.assertTrue(run.failed)

    def released(self, sums):
        """The action as the commit of a release has it, with these lines in programs.sha256."""
        folder = self.dir / f"action-{self.runs}"
        shutil.copytree(ROOT / "ci-templates/github", folder / "ci-templates/github")
        shutil.copy(ROOT / "action.yml", folder)
        if sums is not None:
            (folder / "programs.sha256").write_text("# a comment\n" + "".join(f"{line}\n" for line in sums))
        return folder

    def test_the_download_is_verified(self):
        release = self.dir / "release"
        release.mkdir()
        arch = {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]
        name = f"budgetcheck-linux-{arch}"
        os.symlink(PROGRAM, release / name)
        sum_ = hashlib.sha256(pathlib.Path(PROGRAM).read_bytes()).hexdigest()
        version = subprocess.run([PROGRAM, "--version"], text=True, capture_output=True).stdout.split()[1]
        options = {"binary": "", "download-url": release.as_uri(), "install-only": "true"}
        (release / "SHA256SUMS").write_text(f"{sum_}  {name}\n")  # comes from where the program comes from: counts for nothing
        ours = f"{sum_}  v{version}/{name}"
        good = self.push_to_main(name="good", folder=self.released([f"{'0' * 64}  v9.9.9/{name}", ours]), **options)
        self.assertFalse(good.failed, good.log)
        self.assertIn("budgetcheck 0.", good.log)
        self.assertEqual(good.steps["Judge"], "skipped")
        self.assertEqual(good.path, [str(pathlib.Path(good.outputs["binary"]).parent)])
        pinned = self.push_to_main(name="pinned", folder=self.released([]), sha256=f"{'1' * 64} {sum_.upper()}", **options)
        self.assertFalse(pinned.failed, pinned.log)
        holds_none = "holds no SHA-256 of"
        for number, (sums, wrong, says) in enumerate([
                ([f"{'0' * 64}  v{version}/{name}"], "", "was not run"), ([f"{sum_}  v{version}/other"], "", holds_none),
                ([f"{sum_}  v9.9.9/{name}"], "", holds_none), ([], "", holds_none), (None, "", holds_none),
                ([f"12  v{version}/{name}"], "", "not 64 hexadecimal digits"),
                ([ours], "1" * 64, "was not run"), ([ours], "12", "not 64 hexadecimal digits")]):
            bad = self.push_to_main(name=f"bad-{number}", folder=self.released(sums), sha256=wrong, **options)
            self.assertTrue(bad.failed, bad.log)
            self.assertIn(says, bad.log)
            self.assertNotIn("budgetcheck 0.", bad.log)
        for number, url in enumerate(("http://127.0.0.1:1/", "ftp://x/", "")):
            bad = self.push_to_main(name=f"url-{number}", folder=self.released([ours]), **{**options, "download-url": url})
            self.assertTrue(bad.failed, bad.log)

    def test_digests_are_those_of_this_version(self):
        """Between two releases the file is empty: what it held of an older version would be of no use."""
        version = subprocess.run([PROGRAM, "--version"], text=True, capture_output=True).stdout.split()[1]
        lines = [line for line in (ROOT / "programs.sha256").read_text().splitlines() if not line.startswith("#")]
        self.assertIn(len(lines), (0, 2), "both programs, or none")
        for line, arch in zip(lines, ("arm64", "x64")):
            self.assertRegex(line, rf"^[0-9a-f]{{64}}  v{re.escape(version)}/budgetcheck-linux-{arch}$")

    def test_the_default_version_is_this_one(self):
        version = subprocess.run([PROGRAM, "--version"], text=True, capture_output=True).stdout.split()[1]
        for action in (ROOT / "action.yml", ROOT / "ci-templates/github/fork-comment/action.yml"):
            self.assertIn(f"default: {version}\n", action.read_text(), action)

    def test_a_checkout_of_another_user(self):
        if os.getuid() != 0:
            self.skipTest("needs root")
        self.push_to_main()
        work, first = self.pull(5000, "mine")
        for path in [work, *work.rglob("*")]:
            os.lchown(path, 12345, 12345)
        shutil.rmtree(work / "budgetcheck-report")
        variables = self.github("push", "refs/heads/x", self.main[-1], {})
        run = self.act(work, variables, {}, base=self.main[-1])
        self.assertEqual(run.outputs["exit-code"], "1", run.log)
