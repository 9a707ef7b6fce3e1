"""baseline push, show and prune; many writers at once."""
import concurrent.futures
import json
import os
import subprocess

from sandbox import PROGRAM, Sandbox, samples, time_of, value

WRITERS = 12
ROUNDS = int(os.environ.get("BUDGETCHECK_RACE_ROUNDS", "2"))


class Push(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=6)
        self.clone_path = self.clone("ci")

    def write(self, bytes_=5, name="results.json", **more):
        path = self.dir / name
        path.write_text(json.dumps(samples(bytes_, **more)))
        return path

    def push(self, *arguments, cwd=None, env=None, expect=0, **more):
        run = self.run_program("baseline", "push", self.write(**more), *arguments, cwd=cwd or self.clone_path, env=env)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return run

    def test_it_says_what_it_did_in_one_line(self):
        run = self.push(app="shop")
        self.assertEqual(run.stdout.count("\n"), 1)
        self.assertRegex(run.stdout, rf"^stored the results of {self.main[5][:7]} for 'shop' in refs/notes/budgetcheck "
                                     r"\(\d+ bytes, 0 records before it\) and pushed to origin$")
        record = json.loads(self.note(self.main[5]))
        self.assertEqual((record["v"], record["commit"], record["parents"], record["branch"]),
                         (1, self.main[5], [self.main[4]], "main"))

    def test_a_check_of_the_main_branch_can_be_stored_as_it_is(self):
        out = self.dir / "out.json"
        measured = self.dir / "measured.json"
        measured.write_text((self.clone_path / "head.json").read_text())
        self.run_program("check", measured, "--output", f"json={out}", cwd=self.clone_path)
        run = self.run_program("baseline", "push", out, cwd=self.clone_path)
        self.assertEqual(run.code, 0, run.stderr)
        stored = json.loads(self.note(self.main[5]))["apps"]["shop"]
        self.assertEqual([(v["budget"], v["status"]) for v in stored["verdicts"]], [("main-js", "warn")],
                         "nothing is stored yet, so its growth is not judged")
        self.assertEqual(stored["outcome"], "pass")
        self.assertIn("budgets", stored["budgets"])

    def test_results_of_another_commit_are_stored_for_that_one(self):
        run = self.push(commit=self.main[2])
        self.assertIn(f"HEAD is {self.main[5][:7]}, but the results are of {self.main[2][:7]}", run.stdout)
        self.assertEqual(json.loads(self.note(self.main[2]))["commit"], self.main[2])

    def test_results_of_a_change_that_has_not_landed_are_stored_with_a_warning(self):
        run = self.push(env=self.github("pull_request", "refs/pull/7/merge", self.main[5]))
        self.assertIn("store results on the main branch only", run.stdout)

    def test_failing_results_are_stored_too(self):
        self.push(outcome="fail")
        self.assertEqual(json.loads(self.note(self.main[5]))["apps"][""]["outcome"], "fail")

    def test_two_jobs_of_one_commit_keep_each_others_results(self):
        self.push(app="web", bytes_=1)
        self.push(app="shop", bytes_=2)
        self.push("--app", "admin", bytes_=3)
        apps = json.loads(self.note(self.main[5]))["apps"]
        self.assertEqual({name: app["samples"][0]["value"] for name, app in apps.items()},
                         {"web": 1, "shop": 2, "admin": 3})
        self.push(app="web", bytes_=4)
        self.assertEqual(json.loads(self.note(self.main[5]))["apps"]["web"]["samples"][0]["value"], 4)

    def test_earlier_records_are_counted(self):
        for i in range(5):
            self.push(commit=self.main[i], app="shop")
        self.assertIn("5 records before it", self.push(commit=self.main[5], app="shop").stdout)

    def test_at_depth_1_a_push_of_several_commits_does_not_lose_the_history(self):
        def event(after, before):
            return self.github("push", "refs/heads/main", after, {"before": before, "after": after})
        for i, before in ((1, 0), (3, 1), (5, 3)):
            self.git("update-ref", "refs/heads/main", self.main[i], cwd=self.server_path)
            work = self.actions_checkout(self.main[i], ref="refs/remotes/origin/main", name=f"work{i}")
            run = self.push(app="shop", cwd=work, env=event(self.main[i], self.main[before]))
        self.assertIn("2 records before it", run.stdout)
        self.assertEqual(json.loads(self.note(self.main[5]))["previous"], self.main[3])

    def test_at_depth_1_in_a_filtered_clone(self):
        work = self.actions_checkout(self.main[5], ref="refs/remotes/origin/main", sparse=["src"])
        self.store(4)
        run = self.push(app="shop", cwd=work)
        self.assertIn("1 record before it", run.stdout)
        self.assertEqual(json.loads(self.note(self.main[4]))["commit"], self.main[4])

    def test_what_cannot_be_read_is_refused(self):
        for text, why in (("{", "cut off"), ('{"version": 2, "samples": []}', "newer version"),
                          ('{"version": 1, "samples": []}', "contains no measurements"),
                          (json.dumps(samples(1, commit="HEAD")), "not a commit id")):
            with self.subTest(text=text):
                path = self.dir / "bad.json"
                path.write_text(text)
                run = self.run_program("baseline", "push", path, cwd=self.clone_path)
                self.assertEqual(run.code, 3, run.stderr)
                self.assertIn(why, run.stderr)
                self.assertEqual(run.calls, [])
        run = self.run_program("baseline", "push", self.dir / "missing.json", cwd=self.clone_path)
        self.assertEqual(run.code, 3)
        self.assertIn("--output json=FILE", run.stderr)

    def test_wrong_use(self):
        for words in ([], ["psuh"], ["push"], ["push", "a", "b"], ["prune", "x"], ["prune", "--keep", "0"],
                      ["show", "nothing-of-that-name"]):
            with self.subTest(words=words):
                run = self.run_program("baseline", *words, cwd=self.clone_path)
                self.assertEqual(run.code, 2, run.stdout + run.stderr)
        outside = self.dir / "outside"
        outside.mkdir()
        run = self.run_program("baseline", "push", self.write(), cwd=outside)
        self.assertEqual(run.code, 2)
        self.assertIn("not in a git repository", run.stderr)

    def test_a_read_only_token_names_the_permission(self):
        hook = self.server_path / "hooks" / "pre-receive"
        hook.write_text("#!/bin/sh\necho 'Permission to shop.git denied to github-actions[bot].' >&2\nexit 1\n")
        hook.chmod(0o755)
        run = self.push(expect=5)
        self.assertIn("permissions: contents: write", run.stderr)
        self.assertIn("fork", run.stderr)
        self.assertEqual(len([call for call in run.calls if "push" in call]), 1)

    def test_an_unreachable_remote_is_exit_5(self):
        self.git("remote", "set-url", "origin", f"file://{self.dir}/gone.git", cwd=self.clone_path)
        run = self.push(expect=5)
        self.assertIn("could not be fetched", run.stderr)
        self.assertIn("git ls-remote origin", run.stderr)

    def test_without_a_remote_it_stays_here(self):
        self.git("remote", "remove", "origin", cwd=self.clone_path)
        self.assertIn("this clone has no remote to push to", self.push().stdout)
        shown = self.run_program("baseline", "show", cwd=self.clone_path)
        self.assertIn("1 sample", shown.stdout)

    def test_a_newer_record_is_not_overwritten_and_a_broken_one_is(self):
        self.put_note(self.main[5], '{"v":2,"commit":"x","apps":{}}')
        self.assertIn("newer budgetcheck", self.push(expect=5).stderr)
        self.put_note(self.main[5], '{"v":1,')
        self.assertIn("were replaced", self.push().stdout)
        self.assertEqual(json.loads(self.note(self.main[5]))["commit"], self.main[5])

    def test_a_race_that_is_lost_once_is_tried_again(self):
        hook = self.server_path / "hooks" / "pre-receive"
        hook.write_text(f"#!/bin/sh\n[ -e {self.dir}/once ] && exit 0\ntouch {self.dir}/once\n"
                        "echo \"error: cannot lock ref 'refs/notes/budgetcheck': is at\" >&2\nexit 1\n")
        hook.chmod(0o755)
        self.assertIn("on attempt 2", self.push().stdout)

    def test_a_network_that_stumbles_is_tried_three_times(self):
        self.git("remote", "set-url", "origin", f"file://{self.dir}/gone.git", cwd=self.clone_path)
        self.assertEqual(len(self.push(expect=5).fetches()), 3)

    def test_show(self):
        self.push(app="shop", outcome="pass", measured_at=time_of(5))
        run = self.run_program("baseline", "show", cwd=self.clone_path)
        self.assertEqual(run.code, 0)
        self.assertIn(f"results of {self.main[5]} on main", run.stdout)
        self.assertIn(f"shop: pass, 1 sample, 0 budgets (0 failed), 0 findings, 0 parts, without its budgets, "
                      f"measured {time_of(5)}", run.stdout)
        run = self.run_program("baseline", "show", "HEAD~1", cwd=self.clone_path)
        self.assertEqual((run.code, run.stdout),
                         (0, f"no results are stored for {self.main[4][:7]}; refs/notes/budgetcheck holds 1 note\n"))
        self.put_note(self.main[4], "hello")
        run = self.run_program("baseline", "show", "HEAD~1", cwd=self.clone_path)
        self.assertEqual(run.code, 3)
        self.assertIn("git notes --ref=budgetcheck show", run.stderr)

    def test_prune_keeps_the_newest_and_what_is_not_ours_in_one_commit(self):
        self.store(0, 1, 2, 3, 4)
        self.put_note(self.main[5], "not ours")
        before = self.git("rev-parse", "refs/notes/budgetcheck", cwd=self.server_path)
        run = self.run_program("baseline", "prune", "--keep", "2", cwd=self.clone_path)
        self.assertEqual((run.code, run.stdout),
                         (0, "dropped 3 records of 6 in refs/notes/budgetcheck and pushed to origin\n"))
        left = {line.split()[1] for line in
                self.git("notes", "--ref=budgetcheck", "list", cwd=self.server_path).splitlines()}
        self.assertEqual(left, {self.main[3], self.main[4], self.main[5]})
        self.assertEqual(self.git("rev-parse", "refs/notes/budgetcheck^", cwd=self.server_path), before)
        self.assertIn("nothing to drop", self.run_program("baseline", "prune", "--keep", "2", cwd=self.clone_path).stdout)

    def test_a_push_beyond_the_limit_drops_the_oldest(self):
        self.store(0, 1, 2)
        self.push("--keep", "2", commit=self.main[3], measured_at=time_of(3))
        left = {line.split()[1] for line in
                self.git("notes", "--ref=budgetcheck", "list", cwd=self.server_path).splitlines()}
        self.assertEqual(left, {self.main[2], self.main[3]})

    def test_runs_and_numbers_are_trimmed(self):
        path = self.dir / "noisy.json"
        path.write_text(json.dumps({"version": 1, "samples": [
            {"metric": "lighthouse.lcp", "where": {"page": "/"}, "unit": "ms", "runs": [1000 + i / 7 for i in range(200)],
             "location": {"file": "reports/lhr.json", "line": 3}},
            {"metric": "bundle.gzip", "where": {}, "unit": "B", "value": 123456789}]}))
        self.assertEqual(self.run_program("baseline", "push", path, cwd=self.clone_path).code, 0)
        kept = json.loads(self.note(self.main[5]))["apps"][""]["samples"]
        self.assertEqual(len(kept[0]["runs"]), 64)
        self.assertEqual(kept[0]["runs"][1], round(1000 + 3 / 7, 3))
        self.assertNotIn("location", kept[0])
        self.assertEqual(kept[1]["value"], 123456789)


