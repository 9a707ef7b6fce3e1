"""What the program reads and writes on the disk: no output takes the place of what was read, no link of the change leads an
output out of the workspace, no pipe or device makes it hang, and a machine that allows no threads is no reason to fail."""
import json
import os
import pathlib
import resource
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("BUDGETCHECK_PROGRAM", "")
TIMEOUT_SECONDS = 120
BUDGETS = """version: 1
project: shop
inputs:
{inputs}
budgets:
  - {{ id: main-js, metric: bundle.gzip, where: {{ entry: main, type: js }}, max: 9 MB }}
"""
RESULTS = json.dumps({"version": 1, "samples": [{"metric": "bundle.gzip", "where": {"entry": "main", "type": "js"},
                                                 "unit": "B", "value": 1000}]})


class Folder(unittest.TestCase):
    def setUp(self):
        if not PROGRAM:
            self.fail("BUDGETCHECK_PROGRAM is not set: use run.py")
        self.dir = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="budgetcheck-files-")))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.work = self.dir / "work"
        self.victim = self.dir / "victim"
        (self.work / ".git").mkdir(parents=True)  # where the workspace ends
        self.victim.mkdir()
        (self.victim / "index.html").write_text("kept")
        self.write("head.json", RESULTS)
        self.budgets("head.json")
        self.env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.dir), "LC_ALL": "C.UTF-8", "COLUMNS": "10000",
                    "GIT_CEILING_DIRECTORIES": str(self.dir), "BUDGETCHECK_CACHE_DIR": "none",
                    "BUDGETCHECK_BASE": "none"}
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]

    def write(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def budgets(self, *inputs):
        return self.write("budgets.yml", BUDGETS.format(inputs="\n".join(f"  - {name}" for name in inputs)))

    def run_program(self, *arguments, expect, cwd=None, **more):
        done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd or self.work, text=True, capture_output=True,
                              timeout=TIMEOUT_SECONDS, **{"env": self.env, "stdin": subprocess.DEVNULL, **more})
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def shell(self, script, expect):
        done = subprocess.run(["bash", "-c", script], cwd=self.work, text=True, capture_output=True,
                              env={**self.env, "P": PROGRAM}, timeout=TIMEOUT_SECONDS)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done


class OutputsAndInputs(Folder):
    """An output is never a file that is read, by whatever name."""

    def assert_refused(self, output, read, *arguments):
        """`output` is refused because of the file `read`, which stays what it is."""
        path = self.work / read
        before = path.read_bytes()
        other = self.write("other.html", "kept")
        said = self.run_program("check", *arguments, "--output", "html=other.html", "--output", f"json={output}", expect=2)
        self.assertEqual(path.read_bytes(), before)
        self.assertEqual(other.read_text(), "kept")
        self.assertIn(f"would overwrite '{output}'", said.stderr)
        self.assertIn("give it a file of its own", said.stderr)
        if pathlib.PurePath(output) != pathlib.PurePath(read):
            self.assertIn(f"'{read}'", said.stderr)
        self.assertNotIn("passed", said.stdout.lower())

    def test_an_input_of_the_budgets_file(self):
        self.assert_refused("head.json", "head.json")
        self.assert_refused("./head.json", "head.json")
        self.assert_refused(self.work / "head.json", "head.json")

    def test_a_file_that_a_pattern_names(self):
        self.write("reports/a.json", RESULTS)
        self.budgets("reports/*.json")
        self.assert_refused("reports/a.json", "reports/a.json")

    def test_a_new_file_that_a_pattern_would_name(self):
        self.write("reports/a.json", RESULTS)
        self.budgets("reports/*.json")
        said = self.run_program("check", "--output", "json=reports/b.json", expect=2)
        self.assertIn("would overwrite 'reports/b.json', which is read", said.stderr)
        self.assertFalse((self.work / "reports/b.json").exists())

    def test_a_file_of_a_folder_that_is_measured(self):
        self.write("dist/assets/app.js", "let a = 1;\n" * 50)
        self.write("dist/index.html", "<script src=assets/app.js></script>")
        self.assert_refused("dist/assets/app.js", "dist/assets/app.js", "dist")

    def test_the_budgets_file_that_was_found(self):
        self.assert_refused("budgets.yml", "budgets.yml")
        (self.work / "packages").mkdir()
        before = (self.work / "budgets.yml").read_text()
        self.run_program("check", "--output", "json=../budgets.yml", cwd=self.work / "packages", expect=2)
        self.assertEqual((self.work / "budgets.yml").read_text(), before)

    def test_what_options_name(self):
        rows = self.write("rows.csv", "table,rows\nOrder,5\n")
        self.write("base.json", RESULTS)
        self.write("rerun.json", json.dumps({"version": 1, "samples": [
            {"metric": "bundle.gzip", "where": {"entry": "main", "type": "js"}, "unit": "B", "value": 1000,
             "runs": [1000, 1000], "base_runs": [1000, 1000]}]}))
        self.assert_refused("rows.csv", "rows.csv", "--table-rows", rows)
        self.assert_refused("base.json", "base.json", "--base", "base.json")
        self.assert_refused("rerun.json", "rerun.json", "--base", "base.json", "--rerun", "rerun.json")

    def test_the_schema_of_a_log(self):
        self.write("schema.prisma", 'datasource db {\n  provider = "postgresql"\n}\nmodel Order {\n  id Int @id\n}\n')
        self.write("log.ndjson", '{"type":"prisma:query","query":"SELECT 1","params":"[]","duration":1,"trace_id":"a"}\n' * 3)
        self.assert_refused("schema.prisma", "schema.prisma", "log.ndjson", "--schema", "schema.prisma")

    def test_another_name_of_the_same_file(self):
        os.symlink("head.json", self.work / "link.json")
        os.link(self.work / "head.json", self.work / "hard.json")
        self.assert_refused("hard.json", "head.json")
        self.budgets("link.json")
        self.assert_refused("head.json", "link.json")
        os.symlink(".", self.work / "here")
        self.assert_refused("here/head.json", "link.json")

    def test_standard_input_from_a_file(self):
        before = (self.work / "head.json").read_text()
        self.shell('"$P" check - --output json=head.json < head.json', 2)
        self.assertEqual((self.work / "head.json").read_text(), before)

    def test_two_outputs_are_two_files(self):
        self.write("one.json", "")
        os.link(self.work / "one.json", self.work / "two.json")
        os.symlink(".", self.work / "here")
        for first, second in (("one.json", "two.json"), ("new.json", "here/new.json")):
            with self.subTest(second):
                said = self.run_program("check", "--output", f"json={first}", "--output", f"html={second}", expect=2)
                self.assertIn(f"would overwrite '{second}'", said.stdout + said.stderr)
                self.assertIn(first, said.stdout + said.stderr)

    def test_the_other_commands_too(self):
        self.write("base.json", RESULTS)
        os.link(self.work / "head.json", self.work / "hard.json")
        for arguments in (["compare", "base.json", "head.json"], ["compare", "./head.json", "base.json"]):
            said = self.run_program(*arguments, "--output", "json=hard.json", expect=2)
            self.assertIn("would overwrite 'hard.json'", said.stderr)
        self.assertEqual((self.work / "head.json").read_text(), RESULTS)


