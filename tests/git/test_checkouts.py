"""Checkouts that libgit2 cannot open, or in which objects are missing."""
import json
import os
import unittest

from sandbox import Sandbox, samples, value

NOBODY = 65534


def needs_root(test):
    return unittest.skipIf(os.geteuid() != 0, "giving files to another user needs root")(test)


class ForeignOwner(Sandbox):
    """A container job: the files belong to whoever checked them out."""

    def setUp(self):
        super().setUp()
        self.server()
        self.store(4)
        self.work = self.clone("work")

    def give_away(self):
        for path in [self.work, *self.work.rglob("*")]:
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    @needs_root
    def test_what_git_refuses_is_refused_with_the_command_that_fixes_it(self):
        self.give_away()
        run = self.check(self.work)
        self.assert_none(run, "belongs to another user",
                         f"git config --global --add safe.directory {self.work}")
        self.assertNotIn("not in a git repository", run.stdout)

    @needs_root
    def test_the_command_fixes_it(self):
        self.give_away()
        command = [line for line in self.check(self.work).notes.split("run: ") if line.startswith("git config")][0]
        self.git(*command.splitlines()[0].split()[1:])
        self.assert_base(self.check(self.work), self.main[4], "first parent of HEAD")

    @needs_root
    def test_a_subfolder_names_the_top(self):
        (self.work / "web").mkdir()
        self.give_away()
        run = self.check(self.work / "web", bytes_=5)
        self.assert_none(run, "belongs to another user", f"safe.directory {self.work}")

    @needs_root
    def test_a_folder_with_a_space_is_quoted(self):
        self.work = self.clone("my work")
        self.give_away()
        self.assert_none(self.check(self.work), f"git config --global --add safe.directory '{self.work}'")

    @needs_root
    def test_another_safe_folder_does_not_help(self):
        self.git("config", "--global", "--add", "safe.directory", "/somewhere/else")
        self.give_away()
        self.assert_none(self.check(self.work), "belongs to another user", "git config --global --add safe.directory")

    @needs_root
    def test_a_star_helps_as_it_does_for_git(self):
        self.git("config", "--global", "--add", "safe.directory", "*")
        self.give_away()
        self.assert_base(self.check(self.work), self.main[4], "first parent of HEAD")

    @needs_root
    def test_settings_in_the_environment_help_as_they_do_for_git(self):
        self.give_away()
        env = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(self.work)}
        self.assert_base(self.check(self.work, env=env), self.main[4], "first parent of HEAD")

    @needs_root
    def test_a_base_that_was_named_is_an_error(self):
        self.give_away()
        run = self.check(self.work, "--base", "main", expect=2)
        self.assertIn("safe.directory", run.stdout + run.stderr)


class MissingObjects(Sandbox):
    def setUp(self):
        super().setUp()
        self.server(commits=8)
        self.store(6, 7)
        self.head, self.merge = self.pull_request(branched_from=3)
        self.env_of_pull = self.github_pull(self.head, self.merge)

    def test_a_sparse_checkout_of_the_action(self):
        work = self.actions_checkout(self.merge, sparse=["src"])
        self.assertEqual(self.git("config", "extensions.worktreeConfig", cwd=work), "true")
        run = self.check(work, env=self.env_of_pull)
        self.assert_base(run, self.main[7], "first parent of the merge commit")
        self.assertEqual(run.base_value, value(7))
        self.assertEqual(len(run.calls), 1, run.calls)  # the texts of the notes came along

    def test_a_sparse_checkout_that_was_turned_off_again(self):
        work = self.actions_checkout(self.merge, sparse=["src"])
        self.git("sparse-checkout", "disable", cwd=work)
        self.assert_base(self.check(work, env=self.env_of_pull), self.main[7], "first parent of the merge commit")

    def test_a_partial_clone_reads_what_it_lacks_by_git(self):
        work = self.clone("work", "--filter=blob:none")
        run = self.check(work, "--base", self.main[6])
        self.assert_base(run, self.main[6], "--base")
        self.assertEqual(run.base_value, value(6))

    def test_a_partial_clone_whose_notes_came_without_their_texts(self):
        work = self.clone("work", "--filter=blob:none")
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=work)
        run = self.check(work, "--base", self.main[6])
        self.assertEqual((run.base["kind"], run.base_value), ("note", value(6)))
        other = self.clone("other", "--filter=blob:none")
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=other)
        run = self.check(other, "--base", self.main[6], "--no-fetch")
        self.assert_none(run, "are not in this clone")

    def test_a_snapshot_in_a_partial_clone(self):
        snapshot = json.dumps(samples(777, app="shop"))
        first = self.add_commit("refs/heads/main", 700, 1, self.main[7],
                                files={".budgetcheck/baseline.json": snapshot})
        self.add_commit("refs/heads/main", 701, 2, first)
        self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=self.server_path)
        work = self.clone("work", "--filter=blob:none")
        run = self.check(work)
        self.assert_base(run, first, "snapshot .budgetcheck/baseline.json", kind="snapshot")
        self.assertEqual(run.base_value, 777)

    def test_a_snapshot_at_depth_1_is_fetched_with_its_commit(self):
        snapshot = json.dumps(samples(777, app="shop"))
        first = self.add_commit("refs/heads/main", 700, 1, self.main[7],
                                files={".budgetcheck/baseline.json": snapshot})
        second = self.add_commit("refs/heads/main", 701, 2, first)
        self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=self.server_path)
        work = self.actions_checkout(second, ref="refs/remotes/origin/main")
        run = self.check(work, env=self.github("push", "refs/heads/main", second, {"before": first}))
        self.assert_base(run, first, "snapshot", kind="snapshot")
        self.assertEqual(len(run.fetches()), 2, run.calls)
        other = self.actions_checkout(second, ref="refs/remotes/origin/main", name="other")
        run = self.check(other, "--no-fetch", env=self.github("push", "refs/heads/main", second, {"before": first}))
        self.assert_none(run, "--no-fetch does not allow", f"git fetch --depth=1 origin {first}")

    def test_a_snapshot_that_is_broken_is_said(self):
        first = self.add_commit("refs/heads/main", 700, 1, self.main[7],
                                files={".budgetcheck/baseline.json": '{"version": 1, "samples": [{'})
        self.add_commit("refs/heads/main", 701, 2, first)
        self.git("update-ref", "-d", "refs/notes/budgetcheck", cwd=self.server_path)
        run = self.check(self.clone("work"))
        self.assert_none(run, "the snapshot .budgetcheck/baseline.json")
        self.assertIn("skipped", run.notes)


