"""A folder with a server, clones of it and a program on PATH that counts what git does. Nothing of this machine's own git
configuration, and no variable of the CI that runs the tests, reaches them."""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("BUDGETCHECK_PROGRAM", "")
TIMEOUT_SECONDS = 120
FIRST_TIME = 1_790_000_000  # of the first commit; the others follow by the hour
BUDGETS = """version: 1
project: {app}
budgets:
  - {{ id: main-js, metric: bundle.gzip, where: {{ entry: main, type: js }}, max: {limit}, max_increase: 9 MB }}
"""
# Logs its arguments, then becomes git.
GIT_WRAPPER = """#!/bin/sh
for word in "$@"; do printf '%s\\t' "$word" >> "$GIT_CALLS"; done; echo >> "$GIT_CALLS"
exec {git} "$@"
"""


def value(i):
    """What the commit `i` of main measures."""
    return 100_000 + 1000 * i


def time_of(i):
    moment = datetime.datetime.fromtimestamp(FIRST_TIME + 3600 * i, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def samples(bytes_, **more):
    return {"version": 1, "samples": [{"metric": "bundle.gzip", "where": {"entry": "main", "type": "js"}, "unit": "B",
                                       "value": bytes_}], **more}


class Run:
    """One run of the program."""

    def __init__(self, done, report, calls):
        self.code = done.returncode
        self.stdout = done.stdout
        self.stderr = done.stderr
        self.report = report
        self.calls = calls

    @property
    def base(self):
        return self.report["base"]

    @property
    def notes(self):
        return "\n".join(self.report["notes"])

    @property
    def base_value(self):
        return self.report["verdicts"][0].get("base")

    def fetches(self):
        return [call for call in self.calls if "fetch" in call]


class Sandbox(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        if not PROGRAM:
            self.fail("BUDGETCHECK_PROGRAM is not set: use run.py")
        self.dir = pathlib.Path(os.path.realpath(tempfile.mkdtemp(prefix="budgetcheck-git-")))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)
        home = self.dir / "home"
        (self.dir / "bin").mkdir()
        home.mkdir()
        wrapper = self.dir / "bin" / "git"
        wrapper.write_text(GIT_WRAPPER.format(git=shutil.which("git")))
        wrapper.chmod(0o755)
        (home / ".gitconfig").write_text(
            "[user]\n\tname = Tester\n\temail = tester@example.org\n[init]\n\tdefaultBranch = main\n"
            "[commit]\n\tgpgsign = false\n[protocol \"file\"]\n\tallow = always\n[gc]\n\tauto = 0\n"
            "[advice]\n\tdetachedHead = false\n")
        self.env = {"PATH": f"{self.dir / 'bin'}:{os.environ.get('PATH', '/usr/bin:/bin')}", "HOME": str(home),
                    "GIT_CONFIG_GLOBAL": str(home / ".gitconfig"), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8",
                    "TZ": "UTC", "GIT_CEILING_DIRECTORIES": str(self.dir), "GIT_CALLS": str(self.dir / "calls"),
                    "GIT_TERMINAL_PROMPT": "0"}
        for name in ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]

    # --- git ---

    def git(self, *arguments, cwd=None, input=None, check=True):
        done = subprocess.run(["git", *map(str, arguments)], cwd=cwd or self.dir, env=self.env, input=input, text=True,
                              capture_output=True, timeout=TIMEOUT_SECONDS)
        if check and done.returncode != 0:
            self.fail(f"git {' '.join(map(str, arguments))}: {done.stderr}")
        return done.stdout.strip()

    def server(self, commits=6, name="server.git", budgets=None):
        """A bare repository whose main has `commits` commits; self.main lists them, the oldest first. Commit i measures
        value(i) and has budgets.yml of `budgets(i)`."""
        path = self.dir / name
        self.git("init", "--quiet", "--bare", "-b", "main", path)
        self.git("config", "uploadpack.allowFilter", "true", cwd=path)
        budgets = budgets or (lambda i: BUDGETS.format(app="shop", limit="9 MB"))
        stream = []
        for i in range(commits):
            stream.append(self.commit_text("refs/heads/main", i + 1, i, f"main {i}",
                                           {"budgets.yml": budgets(i), "head.json": json.dumps(samples(value(i)))}))
        self.git("fast-import", "--quiet", cwd=path, input="".join(stream))
        self.main = self.git("rev-list", "--reverse", "main", cwd=path).split()
        self.url = path.as_uri()
        self.server_path = path
        return path

    @staticmethod
    def commit_text(ref, mark, i, message, files, parents=()):
        """One commit for fast-import."""
        text = f"commit {ref}\nmark :{mark}\ncommitter Tester <t@example.org> {FIRST_TIME + 3600 * i} +0000\n"
        text += f"data {len(message)}\n{message}\n"
        for word, parent in zip(("from", "merge"), parents):
            text += f"{word} {parent}\n"
        for name, content in files.items():
            text += f"M 100644 inline {name}\ndata {len(content.encode())}\n{content}\n"
        return text + "\n"

    def add_commit(self, ref, i, bytes_, *parents, files=None):
        """A commit on the server with these parents; its id."""
        content = {"head.json": json.dumps(samples(bytes_)), **(files or {})}
        self.git("fast-import", "--quiet", "--force", cwd=self.server_path,
                 input=self.commit_text(ref, 1, i, f"{ref} {i}", content, parents))
        return self.git("rev-parse", ref, cwd=self.server_path)

    def pull_request(self, branched_from, number=7, commits=1, files=None):
        """A pull request of `commits` commits, each adding 100 bytes, and GitHub's merge of it. (head, merge)"""
        head, bytes_ = self.main[branched_from], value(branched_from)
        for n in range(commits):
            bytes_ += 100
            head = self.add_commit(f"refs/pull/{number}/head", 500 + n, bytes_, head, files=files)
        merge = self.add_commit(f"refs/pull/{number}/merge", 600, value(len(self.main) - 1) + 100 * commits,
                                self.main[-1], head, files=files)
        return head, merge

    def actions_checkout(self, sha, ref="refs/remotes/pull/7/merge", depth=1, name="work", sparse=None):
        """The git commands of actions/checkout."""
        work = self.dir / name
        self.git("init", "--quiet", work)
        self.git("remote", "add", "origin", self.url, cwd=work)
        fetch = ["-c", "protocol.version=2", "fetch", "--quiet", "--no-tags", "--prune", "--no-recurse-submodules"]
        fetch += [f"--depth={depth}"] if depth else []
        fetch += ["--filter=blob:none"] if sparse else []
        self.git(*fetch, "origin", f"+{sha}:{ref}", cwd=work)
        if sparse:
            self.git("sparse-checkout", "set", *sparse, cwd=work)
        self.git("checkout", "--quiet", "--force", "--detach" if not ref.startswith("refs/remotes/origin/") else "-B",
                 *([ref] if not ref.startswith("refs/remotes/origin/") else [ref.rsplit("/", 1)[1], ref]), cwd=work)
        return work

    def clone(self, name="clone", *options, url=None):
        self.git("clone", "--quiet", *options, url or self.url, self.dir / name)
        return self.dir / name

    # --- stored results ---

    def store(self, *indices, app="shop", bytes_=None, clone=None, **more):
        """Stores the results of commits of main with the program itself."""
        clone = clone or (self.dir / "store" if (self.dir / "store").exists() else self.clone("store"))
        for i in indices:
            results = self.dir / "stored.json"
            results.write_text(json.dumps(samples(bytes_ or value(i), app=app, commit=self.main[i],
                                                  measured_at=time_of(i), outcome="pass",
                                                  budgets={"version": 1, "stored": i}, **more)))
            run = self.run_program("baseline", "push", results, cwd=clone)
            self.assertEqual(run.code, 0, run.stdout + run.stderr)
        return clone

    def put_note(self, commit, text):
        """Any note, as somebody might write it by hand."""
        clone = self.dir / "notes" if (self.dir / "notes").exists() else self.clone("notes")
        self.git("fetch", "--quiet", "origin", "+refs/notes/*:refs/notes/*", cwd=clone)
        self.git("notes", "--ref=budgetcheck", "add", "-f", "-F", "-", commit, cwd=clone, input=text)
        self.git("push", "--quiet", "origin", "refs/notes/budgetcheck", cwd=clone)

    def note(self, commit):
        return self.git("notes", "--ref=budgetcheck", "show", commit, cwd=self.server_path)

    # --- the program ---

    def run_program(self, *arguments, cwd, env=None, seconds=TIMEOUT_SECONDS):
        calls = self.dir / "calls"
        calls.unlink(missing_ok=True)
        done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, env={**self.env, **(env or {})}, text=True,
                              capture_output=True, timeout=seconds, stdin=subprocess.DEVNULL)
        made = [line.split("\t") for line in calls.read_text().splitlines()] if calls.exists() else []
        made = [call for call in made if "--get-regexp" not in call]  # which helpers there are: asks no server
        if done.returncode == 70 or done.returncode < 0:
            self.fail(f"the program broke: {done.stderr}")
        return Run(done, None, made)

    def check(self, cwd, *arguments, env=None, bytes_=None, expect=0):
        """Judges what head.json of `cwd` says, or these many bytes, as CI would have measured it: in no file of git."""
        target = self.dir / "measured.json"
        target.write_text((pathlib.Path(cwd) / "head.json").read_text() if bytes_ is None else json.dumps(samples(bytes_)))
        out = self.dir / "report.json"
        out.unlink(missing_ok=True)
        run = self.run_program("check", target, "--output", f"json={out}", "--output", "text", *arguments, cwd=cwd,
                               env=env)
        if out.exists():
            run.report = json.loads(out.read_text())
        self.assertEqual(run.code, expect, run.stdout + run.stderr)
        return run

    def assert_base(self, run, commit, how, kind="note", older=0):
        self.assertEqual((run.base["kind"], run.base.get("commit"), run.base["commits_older"]), (kind, commit, older),
                         f"{run.base}\n{run.notes}")
        self.assertIn(how, run.base["how"])

    def assert_none(self, run, how, *fixes):
        self.assertEqual(run.base["kind"], "none", run.base)
        self.assertIn(how, run.base["how"] + "\n" + run.notes)
        for fix in fixes:
            self.assertIn(fix, run.base["how"] + "\n" + run.notes)

    def github(self, event, ref, sha, payload=None, **more):
        """The variables of GitHub's runner."""
        path = self.dir / "event.json"
        path.write_text(json.dumps(payload or {}))
        return {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event, "GITHUB_REF": ref,
                "GITHUB_SHA": sha, "GITHUB_EVENT_PATH": str(path), **more}

    def github_pull(self, head, merge, **more):
        return self.github("pull_request", "refs/pull/7/merge", merge,
                           {"pull_request": {"head": {"sha": head}, "base": {"ref": "main", "sha": self.main[0]}},
                            "repository": {"default_branch": "main"}}, GITHUB_BASE_REF="main", **more)

    def gitlab(self, source, **more):
        return {"CI": "true", "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": source, "CI_DEFAULT_BRANCH": "main",
                "CI_COMMIT_BEFORE_SHA": "0" * 40, "CI_PROJECT_URL": "https://gitlab.example/shop", **more}
