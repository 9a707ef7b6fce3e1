"""Which commit is the base, in every kind of run and checkout."""
import json

from sandbox import Sandbox, samples, value

ZEROS = "0" * 40


class GithubPullRequest(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=60)
        self.store(58, 59)

    def test_merge_ref_at_every_depth_is_compared_with_its_first_parent_by_one_fetch(self):
        head, merge = self.pull_request(branched_from=40, commits=3)
        for depth in (1, 2, 10, 50, 0):
            with self.subTest(depth=depth):
                work = self.actions_checkout(merge, depth=depth, name=f"work{depth}")
                run = self.check(work, env=self.github_pull(head, merge))
                self.assert_base(run, self.main[59], "first parent of the merge commit (GITHUB_REF=refs/pull/7/merge)")
                self.assertEqual(run.base_value, value(59))
                self.assertEqual(run.report["verdicts"][0]["delta"], 300)
                self.assertEqual(len(run.fetches()), 1, run.calls)
                self.assertEqual(run.report["commit"], merge)
                self.assertEqual(run.report["parents"], [self.main[59], head])

    def test_a_full_clone_does_not_become_shallow(self):
        head, merge = self.pull_request(branched_from=58)
        work = self.actions_checkout(merge, depth=0)
        self.check(work, env=self.github_pull(head, merge))
        self.assertEqual(self.git("rev-parse", "--is-shallow-repository", cwd=work), "false")

    def test_the_head_instead_of_the_merge_is_compared_with_the_merge_base(self):
        self.store(30)
        head, merge = self.pull_request(branched_from=30, commits=3)
        for depth in (1, 10, 50, 0):
            with self.subTest(depth=depth):
                work = self.actions_checkout(head, depth=depth, name=f"work{depth}")
                run = self.check(work, env=self.github_pull(head, merge))
                self.assert_base(run, self.main[30], "merge base of HEAD and origin/main")
                self.assertEqual(run.report["verdicts"][0]["delta"], 300)

    def test_a_head_that_is_a_merge_itself_is_not_taken_for_the_merge_ref(self):
        first = self.add_commit("refs/pull/7/head", 500, value(30) + 100, self.main[30])
        head = self.add_commit("refs/pull/7/head", 501, value(58) + 100, first, self.main[58])
        merge = self.add_commit("refs/pull/7/merge", 502, value(59) + 100, self.main[59], head)
        work = self.actions_checkout(head, depth=2)
        # By the event; and by the run's own commit where the event does not tell.
        for env in (self.github_pull(head, merge),
                    self.github("pull_request", "refs/pull/7/merge", merge, GITHUB_BASE_REF="main")):
            self.assert_base(self.check(work, env=env), self.main[58], "merge base of HEAD and origin/main")

    def test_without_leave_to_fetch_the_command_is_named(self):
        head, merge = self.pull_request(branched_from=30, commits=3)
        work = self.actions_checkout(head, depth=1)
        run = self.check(work, "--no-fetch", env=self.github_pull(head, merge), expect=3)
        self.assert_none(run, "merge base of HEAD and origin/main is not known", "git fetch --unshallow origin",
                         "fetch-depth: 0")
        self.assertEqual(run.fetches(), [])

    def test_beyond_the_bound_nothing_is_guessed(self):
        self.server(commits=1500, name="deep.git")
        head, merge = self.pull_request(branched_from=2)
        work = self.actions_checkout(head, depth=1)
        run = self.check(work, env=self.github_pull(head, merge), expect=3)
        self.assert_none(run, "the history of this shallow clone ends before", "git fetch --unshallow origin")
        self.assertLessEqual(len(run.fetches()), 5)

    def test_an_event_that_cannot_be_read_is_said_and_the_variables_do(self):
        head, merge = self.pull_request(branched_from=58)
        work = self.actions_checkout(merge)
        env = self.github_pull(head, merge)
        (self.dir / "event.json").write_text('{"pull_request": ')
        run = self.check(work, env=env)
        self.assert_base(run, self.main[59], "first parent of the merge commit")
        self.assertIn("GITHUB_EVENT_PATH", run.notes)

    def test_pull_request_target_that_checked_out_the_target_has_no_base(self):
        head, _ = self.pull_request(branched_from=58)
        work = self.actions_checkout(self.main[59], ref="refs/remotes/origin/main")
        env = self.github("pull_request_target", "refs/heads/main", self.main[59],
                          {"pull_request": {"head": {"sha": head}, "base": {"ref": "main"}}}, GITHUB_BASE_REF="main")
        self.assert_none(self.check(work, env=env, expect=3), "checked out the target branch itself")


