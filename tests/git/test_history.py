"""The stored results of a main branch, read as a whole: history, drift, and comparing two of them."""
import json

from sandbox import FIRST_TIME, Sandbox, time_of, value


class History(Sandbox):
    COMMITS = 75

    def setUp(self):
        super().setUp()
        self.server(commits=self.COMMITS)
        self.store(self.COMMITS - 1)
        record = json.loads(self.note(self.main[-1]))
        stream = []
        for i, commit in enumerate(self.main[:-1]):
            record.update(commit=commit, parents=[self.main[i - 1]] if i else [], time=time_of(i))
            record["apps"]["shop"]["samples"][0]["value"] = value(i)
            record["apps"]["shop"]["measured_at"] = time_of(i)
            text = json.dumps(record, separators=(",", ":"))
            stream.append(f"N inline {commit}\ndata {len(text)}\n{text}\n")
        self.git("fast-import", "--quiet", cwd=self.server_path,
                 input=f"commit refs/notes/budgetcheck\ncommitter T <t@x> {FIRST_TIME} +0000\ndata 1\nx\n"
                       "from refs/notes/budgetcheck^0\n" + "".join(stream))
        self.work = self.clone("work")

    def history(self, *arguments):
        run = self.run_program("history", "--today", time_of(self.COMMITS)[:10], *arguments, cwd=self.work)
        self.assertEqual(run.code, 0, run.stderr)
        return run.stdout

    def test_shows_every_record_with_its_trend(self):
        document = json.loads(self.history("--output", "json"))
        self.assertEqual(document["records"], self.COMMITS)
        series, = document["series"]
        self.assertEqual([point["value"] for point in series["points"]], [value(i) for i in range(self.COMMITS)])
        # 1000 bytes an hour: 720 kB in 30 days, and 9 MB is 12 months off.
        self.assertAlmostEqual(series["trend"]["per_30_days"], 720_000, delta=1000)
        self.assertIn("breach_from", series["trend"])
        self.assertIn("drift", series)
        self.assertIn("main-js", self.history())

    def test_follows_another_commit(self):
        document = json.loads(self.history("--output", "json", self.main[9]))
        self.assertEqual(document["records"], 10)

    def test_of_an_app_that_stores_nothing_says_so(self):
        self.assertIn("no results are stored there yet", self.history("--app", "other"))

    def test_a_commit_that_does_not_exist_is_wrong_use(self):
        run = self.run_program("history", "nowhere", cwd=self.work)
        self.assertEqual(run.code, 2)
        self.assertIn("nowhere", run.stderr)

    def test_check_on_main_finds_what_drifted(self):
        run = self.check(self.work)
        finding, = [f for f in run.report["findings"] if f["rule"] == "slow-drift"]
        self.assertIn("bundle.gzip, entry=main, type=js drifted from", finding["message"])
        self.assertEqual(finding["level"], "warning")
        self.assertEqual(run.code, 0)

    def test_check_on_a_branch_blames_nobody_for_it(self):
        self.git("checkout", "--quiet", "-b", "topic", cwd=self.work)
        self.git("commit", "--quiet", "--allow-empty", "-m", "x", cwd=self.work)
        run = self.check(self.work)
        self.assertEqual([f for f in run.report["findings"] if f["rule"] == "slow-drift"], [])

    def test_compare_takes_commits(self):
        run = self.run_program("compare", self.main[3], self.main[5], "--output", "json=" + str(self.dir / "c.json"),
                               "--output", "text", cwd=self.work)
        self.assertEqual(run.code, 0, run.stderr)
        self.assertIn("103 kB → 105 kB", run.stdout)

    def test_compare_of_a_commit_without_results_says_what_to_do(self):
        run = self.run_program("compare", self.main[3], "HEAD", "--app", "other", cwd=self.work)
        self.assertEqual(run.code, 3)
        self.assertIn("no results are stored for", run.stderr)

    def test_compare_says_when_a_commit_has_no_results_of_its_own(self):
        self.git("commit", "--quiet", "--allow-empty", "-m", "x", cwd=self.work)
        run = self.run_program("compare", self.main[3], "HEAD", cwd=self.work)
        self.assertEqual(run.code, 0, run.stderr)
        head = self.git("rev-parse", "HEAD", cwd=self.work)
        self.assertIn(f"no results are stored for {head[:7]} itself", " ".join(run.stdout.split()))
