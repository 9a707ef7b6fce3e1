"""What git is given and what it is kept from: settings that a change brings, the variables of a job, the end of a run."""
import base64
import http.server
import json
import pathlib
import signal
import subprocess
import threading
import time

import sandbox
from sandbox import Sandbox, value

# What a job's environment holds that no fetch needs.
SECRETS = {"GITHUB_TOKEN": "ghs_canary1", "CI_JOB_TOKEN": "glcbt-canary2", "NPM_TOKEN": "canary3",
           "AWS_SECRET_ACCESS_KEY": "canary4", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "canary5", "DEPLOY_PASSWORD": "canary6"}


class Spying(Sandbox):
    def setUp(self):
        super().setUp()
        self.server()
        self.seen = self.dir / "seen"
        self.spy = self.dir / "spy"
        self.spy.write_text(f"#!/bin/sh\nenv > {self.seen}\nexit 1\n")
        self.spy.chmod(0o755)

    def assert_no_secrets(self, *but):
        text = self.seen.read_text()
        for name, secret in SECRETS.items():
            if name not in but:
                self.assertNotIn(secret, text, name)


class EmbeddedRepository(Spying):
    """A folder of the working tree that is a bare repository to git, and whose settings name a program."""

    def embed(self, *settings):
        work = self.clone("work")
        folder = work / "tools" / "data"
        self.git("clone", "--quiet", "--bare", self.url, folder)
        for name, text in (("remote.origin.url", "ssh://git@example.org/shop.git"), ("core.sshCommand", str(self.spy)),
                           *settings):
            self.git("--git-dir", folder, "config", name, text)
        return folder

    def test_it_is_not_used_and_runs_nothing(self):
        for settings in ((), (("core.bare", "false"), ("core.worktree", "."))):
            with self.subTest(settings):
                folder = self.embed(*settings)
                run = self.check(folder, bytes_=value(5), env=SECRETS)
                self.assertFalse(self.seen.exists(), "a program of the repository's settings ran")
                self.assert_none(run, f"the folder '{folder}' is a bare git repository", f"GIT_DIR={folder}")
                self.assertEqual(run.calls, [])
                subprocess.run(["rm", "-rf", self.dir / "work"], check=True)

    def test_a_folder_inside_it_is_no_way_in(self):
        folder = self.embed() / "refs"
        run = self.check(folder, bytes_=value(5), env=SECRETS)
        self.assertFalse(self.seen.exists())
        self.assert_none(run, "is a bare git repository")

    def test_other_commands_do_not_use_it_either(self):
        folder = self.embed()
        results = self.dir / "results.json"
        results.write_text(json.dumps(sandbox.samples(1, app="shop")))
        for arguments in (["baseline", "push", results], ["baseline", "show"], ["history", "--budgets", "../../budgets.yml"],
                          ["hook", "install"]):
            with self.subTest(arguments):
                run = self.run_program(*arguments, cwd=folder, env=SECRETS)
                self.assertNotEqual(run.code, 0)
                self.assertFalse(self.seen.exists(), arguments)

    def test_a_base_that_was_named_is_an_error(self):
        folder = self.embed()
        run = self.check(folder, "--base", "main", bytes_=value(5), expect=2, env={"COLUMNS": "10000"})
        self.assertIn("is a bare git repository", run.stdout + run.stderr)

    def test_git_is_told_so_too(self):
        run = self.check(self.clone("work"))
        self.assertTrue(run.calls)
        for call in run.calls:
            self.assertIn("safe.bareRepository=explicit", call)

    def test_one_that_git_dir_names_is_used(self):
        self.store(3, 4)
        bare = self.dir / "bare.git"
        self.git("clone", "--quiet", "--bare", self.url, bare)
        for cwd in (bare, self.dir):
            with self.subTest(cwd):
                run = self.check(cwd, bytes_=value(5), env={"GIT_DIR": str(bare)})
                self.assert_base(run, self.main[4], "first parent of HEAD")
                self.assertEqual(len(run.fetches()), 1)


class Variables(Spying):
    def test_ssh_gets_what_it_needs_and_no_secrets(self):
        work = self.clone("work")
        self.git("remote", "set-url", "origin", "ssh://git@example.org/shop.git", cwd=work)
        needed = {"SSH_AUTH_SOCK": "/run/agent", "https_proxy": "http://proxy:1", "SSL_CERT_FILE": "/etc/own.pem",
                  "GIT_AUTHOR_NAME": "Author", "LANG": "de_DE.UTF-8", "XDG_CONFIG_HOME": str(self.dir / "xdg")}
        self.check(work, env={**SECRETS, **needed, "GIT_SSH_COMMAND": str(self.spy)})
        lines = self.seen.read_text().splitlines()
        for name, text in needed.items():
            self.assertIn(f"{name}={text}", lines)
        self.assert_no_secrets()

    def test_the_command_of_the_settings_is_run_as_before(self):
        work = self.clone("work")
        self.git("remote", "set-url", "origin", "ssh://git@example.org/shop.git", cwd=work)
        self.git("config", "core.sshCommand", str(self.spy), cwd=work)
        self.check(work, env=SECRETS)
        self.assert_no_secrets()


