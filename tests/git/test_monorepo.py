"""A repository with several apps: judged from its root, from the folder of an app and by the hook, each against its own base."""
import json
import subprocess

from sandbox import PROGRAM, Sandbox, samples

ROOT = "version: 1\nproject: shop\napps: {{ {} }}\n"
BOTH = ROOT.format("web: apps/web, admin: apps/admin")
APP = """version: 1
project: {}
inputs: [out/size.json]
budgets:
  - {{ id: main-js, metric: bundle.gzip, where: {{ entry: main, type: js }}, max: 200 kB, max_increase: 1 kB }}
"""
SIZES = {"web": 100_000, "admin": 50_000}


class Monorepo(Sandbox):
    def setUp(self):
        super().setUp()
        path = self.dir / "server.git"
        self.git("init", "--quiet", "--bare", "-b", "main", path)
        files = {"budgets.yml": BOTH, ".gitignore": "out/\n",
                 **{f"apps/{app}/budgets.yml": APP.format(f"shop-{app}") for app in SIZES}}
        self.git("fast-import", "--quiet", cwd=path, input=self.commit_text("refs/heads/main", 1, 1, "main", files))
        self.server_path, self.url = path, path.as_uri()
        self.commit = self.git("rev-parse", "main", cwd=path)

    def work(self, name="work", **sizes):
        """A clone on a branch, in which every app was built."""
        clone = self.clone(name)
        self.git("checkout", "--quiet", "-b", "change", cwd=clone)
        for app, size in {**SIZES, **sizes}.items():
            (clone / "apps" / app / "out").mkdir(parents=True)
            (clone / "apps" / app / "out" / "size.json").write_text(json.dumps(samples(size)))
        return clone

    def judged(self, cwd, *arguments, expect=0):
        out = self.dir / "report.json"
        run = self.run_program("check", "--output", f"json={out}", "--output", "text", *arguments, cwd=cwd)
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return run, json.loads(out.read_text())

    def store_main(self):
        clone = self.clone("main")
        for app, size in SIZES.items():
            (clone / "apps" / app / "out").mkdir(parents=True)
            (clone / "apps" / app / "out" / "size.json").write_text(json.dumps(samples(size)))
        self.judged(clone, "--base", "none")
        run = self.run_program("baseline", "push", self.dir / "report.json", cwd=clone)
        self.assertEqual(run.code, 0, run.stdout + run.stderr)
        self.assertIn("for 'web', 'admin'", run.stdout)

    def test_each_app_has_its_own_base_from_the_root_and_from_its_folder(self):
        self.store_main()
        work = self.work(admin=52_000)
        run, report = self.judged(work, expect=1)
        self.assertEqual({v["budget"]: v["base"] for v in report["verdicts"]}, {"admin: main-js": 50_000, "web: main-js": 100_000})
        self.assertIn("2 apps: admin failed; web passed", run.stdout)
        self.assertEqual(len(run.fetches()), 1, "the stored results are fetched once for all apps")
        _, alone = self.judged(work / "apps" / "admin", expect=1)
        self.assertEqual((alone["app"], alone["verdicts"][0]["base"]), ("admin", 50_000))
        _, alone = self.judged(work, "--app", "web")
        self.assertEqual((alone["app"], alone["verdicts"][0]["base"]), ("web", 100_000))
        run = self.run_program("history", cwd=work / "apps" / "web")
        self.assertIn("1 record of web", run.stdout, run.stderr)

    def test_results_stored_before_the_root_named_the_app_are_its_base(self):
        store = self.clone("store")
        results = self.dir / "old.json"
        results.write_text(json.dumps(samples(99_000, app="shop-web", commit=self.commit, outcome="pass")))
        self.assertEqual(self.run_program("baseline", "push", results, cwd=store).code, 0)
        _, report = self.judged(self.work(web=99_500))
        bases = {v["budget"]: v.get("base") for v in report["verdicts"]}
        self.assertEqual(bases, {"web: main-js": 99_000, "admin: main-js": None})

    def test_an_app_that_is_no_longer_judged_needs_a_reason(self):
        work = self.work()
        (work / "budgets.yml").write_text(ROOT.format("web: apps/web"))
        _, report = self.judged(work, expect=1)
        self.assertIn("this change no longer judges the app 'admin' in 'apps/admin' and gives no reason",
                      [v["message"] for v in report["verdicts"]])
        self.assertIn("shop failed", report["notes"][0])
        (work / "budgets.yml").write_text("version: 1\nproject: shop\ninputs: [apps/web/out/size.json]\n")
        self.judged(work, expect=1)
        (work / "budgets.yml").write_text(ROOT.format("web: apps/web") +
                                          "loosened: [{ setting: apps.admin, owner: '@x', reason: moved away }]\n")
        run, _ = self.judged(work)
        self.assertIn("moved away", " ".join(run.stdout.split()))

    def test_a_new_app_has_no_base_and_passes(self):
        self.store_main()
        work = self.work()
        (work / "budgets.yml").write_text("version: 1\nproject: shop\napps: apps/*\n")
        (work / "apps" / "new" / "out").mkdir(parents=True)
        (work / "apps" / "new" / "budgets.yml").write_text(APP.format("new"))
        (work / "apps" / "new" / "out" / "size.json").write_text(json.dumps(samples(1000)))
        run, report = self.judged(work)
        self.assertEqual({v["budget"]: v.get("base") for v in report["verdicts"]},
                         {"web: main-js": 100_000, "admin: main-js": 50_000, "new: main-js": None})
        self.assertEqual(report["base"]["kind"], "several")

    def test_the_hook_guards_what_it_was_installed_for(self):
        (self.dir / "bin" / "budgetcheck").symlink_to(PROGRAM)

        def install(cwd):
            run = self.run_program("hook", "install", cwd=cwd)
            self.assertEqual(run.code, 0, run.stdout + run.stderr)
            return run.stdout

        def push(clone):
            self.git("commit", "--quiet", "--allow-empty", "-m", "x", cwd=clone)
            done = subprocess.run(["git", "push", "origin", "change"], cwd=clone, env=self.env, text=True, capture_output=True,
                                  timeout=120)
            return done.returncode, done.stderr

        clone = self.work("hooked", web=300_000)
        self.assertIn("it guards apps/admin", install(clone / "apps" / "admin"))
        code, said = push(clone)
        self.assertEqual(code, 0, "web is broken, and not guarded\n" + said)
        self.assertIn("1 budget kept", said)
        self.assertIn("it guards apps/admin, apps/web", install(clone / "apps" / "web" / "out"))
        code, said = push(clone)
        self.assertNotEqual(code, 0, said)
        self.assertIn("web: main-js", said)
        self.assertNotIn("it guards", install(clone))
        self.assertNotEqual(push(clone)[0], 0)
        run = self.run_program("hook", "uninstall", cwd=clone)
        self.assertEqual(run.code, 0, run.stdout + run.stderr)
        self.assertEqual(push(clone)[0], 0)