class Links(Folder):
    """A link that a change can bring leads no output out of the workspace."""

    def assert_kept(self, output, words="leads out of the workspace", cwd=None):
        before = {path: path.read_text() for path in self.dir.rglob("*") if path.is_file() and self.work not in path.parents}
        said = self.run_program("check", "--budgets", self.work / "budgets.yml", "--output", f"html={output}", expect=2, cwd=cwd)
        self.assertIn(words, said.stdout + said.stderr)
        after = {path: path.read_text() for path in self.dir.rglob("*") if path.is_file() and self.work not in path.parents}
        self.assertEqual(after, before)

    def test_a_folder_that_is_a_link(self):
        os.symlink("../victim", self.work / "budgetcheck-report")
        self.assert_kept("budgetcheck-report/index.html")
        self.assert_kept("budgetcheck-report/new.html")
        self.assert_kept(self.work / "budgetcheck-report/index.html")

    def test_a_link_to_a_link_and_one_above(self):
        (self.work / "a").mkdir()
        os.symlink("../b", self.work / "a/reports")
        os.symlink(self.victim, self.work / "b")
        self.assert_kept("a/reports/index.html")
        os.symlink("../..", self.work / "a/up")
        self.assert_kept("a/up/victim/index.html")
        (self.work / "packages").mkdir()
        os.symlink("../../victim", self.work / "packages/reports")
        self.assert_kept("reports/index.html", cwd=self.work / "packages")

    def test_a_file_that_is_a_link(self):
        os.symlink("../victim/index.html", self.work / "report.html")
        self.assert_kept("report.html", "it is a link")
        os.symlink("../victim/none.html", self.work / "dangling.html")
        self.assert_kept("dangling.html", "it is a link")
        self.assertFalse((self.victim / "none.html").exists())

    def test_a_link_into_the_repositorys_own_folder(self):
        os.symlink(".git", self.work / "reports")
        self.assert_kept("reports/config")
        self.assertFalse((self.work / ".git/config").exists())

    def test_what_the_user_names_is_written(self):
        (self.work / "build/out").mkdir(parents=True)
        os.symlink("build/out", self.work / "reports")
        os.symlink(self.victim, self.dir / "elsewhere")
        for output in ("reports/a.html", self.dir / "b.html", "../c.html", self.dir / "elsewhere/d.html", "build/../e.html"):
            with self.subTest(output):
                self.run_program("check", "--output", f"html={output}", expect=0)
                self.assertIn("<html", (self.work / output).read_text())

    def test_the_cache(self):
        os.symlink("../victim", self.work / ".cache")
        self.write("dist/assets/app.js", "let a = 1;\n" * 50)
        self.write("dist/index.html", "<script src=assets/app.js></script>")
        self.write("budgets.yml", "version: 1\nproject: shop\ninputs: [dist]\nbudgets:\n  - { id: js, metric: bundle.brotli, max: 9 MB }\n")
        for folder in (".cache", ".cache/new"):
            self.shell(f'BUDGETCHECK_CACHE_DIR={folder} "$P" check || true', 0)
        self.assertEqual(sorted(os.listdir(self.victim)), ["index.html"])

    def test_pages(self):
        os.symlink("../victim", self.work / "docs")
        self.run_program("explain", "--docs", "docs", expect=2)
        self.assertEqual(sorted(os.listdir(self.victim)), ["index.html"])


