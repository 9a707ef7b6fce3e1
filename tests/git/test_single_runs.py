"""The commonest set-up: the shop with one Lighthouse run of each device, judged against the results that main stored."""
import json
import pathlib
import shutil

from sandbox import Sandbox

SHOP = pathlib.Path(__file__).resolve().parents[2] / "fixtures" / "shop"
REMARK = "was not judged, only what limits say"


class Shop(Sandbox):
    def setUp(self):
        super().setUp()
        self.env["BUDGETCHECK_CACHE_DIR"] = "none"
        self.work = self.dir / "shop"
        shutil.copytree(SHOP, self.work)
        for name in ("lhr-mobile-2.json", "lhr-mobile-3.json"):
            (self.work / "reports" / name).unlink()
        (self.work / "budgets-passing.yml").rename(self.work / "budgets.yml")
        self.git("init", "--quiet", "--bare", "-b", "main", self.dir / "server.git")
        self.git("init", "--quiet", cwd=self.work)
        self.git("remote", "add", "origin", (self.dir / "server.git").as_uri(), cwd=self.work)
        self.commit("main")

    def commit(self, message):
        self.git("add", "-A", cwd=self.work)
        self.git("commit", "--quiet", "--allow-empty", "-m", message, cwd=self.work)

    def budgets(self, old, new):
        path = self.work / "budgets.yml"
        text = path.read_text()
        self.assertEqual(text.count(old), 1, old)
        path.write_text(text.replace(old, new))

    def report(self, device="mobile"):
        return self.work / "reports" / f"lhr-{device}-1.json"

    def measure(self, lcp, device="mobile"):
        """Another run: the page as slow as this, everything else the same."""
        run = json.loads(self.report(device).read_text())
        run["audits"]["largest-contentful-paint"]["numericValue"] = lcp
        self.report(device).write_text(json.dumps(run))

    def store(self):
        """What the job of main does: check, then store what was measured."""
        self.git("push", "--quiet", "origin", "HEAD:main", cwd=self.work)
        run = self.judge("--base", "none")
        stored = self.run_program("baseline", "push", self.dir / "results.json", cwd=self.work)
        self.assertEqual(stored.code, 0, stored.stdout + stored.stderr)
        return run

    def judge(self, *arguments, expect=0):
        out = self.dir / "results.json"
        run = self.run_program("check", "--output", f"json={out}", "--output", "text", *arguments, cwd=self.work)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        run.report = json.loads(out.read_text())
        return run

    def change(self, expect=0):
        """What the job of a pull request does."""
        self.git("checkout", "--quiet", "-B", "feature", cwd=self.work)
        self.commit("feature")
        run = self.judge(expect=expect)
        self.assertEqual(run.base["kind"], "note", run.notes)
        return run

    @staticmethod
    def verdicts(run, budget):
        return {(v["status"], v["code"]) for v in run.report["verdicts"] if v["budget"] == budget}

    def assert_remarked(self, run, results=7):
        remarks = [note for note in run.report["notes"] if REMARK in note]
        self.assertEqual(len(remarks), 1, run.report["notes"])
        self.assertIn(f"{results} results", remarks[0])
        self.assertIn("5 runs of each side", remarks[0])


