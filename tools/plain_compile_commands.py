#!/usr/bin/env python3
"""plain_compile_commands.py COMMANDS FOLDER: writes FOLDER/compile_commands.json for clang-tidy: one command for each source, also
of those that are compiled together; without GCC's precompiled headers, which it cannot read (every source includes what it needs by
itself, so nothing is missing); and with GCC's names of warnings, which it need not know."""
import json
import pathlib
import re
import sys

PRECOMPILED = re.compile(r" -include \S*cmake_pch\.hxx| -Winvalid-pch| -fpch-\S+")
TOGETHER = re.compile(r"/Unity/unity_[^/]*\.cxx$")
MEMBER = re.compile(r'^#include "(.*)"', re.MULTILINE)


def single(commands):
    for command in commands:
        if not TOGETHER.search(command["file"]):
            yield command
            continue
        for source in MEMBER.findall(pathlib.Path(command["file"]).read_text(encoding="utf-8")):
            yield {**command, "file": source, "command": command["command"].replace(f"-c {command['file']}", f"-c {source}")}


def main():
    commands = list(single(json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))))
    for command in commands:
        program, options = PRECOMPILED.sub("", command["command"]).split(" ", 1)
        command["command"] = f"{program} -Wno-unknown-warning-option {options}"
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(commands, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
