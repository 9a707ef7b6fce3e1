#!/usr/bin/env python3
"""run.py BUDGETCHECK FOLDER: runs every acceptance case of FOLDER and compares verdicts and exit code.

A case is a folder with budgets.json, head.json and expect.json, and perhaps base.json and rerun.json.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile


def run_case(program, case, out):
    expect = json.loads((case / "expect.json").read_text())
    command = [program, "check", str(case / "head.json"), "--budgets", str(case / "budgets.json"),
               "--today", expect["today"], "--output", f"json={out}"]
    base = case / "base.json"
    command += ["--base", str(base) if base.exists() else "none"]
    if (case / "rerun.json").exists():
        command += ["--rerun", str(case / "rerun.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60,
                          env={**os.environ, "BUDGETCHECK_BASE": "none", "BUDGETCHECK_CACHE_DIR": "none"})
    try:
        results = json.loads(pathlib.Path(out).read_text())
    except (OSError, ValueError):
        return [f"no results were written (exit {done.returncode}): {done.stderr.strip()}"]
    want = sorted((v["budget"], v["status"], v["code"]) for v in expect["verdicts"])
    have = sorted((v["budget"], v["status"], v["code"]) for v in results["verdicts"])
    wrong = []
    if done.returncode != expect["exit"]:
        wrong.append(f"exit {done.returncode}, expected {expect['exit']}")
    if want != have:
        wrong.append(f"verdicts {have}, expected {want}")
    return wrong


def main():
    program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    cases = sorted(path.parent for path in folder.glob("*/expect.json"))
    if not cases:
        sys.exit(f"no cases in {folder}")
    failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases:
            wrong = run_case(program, case, f"{scratch}/{case.name}.json")
            failed += bool(wrong)
            print(("FAIL " if wrong else "ok   ") + case.name)
            for line in wrong:
                print("     " + line)
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