class OtherLayouts(Sandbox):
    def setUp(self):
        super().setUp()
        self.server()
        self.store(3, 4)

    def test_a_linked_worktree(self):
        work = self.clone("work")
        self.git("worktree", "add", "--quiet", "-b", "feature", self.dir / "linked", self.main[3], cwd=work)
        run = self.check(self.dir / "linked")
        self.assertEqual((run.base["kind"], run.base["commit"]), ("note", self.main[3]), run.base)

    def test_a_submodule_is_its_own_repository(self):
        outer = self.dir / "outer"
        self.git("init", "--quiet", outer)
        self.git("submodule", "--quiet", "add", self.url, "shop", cwd=outer)
        self.git("commit", "--quiet", "-m", "outer", cwd=outer)
        run = self.check(outer / "shop")
        self.assert_base(run, self.main[4], "first parent of HEAD")

    def test_a_bare_repository_that_is_named(self):
        bare = self.dir / "bare.git"
        self.git("clone", "--quiet", "--bare", self.url, bare)
        run = self.check(bare, bytes_=value(5), env={"GIT_DIR": str(bare)})
        self.assert_base(run, self.main[4], "first parent of HEAD")

    def test_sha256_is_said_plainly(self):
        work = self.dir / "sha256"
        self.git("init", "--quiet", "--object-format=sha256", work)
        self.git("commit", "--quiet", "--allow-empty", "-m", "one", cwd=work)
        run = self.check(work, bytes_=5)
        self.assert_none(run, "sha1 repositories only", "--base FILE")
        base = self.dir / "base.json"
        base.write_text(json.dumps(samples(4)))
        self.assertEqual(self.check(work, "--base", base, bytes_=5).base["kind"], "file")

    def test_an_extension_that_nobody_knows_is_not_taken_for_no_repository(self):
        work = self.clone("work")
        self.git("config", "core.repositoryformatversion", "1", cwd=work)
        self.git("config", "extensions.fancyNewThing", "true", cwd=work)
        run = self.check(work)
        self.assert_none(run, "the git repository cannot be read", "extensions.fancynewthing", "--base FILE")

    def test_inside_a_hook_the_variables_of_git_do_not_mislead(self):
        work = self.clone("work")
        self.git("checkout", "--quiet", "-b", "feature", self.main[3], cwd=work)
        (work / ".git" / "hooks" / "pre-commit").write_text(
            f"#!/bin/sh\nexec \"$BUDGETCHECK_PROGRAM\" check head.json --output json={self.dir}/hook.json\n")
        (work / ".git" / "hooks" / "pre-commit").chmod(0o755)
        self.env["BUDGETCHECK_PROGRAM"] = os.environ["BUDGETCHECK_PROGRAM"]
        self.git("commit", "--quiet", "--allow-empty", "-m", "two", cwd=work)
        self.assertEqual(json.loads((self.dir / "hook.json").read_text())["base"]["commit"], self.main[3])

    def test_hooks_of_the_repository_do_not_run(self):
        work = self.clone("work")
        marker = self.dir / "ran"
        for name in ("reference-transaction", "post-checkout", "pre-push", "post-merge"):
            hook = work / ".git" / "hooks" / name
            hook.write_text(f"#!/bin/sh\ntouch {marker}\n")
            hook.chmod(0o755)
        self.check(work)
        self.store(5, clone=work)
        self.assertFalse(marker.exists())

    def test_a_machine_without_the_program_git(self):
        work = self.clone("work")
        empty = self.dir / "nothing"
        empty.mkdir()
        run = self.check(work, env={"PATH": str(empty)})
        self.assert_none(run, "cannot run 'git'")
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=work)
        run = self.check(work, "--no-fetch", env={"PATH": str(empty)})
        self.assert_base(run, self.main[4], "first parent of HEAD")


class BudgetsOfTheBase(Sandbox):
    def test_without_any_way_to_them_the_command_is_named(self):
        self.server()
        work = self.actions_checkout(self.main[5], ref="refs/remotes/origin/main")
        run = self.check(work, "--no-fetch", env=self.github("push", "refs/heads/main", self.main[5],
                                                             {"before": self.main[4]}))
        self.assertIn("whether a limit was loosened cannot be seen", run.notes)
        self.assertIn(f"git fetch --depth=1 origin {self.main[4]}", run.notes)

    def test_they_are_fetched_once_when_no_record_holds_them(self):
        self.server()
        work = self.actions_checkout(self.main[5], ref="refs/remotes/origin/main")
        run = self.check(work, env=self.github("push", "refs/heads/main", self.main[5], {"before": self.main[4]}))
        self.assertEqual(len(run.fetches()), 2, run.calls)
        self.assertNotIn("cannot be seen", run.notes)