class LimitsAlone(Shop):
    """The shop's own budgets, none of which says max_increase."""

    def test_nothing_changed_against_a_note(self):
        self.store()
        self.assert_remarked(self.change())

    def test_nothing_changed_against_a_file(self):
        self.judge("--base", "none")
        (self.dir / "results.json").rename(self.dir / "base.json")
        self.assert_remarked(self.judge("--base", self.dir / "base.json"))

    def test_noise_is_green_in_either_direction(self):
        self.store()
        for lcp in (1850, 2050, 2300, 2499):
            with self.subTest(lcp=lcp):
                self.measure(lcp)
                self.assert_remarked(self.change())

    def test_a_broken_limit_is_red(self):
        self.store()
        self.measure(4100)
        run = self.change(expect=1)
        self.assertEqual(self.verdicts(run, "home-lcp-mobile"), {("fail", "LIMIT_EXCEEDED")})

    def test_over_the_limit_by_less_than_noise_is_not_green(self):
        self.store()
        self.measure(2600)
        run = self.change(expect=3)
        self.assertEqual(self.verdicts(run, "home-lcp-mobile"), {("inconclusive", "LIMIT_STRADDLED")})

    def test_a_limit_that_main_breaks_too_blames_nobody(self):
        for over, lcp in ((2600, 2650), (4100, 4300), (4100, 5500)):
            with self.subTest(base=over, head=lcp):
                self.measure(over)
                self.commit("main")
                self.git("push", "--quiet", "--force", "origin", "HEAD:main", cwd=self.work)
                self.run_program("check", "--base", "none", "--output", f"json={self.dir / 'results.json'}", cwd=self.work)
                stored = self.run_program("baseline", "push", self.dir / "results.json", cwd=self.work)
                self.assertEqual(stored.code, 0, stored.stderr)
                self.measure(lcp)
                run = self.change()
                self.assertEqual(self.verdicts(run, "home-lcp-mobile"), {("warn", "PREEXISTING_BREACH")})
                message, = [v["message"] for v in run.report["verdicts"] if v["code"] == "PREEXISTING_BREACH"]
                self.assertEqual("cannot tell whether this change makes it worse" in message, lcp == 5500, message)

    def test_a_limit_that_main_breaks_by_less_is_red(self):
        self.measure(2600)
        self.commit("main")
        self.git("push", "--quiet", "origin", "HEAD:main", cwd=self.work)
        self.judge("--base", "none", expect=3)
        stored = self.run_program("baseline", "push", self.dir / "results.json", cwd=self.work)
        self.assertEqual(stored.code, 0, stored.stderr)
        self.measure(9000)
        run = self.change(expect=1)
        self.assertEqual(self.verdicts(run, "home-lcp-mobile"), {("fail", "LIMIT_EXCEEDED")})


class Growth(Shop):
    """The same with a budget that forbids growth."""

    def setUp(self):
        super().setUp()
        self.budgets("max: 2.5 s,", "max: 5 s, max_increase: 10%,")
        self.commit("main")

    def lcp(self, run):
        return self.verdicts(run, "home-lcp-mobile")

    def test_what_is_not_worse_is_green(self):
        self.store()
        for value in (1975, 1500, 2000, 2150):
            with self.subTest(lcp=value):
                self.measure(value)
                run = self.change()
                self.assertEqual(self.lcp(run), {("pass", "OK")})
                self.assert_remarked(run, results=6)

    def test_clear_growth_asks_for_runs(self):
        self.store()
        self.measure(3000)
        run = self.change(expect=3)
        self.assertEqual(self.lcp(run), {("inconclusive", "TOO_FEW_RUNS")})
        verdict, = [v for v in run.report["verdicts"] if v["code"] == "TOO_FEW_RUNS"]
        self.assertIn("1.98 s → 3 s", verdict["message"])
        self.assertIn("5 runs of each side", verdict["hint"])

    def test_what_main_showed_before_is_green(self):
        """A page with two modes: what two of the stored results reached is no growth, and one of them proves nothing."""
        for n, lcp in enumerate((2000, 2600, 2010, 1990, 1980)):
            self.measure(lcp)
            self.commit(f"main {n}")
            self.store()
        self.measure(2580)
        self.assertEqual(self.lcp(self.change(expect=3)), {("inconclusive", "TOO_FEW_RUNS")})
        self.measure(2620)
        self.commit("main 5")
        self.store()
        self.measure(1990)
        self.commit("main 6")
        self.store()
        self.measure(2590)
        run = self.change()
        self.assertEqual(self.lcp(run), {("pass", "OK")})
        message, = [v["message"] for v in run.report["verdicts"] if v["budget"] == "home-lcp-mobile"]
        self.assertIn("which stored results show of the base as well", message)
