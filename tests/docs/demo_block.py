#!/usr/bin/env python3
"""The README shows a part of what the demo prints: this says which part, and compares it or writes it.

demo_block.py PROGRAM [--write]   exit 1 when README.md shows something else
"""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?<=<!-- demo-output:begin -->\n).*(?=<!-- demo-output:end -->)", re.S)
FINDINGS = ("n-plus-one", "request-waterfall", "personal-data", "limit-over-capacity")  # the problems with findings of these rules


def report(program):
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "FORCE_COLOR")}
    done = subprocess.run([program, "check", "--budgets", "budgets.yml", "--base", "none"], cwd=ROOT / "fixtures" / "shop",
                          env={**environment, "COLUMNS": "100", "NO_COLOR": "1"}, capture_output=True, text=True, check=False)
    if done.returncode != 1:
        raise SystemExit(f"the demo exits with {done.returncode}, not 1\n{done.stdout}{done.stderr}")
    return done.stdout


def excerpt(text):
    """The problems with findings of each rule in FINDINGS, and the last line."""
    paragraphs = text.rstrip("\n").split("\n\n")
    chosen = [paragraph for rule in FINDINGS for paragraph in paragraphs if re.search(rf"^  at .* {rule}(,|$)", paragraph, re.M)]
    if len(chosen) != len(FINDINGS):
        raise SystemExit(f"the demo has no findings of {', '.join(FINDINGS)}")
    chosen.append(paragraphs[-1].split("\n")[-1])
    return "\n\n".join(chosen) + "\n"


def main():
    readme = ROOT / "README.md"
    old = readme.read_text(encoding="utf-8")
    block = f"```text\n{excerpt(report(str(pathlib.Path(sys.argv[1]).resolve())))}```\n"
    if not BLOCK.search(old):
        raise SystemExit("README.md has no marks demo-output:begin and demo-output:end")
    new = BLOCK.sub(lambda _: block, old)
    if "--write" in sys.argv[2:]:
        readme.write_text(new, encoding="utf-8")
        return 0
    if new != old:
        print(block + "README.md does not show what the demo prints (above): run 'make docs' and commit what it writes")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
