#!/usr/bin/env python3
"""Precision and recall of the query rules over a folder of labelled scenarios.

findings.py PROGRAM FOLDER LOG_NAME [OUT] [--min 0.95] [--verbose]

Each folder below FOLDER that holds labels.json and LOG_NAME is a scenario: the program checks the log on its own, and
its findings are held against labels.json, statement by statement. labels.json has
  patterns: [{rule: n_plus_one | n_plus_one_write | duplicate | legit_repeat, fingerprint, required, count}]
Patterns that are not required count neither way; a finding on a legit_repeat is a false alarm, as is one that no
pattern explains. OUT takes every finding as JSON, for another scorer.

Exit code 1: a rule is below --min, a legitimate repeat was flagged, or a log could not be judged.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

RULES = {"n-plus-one": "n_plus_one", "n-plus-one-write": "n_plus_one_write", "duplicate-query": "duplicate"}
TOKEN = re.compile(r"'%'|[a-z_$@][\w$]*|\d+|\?|[^\s\w]", re.I)


def statement(sql):
    """Tokens that identify a statement: quotes and case do not count, 1=1 (in labels ?=?) is left out."""
    words = TOKEN.findall(re.sub(r'["`]', "", sql.lower()))
    text = " ".join("?" if word.isdigit() else word for word in words)
    text = text.replace("and ? = ?", "").replace("where ? = ?", "")
    return re.sub(r"\s+", " ", text).strip(" ;")


def findings_of(program, log):
    with tempfile.TemporaryDirectory() as work:
        results = pathlib.Path(work) / "results.json"
        ran = subprocess.run([program, "check", str(log), "--base", "none", "--output", f"json={results}"],
                             cwd=work, capture_output=True, text=True, timeout=120, check=False)
        if ran.returncode not in (0, 1):
            raise SystemExit(f"{log}: exit {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return json.loads(results.read_text())["findings"]


def score(labels, findings):
    """(true positives, false positives, misses, false alarms on legitimate repeats) as sets of (rule, statement)."""
    required, tolerated, legitimate = set(), set(), set()
    for pattern in labels["patterns"]:
        key = (pattern["rule"], statement(pattern["fingerprint"]))
        if pattern["rule"] == "legit_repeat":
            legitimate.add(key[1])
        elif pattern["required"]:
            required.add(key)
        else:
            tolerated.add(key)
        if pattern["rule"].startswith("n_plus_one"):  # equal keys inside a loop
            tolerated.add(("duplicate", key[1]))
    found = {(RULES[f["rule"]], statement(f["evidence"].get("sql", ""))) for f in findings if f["rule"] in RULES}
    wrong = found - required - tolerated
    return found & required, wrong, required - found, {key for key in wrong if key[1] in legitimate}


def as_record(finding, log):
    evidence = finding["evidence"]
    return {"rule": finding["rule"], "file": f"{log.parent.name}/{log.name}", "sql": evidence.get("sql", ""),
            "group": evidence.get("scope", ""), "count": evidence.get("count", 0)}


def ratio(part, rest):
    return part / (part + rest) if part + rest else None


def table(counts, least):
    """Prints a line for each rule; true when none is below `least` and at least one rule had something to find."""
    good, seen = True, 0
    print(f"{'rule':20}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for rule in RULES.values():
        right, wrong, missed = (counts[kind][rule] for kind in ("right", "wrong", "missed"))
        shares = [ratio(right, wrong), ratio(right, missed)]
        seen += right + missed
        good = good and all(share is None or share >= least for share in shares)
        shown = ["-" if share is None else f"{share:.3f}" for share in shares]
        print(f"{rule:20}{right:7}{wrong:7}{missed:8}{shown[0]:>11}{shown[1]:>8}")
    return good and seen > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("log", help="name of the log in each scenario")
    parser.add_argument("out", nargs="?", help="file for the findings")
    parser.add_argument("--min", type=float, default=0.95, help="least precision and recall of each rule")
    parser.add_argument("--verbose", action="store_true", help="name what is wrong and what was missed")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    logs = [log for log in sorted(pathlib.Path(options.folder).resolve().glob(f"*/{options.log}"))
            if (log.parent / "labels.json").exists()]
    if not logs:
        raise SystemExit(f"no scenario in '{options.folder}' has a labels.json and a {options.log}")
    counts = {kind: collections.Counter() for kind in ("right", "wrong", "missed")}
    traps, records = 0, []
    for log in logs:
        findings = findings_of(program, log)
        records += [as_record(finding, log) for finding in findings]
        right, wrong, missed, trapped = score(json.loads((log.parent / "labels.json").read_text()), findings)
        traps += len(trapped)
        for kind, keys in (("right", right), ("wrong", wrong), ("missed", missed)):
            counts[kind].update(rule for rule, _ in keys)
            if options.verbose and kind != "right":
                for rule, sql in sorted(keys):
                    print(f"{kind:6} {log.parent.name} {rule} {sql[:140]}")
    good = table(counts, options.min)
    print(f"{len(logs)} logs, {len(records)} findings, {traps} legitimate repeats flagged")
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps({"findings": records}, indent=1) + "\n")
    return 0 if good and traps == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
