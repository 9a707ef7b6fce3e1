#!/usr/bin/env python3
"""findings.py PROGRAM CORPUS LOG_NAME OUT: runs the rules over CORPUS/*/LOG_NAME and writes every finding to OUT.

Each folder of CORPUS is a scenario with a schema.prisma and logs of known content; what was found is to be scored against
its labels. A log that could not be judged is an error, not a scenario without findings.
"""
import json
import pathlib
import subprocess
import sys
import tempfile


def findings_of(program, log):
    with tempfile.TemporaryDirectory() as work:
        results = pathlib.Path(work) / "results.json"
        command = [program, "check", str(log), "--base", "none", "--output", f"json={results}"]
        schema = log.parent / "schema.prisma"
        if schema.exists():
            command += ["--schema", str(schema)]
        ran = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=120)
        if ran.returncode not in (0, 1):
            raise SystemExit(f"{log}: exit {ran.returncode}\n{ran.stdout}{ran.stderr}")
        report = json.loads(results.read_text())
    return [{"rule": finding["rule"], "file": f"{log.parent.name}/{log.name}", "sql": finding["evidence"].get("sql", ""),
             "group": finding["evidence"].get("scope", ""), "count": finding["evidence"].get("count", 0)}
            for finding in report["findings"]]


def main():
    program, corpus, name, out = sys.argv[1:]
    program = str(pathlib.Path(program).resolve())
    logs = sorted(pathlib.Path(corpus).resolve().glob(f"*/{name}"))
    if not logs:
        raise SystemExit(f"no {name} in {corpus}")
    found = [finding for log in logs for finding in findings_of(program, log)]
    pathlib.Path(out).write_text(json.dumps({"findings": found}, indent=1) + "\n")
    print(f"{len(logs)} logs, {len(found)} findings")


if __name__ == "__main__":
    main()
