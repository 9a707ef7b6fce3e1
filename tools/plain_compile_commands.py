#!/usr/bin/env python3
"""plain_compile_commands.py COMMANDS FOLDER: writes FOLDER/compile_commands.json without GCC's precompiled headers, which clang-tidy
cannot read. Every source includes what it needs by itself, so nothing is missing."""
import json
import pathlib
import re
import sys

PRECOMPILED = re.compile(r" -include \S*cmake_pch\.hxx| -Winvalid-pch| -fpch-\S+")


def main():
    commands = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    for command in commands:
        command["command"] = PRECOMPILED.sub("", command["command"])
    folder = pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(commands, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
