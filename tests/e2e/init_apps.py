#!/usr/bin/env python3
"""The first minute of a new user, on fresh apps from npm (Vite, Next.js, webpack) and on recorded builds of other frameworks.

init_apps.py PROGRAM WORK [APP...]

WORK keeps the installed packages between runs. Each app is built, `init` writes its budgets, the advice that it prints is
followed, `check` passes; then the app's entry imports a package that breaks the limit, and `check` fails and names it. On the
way the usual mistakes are made, and what is said about them is looked at. Exits with 75 where the packages cannot be had.
recorded_builds.py has the other frameworks: their builds take minutes, and are made anew by make_builds.py.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

CANNOT_RUN = 75
NEEDS_NODE = (20, 19)
REACT = {"react": "19.2.0", "react-dom": "19.2.0"}
HEAVY = "moment"  # the dependency that is added
PACKAGES = {
    "vite": {**REACT, "vite": "8.3.8", "moment": "2.30.1", "rollup-plugin-visualizer": "6.0.5"},
    "next": {**REACT, "next": "16.4.6", "moment": "2.30.1"},
    "webpack": {"preact": "10.27.2", "webpack": "5.112.2", "webpack-cli": "6.0.1", "moment": "2.30.1"},
}
USE_HEAVY = f"import moment from '{HEAVY}';\n"
SOURCES = {
    "vite": {
        "index.html": '<!doctype html><html lang="en"><head><title>app</title></head><body><div id="root"></div>'
                      '<script type="module" src="/src/main.js"></script></body></html>\n',
        "src/style.css": "body { margin: 0 }\n",
        "src/main.js": "import { createElement } from 'react';\nimport { createRoot } from 'react-dom/client';\n"
                       "import './style.css';\n"
                       "createRoot(document.getElementById('root')).render(createElement('h1', null, 'Hello'));\n",
    },
    "next": {
        "app/layout.js": "export default function Layout({ children }) {\n"
                         "  return <html lang=\"en\"><body>{children}</body></html>;\n}\n",
        "app/page.js": "'use client';\nimport { useState } from 'react';\nexport default function Page() {\n"
                       "  const [n, set] = useState(0);\n  return <button onClick={() => set(n + 1)}>{n}</button>;\n}\n",
    },
    "webpack": {
        "src/index.js": "import { h, render } from 'preact';\nrender(h('h1', null, 'Hello'), document.body);\n",
    },
}
ENVIRONMENT = {**os.environ, "NEXT_TELEMETRY_DISABLED": "1", "CI": "1", "NO_COLOR": "1", "COLUMNS": "100", "LC_ALL": "C.UTF-8",
               "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "n", "GIT_AUTHOR_EMAIL": "n@example.org",
               "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "n@example.org"}
for name in [name for name in ENVIRONMENT if name.startswith(("GITHUB_", "GITLAB_", "CI_", "BUDGETCHECK_"))]:
    del ENVIRONMENT[name]
failures = []


def cannot_run(why):
    print(f"CANNOT RUN: {why}")
    sys.exit(CANNOT_RUN)


class App:
    def __init__(self, program, work, name):
        self.program, self.name = program, name
        self.folder = work / name
        self.folder.mkdir(parents=True, exist_ok=True)
        self.install()
        for path in self.folder.iterdir():  # all but the packages, of the last run too
            if path.name not in ("node_modules", "package.json", "package-lock.json"):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for path, text in SOURCES[name].items():
            self.write(path, text)
        self.write(".gitignore", "node_modules\ndist\n.next\n")
        # A repository of its own, or that around the work folder would be taken for the app's.
        self.command("git", "init", "-q", "-b", "main")

    def install(self):
        wanted = json.dumps({"name": f"{self.name}-app", "private": True, "type": "module",
                             "dependencies": PACKAGES[self.name]}, indent=2)
        package = self.folder / "package.json"
        if package.exists() and package.read_text() == wanted and (self.folder / "node_modules/.done").exists():
            return
        shutil.rmtree(self.folder / "node_modules", ignore_errors=True)
        package.write_text(wanted)
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline",
                               "--loglevel=error"], cwd=self.folder, capture_output=True, text=True, timeout=170, check=False)
        if done.returncode != 0:
            package.unlink()
            cannot_run(f"npm could not install the packages of the {self.name} app: {done.stderr[-500:]}")
        (self.folder / "node_modules/.done").touch()

    def write(self, path, text):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(self, path):
        return (self.folder / path).read_text()

    def command(self, *command):
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, env=ENVIRONMENT, timeout=170,
                              stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{self.name}: {' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")

    def npx(self, *command):
        self.command(str(self.folder / "node_modules/.bin" / command[0]), *command[1:])

    def says(self, arguments, code, *parts, lacks=(), cwd=None):
        """Runs the program and looks at its exit code and at what it says, whatever the width of lines."""
        done = subprocess.run([self.program, *arguments], cwd=cwd or self.folder, capture_output=True, text=True,
                              env=ENVIRONMENT, timeout=60, stdin=subprocess.DEVNULL, check=False)
        text = done.stdout + done.stderr
        flat = " ".join(text.split())
        print(f"\n--- {self.name}: budgetcheck {' '.join(arguments)} (exit {done.returncode})\n{text}", end="")
        wrong = [f"exit {done.returncode} and not {code}"] if done.returncode != code else []
        wrong += [f"it does not say '{part}'" for part in parts if part not in flat]
        wrong += [f"it says '{part}'" for part in lacks if part in flat]
        failures.extend(f"{self.name}: {' '.join(arguments)}: {line}" for line in wrong)

    def start_again(self):
        (self.folder / "budgets.yml").unlink(missing_ok=True)


def vite(app):
    with tempfile.TemporaryDirectory() as empty:
        app.says(["init"], 3, "there is no package.json here", "so no file is written", cwd=empty)
    app.says(["init"], 3, "found: Vite, not built yet", "not measured yet: what is shipped by Vite npx vite build")
    app.says([], 2, "let budgetcheck init write a budgets.yml")
    with tempfile.TemporaryDirectory() as above:
        (pathlib.Path(above) / "web").mkdir()
        shutil.copy(app.folder / "package.json", pathlib.Path(above) / "web")
        app.says(["init"], 3, "found: Vite in web, not built yet", "cd web && npx vite build", cwd=above)
    app.npx("vite", "build")
    app.says(["init"], 0, "found: Vite, the browser's files in dist", "wrote budgets.yml",
             lacks=["left out", "only sums"])
    app.says(["check"], 0, "PASSED", "bundle.gzip{type=js}")
    app.says(["init", "--add"], 0, "nothing is missing in budgets.yml")
    app.start_again()
    app.npx("vite", "build", "--manifest")
    app.says(["init"], 0, "found: dist/.vite/manifest.json", "not measured yet: which packages are in the bundle",
             "next: budgetcheck check", lacks=["left out"])
    app.says(["init"], 2, "there is a budgets file already", "never overwrites")
    app.says(["check"], 0, "PASSED", "bundle.gzip{type=js}")
    # What init said of packages, word by word.
    app.write("vite.config.js", "import { visualizer } from 'rollup-plugin-visualizer';\n"
                                "export default { plugins: [visualizer({ template: 'raw-data', filename: 'stats.json' })] };\n")
    app.npx("vite", "build", "--manifest")
    app.write("budgets.yml", app.read("budgets.yml").replace("inputs:\n", "inputs:\n  - stats.json\n"))
    app.says(["check", "--output", "text", "--output", "json=results.json"], 0, "PASSED", lacks=["incomplete"])
    app.write("src/main.js", USE_HEAVY + app.read("src/main.js") + "document.title = moment().format();\n")
    app.npx("vite", "build", "--manifest")
    app.says(["check"], 1, "FAIL bundle.gzip, type=js", "over by", "drop the biggest: react-dom (")
    app.says(["check", "--base", "results.json"], 1, "FAIL bundle.gzip, type=js",
             f": {HEAVY} (new package, imported by src/main.js)")
    app.start_again()
    app.says(["init"], 0, "found: stats.json", "found: dist/.vite/manifest.json", lacks=["left out"])
    app.says(["check"], 0, "PASSED")
    with tempfile.TemporaryDirectory() as copy:  # where there is no repository
        shutil.copytree(app.folder / "dist", pathlib.Path(copy) / "dist")
        shutil.copy(app.folder / "package.json", copy)
        app.says(["init"], 0, "found: dist/.vite/manifest.json", cwd=copy)
        app.says(["check"], 0, "not in a git repository", "PASSED", cwd=copy)


def next_js(app):
    app.says(["init"], 3, "not measured yet: what is shipped by Next.js npx next build", lacks=["vite"])
    app.npx("next", "build")
    app.says(["init"], 0, "found: .next/diagnostics/route-bundle-stats.json", "next: budgetcheck check", lacks=["left out"])
    app.says(["check", "--output", "text", "--output", "json=results.json"], 0, "PASSED", "{route=/,type=js}")
    app.says(["check", ".next/prerender-manifest.json"], 3, "a manifest of Next.js", "route-bundle-stats.json")
    app.says(["check", ".next", "--base", "none"], 0, "PASSED")
    app.write("app/page.js", app.read("app/page.js").replace("import {", USE_HEAVY + "import {", 1)
              .replace("{n}<", "{moment(n).format()}<"))
    app.npx("next", "build")
    app.says(["check", "--base", "results.json"], 1, "FAIL bundle.gzip, route=/, type=js", "over by",
             lacks=["FAIL bundle.gzip, route=/_not-found"])


def webpack(app):
    build = ["webpack", "--mode=production"]
    app.says(["init"], 3, "not measured yet: what is shipped by webpack npx webpack")
    app.npx(*build)
    app.says(["init"], 0, "found: webpack, the browser's files in dist", "(a folder shows only sums) npx webpack --json=dist/stats.json")
    app.start_again()
    app.npx(*build, "--json=dist/stats.json", "--stats=minimal")
    app.says(["init"], 0, "left out: dist/stats.json: the stats have no assets and no entrypoints", "--stats normal")
    app.says(["check", "dist/stats.json"], 3, "the 'stats' option left them out", "CANNOT JUDGE")
    app.start_again()
    app.write("dist/stats.json", '{"time":1234,"errors":[],"errorsCount":0,"warnings":[],"warningsCount":0}')
    app.says(["check", "dist/stats.json"], 3, "rspack's command writes almost nothing without that option")
    app.npx(*build, "--json=dist/stats.json")
    app.says(["init"], 0, "found: dist/stats.json", "its files in dist", "next: budgetcheck check", lacks=["left out"])
    app.says(["check"], 0, "PASSED", "the repository has no commit yet")
    app.command("git", "add", "-A")
    app.command("git", "commit", "-q", "-m", "start")
    app.says(["check", "--output", "text", "--output", "json=results/baseline.json"], 2, "mkdir -p")
    app.says(["check", "--output", "text", "--output", "json=.budgetcheck/baseline.json"], 0, "HEAD is the first commit", "PASSED")
    app.command("git", "add", "-A")
    app.command("git", "commit", "-q", "-m", "baseline")
    app.write("src/index.js", USE_HEAVY + app.read("src/index.js") + "document.title = moment().format();\n")
    app.npx(*build, "--json=dist/stats.json")
    app.says(["check", "--base", "none"], 1, "FAIL bundle.gzip, type=js", f"drop the biggest: {HEAVY} (")
    app.command("git", "commit", "-q", "-a", "-m", "dates")
    app.says(["check"], 1, "FAIL bundle.gzip, type=js", f": {HEAVY} (new package, imported by src/index.js)",
             "snapshot .budgetcheck/baseline.json")
    # A build that fails leaves files behind.
    app.write("src/index.js", "import './missing.js';\n")
    subprocess.run([app.folder / "node_modules/.bin/webpack", *build[1:], "--json=dist/stats.json"], cwd=app.folder,
                   capture_output=True, env=ENVIRONMENT, timeout=170, check=False)
    app.says(["check"], 1, "failed-build", "fix the build first")


APPS = {"vite": vite, "next": next_js, "webpack": webpack}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("work", type=pathlib.Path)
    arguments.add_argument("apps", nargs="*", default=list(APPS))
    options = arguments.parse_args()
    if not shutil.which("npm") or not shutil.which("node"):
        cannot_run("no node and npm")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(int(part) for part in version.lstrip("v").split(".")[:2]) < NEEDS_NODE:
        cannot_run(f"node {version} is older than the apps need")
    program = str(pathlib.Path(options.program).resolve())
    for name in options.apps:
        start = time.monotonic()
        APPS[name](App(program, options.work.resolve(), name))
        print(f"\n=== {name}: {time.monotonic() - start:.0f} s")
    for line in failures:
        print(f"WRONG {line}")
    print(f"init on fresh apps from npm ({', '.join(options.apps)}): {len(failures)} wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
