#!/usr/bin/env python3
"""man_page.py: docs/man/budgetcheck.1 is rendered without a warning, and every command has a heading there. Skipped without man."""
import os
import pathlib
import shutil
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "man" / "budgetcheck.1"


def main():
    if shutil.which("man") is None or shutil.which("groff") is None:
        print("docs/man_page: man or groff is not installed: skipped")
        return 0
    done = subprocess.run(["man", "--warnings", "-l", str(PAGE)], capture_output=True, text=True, timeout=60, check=False,
                          stdin=subprocess.DEVNULL,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANPAGER": "cat", "MAN_KEEP_FORMATTING": ""})
    problems = [done.stderr] if done.returncode != 0 or done.stderr else []
    problems += [f"no section {name}" for name in ("NAME", "SYNOPSIS", "COMMANDS", "EXIT STATUS", "   list", "   check")
                 if f"\n{name}\n" not in done.stdout]
    print("\n".join(problems) or f"docs/man_page: {len(done.stdout.splitlines())} lines, no warnings")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
