"""The template rerun.yml: what its own steps do between a check that does not decide and the one that does."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import textwrap

from composite import run_action
from fake_github import FakeGithub
from sandbox import PROGRAM, Sandbox

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEMPLATE = (ROOT / "ci-templates/github/rerun.yml").read_text()
BUDGETS = """version: 1
project: shop
inputs: [reports/*.json]
budgets:
  - { id: lcp, metric: lighthouse.lcp, where: { page: / }, max: 9000 ms, max_increase: 20 ms }
"""
# Writes a report with one run: what the built page says, and a little noise.
MEASURE = """#!/bin/sh
n=$(($(cat "$COUNTER" 2>/dev/null || echo 0) + 1))
echo "$n" >"$COUNTER"
mkdir -p "$(dirname "$2")"
echo "$1" >>"$COUNTER.order"
cat >"$2" <<JSON
{"lighthouseVersion": "12.2.1", "requestedUrl": "http://localhost/", "finalDisplayedUrl": "http://localhost/",
 "fetchTime": "2026-01-01T00:00:$(printf %02d "$((n % 60))").000Z", "userAgent": "HeadlessChrome/128.0.0.0",
 "environment": {"benchmarkIndex": 1500, "networkUserAgent": "x", "hostUserAgent": "HeadlessChrome/128.0.0.0"},
 "configSettings": {"formFactor": "mobile", "throttlingMethod": "simulate", "channel": "cli"}, "categories": {},
 "audits": {"largest-contentful-paint": {"id": "largest-contentful-paint", "score": 1, "scoreDisplayMode": "numeric",
   "numericUnit": "millisecond", "numericValue": $(($(cat "$1/lcp") + n * 37 % 41))}}}
JSON
"""


def script(name):
    """The lines of the step of that name, or of the step that is one line."""
    match = re.search(rf"- name: {name}\n(?:        [^\n]*\n)*?        run: \|\n((?:          [^\n]*\n)+)", TEMPLATE)
    assert match, name
    return textwrap.dedent(match[1])


class RerunTest(Sandbox):
    def setUp(self):
        super().setUp()
        self.api = FakeGithub()
        self.addCleanup(self.api.close)
        for name, text in (("npm", "#!/bin/sh\nexit 0\n"),):
            (self.dir / "bin" / name).write_text(text)
            (self.dir / "bin" / name).chmod(0o755)
        os.symlink(PROGRAM, self.dir / "bin/budgetcheck")
        self.counter = self.dir / "counter"
        self.env["COUNTER"] = str(self.counter)
        self.server(commits=1)
        self.base = self.commit(5, 2000, self.main[-1])

    def commit(self, i, lcp, *parents, ref="refs/heads/main"):
        return self.add_commit(ref, i, 1, *parents, files={"budgets.yml": BUDGETS, "measure.sh": MEASURE, "dist/lcp": f"{lcp}\n"})

    def shell(self, work, text):
        done = subprocess.run(["bash", "-eo", "pipefail", "-c", text], cwd=work, env=self.env, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def act(self, work, variables, name, **inputs):
        event = json.loads(pathlib.Path(variables["GITHUB_EVENT_PATH"]).read_text())
        return run_action(ROOT, {"binary": PROGRAM, "token": "ghs_fake", "comment": "false", **inputs}, {"event": event, "job": "ci"},
                          {**self.env, **variables, "GITHUB_API_URL": self.api.url, "GITHUB_REPOSITORY": "o/r",
                           "GITHUB_SERVER_URL": "https://github.com", "GITHUB_RUN_ID": "1"}, self.dir / name, work)

    def measured(self, work):
        first = re.search(r"- run: (for n in .*)", TEMPLATE)[1]
        self.shell(work, "chmod +x measure.sh; " + first)

    def test_an_undecided_check_is_decided_by_runs_in_turns(self):
        main = self.actions_checkout(self.base, "refs/remotes/origin/main", name="on-main")
        self.measured(main)
        stored = self.act(main, self.github("push", "refs/heads/main", self.base,
                                            {"before": "0" * 40, "repository": {"default_branch": "main"}}), "temp-main")
        self.assertEqual(stored.outputs["baseline"], "stored", stored.log)

        head = self.commit(500, 2300, self.base, ref="refs/pull/7/head")
        merge = self.commit(600, 2300, self.base, head, ref="refs/pull/7/merge")
        (self.dir / "runner").mkdir()
        work = self.actions_checkout(merge, depth=2, name="runner/work")
        self.measured(work)
        variables = self.github("pull_request", "refs/pull/7/merge", merge,
                                {"number": 7, "pull_request": {"number": 7, "head": {"sha": head}, "base": {"ref": "main"}},
                                 "repository": {"default_branch": "main"}}, GITHUB_BASE_REF="main")
        first = self.act(work, variables, "temp-first", **{"report-dir": "budgetcheck-first"})
        self.assertEqual((first.outputs["exit-code"], first.outputs["outcome"]), ("3", "inconclusive"), first.log)
        self.assertNotEqual(first.outputs["rerun"], "")

        pathlib.Path(f"{self.counter}.order").write_text("")
        self.shell(work, script("Measure base and head in turns"))
        order = pathlib.Path(f"{self.counter}.order").read_text().split()
        self.assertEqual([order.count("dist"), order.count("../base/dist")], [11, 11], "the first of each is thrown away")
        second = self.act(work, variables, "temp-second", args="--rerun=rerun/confirm.json")
        self.assertEqual((second.outputs["exit-code"], second.outputs["outcome"]), ("1", "fail"), second.log)
        self.assertIn("REGRESSED_CONFIRMED", (work / second.outputs["results"]).read_text())
        # The other job: it has the artifact and the token, and no sources.
        report, alone = work / second.outputs["report-dir"], self.dir / "comment"
        self.assertEqual(TEMPLATE.count("steps.second.outputs.report-dir || steps.first.outputs.report-dir"), 1)
        shutil.copytree(report, alone / "reports")
        line = re.search(r"- run: (budgetcheck comment .*)", TEMPLATE)[1]
        self.env.update(variables, GITHUB_API_URL=self.api.url, GITHUB_REPOSITORY="o/r", GITHUB_TOKEN="ghs_fake",
                        GITHUB_ACTIONS="true", GITHUB_SERVER_URL="https://github.com", GITHUB_RUN_ID="1")
        self.shell(alone, line)
        self.assertEqual([c["edits"] for c in self.api.ours(7)], [0], "one comment for both")
        self.assertIn("lcp", self.api.ours(7)[0]["body"])
