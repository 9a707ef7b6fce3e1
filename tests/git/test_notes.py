"""What is stored, read by a check: broken, foreign, old, far away, unreachable."""
import json
import socket
import threading
import time

from sandbox import FIRST_TIME, Sandbox, samples, time_of, value


class Stored(Sandbox):
    """A clone on a branch that left main at its commit 7."""

    def setUp(self):
        super().setUp()
        self.server(commits=8)

    def branch(self, name="work", *options):
        work = self.clone(name, *options)
        self.git("checkout", "--quiet", "-b", "feature", cwd=work)
        return work

    def edited(self, commit, change):
        record = json.loads(self.note(commit))
        change(record)
        self.put_note(commit, json.dumps(record))


class Broken(Stored):
    """Each is said, passed over, and the one before it is taken."""

    def assert_passed_over(self, why):
        run = self.check(self.branch())
        self.assert_base(run, self.main[6], "nearest ancestor with results of", older=1)
        self.assertEqual(run.base_value, value(6))
        self.assertIn(f"the stored results of {self.main[7][:7]}", run.notes)
        self.assertIn(why, run.notes)
        return run

    def setUp(self):
        super().setUp()
        self.store(6, 7)

    def test_somebody_elses_text(self):
        self.put_note(self.main[7], "Reviewed-by: Ann\n")
        self.assert_passed_over("a note that budgetcheck did not write")

    def test_somebody_elses_json(self):
        self.put_note(self.main[7], '{"benchmarks": []}')
        self.assert_passed_over("a note that budgetcheck did not write")

    def test_a_newer_version(self):
        self.edited(self.main[7], lambda record: record.update(v=2))
        self.assert_passed_over("newer budgetcheck")

    def test_cut_off(self):
        text = self.note(self.main[7])
        for part in (text[:len(text) // 2], text[:-2], text[:1]):
            with self.subTest(left=len(part)):
                self.put_note(self.main[7], part)
                run = self.check(self.branch(f"work{len(part)}"))
                self.assert_base(run, self.main[6], "nearest ancestor", older=1)
                self.assertIn("are damaged", run.notes)
                self.assertIn(f"git notes --ref=budgetcheck show {self.main[7]}", run.notes)

    def test_copied_from_another_commit(self):
        self.put_note(self.main[7], self.note(self.main[6]))
        self.assert_passed_over(f"says that it is of {self.main[6][:7]}")

    def test_wrong_types(self):
        for change in ({"parents": "none"}, {"parents": [1]}, {"apps": []}, {"apps": {"shop": 1}}, {"v": "1"},
                       {"time": 5}, {"branch": {}}, {"previous": "x"}):
            with self.subTest(change=change):
                self.store(7)
                self.edited(self.main[7], lambda record, change=change: record.update(change))
                work = self.branch("work" + str(abs(hash(str(change)))))
                run = self.check(work)
                self.assert_base(run, self.main[6], "nearest ancestor", older=1)
                self.assertIn("has the wrong type", run.notes)

    def test_samples_that_were_edited(self):
        def change(record):
            record["apps"]["shop"]["samples"][0]["value"] = "many"
        self.edited(self.main[7], change)
        self.assert_passed_over("'value' is not a finite number")

    def test_deep_and_wide_nonsense_is_survived(self):
        self.put_note(self.main[7], '{"v":1,"apps":' + "[" * 100_000)
        self.assert_passed_over("are damaged")

    def test_too_big(self):
        self.put_note(self.main[7], '{"v":1,"apps":{},"x":"' + "y" * (9 << 20) + '"}')
        self.assert_passed_over("are larger than 8 MiB")


class Found(Stored):
    def test_the_nearest_ancestor_is_at_most_20_commits_older(self):
        self.server(commits=30, name="long.git")
        self.store(5)
        work = self.clone("work")
        run = self.check(work, "--base", self.main[25])
        self.assert_base(run, self.main[5], f"nearest ancestor with results of {self.main[25][:7]}", older=20)
        run = self.check(work, "--base", self.main[26])
        self.assert_none(run, "no usable results are stored for", "nor for the 20 commits before it")

    def test_at_depth_1_the_way_back_is_fetched_once(self):
        self.store(4)
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        run = self.check(work, env=self.github("push", "refs/heads/main", self.main[7], {"before": self.main[6]}))
        self.assert_base(run, self.main[4], "nearest ancestor", older=2)
        self.assertEqual(len(run.fetches()), 2)

    def test_at_depth_1_without_a_fetch_the_stored_parents_lead_back(self):
        self.store(4, 5, 6)
        self.put_note(self.main[6], "not ours")
        self.edited(self.main[5], lambda record: record.update(apps={}))
        work = self.actions_checkout(self.main[6], ref="refs/remotes/origin/main")
        self.git("fetch", "--quiet", "--depth=1", "origin", "+refs/notes/*:refs/notes/*", cwd=work)
        run = self.check(work, "--no-fetch", env=self.github("push", "refs/heads/main", self.main[6],
                                                             {"before": self.main[5]}))
        self.assert_base(run, self.main[4], "nearest ancestor", older=1)

    def test_a_circle_of_stored_parents_ends(self):
        self.store(6)
        self.edited(self.main[6], lambda record: record.update(parents=[self.main[6]], apps={}))
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        run = self.check(work, env=self.github("push", "refs/heads/main", self.main[7], {"before": self.main[6]}))
        self.assert_none(run, "no usable results")

    def test_applications_are_kept_apart(self):
        self.store(7, app="web", bytes_=111)
        self.store(7, app="shop")
        run = self.check(self.branch())
        self.assertEqual(run.base_value, value(7))
        run = self.check(self.branch("other"), "--app", "web")
        self.assertEqual(run.base_value, 111)
        run = self.check(self.branch("third"), "--app", "admin")
        self.assert_none(run, "are of 'shop', 'web', not of 'admin'", "--app")

    def test_a_clock_in_the_future_passes_through(self):
        clone = self.clone("store")
        results = self.dir / "future.json"
        results.write_text(json.dumps(samples(5, app="shop", commit=self.main[7], measured_at="2099-01-01T00:00:00Z")))
        self.assertEqual(self.run_program("baseline", "push", results, cwd=clone).code, 0)
        run = self.check(self.branch())
        self.assertEqual((run.base_value, run.base["measured_at"]), (5, "2099-01-01T00:00:00Z"))

    def test_the_environment_and_the_budgets_come_along(self):
        self.store(7, env={"key": "runner-a", "parts": {"lighthouse": "12"}})
        record = json.loads(self.note(self.main[7]))
        self.assertEqual(record["apps"]["shop"]["env"]["key"], "runner-a")
        self.assertEqual(record["apps"]["shop"]["budgets"], {"version": 1, "stored": 7})
        self.assertEqual(record["parents"], [self.main[6]])

    def test_notes_in_folders_as_git_writes_them_are_read(self):
        clone = self.store(6, 7)
        tree = []
        for commit in self.main:
            blob = self.git("rev-parse", f"refs/notes/budgetcheck:{commit}", cwd=clone, check=False)
            if len(blob) == 40:
                tree.append((commit, blob))
        folders = {}
        for commit, blob in tree:
            below = self.git("mktree", cwd=clone, input=f"100644 blob {blob}\t{commit[2:]}\n")
            folders[commit[:2]] = below
        lines = "".join(f"040000 tree {id_}\t{name}\n" for name, id_ in sorted(folders.items()))
        top = self.git("mktree", cwd=clone, input=lines)
        made = self.git("commit-tree", top, "-m", "folders", cwd=clone)
        self.git("push", "--quiet", "--force", "origin", f"{made}:refs/notes/budgetcheck", cwd=clone)
        self.assert_base(self.check(self.branch()), self.main[7], "the commit of origin/main")
        self.store(5)
        self.assertEqual(self.git("notes", "--ref=budgetcheck", "list", cwd=self.server_path).count("\n") + 1, 3)
        self.assertEqual(json.loads(self.note(self.main[6]))["commit"], self.main[6])

    def test_two_thousand_notes_cost_one_fetch_at_depth_1(self):
        self.server(commits=2000, name="big.git")
        self.store(1999)
        record = json.loads(self.note(self.main[1999]))
        stream = []
        for i, commit in enumerate(self.main[:-1]):
            record.update(commit=commit, parents=[self.main[i - 1]] if i else [], time=time_of(i))
            record["apps"]["shop"]["samples"][0]["value"] = value(i)
            text = json.dumps(record, separators=(",", ":"))
            stream.append(f"N inline {commit}\ndata {len(text)}\n{text}\n")
        self.git("fast-import", "--quiet", cwd=self.server_path,
                 input=f"commit refs/notes/budgetcheck\ncommitter T <t@x> {FIRST_TIME} +0000\ndata 1\nx\n"
                       "from refs/notes/budgetcheck^0\n" + "".join(stream))
        self.assertEqual(self.git("notes", "--ref=budgetcheck", "list", cwd=self.server_path).count("\n") + 1, 2000)
        head, merge = self.pull_request(branched_from=1990)
        work = self.actions_checkout(merge)
        begin = time.monotonic()
        run = self.check(work, env=self.github_pull(head, merge))
        took = time.monotonic() - begin
        self.assert_base(run, self.main[1999], "first parent of the merge commit")
        self.assertEqual(run.base_value, value(1999))
        self.assertEqual(len(run.calls), 1, run.calls)
        print(f"[2000 notes: {took:.2f} s] ", end="", flush=True)


class FarAway(Stored):
    def test_a_remote_without_results_is_a_normal_state(self):
        run = self.check(self.branch())
        self.assert_none(run, "origin has stored no results yet: run budgetcheck baseline push on the main branch")
        self.assertNotIn("could not be fetched", run.notes)

    def test_no_remote_at_all(self):
        work = self.branch()
        self.git("remote", "remove", "origin", cwd=work)
        run = self.check(work)
        self.assertEqual(run.calls, [])
        self.assert_none(run, "no results are stored here, and there is no remote")

    def test_an_unreachable_remote_is_said_in_gits_words_and_what_is_here_serves(self):
        self.store(7)
        work = self.branch()
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=work)
        self.git("remote", "set-url", "origin", f"file://{self.dir}/gone.git", cwd=work)
        run = self.check(work)
        self.assert_base(run, self.main[7], "the commit of origin/main")
        self.assertIn("could not be fetched from origin: fatal:", run.notes)
        self.assertIn("git fetch origin +refs/notes/budgetcheck:refs/notes/budgetcheck", run.notes)

    def test_credentials_of_an_address_stay_inside(self):
        work = self.branch()
        address = "http://robot:s3cr3t@127.0.0.1:9/shop.git"
        self.git("remote", "set-url", "origin", address, cwd=work)
        for arguments in ([], ["--remote", address]):
            run = self.check(work, *arguments)
            self.assertIn("could not be fetched", run.notes)
            self.assertNotIn("s3cr3t", run.stdout + run.stderr + json.dumps(run.report))

    def test_a_remote_that_never_answers_costs_bounded_time(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        accepted = []  # held, else the connection would be closed
        threading.Thread(target=lambda: accepted.append(listener.accept()), daemon=True).start()
        work = self.branch()
        self.git("remote", "set-url", "origin", f"git://127.0.0.1:{listener.getsockname()[1]}/shop.git", cwd=work)
        begin = time.monotonic()
        run = self.check(work, env={"BUDGETCHECK_FETCH_TIMEOUT": "1"})
        self.assertLess(time.monotonic() - begin, 30)
        self.assertIn("did not finish within 1 s", run.notes)

    def test_a_ref_that_somebody_forced_is_fetched_all_the_same(self):
        self.store(6, 7)
        work = self.branch()
        self.assert_base(self.check(work), self.main[7], "the commit of origin/main")
        clone = self.clone("forcing")
        other = self.git("commit-tree", self.git("mktree", cwd=clone, input=""), "-m", "empty", cwd=clone)
        self.git("push", "--quiet", "--force", "origin", f"{other}:refs/notes/budgetcheck", cwd=clone)
        self.store(6)
        self.assert_base(self.check(work), self.main[6], "nearest ancestor", older=1)
