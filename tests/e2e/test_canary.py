"""Values of parameters, literals, persons and keys that stand in an input reach no output: every input family, whole and
broken, through every command that reads it, and every byte of what came out is searched."""
import concurrent.futures
import itertools
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

import canary_inputs

PROGRAM = os.environ.get("BUDGETCHECK_PROGRAM", "")
TIMEOUT_SECONDS = 300
FORMATS = ["text", "compact", "json", "junit", "sarif", "markdown", "github", "codequality", "openmetrics", "html", "rerun"]
BUDGETS = """version: 1
project: shop
budgets:
  - { metric: queries.count, where: { route: '*' }, max: 1 }
  - { metric: payload.transfer, where: { route: '*' }, max: 1 kB }
  - { metric: payload.transfer, where: { page: '*' }, max: 1 kB }
  - { metric: lighthouse.performance, where: { page: '*' }, min: 99 }
  - { metric: bundle.raw, max: 1 kB }
"""


def needles():
    """What is searched for: the values, their parts, and how URLs and JSON write them."""
    out = {}
    for kind, value in canary_inputs.VALUES.items():
        for text in [value, *canary_inputs.PARTS[kind]]:
            for spelling in {text, urllib.parse.quote(text), text.replace('"', '\\"')}:
                out[spelling.encode()] = kind
    return out


NEEDLES = needles()


def leaks(data):
    """Which kinds of values are in these bytes, each with what stands around it."""
    found = {}
    for needle, kind in NEEDLES.items():
        at = data.find(needle)
        if at >= 0 and kind not in found:
            found[kind] = data[max(0, at - 60):at + len(needle) + 20].decode(errors="replace")
    return found