class PipesAndDevices(Folder):
    def setUp(self):
        super().setUp()
        self.fifo = self.work / "fifo"
        os.mkfifo(self.fifo)

    def test_none_is_read(self):
        for arguments, code in ((["fifo"], 3), (["/dev/zero"], 3), (["--budgets", "fifo"], 2), (["--base", "fifo"], 2),
                                (["--base", "head.json", "--rerun", "fifo"], 2)):
            with self.subTest(arguments):
                said = self.run_program("check", *arguments, expect=code)
                self.assertRegex(said.stdout + said.stderr, "a named pipe|a device")

    def test_none_of_the_budgets_file_is_read(self):
        os.symlink("fifo", self.work / "link.json")
        self.budgets("link.json")
        self.assertIn("a named pipe", self.run_program("check", expect=3).stdout)

    def test_none_is_written(self):
        for output in ("fifo", "/dev/zero", "/dev/full"):
            with self.subTest(output):
                said = self.run_program("check", "--output", f"json={output}", expect=2)
                self.assertIn("it is a pipe or a device", said.stdout + said.stderr)

    def test_none_is_a_cache(self):
        self.write("dist/assets/app.js", "let a = 1;\n" * 50)
        self.write("dist/index.html", "<script src=assets/app.js></script>")
        cache = self.dir / "cache"
        env = {**self.env, "BUDGETCHECK_CACHE_DIR": str(cache)}
        self.write("budgets.yml", "version: 1\nproject: shop\ninputs: [dist]\nbudgets:\n  - { id: js, metric: bundle.brotli, max: 9 MB }\n")
        first = subprocess.run([PROGRAM, "check"], cwd=self.work, env=env, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        names = os.listdir(cache)
        self.assertEqual(len(names), 1, first.stdout + first.stderr)
        (cache / names[0]).unlink()
        os.mkfifo(cache / names[0])
        again = subprocess.run([PROGRAM, "check"], cwd=self.work, env=env, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        self.assertEqual((again.returncode, again.stdout), (first.returncode, first.stdout))

    def test_streams_of_the_run_are_read_and_written(self):
        for script in ('"$P" check - < head.json', 'cat head.json | "$P" check -', 'cat head.json | "$P" check /dev/stdin',
                       '"$P" check <(cat head.json)', '"$P" check /dev/stdin < head.json',
                       '"$P" check --budgets <(cat budgets.yml) head.json'):
            with self.subTest(script):
                self.assertIn("PASSED: 1 budget kept", self.shell(script, 0).stdout)
        for script in ('"$P" check --output json=/dev/stdout', '"$P" check --output json=/dev/stdout | cat',
                       'exec 3>&1; "$P" check --output json=/dev/fd/3 > text', '"$P" check --output json=>(cat > out; touch done) > text; '
                       'until [ -e done ]; do sleep 0.05; done; cat out',
                       'echo before > log; "$P" check --output json=/dev/stdout >> log; tail -n +2 log'):
            with self.subTest(script):
                self.assertIn('"verdicts"', self.shell(script, 0).stdout)
        self.run_program("check", "--output", "json=/dev/null", expect=0)

    def test_a_stream_without_end_ends_at_its_limit(self):
        said = self.shell("yes '{\"level\":30}' | \"$P\" check -", 3)
        self.assertIn("the stream brings more than 1 GiB, which is its limit", said.stdout)
        self.assertIn("write it to a file", said.stdout)


class WithoutThreads(Folder):
    def test_goes_on_with_the_one_there_is(self):
        for i in range(8):
            self.write(f"dist/assets/app{i}.js", f"let a = {i};\n" * 500)
        self.write("dist/index.html", "".join(f"<script src=assets/app{i}.js></script>" for i in range(8)))
        self.write("log.ndjson", '{"type":"prisma:query","query":"SELECT 1","params":"[]","duration":1}\n' * 60_000)
        program = self.dir / "budgetcheck"
        shutil.copy(PROGRAM, program)
        program.chmod(0o755)
        self.dir.chmod(0o755)

        def no_more_processes():
            resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
            if os.getuid() == 0:  # whom no limit holds
                os.setgid(65534)
                os.setuid(65534)

        outputs = []
        for limit in (None, no_more_processes):
            done = subprocess.run([program, "check", "dist", "log.ndjson", "--output", "json"], cwd=self.work, text=True,
                                  capture_output=True, preexec_fn=limit, timeout=TIMEOUT_SECONDS,
                                  env={**self.env, "SOURCE_DATE_EPOCH": "1795428000"})
            self.assertNotEqual(done.returncode, 70, done.stderr)
            outputs.append((done.returncode, json.loads(done.stdout)["samples"]))
        self.assertEqual(outputs[0], outputs[1])
