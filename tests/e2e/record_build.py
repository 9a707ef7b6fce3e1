#!/usr/bin/env python3
"""Records what a real build left on the disk, small enough to keep: names and sizes of scripts, and the text of what is read.

record_build.py APP OUT.json --name NAME --client FOLDER --keep GLOB...

APP is the folder of a built app (its package.json and configuration are always kept). A script or style of more than 600 bytes
becomes its size and the imports at its beginning; recorded_builds.py fills it up again. Anything that looks like a key or a
path of this machine does not belong into a recording: look at it before it is committed.
"""
import argparse
import json
import pathlib
import re

CONFIGS = ["package.json", "*.config.*", "angular.json", "*.mjs", "pnpm-workspace.yaml"]
LONGEST = 600
HEAD = re.compile(r"(?:import(?:[^'\"();]*from)?\s*[\"'][^\"']+[\"'];?|export\s*(?:\*|\{[^}]*\})\s*from\s*[\"'][^\"']+[\"'];?)+")


def record(path):
    data = path.read_bytes()
    if path.suffix in (".js", ".mjs", ".cjs", ".css") and len(data) > LONGEST and b"__reactRouterManifest=" not in data[:60]:
        head = HEAD.match(data.decode("utf-8", "replace"))
        return {"size": len(data), **({"head": head.group(0)} if head else {})}
    return data.decode("utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("app", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--name", required=True, help="the framework, as init says it")
    arguments.add_argument("--client", required=True, help="the folder of the browser's files")
    arguments.add_argument("--only", help="glob of the files in it that matter; default: all")
    arguments.add_argument("--keep", action="append", default=[], help="what else the program reads, as text")
    options = arguments.parse_args()
    files = {}
    for pattern in [*CONFIGS, options.only or f"{options.client}/**/*", *options.keep]:
        for path in sorted(options.app.glob(pattern)):
            name = path.relative_to(options.app).as_posix()
            if path.is_file() and path.suffix not in (".map", ".gz", ".br") and "node_modules" not in name and "-lock" not in name:
                files[name] = path.read_text() if pattern in options.keep else record(path)
    recording = {"framework": options.name, "client": options.client, "first": {}, "files": files}
    options.out.write_text(json.dumps(recording, indent=1) + "\n")
    print(f"{options.out}: {len(files)} files; say in 'first' which scripts a browser loads with each page")


if __name__ == "__main__":
    main()
