#!/usr/bin/env python3
"""npm.py DIST: packs the npm packages of the static program in DIST and installs them into a project, from a registry that is
made here, so that npm itself chooses the platform's package. Exit code 75 when there is no npm."""
import base64
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
OTHER = {"x64": "arm64", "arm64": "x64"}
HERE = {"x86_64": "x64", "aarch64": "arm64"}[os.uname().machine]


class Registry:
    def __init__(self, folder):
        self.packages = {}
        for path in pathlib.Path(folder).glob("*.tgz"):
            with tarfile.open(path) as tar:
                manifest = json.load(tar.extractfile("package/package.json"))
            content = path.read_bytes()
            manifest["dist"] = {"shasum": hashlib.sha1(content).hexdigest(),
                                "integrity": "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()}
            self.packages[manifest["name"]] = (manifest, path.name, content)
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                name = urllib.parse.unquote(self.path[1:])
                for key, (manifest, file, content) in outer.packages.items():
                    if name == key:
                        manifest["dist"]["tarball"] = f"{outer.url}/-/{file}"
                        body = json.dumps({"name": key, "dist-tags": {"latest": manifest["version"]},
                                           "versions": {manifest["version"]: manifest}}).encode()
                        return self.answer(200, body)
                    if name == f"-/{file}":
                        return self.answer(200, content)
                return self.answer(404, b"{}")

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class NpmTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="budgetcheck-npm-"))
        cls.addClassCleanup(shutil.rmtree, cls.dir, ignore_errors=True)
        dist = cls.dir / "dist"
        dist.mkdir()
        shutil.copy(DIST / f"budgetcheck-linux-{HERE}", dist)
        # Stands for the other platform's program: npm must not choose it.
        (dist / f"budgetcheck-linux-{OTHER[HERE]}").write_text("not for this machine")
        subprocess.run([ROOT / "npm/pack.sh", dist, cls.dir / "packed"], check=True, stdout=subprocess.DEVNULL)
        cls.registry = Registry(cls.dir / "packed")
        cls.env = {"PATH": os.environ["PATH"], "HOME": str(cls.dir), "npm_config_registry": cls.registry.url,
                   "npm_config_cache": str(cls.dir / "cache"), "npm_config_update_notifier": "false",
                   "npm_config_audit": "false", "npm_config_fund": "false"}
        cls.project = cls.new_project("project", "--save-dev")

    @classmethod
    def new_project(cls, name, *options):
        project = cls.dir / name
        project.mkdir()
        (project / "package.json").write_text(json.dumps({"name": "app", "version": "1.0.0", "private": True,
                                                          "scripts": {"budgets": "budgetcheck check --base none"}}))
        subprocess.run(["npm", "install", *options, "budgetcheck"], cwd=project, env=cls.env, check=True,
                       stdout=subprocess.DEVNULL, timeout=120)
        return project

    def run_in(self, project, *words, env=None):
        return subprocess.run(words, cwd=project, env={**self.env, **(env or {})}, text=True, capture_output=True, timeout=60)

    def launcher(self, project):
        return str(project / "node_modules/.bin/budgetcheck")

    def test_npm_chose_the_package_of_this_platform(self):
        self.assertTrue((self.project / f"node_modules/@budgetcheck/linux-{HERE}/bin/budgetcheck").is_file())
        self.assertFalse((self.project / f"node_modules/@budgetcheck/linux-{OTHER[HERE]}").exists())
        manifest = json.loads((self.project / "node_modules/budgetcheck/package.json").read_text())
        self.assertNotIn("scripts", manifest, "nothing runs when it is installed")
        self.assertEqual(set(manifest["optionalDependencies"].values()), {manifest["version"]})
        self.assertNotEqual(manifest["version"], "0.0.0")

    def test_npx_and_a_script(self):
        run = self.run_in(self.project, "npx", "--no-install", "budgetcheck", "--version")
        self.assertEqual((run.returncode, run.stdout.split()[0]), (0, "budgetcheck"), run.stderr)
        (self.project / "head.json").write_text(json.dumps({"version": 1, "samples": [
            {"metric": "bundle.gzip", "where": {"entry": "main"}, "unit": "B", "value": 2000}]}))
        for limit, code in (("3 kB", 0), ("1 kB", 1)):
            (self.project / "budgets.yml").write_text(
                f"version: 1\ninputs: [head.json]\nbudgets:\n  - {{ metric: bundle.gzip, max: {limit} }}\n")
            run = self.run_in(self.project, "npm", "run", "--silent", "budgets")
            self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        self.assertIn("FAILED", run.stdout)
        self.assertEqual(self.run_in(self.project, self.launcher(self.project), "--no-such").returncode, 2)

    def test_a_missing_platform_package_is_said(self):
        project = self.new_project("omitted", "--omit=optional")
        run = self.run_in(project, self.launcher(project), "--version")
        self.assertEqual(run.returncode, 2)
        self.assertIn(f"@budgetcheck/linux-{HERE} is not installed", run.stderr)
        self.assertIn("npm install --include=optional", run.stderr)
        program = self.project / f"node_modules/@budgetcheck/linux-{HERE}/bin/budgetcheck"
        run = self.run_in(project, self.launcher(project), "--version", env={"BUDGETCHECK_BINARY": str(program)})
        self.assertEqual(run.returncode, 0, run.stderr)
        for path, says in (("/no/such", "does not exist"), (str(project / "package.json"), "may not be run")):
            run = self.run_in(project, self.launcher(project), env={"BUDGETCHECK_BINARY": path})
            self.assertEqual(run.returncode, 2)
            self.assertIn(says, run.stderr)

    def test_an_unsupported_platform_is_said(self):
        preload = self.dir / "platform.js"
        preload.write_text("Object.defineProperty(process, 'platform', { value: 'sunos' });")
        run = self.run_in(self.project, self.launcher(self.project), env={"NODE_OPTIONS": f"--require {preload}"})
        self.assertEqual(run.returncode, 2)
        self.assertIn("there is no binary for sunos", run.stderr)
        self.assertIn("linux x64, linux arm64", run.stderr)

    def test_codes_and_signals_pass_through(self):
        stand_in = self.dir / "stand-in.sh"
        stand_in.write_text("#!/bin/sh\ncase $1 in exit) exit $2 ;; esac\n"
                            "[ \"$1\" = plain ] || trap 'echo got; exit 9' TERM INT HUP\necho ready\n"
                            "while :; do sleep 0.05; done\n")
        stand_in.chmod(0o755)
        env = {**self.env, "BUDGETCHECK_BINARY": str(stand_in)}
        for code in (0, 1, 3, 5, 70, 255):
            self.assertEqual(self.run_in(self.project, self.launcher(self.project), "exit", str(code), env=env).returncode, code)
        for mode, number, expected in (("catch", signal.SIGTERM, 9), ("catch", signal.SIGINT, 9), ("plain", signal.SIGTERM, -15)):
            child = subprocess.Popen([self.launcher(self.project), mode], env=env, text=True, stdout=subprocess.PIPE)
            self.assertEqual(child.stdout.readline(), "ready\n")
            child.send_signal(number)
            self.assertEqual(child.wait(timeout=20), expected, mode)
            child.stdout.close()

    def test_provenance_finds_its_repository(self):
        out = self.dir / "published"
        subprocess.run([ROOT / "npm/pack.sh", self.dir / "dist", out], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "BUDGETCHECK_REPOSITORY": "https://github.example/acme/budgetcheck"})
        for path in out.iterdir():
            with tarfile.open(path) as tar:
                manifest = json.load(tar.extractfile("package/package.json"))
            self.assertEqual(manifest["repository"], {"type": "git", "url": "git+https://github.example/acme/budgetcheck.git"}, path.name)
        wrong = subprocess.run([ROOT / "npm/pack.sh", self.dir / "dist", out], stderr=subprocess.DEVNULL,
                               env={**os.environ, "BUDGETCHECK_REPOSITORY": 'https://x/y/z", "scripts": "'})
        self.assertEqual(wrong.returncode, 2)

    def test_one_file_with_the_program_inside_needs_no_registry(self):
        out = self.dir / "one-file"
        said = subprocess.run([ROOT / "npm/pack.sh", "--with", DIST / f"budgetcheck-linux-{HERE}", out], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        self.assertIn(f"It runs on any Linux ({HERE}).", said)
        install = next(line.split() for line in said.splitlines() if "npm install" in line)
        project = self.dir / "from-a-file"
        project.mkdir()
        (project / "package.json").write_text('{"name": "app", "version": "1.0.0", "private": true}')
        nowhere = {"npm_config_registry": "http://127.0.0.1:9/"}
        self.assertEqual(self.run_in(project, *install, env=nowhere).returncode, 0)
        run = self.run_in(project, "npx", "--no-install", "budgetcheck", "--version", env=nowhere)
        self.assertEqual((run.returncode, run.stdout.split()[0]), (0, "budgetcheck"), run.stderr)
        manifest = json.loads((project / "node_modules/budgetcheck/package.json").read_text())
        self.assertEqual((manifest["os"], manifest["cpu"]), (["linux"], [HERE]))
        self.assertNotIn("optionalDependencies", manifest)
        for path in ("/no/such/program", str(project)):
            wrong = subprocess.run([ROOT / "npm/pack.sh", "--with", path, out], text=True, capture_output=True, check=False)
            self.assertEqual(wrong.returncode, 2)
            self.assertIn("is no program", wrong.stderr)
        self.assertTrue(list(out.glob("*.tgz")), "what was packed before is still there")

    def test_the_same_program_makes_the_same_packages(self):
        subprocess.run([ROOT / "npm/pack.sh", self.dir / "dist", self.dir / "again"], check=True, stdout=subprocess.DEVNULL)
        for path in (self.dir / "packed").iterdir():
            self.assertEqual(path.read_bytes(), (self.dir / "again" / path.name).read_bytes(), path.name)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not shutil.which("npm"):
        print("CANNOT RUN: npm is missing")
        sys.exit(75)
    DIST = pathlib.Path(sys.argv[1]).resolve()
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])