class AskingServer(http.server.BaseHTTPRequestHandler):
    """Wants a name and a password, and has nothing for whoever brings them."""

    def do_GET(self):
        given = self.headers.get("Authorization")
        self.server.given.append(given)
        self.send_response(404 if given else 401)
        self.send_header("WWW-Authenticate", 'Basic realm="git"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Credentials(Spying):
    def setUp(self):
        super().setUp()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), AskingServer)
        self.http.given = []
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        self.addCleanup(self.http.server_close)
        self.addCleanup(self.http.shutdown)
        self.work = self.clone("work")
        self.git("remote", "set-url", "origin", f"http://127.0.0.1:{self.http.server_port}/shop.git", cwd=self.work)

    def passwords(self):
        return [base64.b64decode(given.split()[1]).decode() for given in self.http.given if given]

    def test_the_header_that_checkout_keeps_in_the_settings(self):
        self.git("config", f"http.http://127.0.0.1:{self.http.server_port}/.extraheader", "AUTHORIZATION: basic eDp5",
                 cwd=self.work)
        self.check(self.work, env=SECRETS)
        self.assertIn("x:y", self.passwords())

    def helper(self, command):
        self.git("config", "credential.helper", command, cwd=self.work)

    def test_a_helper_gets_the_variable_that_its_command_names(self):
        # As GitLab's runner sets it up.
        self.helper(f'!f() {{ env > {self.seen}; echo username=gitlab-ci-token; echo "password=${{CI_JOB_TOKEN}}"; }}; f')
        self.check(self.work, env=SECRETS)
        self.assertIn("gitlab-ci-token:" + SECRETS["CI_JOB_TOKEN"], self.passwords())
        self.assert_no_secrets("CI_JOB_TOKEN")

    def test_the_helper_of_gh_gets_its_token(self):
        gh = self.dir / "bin" / "gh"
        gh.write_text(f'#!/bin/sh\nenv > {self.seen}\necho username=x; echo "password=$GITHUB_TOKEN"\n')
        gh.chmod(0o755)
        self.helper("!gh auth git-credential")
        self.check(self.work, env=SECRETS)
        self.assertIn("x:" + SECRETS["GITHUB_TOKEN"], self.passwords())
        self.assert_no_secrets("GITHUB_TOKEN")

    def test_a_helper_of_ones_own_gets_what_is_listed(self):
        script = self.dir / "helper"
        script.write_text(f'#!/bin/sh\nenv > {self.seen}\necho username=x; echo "password=$DEPLOY_PASSWORD"\n')
        script.chmod(0o755)
        self.helper(str(script))
        self.check(self.work, env={**SECRETS, "BUDGETCHECK_GIT_VARIABLES": "OTHER, DEPLOY_PASSWORD"})
        self.assertIn("x:" + SECRETS["DEPLOY_PASSWORD"], self.passwords())
        self.assert_no_secrets("DEPLOY_PASSWORD")

    def test_a_script_that_git_asks_in_ci(self):
        # As Jenkins binds a user name and a password.
        script = self.dir / "askpass"
        script.write_text('#!/bin/sh\ncase "$1" in Username*) echo "$GIT_USERNAME";; *) echo "$GIT_PASSWORD";; esac\n')
        script.chmod(0o755)
        self.check(self.work, env={**SECRETS, "CI": "true", "GIT_ASKPASS": str(script), "GIT_USERNAME": "jenkins",
                                   "GIT_PASSWORD": "binding"})
        self.assertIn("jenkins:binding", self.passwords())


class Signals(Spying):
    def alive(self, pid):
        try:
            state = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z"

    def end_while_git_waits(self, *signals, ssh="sleep 100"):
        """The exit status of the program, and the ids of what ran below it."""
        pids = self.dir / "pids"
        pids.unlink(missing_ok=True)
        self.spy.write_text(f"#!/bin/sh\n{ssh} &\necho $$ $! > {pids}.new; mv {pids}.new {pids}\nwait; wait\n")
        work = self.dir / "work"
        if not work.exists():
            self.clone("work")
            self.git("remote", "set-url", "origin", "ssh://git@example.org/shop.git", cwd=work)
        run = subprocess.Popen([sandbox.PROGRAM, "check", "head.json"], cwd=work, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env={**self.env, "GIT_SSH_COMMAND": str(self.spy)})
        self.addCleanup(run.kill)
        while not pids.exists():
            self.assertIsNone(run.poll(), "it ended before git did anything")
            time.sleep(0.02)
        for number in signals:
            run.send_signal(number)
        return run.wait(timeout=sandbox.TIMEOUT_SECONDS), [int(pid) for pid in pids.read_text().split()]

    def test_what_it_started_ends_with_it(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number):
                status, pids = self.end_while_git_waits(number)
                self.assertEqual(status, -number)
                self.assertEqual([pid for pid in pids if self.alive(pid)], [])

    def test_what_does_not_listen_ends_too(self):
        status, pids = self.end_while_git_waits(signal.SIGTERM, ssh="trap '' TERM INT HUP\nsleep 100")
        self.assertEqual(status, -signal.SIGTERM)
        self.assertEqual([pid for pid in pids if self.alive(pid)], [])
