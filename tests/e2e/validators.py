#!/usr/bin/env python3
"""validators.py PROGRAM FOLDER: the same stories as test_action and test_gitlab, with runners and servers that nobody here
wrote: run-composite.mjs, gitlab-ci-local, fake-github.mjs and fake-gitlab.mjs of FOLDER (an installed set of validators).

Not a part of ctest, which needs no such folder; .ci/run calls it where there is one.
"""
import json
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUDGETS = """version: 1
project: shop
inputs: [head.json]
budgets:
  - { id: main-js, metric: bundle.gzip, where: { entry: main, type: js }, max: 9 MB, max_increase: 2 kB }
"""
if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    os.environ["BUDGETCHECK_PROGRAM"] = os.path.realpath(sys.argv[1])
    os.environ["BUDGETCHECK_VALIDATORS"] = os.path.realpath(sys.argv[2])
    sys.path[:0] = [str(HERE), str(HERE.parent / "git")]

from sandbox import PROGRAM, Sandbox, value  # noqa: E402  (the path is set above)

TOOLS = pathlib.Path(os.environ.get("BUDGETCHECK_VALIDATORS", ""))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Told(Sandbox):
    def served(self, server, script, *options):
        """Runs the lines of `script` beside a server; its state afterwards."""
        port = free_port()
        path = self.dir / "script.sh"
        path.write_text("set -eu\n" + script.replace("@PORT@", str(port)))
        done = subprocess.run(["node", TOOLS / "validate" / server, "--port", str(port), *options, "--", "bash", path],
                              env={**self.env, "PATH": os.environ["PATH"]}, text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=240)
        self.assertEqual(done.returncode, 0, done.stdout[-6000:])
        at = done.stdout.rindex("\n{\n") if "\n{\n" in done.stdout else 0
        return json.loads(done.stdout[at:]), done.stdout


