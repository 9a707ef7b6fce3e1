"""Which commit is the base on the platforms that say by variables alone what a run is for. GitHub and GitLab: test_base_commit."""
from platform_checkouts import Platforms
from sandbox import value

HEAD_REF = "+refs/pull/7/head:refs/remotes/origin/PR-7"
MAIN_REF = "+refs/heads/main:refs/remotes/origin/main"
TOPIC_REF = "+refs/heads/topic:refs/remotes/origin/topic"
PULL_URL = "https://github.com/o/shop/pull/7"
ZEROS = "0" * 40


class Jenkins(Platforms):
    def pull_env(self, **more):
        return self.jenkins_env(**{"BRANCH_NAME": "PR-7", "CHANGE_ID": "7", "CHANGE_TARGET": "main", "CHANGE_BRANCH": "topic",
                                   **more})

    def test_the_head_of_a_pull_request_is_compared_with_the_merge_base(self):
        work = self.jenkins(self.head, [HEAD_REF])
        run = self.check(work, env=self.pull_env(GIT_COMMIT=self.head))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (CHANGE_TARGET)")
        self.assertEqual(run.report["verdicts"][0]["delta"], 100)
        self.assertNotIn("up to date", run.notes)

    def test_a_merge_with_the_target_is_compared_with_the_target(self):
        work = self.jenkins(self.head, [HEAD_REF, MAIN_REF], merged_with=self.main[7])
        merged = self.git("rev-parse", "HEAD", cwd=work)
        self.main_moves_on()
        for commit in (merged, self.head):  # what GIT_COMMIT is differs between the plugins
            run = self.check(work, env=self.pull_env(GIT_COMMIT=commit))
            self.assertEqual((run.base["kind"], run.base["commit"]), ("note", self.main[7]), run.base)

    def test_a_merge_of_the_authors_own_is_no_merge_with_the_target(self):
        own = self.add_commit("refs/pull/7/head", 501, value(6) + 100, self.head, self.main[6])
        work = self.jenkins(own, [HEAD_REF])
        run = self.check(work, env=self.pull_env(GIT_COMMIT=own))
        self.assert_base(run, self.main[6], "merge base of HEAD and origin/main (CHANGE_TARGET)")

    def test_a_shallow_clone_is_deepened(self):
        work = self.empty("shallow")
        self.git("remote", "add", "origin", self.url, cwd=work)
        self.git("fetch", "--quiet", "--depth=1", "origin", HEAD_REF, cwd=work)
        self.git("checkout", "--quiet", "-f", self.head, cwd=work)
        run = self.check(work, "--no-fetch", env=self.pull_env(), expect=3)
        self.assert_none(run, "the branch 'main' is not in this clone", "git fetch --unshallow origin")
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (CHANGE_TARGET)")

    def test_the_main_branch_is_compared_with_what_was_built_before(self):
        work = self.jenkins(self.main[7], [MAIN_REF])
        env = self.jenkins_env(BRANCH_NAME="main", GIT_COMMIT=self.main[7], GIT_PREVIOUS_COMMIT=self.main[5],
                               GIT_PREVIOUS_SUCCESSFUL_COMMIT=self.main[4])
        self.assert_base(self.check(work, env=env), self.main[5], "the commit before this push (GIT_PREVIOUS_COMMIT)")
        env["GIT_PREVIOUS_COMMIT"] = self.main[7]
        self.assert_base(self.check(work, env=env), self.main[6], "first parent of HEAD (this commit was built before")
        gone = self.add_commit("refs/heads/gone", 700, 1, self.main[3])
        self.git("fetch", "--quiet", "origin", gone, cwd=work)
        env["GIT_PREVIOUS_COMMIT"] = gone
        self.assert_base(self.check(work, env=env), self.main[6], "first parent of HEAD (the push was forced")

    def test_another_branch_is_compared_with_where_it_left_the_remotes_default_one(self):
        work = self.jenkins(self.head, [TOPIC_REF])
        run = self.check(work, env=self.jenkins_env(BRANCH_NAME="topic", GIT_PREVIOUS_COMMIT=self.main[7]))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")

    def test_a_job_that_is_not_multibranch(self):
        work = self.jenkins(self.head, [TOPIC_REF])
        run = self.check(work, env=self.jenkins_env(GIT_BRANCH="origin/topic"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")

    def test_a_tag_has_none(self):
        work = self.jenkins(self.main[7], [MAIN_REF])
        run = self.check(work, env=self.jenkins_env(BRANCH_NAME="v1", TAG_NAME="v1"))
        self.assert_none(run, "a tag has no base of its own (TAG_NAME=v1)", "--base REV")

    def test_a_pull_request_whose_target_is_not_named_has_none(self):
        work = self.jenkins(self.head, [HEAD_REF])
        run = self.check(work, env=self.pull_env(CHANGE_TARGET=""), expect=3)
        self.assert_none(run, "Jenkins does not say which branch the pull request goes to: CHANGE_TARGET is not set",
                         "BUDGETCHECK_BASE")

    def test_names_that_are_no_branches_reach_no_command(self):
        work = self.jenkins(self.head, [HEAD_REF])
        for name in ("--upload-pack=touch pwned", "-x", "main:refs/heads/evil", "*", "a b", "a\x1b[31m", "a\nb", "..", "@{0}",
                     "x" * 5000):
            with self.subTest(name=name[:30]):
                run = self.check(work, env=self.pull_env(CHANGE_TARGET=name), expect=3)
                self.assert_none(run, "is not the name of a branch (CHANGE_TARGET)", "--base REV")
                self.assertNotIn("\x1b", run.stdout)
                self.assertFalse(any(name in word for call in run.calls for word in call))

    def test_a_target_that_is_gone_says_what_git_says(self):
        work = self.jenkins(self.head, [HEAD_REF])
        run = self.check(work, env=self.pull_env(CHANGE_TARGET="gone"), expect=3)
        self.assert_none(run, "the branch 'gone' could not be fetched", "git fetch origin +refs/heads/gone")


class Azure(Platforms):
    MERGE = "refs/pull/7/merge"

    def pull_env(self, **more):
        return self.azure_env("PullRequest", self.MERGE, **{"SYSTEM_PULLREQUEST_PULLREQUESTID": "7",
                                                            "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main", **more})

    def test_the_merge_of_a_pull_request_at_depth_1_needs_one_fetch(self):
        work = self.azure(self.MERGE)
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[7], "first parent of the merge commit (BUILD_SOURCEBRANCH=refs/pull/7/merge)")
        self.assertEqual(len(run.fetches()), 1, run.calls)
        run = self.check(work, env=self.pull_env(SYSTEM_PULLREQUEST_SOURCECOMMITID=self.head))
        self.assert_base(run, self.main[7], "the target's side of the merge commit")

    def test_the_head_instead_of_the_merge_is_compared_with_the_merge_base(self):
        work = self.azure("refs/heads/topic")
        for target in ("refs/heads/main", "main"):  # Azure Repos writes the one, pull requests of GitHub the other
            run = self.check(work, env=self.pull_env(SYSTEM_PULLREQUEST_SOURCECOMMITID=self.head,
                                                     SYSTEM_PULLREQUEST_TARGETBRANCH=target))
            self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (SYSTEM_PULLREQUEST_TARGETBRANCH)")

    def test_branches_tags_and_timers(self):
        topic = self.azure("refs/heads/topic")
        run = self.check(topic, env=self.azure_env("IndividualCI", "refs/heads/topic"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")
        main = self.azure("refs/heads/main", name="main")
        for reason in ("IndividualCI", "Schedule", "Manual"):
            run = self.check(main, env=self.azure_env(reason, "refs/heads/main"))
            self.assert_base(run, self.main[6], "first parent of HEAD (build of main)")
        run = self.check(main, env=self.azure_env("IndividualCI", "refs/tags/v1"))
        self.assert_none(run, "a tag has no base of its own (BUILD_SOURCEBRANCH=v1)")

    def test_without_leave_to_fetch_nothing_is_guessed(self):
        work = self.azure("refs/heads/topic")
        run = self.check(work, "--no-fetch", env=self.azure_env("Manual", "refs/heads/topic"))
        self.assert_none(run, "it is unknown where this branch left the main line", "--base REV")


class Bitbucket(Platforms):
    def pull_env(self, **more):
        return self.bitbucket_env(self.head, **{"BITBUCKET_BRANCH": "topic", "BITBUCKET_PR_ID": "7",
                                                "BITBUCKET_PR_DESTINATION_BRANCH": "main",
                                                "BITBUCKET_PR_DESTINATION_COMMIT": self.main[7][:12], **more})

    def test_a_pull_request_with_the_destination_merged_into_it(self):
        work = self.bitbucket("topic", self.head, merged_with=self.main[7])
        self.main_moves_on()
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[7], "the target's side of the merge commit (BITBUCKET_COMMIT is the other)")
        self.assertEqual(len(run.fetches()), 1, run.calls)

    def test_a_pull_request_that_has_all_of_its_destination_is_not_merged(self):
        self.head = self.add_commit("refs/heads/topic", 501, value(7) + 100, self.main[7])
        work = self.bitbucket("topic", self.head, merged_with=self.main[7])
        self.main_moves_on()
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[7], "merge base of HEAD and origin/main (BITBUCKET_PR_DESTINATION_BRANCH)")

    def test_without_the_destination_branch_its_commit_serves(self):
        work = self.bitbucket("topic", self.head)
        self.git("fetch", "--quiet", "origin", self.main[7], cwd=work)
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=work)
        run = self.check(work, "--no-fetch", env=self.pull_env())
        self.assert_base(run, self.main[5], f"merge base of HEAD and BITBUCKET_PR_DESTINATION_COMMIT={self.main[7][:12]}")
        self.assertIn("the branch 'main' is not in this clone", run.notes)
        run = self.check(work, "--no-fetch", env=self.pull_env(BITBUCKET_PR_DESTINATION_COMMIT="HEAD~1"), expect=3)
        self.assert_none(run, "the branch 'main' is not in this clone")

    def test_branches_and_tags(self):
        work = self.bitbucket("topic", self.head)
        run = self.check(work, env=self.bitbucket_env(self.head, BITBUCKET_BRANCH="topic"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")
        main = self.bitbucket("main", self.main[7], name="main")
        run = self.check(main, env=self.bitbucket_env(self.main[7], BITBUCKET_BRANCH="main"))
        self.assert_base(run, self.main[6], "first parent of HEAD (build of main)")
        run = self.check(main, env=self.bitbucket_env(self.main[7], BITBUCKET_TAG="v1"))
        self.assert_none(run, "a tag has no base of its own (BITBUCKET_TAG=v1)")


class Buildkite(Platforms):
    def pull_env(self, **more):
        return self.buildkite_env(**{"BUILDKITE_PULL_REQUEST": "7", "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "main",
                                     "BUILDKITE_BRANCH": "topic", "BUILDKITE_COMMIT": self.head, **more})

    def test_the_head_of_a_pull_request_is_compared_with_the_merge_base(self):
        work = self.buildkite("refs/pull/7/head")
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (BUILDKITE_PULL_REQUEST_BASE_BRANCH)")

    def test_an_agent_that_keeps_its_clone_does_not_blame_others_changes(self):
        self.buildkite("refs/pull/7/head")
        landed = self.main_moves_on()
        self.main.append(landed)
        self.store(8)
        later = self.add_commit("refs/pull/7/head", 801, value(7) + 50_100, landed)
        work = self.buildkite("refs/pull/7/head")
        run = self.check(work, env=self.pull_env(BUILDKITE_COMMIT=later))
        self.assert_base(run, landed, "merge base of HEAD and origin/main")
        self.server_path.rename(self.dir / "away.git")
        run = self.check(work, env=self.pull_env(BUILDKITE_COMMIT=later))
        self.assertIn("origin/main could not be brought up to date", run.notes)

    def test_the_hosts_merge(self):
        work = self.buildkite("refs/pull/7/merge")
        run = self.check(work, env=self.pull_env(BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC="true"))
        self.assert_base(run, self.main[7], "the target's side of the merge commit (BUILDKITE_COMMIT is the other)")

    def test_a_merge_queue(self):
        work = self.buildkite("refs/pull/7/merge")
        env = self.buildkite_env(BUILDKITE_BRANCH="gh-readonly-queue/main/pr-7", BUILDKITE_COMMIT=self.merge,
                                 BUILDKITE_MERGE_QUEUE_BASE_BRANCH="main", BUILDKITE_MERGE_QUEUE_BASE_COMMIT=self.main[7])
        self.assert_base(self.check(work, env=env), self.main[7], "merge queue's commit (BUILDKITE_MERGE_QUEUE_BASE_COMMIT)")
        env["BUILDKITE_MERGE_QUEUE_BASE_COMMIT"] = "not-a-commit"
        self.assert_base(self.check(work, env=env), self.main[7], "origin/main (BUILDKITE_MERGE_QUEUE_BASE_BRANCH)")

    def test_branches_and_tags(self):
        topic = self.buildkite("topic")
        run = self.check(topic, env=self.buildkite_env(BUILDKITE_BRANCH="topic", BUILDKITE_COMMIT=self.head))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")
        main = self.buildkite("main")
        run = self.check(main, env=self.buildkite_env(BUILDKITE_BRANCH="main", BUILDKITE_COMMIT=self.main[7]))
        self.assert_base(run, self.main[6], "first parent of HEAD (build of main)")
        run = self.check(main, env=self.buildkite_env(BUILDKITE_BRANCH="v1", BUILDKITE_TAG="v1"))
        self.assert_none(run, "a tag has no base of its own (BUILDKITE_TAG=v1)")


class Travis(Platforms):
    def test_a_pull_request_is_built_as_the_hosts_merge(self):
        work = self.travis(self.merge, ref="refs/pull/7/merge")
        run = self.check(work, env=self.travis_env("pull_request", "main", TRAVIS_PULL_REQUEST="7",
                                                   TRAVIS_PULL_REQUEST_SHA=self.head))
        self.assert_base(run, self.main[7], "the target's side of the merge commit (TRAVIS_PULL_REQUEST_SHA is the other)")

    def test_a_push_to_the_main_branch_by_its_abbreviated_range(self):
        work = self.travis(self.main[7], branch="main")
        pushed = f"{self.main[5][:12]}...{self.main[7][:12]}"
        run = self.check(work, env=self.travis_env("push", "main", TRAVIS_COMMIT_RANGE=pushed))
        self.assert_base(run, self.main[5], "the commit before this push (TRAVIS_COMMIT_RANGE)")
        # Empty for a new branch; of a forced push the left side is gone; a timer's is of an earlier push.
        for event, given in (("push", ""), ("push", "0123456789ab...fedcba987654"), ("cron", pushed), ("api", pushed)):
            with self.subTest(event=event, given=given):
                run = self.check(work, env=self.travis_env(event, "main", TRAVIS_COMMIT_RANGE=given))
                self.assert_base(run, self.main[6], "first parent of HEAD (build of main")

    def test_another_branch_and_a_tag(self):
        work = self.travis(self.head, branch="topic", depth=1)
        run = self.check(work, env=self.travis_env("push", "topic"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")
        run = self.check(work, env=self.travis_env("push", "v1", TRAVIS_TAG="v1"))
        self.assert_none(run, "a tag has no base of its own (TRAVIS_TAG=v1)")


class Drone(Platforms):
    def pull_env(self, **more):
        return self.drone_env("pull_request", DRONE_PULL_REQUEST="7", DRONE_TARGET_BRANCH="main", DRONE_COMMIT_BRANCH="main",
                              DRONE_SOURCE_BRANCH="topic", DRONE_COMMIT_SHA=self.head, DRONE_COMMIT_REF="refs/pull/7/head", **more)

    def test_a_pull_request_is_merged_into_a_local_branch_of_its_targets_name(self):
        work = self.drone("main", merged=self.head)
        run = self.check(work, env=self.pull_env())
        self.assert_base(run, self.main[7], "the target's side of the merge commit (DRONE_COMMIT_SHA is the other)")

    def test_a_pull_request_that_is_up_to_date_is_forwarded_to(self):
        self.head = self.add_commit("refs/pull/7/head", 501, value(7) + 100, self.main[7])
        work = self.drone("main", merged=self.head)
        self.assert_base(self.check(work, env=self.pull_env()), self.main[7],
                         "merge base of HEAD and origin/main (DRONE_TARGET_BRANCH)")

    def test_an_older_cloner_rebases(self):
        work = self.drone("main", merged=self.head, how=("rebase", "--quiet", "-X", "ours"))
        base = self.check(work, env=self.pull_env()).base
        self.assertIn("merge base of HEAD and origin/main (DRONE_TARGET_BRANCH)", base["how"])

    def test_pushes_timers_and_tags(self):
        work = self.drone("main", self.main[7])
        pushed = {"DRONE_COMMIT_BRANCH": "main", "DRONE_COMMIT_SHA": self.main[7], "DRONE_COMMIT_BEFORE": self.main[5],
                  "DRONE_TARGET_BRANCH": "main", "DRONE_COMMIT_REF": "refs/heads/main"}
        run = self.check(work, env=self.drone_env("push", **pushed))
        self.assert_base(run, self.main[5], "the commit before this push (DRONE_COMMIT_BEFORE)")
        for event, before in (("push", ZEROS), ("push", ""), ("push", "a;b"), ("cron", self.main[5])):
            run = self.check(work, env=self.drone_env(event, **{**pushed, "DRONE_COMMIT_BEFORE": before}))
            self.assert_base(run, self.main[6], "first parent of HEAD (build of main")
        run = self.check(work, env=self.drone_env("tag", DRONE_TAG="v1", DRONE_COMMIT_REF="refs/tags/v1"))
        self.assert_none(run, "a tag has no base of its own (DRONE_TAG=v1)")
        topic = self.drone("topic", self.head, name="topic")
        run = self.check(topic, env=self.drone_env("push", DRONE_COMMIT_BRANCH="topic", DRONE_COMMIT_BEFORE=self.main[7]))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")

    def test_woodpecker_checks_the_head_out(self):
        work = self.empty("woodpecker")
        self.git("remote", "add", "origin", self.url, cwd=work)
        self.git("fetch", "--quiet", "--no-tags", "--depth=1", "--filter=tree:0", "origin", "+refs/pull/7/head:", cwd=work)
        self.git("reset", "--quiet", "--hard", self.head, cwd=work)
        run = self.check(work, env={"CI": "woodpecker", "CI_PIPELINE_EVENT": "pull_request", "CI_COMMIT_PULL_REQUEST": "7",
                                    "CI_COMMIT_TARGET_BRANCH": "main", "CI_COMMIT_BRANCH": "main", "CI_COMMIT_SHA": self.head,
                                    "CI_REPO_DEFAULT_BRANCH": "main", "CI_COMMIT_REF": "refs/pull/7/head"})
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (CI_COMMIT_TARGET_BRANCH)")


class CircleCI(Platforms):
    def test_a_pull_request_is_compared_with_the_default_branch_which_is_said(self):
        work = self.circleci("topic", self.head)
        run = self.check(work, env=self.circleci_env("topic", CIRCLE_PULL_REQUEST=PULL_URL))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (the default branch: CircleCI names no target)")

    def test_a_forks_pull_request(self):
        work = self.circleci("pull/7", self.head, ref="refs/pull/7/head")
        run = self.check(work, env=self.circleci_env("pull/7", CIRCLE_PR_NUMBER="7"))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (the default branch: CircleCI names no target)")

    def test_without_a_known_default_branch_it_says_what_to_give(self):
        work = self.circleci("topic", self.head)
        self.git("remote", "set-head", "origin", "--delete", cwd=work)
        run = self.check(work, "--no-fetch", env=self.circleci_env("topic", CIRCLE_PULL_REQUEST=PULL_URL), expect=3)
        self.assert_none(run, "CircleCI does not say which branch the pull request goes to",
                         'set BUDGETCHECK_BASE (or --base) to a commit, such as "$(git merge-base HEAD origin/main)"')
        run = self.check(work, env=self.circleci_env("topic", CIRCLE_PULL_REQUEST=PULL_URL, BUDGETCHECK_BASE=self.main[4]))
        self.assert_base(run, self.main[4], "BUDGETCHECK_BASE=")

    def test_branches_and_tags(self):
        topic = self.circleci("topic", self.head)
        run = self.check(topic, env=self.circleci_env("topic", CIRCLE_PULL_REQUEST=""))
        self.assert_base(run, self.main[5], "merge base of HEAD and origin/main (build of topic)")
        main = self.circleci("main", self.main[7], name="main")
        self.assert_base(self.check(main, env=self.circleci_env("main")), self.main[6], "first parent of HEAD (build of main)")
        run = self.check(main, env=self.circleci_env("", CIRCLE_TAG="v1"))
        self.assert_none(run, "a tag has no base of its own (CIRCLE_TAG=v1)")
