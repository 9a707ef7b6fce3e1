"""update raises limits in a real repository, and the gate of the change accepts what it wrote."""
import json

from sandbox import Sandbox, samples, value

HEAD = "# Ask @web.\nversion: 1\nproject: shop\ninputs: [ size.json ]\nbudgets:\n"
BUDGET = "  - id: main-js\n    metric: bundle.gzip\n    where: {{ entry: main, type: js }}\n    max: {} # agreed\n"
REASON = ["--reason", "the new editor", "--owner", "@web"]
RAISED = '    raised: { reason: the new editor, owner: "@web", expires: 2027-01-31 }\n'


class Update(Sandbox):
    def setUp(self):
        super().setUp()
        self.env["SOURCE_DATE_EPOCH"] = "1795428000"  # 2026-11-23
        self.server(commits=3, budgets=lambda i: HEAD + BUDGET.format("110 kB"))
        self.store(1, 2)

    def work(self, bytes_, name="change"):
        """A clone with a change that measures so much. Git does not hold what is measured."""
        work = self.clone(name)
        self.git("checkout", "--quiet", "-b", "topic", cwd=work)
        self.git("commit", "--quiet", "--allow-empty", "-m", "the change", cwd=work)
        self.measure(work, bytes_)
        return work

    @staticmethod
    def measure(work, bytes_):
        (work / ".git" / "info" / "exclude").write_text("size.json\n")
        (work / "size.json").write_text(json.dumps(samples(bytes_)))

    def gate(self, work, expect):
        self.git("commit", "--quiet", "-am", "the new editor", cwd=work, check=False)
        out = self.dir / "report.json"
        run = self.run_program("check", "--output", f"json={out}", "--output", "text", cwd=work, env={"CI": "true"})
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return json.loads(out.read_text())["verdicts"][0]["code"]

    def update(self, work, *arguments, expect=0, env=None):
        run = self.run_program("update", *arguments, cwd=work, env=env)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return run

    def test_the_gate_accepts_the_raise(self):
        work = self.work(118_400)
        self.assertEqual(self.gate(work, 1), "LIMIT_EXCEEDED")
        self.update(work, "main-js", *REASON, "--expires", "2027-01-31")
        self.assertEqual((work / "budgets.yml").read_text(), HEAD + BUDGET.format("119 kB") + RAISED)
        self.assertEqual(self.gate(work, 0), "BUDGET_LOOSENED")

    def test_a_reason_of_an_earlier_change_is_none(self):
        first = self.work(118_400, "first")
        self.update(first, "main-js", *REASON, "--expires", "2027-01-31")
        self.git("commit", "--quiet", "-am", "the new editor", cwd=first)
        self.git("push", "--quiet", "origin", "HEAD:main", cwd=first)
        self.git("fetch", "--quiet", cwd=first)
        second = self.work(125_300, "second")
        run = self.update(second, "main-js", *REASON, "--expires", "2027-01-31", expect=2)
        self.assertIn("give this raise its own --reason", run.stderr)
        self.assertEqual(self.git("status", "--porcelain", cwd=second), "")
        self.update(second, "main-js", "--reason", "the map", "--owner", "@web")
        self.assertEqual(self.gate(second, 0), "BUDGET_LOOSENED")

    def test_ci_is_refused_and_the_file_stays(self):
        work = self.work(118_400)
        for name in ("CI", "TF_BUILD", "JENKINS_URL"):
            run = self.update(work, "main-js", *REASON, expect=2, env={name: "1"})
            self.assertIn("update does not run in CI", run.stderr)
        self.assertEqual(self.git("status", "--porcelain", cwd=work), "")

    def test_growth_is_measured_from_the_base(self):
        work = self.work(105_000)  # 3 % more than the 102,000 of main, below the limit of 110 kB
        run = self.update(work, "main-js", *REASON, expect=2)
        self.assertIn("'main-js' keeps its limit and fails for its growth", run.stderr)
        self.assertIn(f"{value(2) // 1000} kB", run.stderr)
        waiver = run.stderr.split("waivers: ")[1].split("; or give")[0].replace("YYYY-MM-DD", "2027-01-31")
        (work / "budgets.yml").write_text((work / "budgets.yml").read_text() + f"waivers:\n  {waiver}\n")
        self.assertEqual(self.gate(work, 0), "WAIVED")

    def test_a_suggested_limit_is_taken_over(self):
        self.server(commits=12, name="loose.git", budgets=lambda i: HEAD + BUDGET.format("200 kB"))
        self.store(*range(12), clone=self.clone("loose"))
        work = self.work(value(11), "tight")
        self.assertEqual(self.gate(work, 0), "RATCHET_SUGGESTED")
        self.update(work, "--tighten")
        self.assertEqual((work / "budgets.yml").read_text(), HEAD + BUDGET.format("117 kB"))
        self.assertNotEqual(self.gate(work, 0), "RATCHET_SUGGESTED")
        self.assertIn("no limit can be tightened", self.update(work, "--tighten").stdout)
