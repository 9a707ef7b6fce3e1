"""`budgetcheck hook`: a real clone pushes to a real remote, alone and beside the hooks of others."""
import json
import os
import pathlib
import subprocess

from sandbox import PROGRAM, Sandbox, samples

BUDGETS = """version: 1
project: shop
inputs: [built.json]
budgets:
  - { id: main-js, metric: bundle.gzip, where: { entry: main, type: js }, max: 150 kB, max_increase: 9 MB }
"""
SMALL, LARGE = 100_000, 200_000


class Hook(Sandbox):
    def setUp(self):
        super().setUp()
        link = self.dir / "bin" / "budgetcheck"
        link.symlink_to(PROGRAM)
        self.server(budgets=lambda i: BUDGETS)
        self.work = self.clone("work")
        self.n = 0

    def hook(self, *arguments, expect=0, cwd=None, env=None):
        run = self.run_program("hook", *arguments, cwd=cwd or self.work, env=env)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def build(self, bytes_, cwd=None):
        ((cwd or self.work) / "built.json").write_text(json.dumps(samples(bytes_)))

    def commit(self, cwd=None):
        self.n += 1
        (cwd or self.work).joinpath("source.js").write_text(f"// {self.n}\n")
        self.git("add", "source.js", cwd=cwd or self.work)
        self.git("commit", "--quiet", "-m", f"change {self.n}", cwd=cwd or self.work)

    def push(self, *arguments, cwd=None, env=None):
        done = subprocess.run(["git", "push", *arguments], cwd=cwd or self.work, env={**self.env, **(env or {})}, text=True,
                              capture_output=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    def assert_pushed(self, result):
        self.assertEqual(result[0], 0, result[1])
        return result[1]

    def assert_stopped(self, result):
        self.assertNotEqual(result[0], 0, result[1])
        self.assertIn("the push was stopped", result[1])
        return result[1]

    def on_server(self, ref):
        return self.git("rev-parse", "--verify", "--quiet", ref, cwd=self.server_path, check=False)

    # --- the gate ---

    def test_stops_a_push_that_breaks_a_budget_and_lets_the_fixed_one_through(self):
        self.hook("install")
        self.git("checkout", "--quiet", "-b", "feature", cwd=self.work)
        self.commit()
        self.build(LARGE)
        said = self.assert_stopped(self.push("-u", "origin", "feature"))
        self.assertIn("main-js", said)
        self.assertIn("git push --no-verify", said)
        self.assertIn("BUDGETCHECK_SKIP=1", said)
        self.assertEqual(self.on_server("feature"), "")
        self.build(SMALL)
        self.commit()
        said = self.assert_pushed(self.push("-u", "origin", "feature"))
        self.assertIn("1 budget kept", said)
        self.assertEqual(self.on_server("feature"), self.git("rev-parse", "HEAD", cwd=self.work))

    def test_nothing_is_fetched(self):
        self.hook("install")
        self.commit()
        self.build(SMALL)
        (self.dir / "calls").unlink(missing_ok=True)
        self.assert_pushed(self.push("origin", "main"))
        calls = (self.dir / "calls").read_text()
        self.assertNotIn("fetch", calls)

    def test_skipped_once(self):
        self.hook("install")
        self.commit()
        self.build(LARGE)
        self.assertIn("skipped", self.assert_pushed(self.push("origin", "main", env={"BUDGETCHECK_SKIP": "1"})))
        self.commit()
        self.assert_pushed(self.push("--no-verify", "origin", "main"))
        self.commit()
        self.assert_stopped(self.push("origin", "main"))

    def test_a_clone_without_a_build_pushes_and_is_told(self):
        self.hook("install")
        self.commit()
        said = self.assert_pushed(self.push("origin", "main"))
        self.assertIn("not checked: 'built.json'", said)
        self.assertIn("nothing was checked before this push", said)

    def test_some_inputs_are_missing(self):
        (self.work / "budgets.yml").write_text(BUDGETS.replace("[built.json]", "[built.json, 'lhr/*.json']") +
                                               "  - { metric: lighthouse.lcp, max: 2500 ms }\n")
        self.hook("install")
        self.commit()
        self.build(SMALL)
        said = self.assert_pushed(self.push("origin", "main"))
        self.assertIn("not checked: 'lhr/*.json'", said)
        self.assertIn("1 budget kept, 1 could not be judged here", said)
        self.build(LARGE)
        self.commit()
        self.assert_stopped(self.push("origin", "main"))

    def test_a_broken_budgets_file_stops_it(self):
        self.hook("install")
        (self.work / "budgets.yml").write_text(BUDGETS.replace("150 kB", "15O kB"))
        self.commit()
        self.build(SMALL)
        self.assertIn("15O kB", self.assert_stopped(self.push("origin", "main")))

    def test_without_a_budgets_file(self):
        self.hook("install")
        (self.work / "budgets.yml").unlink()
        self.commit()
        self.assertIn("no budgets file", self.assert_pushed(self.push("origin", "main")))

    def test_deletions_tags_and_other_branches(self):
        self.hook("install")
        self.git("branch", "other", "HEAD~1", cwd=self.work)
        self.git("tag", "v1", cwd=self.work)
        self.build(LARGE)
        self.commit()
        self.assertIn("not what is checked out", self.assert_pushed(self.push("origin", "other")))
        self.assertIn("not what is checked out", self.assert_pushed(self.push("origin", "v1")))
        self.assertNotIn("nothing was checked", self.assert_pushed(self.push("origin", "--delete", "other")))
        self.assert_stopped(self.push("origin", "HEAD:refs/heads/new"))

    def test_on_main_everything_since_the_remote_is_new(self):
        clone = self.store(5, bytes_=SMALL)
        self.git("fetch", "--quiet", "origin", "refs/notes/budgetcheck:refs/notes/budgetcheck", cwd=self.work)
        (self.work / "budgets.yml").write_text(BUDGETS.replace("max_increase: 9 MB", "max_increase: 1 kB"))
        self.hook("install")
        self.commit()
        self.commit()
        self.build(SMALL + 5000)
        said = self.assert_stopped(self.push("origin", "main"))
        self.assertIn(self.main[5][:7], said)
        self.assertTrue(clone.exists())

    # --- beside others ---

    def test_an_existing_hook_runs_first_and_comes_back(self):
        path = self.work / ".git" / "hooks" / "pre-push"
        text = f'#!/bin/sh\ncat > "{self.dir}/lines"\necho "args $*" >> "{self.dir}/lines"\n[ ! -e "{self.dir}/no" ]\n'
        path.write_text(text)
        path.chmod(0o755)
        self.assertIn("runs first", self.hook("install"))
        self.assertIn("written", self.hook("install"))  # a second time changes nothing
        self.commit()
        self.build(SMALL)
        self.assert_pushed(self.push("origin", "main"))
        lines = (self.dir / "lines").read_text()
        self.assertIn("refs/heads/main " + self.git("rev-parse", "HEAD", cwd=self.work), lines)
        self.assertIn("args origin", lines)
        (self.dir / "no").touch()
        self.commit()
        code, said = self.push("origin", "main")
        self.assertNotEqual(code, 0)
        self.assertNotIn("budget kept", said)
        self.hook("uninstall")
        self.assertEqual(path.read_text(), text)
        self.assertTrue(os.access(path, os.X_OK))
        self.assertEqual([p.name for p in path.parent.iterdir() if "budgetcheck" in p.name], [])
        self.assertIn("no hook of budgetcheck", self.hook("uninstall"))

    def test_uninstall_of_its_own_alone(self):
        self.hook("install")
        path = self.work / ".git" / "hooks" / "pre-push"
        self.assertTrue(os.access(path, os.X_OK))
        path.write_text(path.read_text() + "echo mine\n")
        self.assertIn("edited", self.hook("uninstall", expect=2))
        self.assertIn("edited", self.hook("install", expect=2))
        path.write_text(path.read_text().replace("echo mine\n", ""))
        self.hook("uninstall")
        self.assertFalse(path.exists())

    def test_where_the_program_is_gone(self):
        self.hook("install")
        (self.dir / "bin" / "budgetcheck").unlink()
        path = self.work / ".git" / "hooks" / "pre-push"
        path.write_text(path.read_text().replace(PROGRAM, "/nowhere/budgetcheck"))
        self.commit()
        self.build(LARGE)
        self.assertIn("not on PATH", self.assert_pushed(self.push("origin", "main")))

    def test_worktrees_share_it(self):
        tree = self.dir / "tree"
        self.git("worktree", "add", "--quiet", "-b", "side", tree, cwd=self.work)
        self.hook("install", cwd=tree)
        self.assertTrue((self.work / ".git" / "hooks" / "pre-push").exists())
        self.commit(cwd=tree)
        self.build(LARGE, cwd=tree)
        self.assert_stopped(self.push("origin", "side", cwd=tree))

    def test_from_a_folder_below(self):
        below = self.work / "a" / "b"
        below.mkdir(parents=True)
        self.hook("install", cwd=below)
        self.assertTrue((self.work / ".git" / "hooks" / "pre-push").exists())

    def test_hooks_path_of_the_repository(self):
        (self.work / ".githooks").mkdir()
        self.git("config", "core.hooksPath", ".githooks", cwd=self.work)
        self.assertIn("commit it", self.hook("install"))
        self.commit()
        self.build(LARGE)
        self.assert_stopped(self.push("origin", "main"))
        self.hook("uninstall")
        (self.work / ".githooks" / "pre-push").write_text("#!/bin/sh\nexit 0\n")
        said = self.hook("install", expect=2)
        self.assertIn('budgetcheck hook run "$@"', said)
        self.assertEqual((self.work / ".githooks" / "pre-push").read_text(), "#!/bin/sh\nexit 0\n")

    def test_hooks_path_that_others_use(self):
        shared = self.dir / "shared-hooks"
        shared.mkdir()
        self.git("config", "core.hooksPath", shared, cwd=self.work)
        self.assertIn("other repositories", self.hook("install", expect=2))
        self.assertEqual(list(shared.iterdir()), [])

    def test_husky(self):
        """The layout of husky 9: core.hooksPath is .husky/_, whose scripts run those of .husky."""
        inner = self.work / ".husky" / "_"
        inner.mkdir(parents=True)
        (inner / "h").write_text('#!/usr/bin/env sh\nn=$(basename "$0")\ns=$(dirname "$(dirname "$0")")/$n\n'
                                 '[ ! -f "$s" ] && exit 0\nexport PATH="node_modules/.bin:$PATH"\nsh -e "$s" "$@"\n')
        (inner / "pre-push").write_text('#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n')
        (inner / "pre-push").chmod(0o755)
        self.git("config", "core.hooksPath", ".husky/_", cwd=self.work)
        theirs = self.work / ".husky" / "pre-push"
        theirs.write_text('echo "their hook"\n')
        self.assertIn(".husky/pre-push", self.hook("install"))
        self.assertIn("already", self.hook("install"))
        self.commit()
        self.build(LARGE)
        said = self.assert_stopped(self.push("origin", "main"))
        self.assertIn("their hook", said)
        self.build(SMALL)
        self.assert_pushed(self.push("origin", "main"))
        self.hook("uninstall")
        self.assertEqual(theirs.read_text(), 'echo "their hook"\n')
        theirs.unlink()
        self.hook("install")
        self.hook("uninstall")
        self.assertFalse(theirs.exists())

    def test_links_of_husky_are_not_followed(self):
        (self.work / ".husky").mkdir()
        secret = self.dir / "secret"
        secret.write_text("a key\n")
        # Where the new script is made first in earlier versions, and the script itself.
        (self.work / ".husky" / "pre-push.new").symlink_to(secret)
        self.hook("install")
        self.assertEqual(secret.read_text(), "a key\n")
        (self.work / ".husky" / "pre-push").unlink()
        (self.work / ".husky" / "pre-push").symlink_to(secret)
        self.assertIn(".husky/pre-push is a link", self.hook("install", expect=2))
        self.assertTrue((self.work / ".husky" / "pre-push").is_symlink())
        self.assertEqual(secret.read_text(), "a key\n")

    def test_a_folder_of_husky_that_leads_elsewhere(self):
        elsewhere = self.dir / "elsewhere"
        elsewhere.mkdir()
        (self.work / ".husky").symlink_to(elsewhere)
        self.assertIn("leads out of the workspace", self.hook("install", expect=2))
        self.assertEqual(list(elsewhere.iterdir()), [])

    def test_lefthook(self):
        (self.work / "lefthook.yml").write_text("pre-push:\n  commands: {}\n")
        said = self.hook("install", expect=2)
        self.assertIn("use_stdin: true", said)
        self.assertFalse((self.work / ".git" / "hooks" / "pre-push").exists())
        (self.work / "lefthook.yml").write_text("pre-push:\n  commands:\n    b: { run: 'budgetcheck hook run {1} {2}', use_stdin: true }\n")
        self.assertIn("lefthook runs it", self.hook("install"))
        # As lefthook runs it: git's lines on standard input, the remote as arguments.
        self.commit()
        self.build(LARGE)
        head = self.git("rev-parse", "HEAD", cwd=self.work)
        done = subprocess.run([PROGRAM, "hook", "run", "origin", self.url], cwd=self.work, env=self.env, text=True,
                              input=f"refs/heads/main {head} refs/heads/main {self.main[5]}\n", capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)

    def test_pre_commit(self):
        (self.work / ".pre-commit-config.yaml").write_text("repos: []\n")
        self.assertIn("pre-commit install --hook-type pre-push", self.hook("install", expect=2))
        self.commit()
        self.build(LARGE)
        head = self.git("rev-parse", "HEAD", cwd=self.work)
        env = {"PRE_COMMIT_FROM_REF": self.main[5], "PRE_COMMIT_TO_REF": head, "PRE_COMMIT_REMOTE_BRANCH": "refs/heads/main",
               "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main"}
        self.assertIn("main-js", self.hook("run", expect=1, env=env))
        self.build(SMALL)
        self.hook("run", env=env)

    def test_wrong_use(self):
        self.assertIn("did you mean 'install'", self.hook("instal", expect=2))
        self.hook(expect=2)
        outside = pathlib.Path(self.dir) / "outside"
        outside.mkdir()
        self.assertIn("not in the working tree", self.hook("install", expect=2, cwd=outside))