class GithubOtherEvents(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=8)
        self.store(2, 5, 6)

    def push(self, work, ref="refs/heads/main", sha=None, **payload):
        sha = sha or self.main[7]
        body = {"after": sha, "repository": {"default_branch": "main"}, **payload}
        return self.check(work, env=self.github("push", ref, sha, body))

    def test_push_is_compared_with_what_the_branch_held_before(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        run = self.push(work, before=self.main[5], forced=False)
        self.assert_base(run, self.main[5], "the commit before this push (event push, before)")
        self.assertEqual(len(run.fetches()), 1)

    def test_a_forced_push_is_compared_with_the_first_parent(self):
        gone = self.add_commit("refs/heads/gone", 700, 1, self.main[3])
        for depth, forced in ((1, True), (0, None)):
            with self.subTest(depth=depth):
                work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main", depth=depth, name=f"w{depth}")
                if depth == 0:
                    self.git("fetch", "--quiet", "origin", gone, cwd=work)
                more = {} if forced is None else {"forced": forced}
                run = self.push(work, before=gone, **more)
                self.assert_base(run, self.main[6], "first parent of HEAD (the push was forced")

    def test_a_new_branch_has_no_commit_before(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        self.assert_base(self.push(work, before=ZEROS), self.main[6], "first parent of HEAD")

    def test_a_push_to_another_branch_is_compared_with_where_it_left_the_main_one(self):
        first = self.add_commit("refs/heads/feature", 700, value(2) + 1, self.main[2])
        second = self.add_commit("refs/heads/feature", 701, value(2) + 2, first)
        work = self.actions_checkout(second, ref="refs/remotes/origin/feature")
        run = self.push(work, ref="refs/heads/feature", sha=second, before=first)
        self.assert_base(run, self.main[2], "merge base of HEAD and origin/main (push to feature)")

    def test_merge_group(self):
        queued = self.add_commit("refs/heads/gh-readonly-queue/main/pr-1", 700, 1, self.main[7])
        self.store(7)
        work = self.actions_checkout(queued, ref="refs/remotes/origin/queue")
        run = self.check(work, env=self.github("merge_group", "refs/heads/gh-readonly-queue/main/pr-1", queued,
                                               {"merge_group": {"base_sha": self.main[7]}}))
        self.assert_base(run, self.main[7], "event merge_group, base_sha")

    def test_timers_and_dispatches_on_the_default_branch_are_compared_with_the_commit_before(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        named = {"repository": {"default_branch": "main"}}
        for event, payload in (("schedule", {"schedule": "0 4 * * *"}), ("repository_dispatch", {}), ("schedule", named),
                               ("workflow_dispatch", named), ("workflow_dispatch", {})):
            with self.subTest(event=event, payload=payload):
                run = self.check(work, env=self.github(event, "refs/heads/main", self.main[7], payload))
                self.assert_base(run, self.main[6], f"first parent of HEAD ({event} on main)")

    def test_a_dispatch_on_another_branch_is_compared_with_where_it_left_the_default_one(self):
        topic = self.add_commit("refs/heads/topic", 700, value(5) + 1, self.main[5])
        work = self.actions_checkout(topic, ref="refs/remotes/origin/topic")
        for payload in ({"repository": {"default_branch": "main"}}, {}):
            run = self.check(work, env=self.github("workflow_dispatch", "refs/heads/topic", topic, payload))
            self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (workflow_dispatch on topic)")

    def test_a_dispatch_on_the_default_branch_that_checked_out_another(self):
        topic = self.add_commit("refs/heads/topic", 700, value(5) + 1, self.main[5])
        work = self.actions_checkout(topic, ref="refs/remotes/origin/topic")
        for event in ("workflow_dispatch", "repository_dispatch", "schedule"):
            run = self.check(work, env=self.github(event, "refs/heads/main", self.main[7],
                                                   {"repository": {"default_branch": "main"}}))
            self.assert_base(run, self.main[5], f"({event} on main, which checked out another commit)")

    def test_tags_and_events_without_a_branch_have_none(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        for event, ref in (("push", "refs/tags/v1"), ("workflow_dispatch", "refs/tags/v1"), ("release", "refs/tags/v1"),
                           ("issue_comment", "refs/heads/main"), ("deployment", "")):
            with self.subTest(event=event, ref=ref):
                run = self.check(work, env=self.github(event, ref, self.main[7]))
                self.assert_none(run, "has no base of its own", "--base REV")

    def test_workflow_run_follows_the_run_that_started_it(self):
        head, _ = self.pull_request(branched_from=5)
        payload = {"workflow_run": {"head_sha": head, "event": "pull_request", "head_branch": "x",
                                    "pull_requests": [{"base": {"ref": "main"}}]},
                   "repository": {"default_branch": "main"}}
        env = self.github("workflow_run", "refs/heads/main", self.main[7], payload)
        work = self.actions_checkout(head)
        self.assert_base(self.check(work, env=env), self.main[5], "merge base of HEAD and origin/main")
        other = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main", name="other")
        self.assert_none(self.check(other, env=env, expect=3), "not the commit of the workflow run", "workflow_run.head_sha")


class Gitlab(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=8)
        self.store(2, 5, 6, 7)
        self.head = self.add_commit("refs/heads/feature", 700, value(5) + 1, self.main[5])
        self.merged = self.add_commit("refs/merge-requests/3/merge", 701, value(7) + 1, self.main[7], self.head)

    def test_detached_pipeline(self):
        work = self.actions_checkout(self.head, depth=1)
        run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="detached",
                                               CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[5],
                                               CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main"))
        self.assert_base(run, self.main[5], "CI_MERGE_REQUEST_DIFF_BASE_SHA")

    def test_a_stale_diff_base_is_said(self):
        stale = self.add_commit("refs/heads/old-target", 702, 1, self.main[0])
        work = self.actions_checkout(self.head, depth=0)
        self.git("fetch", "--quiet", "origin", stale, cwd=work)
        run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="detached",
                                               CI_MERGE_REQUEST_DIFF_BASE_SHA=stale), expect=3)
        self.assertIn("not an ancestor of HEAD", run.notes)

    def test_merged_results_and_trains_are_compared_with_the_first_parent(self):
        for kind in ("merged_result", "merge_train"):
            with self.subTest(kind=kind):
                work = self.actions_checkout(self.merged, name=kind)
                run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE=kind,
                                                       CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[2],
                                                       CI_MERGE_REQUEST_TARGET_BRANCH_SHA=self.main[7]))
                self.assert_base(run, self.main[7], f"(CI_MERGE_REQUEST_EVENT_TYPE={kind})")

    def test_a_train_without_a_merge_commit_is_compared_with_the_target(self):
        work = self.actions_checkout(self.head)
        run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="merge_train",
                                               CI_MERGE_REQUEST_TARGET_BRANCH_SHA=self.main[7]))
        self.assert_base(run, self.main[7], "CI_MERGE_REQUEST_TARGET_BRANCH_SHA")

    def test_a_fork_asks_the_project_that_the_merge_request_goes_to(self):
        target = self.url
        fork = self.dir / "fork.git"
        self.git("clone", "--quiet", "--bare", self.url, fork)
        self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=fork)
        self.url = fork.as_uri()
        work = self.actions_checkout(self.head)
        env = self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="detached",
                          CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[5], CI_PROJECT_URL=fork.as_uri(),
                          CI_MERGE_REQUEST_PROJECT_URL=target)
        self.assert_none(self.check(work, "--remote", "origin", env=env, expect=3), "has stored no results yet")
        run = self.check(work, env=env)
        self.assert_base(run, self.main[5], "CI_MERGE_REQUEST_DIFF_BASE_SHA")
        self.assertEqual(len(run.fetches()), 1)

    def test_branch_push(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        run = self.check(work, env=self.gitlab("push", CI_COMMIT_BRANCH="main", CI_COMMIT_BEFORE_SHA=self.main[5]))
        self.assert_base(run, self.main[5], "CI_COMMIT_BEFORE_SHA")

    def test_first_push_of_a_branch(self):
        work = self.actions_checkout(self.head, ref="refs/remotes/origin/feature")
        run = self.check(work, env=self.gitlab("push", CI_COMMIT_BRANCH="feature"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (push to feature)")

    def test_a_tag_has_none(self):
        work = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main")
        for source in ("push", "web", "schedule"):
            self.assert_none(self.check(work, env=self.gitlab(source, CI_COMMIT_TAG="v1")), "a tag has no base", "--base")

    def test_pipelines_that_no_push_started(self):
        topic = self.actions_checkout(self.head, ref="refs/remotes/origin/feature")
        main = self.actions_checkout(self.main[7], ref="refs/remotes/origin/main", name="main")
        for source in ("web", "trigger", "api", "schedule", "pipeline", "parent_pipeline", "chat"):
            with self.subTest(source=source):
                run = self.check(topic, env=self.gitlab(source, CI_COMMIT_BRANCH="feature"))
                self.assert_base(run, self.main[5], f"merge base of HEAD and origin/main ({source} on feature)")
                # Some versions leave an older value there.
                for before in ("0" * 40, self.main[2]):
                    run = self.check(main, env=self.gitlab(source, CI_COMMIT_BRANCH="main", CI_COMMIT_BEFORE_SHA=before))
                    self.assert_base(run, self.main[6], f"first parent of HEAD ({source} on main)")

    def test_a_child_pipeline_of_a_merge_request_is_one_of_it(self):
        work = self.actions_checkout(self.head, depth=1)
        run = self.check(work, env=self.gitlab("parent_pipeline", CI_MERGE_REQUEST_IID="3",
                                               CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[5],
                                               CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main"))
        self.assert_base(run, self.main[5], "CI_MERGE_REQUEST_DIFF_BASE_SHA")

    def test_a_pull_request_on_another_host(self):
        work = self.actions_checkout(self.head, depth=1)
        run = self.check(work, env=self.gitlab("external_pull_request_event", CI_COMMIT_BRANCH="feature",
                                               CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME="main"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (merge request)")

    def test_a_runner_that_keeps_its_clone_does_not_blame_others_changes(self):
        work = self.clone("work")
        landed = self.add_commit("refs/heads/main", 800, value(7) + 50_000, self.main[7])
        topic = self.add_commit("refs/heads/topic", 801, value(7) + 50_100, landed)
        self.main.append(landed)
        self.store(8)
        self.git("fetch", "--quiet", "origin", "+refs/heads/topic:refs/remotes/origin/topic", cwd=work)
        self.git("checkout", "--quiet", "--detach", topic, cwd=work)
        run = self.check(work, env=self.gitlab("push", CI_COMMIT_BRANCH="topic"))
        self.assert_base(run, landed, "merge base of HEAD and origin/main (push to topic)")

    def test_a_train_is_compared_with_the_car_before_it(self):
        first = self.add_commit("refs/train/1", 702, value(7) + 5, self.main[7], self.head)
        other = self.add_commit("refs/heads/other", 703, value(6) + 9, self.main[6])
        second = self.add_commit("refs/train/2", 704, value(7) + 14, first, other)
        for depth in (1, 20):
            work = self.actions_checkout(second, depth=depth, name=f"train{depth}")
            run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="merge_train",
                                                   CI_MERGE_REQUEST_TARGET_BRANCH_SHA=self.main[7],
                                                   CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=other))
            # That car has stored no results; those of the main branch that it is built on serve.
            self.assert_base(run, self.main[7], "first parent of the merge commit (CI_MERGE_REQUEST_EVENT_TYPE=merge_train)",
                             older=1)
            self.assertIn(first[:7], run.base["how"])

    def test_a_source_branch_that_is_a_merge_itself_is_no_merged_result(self):
        own = self.add_commit("refs/heads/feature", 705, value(6) + 1, self.head, self.main[6])
        work = self.actions_checkout(own)
        run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="merged_result",
                                               CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=own,
                                               CI_MERGE_REQUEST_DIFF_BASE_SHA=self.main[6]))
        self.assert_base(run, self.main[6], "CI_MERGE_REQUEST_DIFF_BASE_SHA")

    def test_a_fork_whose_base_is_not_named_asks_the_project_for_its_branch(self):
        target = self.url
        fork = self.dir / "fork.git"
        self.git("clone", "--quiet", "--bare", self.url, fork)
        self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=fork)
        self.git("update-ref", "refs/heads/main", self.main[2], cwd=fork)  # a fork that nobody keeps up to date
        self.url = fork.as_uri()
        work = self.actions_checkout(self.head)
        run = self.check(work, env=self.gitlab("merge_request_event", CI_MERGE_REQUEST_EVENT_TYPE="detached",
                                               CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", CI_PROJECT_URL=fork.as_uri(),
                                               CI_MERGE_REQUEST_PROJECT_URL=target))
        self.assert_base(run, self.main[5], "merge base of HEAD and ")


class Local(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=6)
        self.store(2, 4, 5)
        self.work = self.clone("work")

    def commit(self, bytes_):
        (self.work / "head.json").write_text(json.dumps(samples(bytes_)))
        self.git("commit", "--quiet", "-am", "work", cwd=self.work)

    def test_a_branch_is_compared_with_where_it_left_main(self):
        self.git("checkout", "--quiet", "-b", "feature", self.main[2], cwd=self.work)
        self.commit(value(2) + 7)
        run = self.check(self.work)
        self.assert_base(run, self.main[2], "merge base of HEAD and origin/main")
        self.assertEqual(run.report["verdicts"][0]["delta"], 7)

    def test_its_own_copy_on_the_remote_is_not_taken_for_main(self):
        self.git("checkout", "--quiet", "-b", "feature", self.main[2], cwd=self.work)
        self.commit(value(2) + 7)
        self.git("push", "--quiet", "-u", "origin", "feature", cwd=self.work)
        self.assert_base(self.check(self.work), self.main[2], "merge base of HEAD and origin/main")

    def test_on_main_the_commit_before_counts(self):
        self.assert_base(self.check(self.work), self.main[4], "first parent of HEAD, which is the newest commit")

    def test_unpushed_commits_of_main_are_compared_with_what_is_pushed(self):
        self.commit(value(5) + 1)
        self.commit(value(5) + 2)
        self.assert_base(self.check(self.work), self.main[5], "merge base of HEAD and origin/main")

    def test_detached_on_main(self):
        self.git("checkout", "--quiet", "--detach", cwd=self.work)
        self.assert_base(self.check(self.work), self.main[4], "first parent of HEAD")

    def test_a_new_branch_without_commits_is_compared_with_its_own_commit(self):
        self.git("checkout", "--quiet", "-b", "feature", cwd=self.work)
        self.assert_base(self.check(self.work), self.main[5], "that 'feature' starts from")

    def test_the_first_commit_of_all_has_none(self):
        self.git("checkout", "--quiet", "--detach", self.main[0], cwd=self.work)
        self.assert_none(self.check(self.work), "first commit of its history")

    def test_from_a_subfolder(self):
        (self.work / "packages" / "web").mkdir(parents=True)
        run = self.check(self.work / "packages" / "web", bytes_=value(5))
        self.assert_base(run, self.main[4], "first parent of HEAD")

    def test_a_revision_that_is_named(self):
        for given in (self.main[2], "origin/main~3", self.main[2][:10]):
            run = self.check(self.work, "--base", given)
            self.assert_base(run, self.main[2], f"--base {given}")
        run = self.check(self.work, env={"BUDGETCHECK_BASE": self.main[2]})
        self.assert_base(run, self.main[2], f"BUDGETCHECK_BASE={self.main[2]}")
        run = self.check(self.work, "--base", "none", env={"BUDGETCHECK_BASE": self.main[2]})
        self.assert_none(run, "--base none")

    def test_a_named_base_that_is_no_ancestor_is_said(self):
        self.git("checkout", "--quiet", "-b", "feature", self.main[2], cwd=self.work)
        self.commit(value(2) + 7)
        run = self.check(self.work, "--base", "origin/main")
        self.assert_base(run, self.main[5], "--base origin/main")
        self.assertIn("git merge-base HEAD origin/main", run.notes)

    def test_a_revision_that_does_not_exist_is_an_error_that_names_what_does(self):
        run = self.check(self.work, "--base", "origin/mian", expect=2)
        self.assertIn("did you mean 'origin/main'?", run.stdout + run.stderr)
        run = self.check(self.work, "--base", "v9.9.9", expect=2)
        self.assertIn("there are", run.stdout + run.stderr)

    def test_a_file_wins_over_a_revision(self):
        (self.work / "main").write_text(json.dumps(samples(5)))
        run = self.check(self.work, "--base", "main")
        self.assertEqual((run.base["kind"], run.base["how"], run.base_value), ("file", "--base main", 5))
        self.assertIn("refs/heads/main", run.notes)

    def test_an_unknown_remote_is_an_error_that_names_the_others(self):
        run = self.check(self.work, "--remote", "upstream", expect=2)
        self.assertIn("remotes: origin", run.stdout + run.stderr)


class NoHistory(Sandbox):
    def test_no_git_at_all(self):
        work = self.dir / "plain"
        work.mkdir()
        run = self.check(work, bytes_=5)
        self.assert_none(run, "not in a git repository")
        self.assertEqual(run.calls, [])

    def test_an_empty_repository(self):
        self.git("init", "--quiet", self.dir / "empty")
        self.assert_none(self.check(self.dir / "empty", bytes_=5), "no commit yet")

    def test_an_unborn_branch(self):
        self.server()
        work = self.clone("work")
        self.git("checkout", "--quiet", "--orphan", "fresh", cwd=work)
        self.assert_none(self.check(work, bytes_=5), "no commit yet")

    def test_a_repository_without_a_main_branch(self):
        work = self.dir / "odd"
        self.git("init", "--quiet", "-b", "trunk", work)
        self.git("commit", "--quiet", "--allow-empty", "-m", "one", cwd=work)
        self.assert_none(self.check(work, bytes_=5), "where this branch left the main line", "--base REV")