class Race(Sandbox):
    """Twelve jobs push to one repository at the same time: every result is kept."""

    def setUp(self):
        super().setUp()
        self.server(commits=WRITERS)

    def writer(self, i, commit, app, clone=None):
        clone = clone or self.actions_checkout(commit, ref="refs/remotes/origin/main", name=f"w{app}{i}")
        path = self.dir / f"results-{app}{i}.json"
        path.write_text(json.dumps(samples(value(i), app=app, commit=commit)))
        return [PROGRAM, "baseline", "push", str(path)], clone

    def race(self, jobs):
        def run(job):
            return subprocess.run(job[0], cwd=job[1], env=self.env, capture_output=True, text=True, timeout=300)
        with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
            done = list(pool.map(run, jobs))
        for one in done:
            self.assertEqual(one.returncode, 0, one.stdout + one.stderr)
        tries = [int(one.stdout.split("on attempt ")[1].split()[0]) if "on attempt" in one.stdout else 1 for one in done]
        print(f"[tries {sorted(tries)}] ", end="", flush=True)

    def test_different_commits(self):
        for round_ in range(ROUNDS):
            with self.subTest(round=round_):
                self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=self.server_path)
                self.race([self.writer(i, self.main[i], f"r{round_}") for i in range(WRITERS)])
                for i, commit in enumerate(self.main):
                    record = json.loads(self.note(commit))
                    self.assertEqual(record["apps"][f"r{round_}"]["samples"][0]["value"], value(i))

    def test_one_commit_and_different_applications(self):
        for round_ in range(ROUNDS):
            with self.subTest(round=round_):
                self.race([self.writer(i, self.main[5], f"r{round_}-app{i}") for i in range(WRITERS)])
                apps = json.loads(self.note(self.main[5]))["apps"]
                self.assertEqual(len(apps), WRITERS * (round_ + 1))
                for i in range(WRITERS):
                    self.assertEqual(apps[f"r{round_}-app{i}"]["samples"][0]["value"], value(i))

    def test_jobs_that_share_one_clone(self):
        for depth in (1, 0):
            with self.subTest(depth=depth):
                clone = self.actions_checkout(self.main[5], ref="refs/remotes/origin/main", name=f"shared{depth}",
                                              depth=depth)
                self.race([self.writer(i, self.main[5], f"d{depth}-app{i}", clone) for i in range(6)])
                apps = json.loads(self.note(self.main[5]))["apps"]
                for i in range(6):
                    self.assertEqual(apps[f"d{depth}-app{i}"]["samples"][0]["value"], value(i))