class GithubTest(Told):
    def event(self, name, payload):
        path = self.dir / f"{name}.json"
        path.write_text(json.dumps({"repository": {"default_branch": "main"}, **payload}))
        return path

    def composite(self, work, event, ref, sha, inputs, rc, outputs):
        words = ["node", TOOLS / "validate/run-composite.mjs", ROOT, "--workspace", work, "--event", event, "--expect-rc", rc]
        for key, content in {"binary": PROGRAM, "token": "ghs_fake", **inputs}.items():
            words += ["--in", f"{key}={content}"]
        env = {**{k: v for k, v in self.env.items() if k.startswith("GIT_")}, "GITHUB_TOKEN": "ghs_fake",
               "GITHUB_REF": ref, "GITHUB_SHA": sha, "GITHUB_BASE_REF": "main",
               "GITHUB_API_URL": "http://127.0.0.1:@PORT@"}
        for key, content in env.items():
            words += ["--env", f"{key}={content}"]
        for key, content in outputs.items():
            words += ["--expect-output", f"{key}={content}"]
        return shlex.join(map(str, words)) + "\n"

    def pull(self, grown, name):
        head = self.add_commit("refs/pull/1/head", 500, value(2) + grown, self.main[-1])
        merge = self.add_commit("refs/pull/1/merge", 600, value(2) + grown, self.main[-1], head)
        work = self.actions_checkout(merge, "refs/remotes/pull/1/merge", name=name)
        event = self.event(name, {"number": 1, "pull_request": {"number": 1, "head": {"sha": head},
                                                                "base": {"ref": "main", "sha": self.main[0]}}})
        return work, event, "refs/pull/1/merge", merge

    def test_main_and_pull_request(self):
        self.server(commits=3, budgets=lambda i: BUDGETS)
        main = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name="on-main")
        script = self.composite(main, self.event("push", {"before": "0" * 40}), "refs/heads/main", self.main[-1], {}, 0,
                                {"outcome": "pass", "exit-code": "0", "baseline": "stored"})
        red = self.pull(5000, "red")
        script += self.composite(*red, {}, 1, {"outcome": "fail", "exit-code": "1", "failures": "1"})
        script += self.composite(*self.pull(7000, "redder"), {}, 1, {"outcome": "fail"})
        state, log = self.served("fake-github.mjs", script, "--comments", "250", "--expect-comments", "1")
        self.assertEqual([(c["issue"], c.get("edits", 0)) for c in state["comments"]], [(1, 1)], log[-4000:])
        self.assertEqual(json.loads(self.note(self.main[-1]))["commit"], self.main[-1])
        for mode, path in (("--summary", red[0] / ".step-summary.md"),
                           ("--comment", red[0] / "budgetcheck-report/budgetcheck.md"),
                           ("--commands", red[0] / "budgetcheck-report/annotations.txt")):
            done = subprocess.run(["node", TOOLS / "validate/github-text.mjs", mode, path], text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout)
        done = subprocess.run(["node", TOOLS / "validate/sarif.mjs", red[0] / "budgetcheck-report/budgetcheck.sarif"],
                              text=True, capture_output=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_read_only(self):
        self.server(commits=3, budgets=lambda i: BUDGETS)
        main = self.actions_checkout(self.main[-1], "refs/remotes/origin/main", name="on-main")
        script = self.composite(main, self.event("push", {"before": "0" * 40}), "refs/heads/main", self.main[-1], {}, 0,
                                {"baseline": "stored"})
        script += self.composite(*self.pull(0, "green"), {}, 0, {"outcome": "pass", "exit-code": "0"})
        state, _ = self.served("fake-github.mjs", script, "--readonly", "--expect-comments", "0")
        self.assertEqual(state["violations"], [])


class GitlabTest(Told):
    PIPELINE = """include:
  - local: budgetcheck.yml
build:
  stage: build
  script:
    - cp measured.json head.json
  artifacts: { paths: [head.json] }
budgetcheck:
  needs: [build]
budgetcheck-main:
  needs: [build]
"""

    def checkout(self, sha, branch, name):
        work = self.actions_checkout(sha, f"refs/remotes/origin/{branch}", depth=20, name=name)
        # gitlab-ci-local reads names from an address of this form; git goes to the folder all the same.
        self.git("remote", "set-url", "origin", "git@gitlab.example:o/r.git", cwd=work)
        self.git("config", f"url.{self.url}.insteadOf", "git@gitlab.example:o/r.git", cwd=work)
        return work

    def pipeline(self, work, rc, **variables):
        words = ["node", TOOLS / "tool-glci/node_modules/gitlab-ci-local/src/index.js", "--no-color"]
        for key, content in {"BUDGETCHECK_BINARY": PROGRAM, "CI_API_V4_URL": "http://127.0.0.1:@PORT@/api/v4",
                             "CI_PROJECT_ID": "17", **variables}.items():
            words += ["--variable", f"{key}={content}"]
        # A verdict is that job's own; gitlab-ci-local answers with 1 for any.
        line = f"(cd {shlex.quote(str(work))} && {shlex.join(map(str, words))})"
        return f"rc=0; {line} || rc=$?; [ $rc -eq {rc} ] || {{ echo \"exit $rc, not {rc}\"; exit 9; }}\n"

    def test_main_and_merge_request(self):
        # There is no docker here: the jobs run in this machine's shell, without their image.
        template = (ROOT / "ci-templates/gitlab/budgetcheck.yml").read_text().replace("  image: alpine:3.20\n", "")
        files = {"budgets.yml": BUDGETS, "budgetcheck.yml": template, ".gitlab-ci.yml": self.PIPELINE}

        def commit(ref, i, bytes_, *parents):
            measured = json.dumps({"version": 1, "samples": [{"metric": "bundle.gzip", "unit": "B", "value": bytes_,
                                                              "where": {"entry": "main", "type": "js"}}]})
            return self.add_commit(ref, i, bytes_, *parents, files={**files, "measured.json": measured})

        self.server(commits=1, budgets=lambda i: BUDGETS)
        main = commit("refs/heads/main", 5, 100_000, self.main[-1])
        red = commit("refs/heads/feature", 6, 109_000, main)
        redder = commit("refs/heads/feature", 7, 119_000, red)
        on_main = self.checkout(main, "main", "on-main")
        script = self.pipeline(on_main, 0, CI_COMMIT_BRANCH="main", CI_DEFAULT_BRANCH="main", CI_COMMIT_SHA=main,
                               BUDGETCHECK_PUSH_URL=self.url)  # judged in one job, stored by another
        works = []
        for sha in (red, redder):
            works.append(self.checkout(sha, "feature", f"mr-{len(works)}"))
            script += self.pipeline(works[-1], 1, CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_IID="3",
                                    CI_DEFAULT_BRANCH="main", CI_COMMIT_SHA=sha, CI_MERGE_REQUEST_DIFF_BASE_SHA=main,
                                    CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", GITLAB_TOKEN="glpat-fake")
        state, log = self.served("fake-gitlab.mjs", script, "--notes", "150", "--expect-notes", "1")
        self.assertEqual(json.loads(self.note(main))["commit"], main)
        self.assertEqual([note.get("edits", 0) for note in state["notes"]], [1], log[-4000:])
        self.assertNotIn("glpat-fake", log.split('"notes"')[0].replace("GITLAB_TOKEN=glpat-fake", ""))
        for script_name, name in (("junit.mjs", "junit.xml"), ("codequality.mjs", "codequality.json"),
                                  ("gitlab-metrics.py", "metrics.txt")):
            runner = "python3" if script_name.endswith(".py") else "node"
            done = subprocess.run([runner, TOOLS / "validate" / script_name, works[0] / "budgetcheck-report" / name],
                                  text=True, capture_output=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:])
