#!/usr/bin/env python3
"""Makes small apps of every framework from npm, builds them and records the builds (record_build.py) into fixtures/builds.

make_builds.py WORK OUT [NAME...]

The apps are in framework_apps.json: sources, one folder renamed in each configuration, and what is kept of the build. What a
browser loads first ('first') is taken over from the recording that is there; look at it again when names of files changed.
Needs node 20.19 or newer, npm and some minutes for each; it is no part of CI.
"""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = {**os.environ, "CI": "1", "NO_COLOR": "1", "NUXT_TELEMETRY_DISABLED": "1", "NEXT_TELEMETRY_DISABLED": "1",
               "ASTRO_TELEMETRY_DISABLED": "1", "NG_CLI_ANALYTICS": "false"}


def run(folder, *command):
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, timeout=900, stdin=subprocess.DEVNULL)


def make(work, out, name, app):
    folder = work / name
    for path, text in app["files"].items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    package = {"name": f"{name}-app", "private": True, **({} if app["commonjs"] else {"type": "module"}),
               "scripts": {"build": app["build"]}, "dependencies": app["dependencies"]}
    (folder / "package.json").write_text(json.dumps(package, indent=2))
    run(folder, "npm", "install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error", "--legacy-peer-deps")
    run(folder, "npm", "run", "build")
    recording = out / f"{name}.json"
    first = json.loads(recording.read_text()).get("first", {}) if recording.exists() else {}
    arguments = ["--name", app["framework"], "--client", app["client"]]
    arguments += ["--only", app["only"]] if "only" in app else []
    for glob in app["keep"]:
        arguments += ["--keep", glob]
    run(folder, sys.executable, str(HERE / "record_build.py"), str(folder), str(recording), *arguments)
    made = json.loads(recording.read_text())
    recording.write_text(json.dumps({**made, "first": first}, indent=1) + "\n")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    work, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    apps = json.loads((HERE / "framework_apps.json").read_text())
    for name in sys.argv[3:] or apps:
        make(work, out, name, apps[name])


if __name__ == "__main__":
    main()