class Canary(unittest.TestCase):
    def setUp(self):
        if not PROGRAM:
            self.fail("BUDGETCHECK_PROGRAM is not set: use run.py")
        self.dir = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="budgetcheck-canary-")))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        self.env = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self.dir / "home"), "LC_ALL": "C.UTF-8",
                    "GIT_CONFIG_NOSYSTEM": "1", "BUDGETCHECK_CACHE_DIR": "none", "GIT_CEILING_DIRECTORIES": str(self.dir),
                    "GIT_AUTHOR_NAME": "T", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "T",
                    "GIT_COMMITTER_EMAIL": "t@example.org"}
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.numbers = itertools.count()

    def run_in(self, folder, *words):
        """(exit code, what was written to both streams)"""
        done = subprocess.run([*map(str, words)], cwd=folder, env=self.env, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=TIMEOUT_SECONDS)
        return done.returncode, done.stdout + done.stderr

    def folder_for(self, name, text, options):
        """A folder with a budgets file and the input, and the words that name the input."""
        folder = self.dir / str(next(self.numbers))
        (folder / "out").mkdir(parents=True)
        (folder / "budgets.yml").write_text(BUDGETS)
        (folder / name).write_text(text, newline="")
        words = [name]
        for option, (path, content) in options.items():
            (folder / path).write_text(content)
            words += [option, path]
        return folder, words

    def check(self, folder, words):
        outputs = [f"--output={name}=out/{name}" for name in FORMATS]
        code, streams = self.run_in(folder, PROGRAM, "check", *words, "--base", "none", *outputs)
        self.assertIn(code, range(0, 6), streams[-2000:])
        written = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
        return {"streams": streams, **written}

    def commands_beside_check(self, folder, name):
        """What else reads an input, or what check made of it."""
        texts = {}
        results = folder / "out" / "json"
        for title, words in {"compare": ["compare", name, name], "compare-markdown": ["compare", name, name, "--output", "markdown"],
                             "calibrate": ["calibrate", name, name], "comment": ["comment", "--dry-run", results],
                             "compare-results": ["compare", results, results]}.items():
            texts[title] = self.run_in(folder, PROGRAM, *words)[1]
        (folder / "budgets.yml").unlink()
        texts["init"] = self.run_in(folder, PROGRAM, "init", name)[1]
        made = folder / "budgets.yml"
        texts["init's file"] = made.read_bytes() if made.exists() else b""
        return texts

    def stored_record(self, folder):
        """Every object of the repository that `baseline push` writes to."""
        server = folder / "server.git"
        self.run_in(folder, "git", "init", "--quiet", "--bare", server)
        self.run_in(folder, "git", "init", "--quiet", "-b", "main", folder)
        self.run_in(folder, "git", "remote", "add", "origin", server)
        self.run_in(folder, "git", "add", "budgets.yml")
        self.run_in(folder, "git", "commit", "--quiet", "-m", "budgets")
        self.run_in(folder, "git", "push", "--quiet", "origin", "main")
        code, text = self.run_in(folder, PROGRAM, "baseline", "push", "out/json")
        objects = self.run_in(server, "git", "cat-file", "--batch-all-objects", "--batch")[1]
        return {"baseline push": text, "stored record": objects}, code == 0

    def search(self, title, texts):
        """One line for each output that holds a value."""
        return [f"{title}: {output}: {kind}: …{around!r}…" for output, data in texts.items()
                for kind, around in leaks(data).items()]

    def report(self, found):
        self.assertEqual(found, [], "\n" + "\n".join(found[:60]))

    def in_parallel(self, work, jobs):
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            return [line for lines in pool.map(lambda job: work(*job), jobs) for line in lines]

    # --- tests ---

    def test_the_search_finds_what_is_planted(self):
        """Every input holds values, and a search of the inputs themselves finds them: this test can fail."""
        for name, text, _ in canary_inputs.inputs():
            if name != "build-manifest.json":
                self.assertTrue(leaks(text.encode()), name)
        everything = "".join(text for _, text, _ in canary_inputs.inputs()).encode()
        self.assertEqual(set(leaks(everything)), set(canary_inputs.VALUES))

    def test_inputs_are_read(self):
        """A family that the program does not recognise any more would leak nothing, and prove nothing."""
        unread = []
        for name, text, options in canary_inputs.inputs():
            folder, words = self.folder_for(name, text, options)
            written = self.check(folder, words)
            if b'"state":"read"' not in written["json"] and b'"state":"incomplete"' not in written["json"]:
                unread.append(f"{name}: {written['streams'][:300]!r}")
        self.report(unread)

    def test_whole_inputs(self):
        def work(name, text, options):
            folder, words = self.folder_for(name, text, options)
            texts = self.check(folder, words)
            stored, pushed = self.stored_record(folder)
            self.assertTrue(pushed or b"no measurements" in stored["baseline push"], f"{name}: {stored['baseline push']}")
            return self.search(" ".join(words), {**texts, **stored, **self.commands_beside_check(folder, name)})

        self.report(self.in_parallel(work, canary_inputs.inputs()))

    def test_broken_inputs(self):
        def work(name, how, text):
            folder, words = self.folder_for(name, text, {})
            texts = self.check(folder, words)
            texts["init"] = self.run_in(folder, PROGRAM, "compare", name, name)[1]
            found = self.search(f"{name} ({how})", texts)
            shutil.rmtree(folder)
            return found

        jobs = [(name, how, bad) for name, text, options in canary_inputs.inputs() if not options
                for how, bad in canary_inputs.broken(text)]
        self.report(self.in_parallel(work, jobs))

    def test_broken_files_beside_the_inputs(self):
        """The schema, the tables' rows, the budgets file, results of other runs."""
        def work(title, files, words):
            folder, _ = self.folder_for("pino.ndjson", canary_inputs.lines([{"query": "SELECT a FROM users", "duration": 1}]), {})
            for path, content in files.items():
                (folder / path).write_text(content)
            return self.search(title, {"streams": self.run_in(folder, PROGRAM, *words)[1]})

        values = list(canary_inputs.VALUES.values())
        schema = canary_inputs.SCHEMA.replace("PROVIDER", "postgresql")
        jobs = []
        for how, text in canary_inputs.broken(schema):
            jobs.append((f"schema ({how})", {"s.prisma": text}, ["check", "pino.ndjson", "--schema", "s.prisma"]))
        for value in values:
            rows = f"table,rows\nusers,{canary_inputs.double(value)}\n"
            jobs.append(("rows", {"rows.csv": rows}, ["check", "pino.ndjson", "--table-rows", "rows.csv"]))
            jobs.append(("rows", {"rows.csv": rows.replace("users", value)}, ["check", "pino.ndjson", "--table-rows", "rows.csv"]))
        for how, text in canary_inputs.broken(canary_inputs.samples()):
            jobs.append((f"results ({how})", {"results.json": text}, ["comment", "--dry-run", "results.json"]))
            jobs.append((f"base ({how})", {"base.json": text}, ["check", "pino.ndjson", "--base", "base.json"]))
        self.report(self.in_parallel(work, [(title, files, [PROGRAM, *words][1:]) for title, files, words in jobs]))


if __name__ == "__main__":
    unittest.main()
