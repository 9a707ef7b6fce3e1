#!/usr/bin/env python3
"""Precision and recall of the query rules over a folder of labelled scenarios.

score_queries.py FOLDER --program build/release/src/budgetcheck [--log app.pino.log] [--min 0.95] [--verbose]

Each folder below FOLDER that holds labels.json and the log is a scenario: the program checks the log on its own, and
its findings are held against labels.json, statement by statement. labels.json has
  patterns: [{rule: n_plus_one | n_plus_one_write | duplicate | legit_repeat, fingerprint, required, count}]
Patterns that are not required count neither way; a finding on a legit_repeat is a false alarm, as is one that no
pattern explains. Exit code 1: a rule is below --min.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

RULES = {"n-plus-one": "n_plus_one", "n-plus-one-write": "n_plus_one_write", "duplicate-query": "duplicate"}
TOKEN = re.compile(r"'%'|[a-z_$@][\w$]*|\d+|\?|[^\s\w]", re.I)


def statement(sql):
    """Tokens that identify a statement: quotes and case do not count, 1=1 (in labels ?=?) is left out."""
    words = TOKEN.findall(re.sub(r'["`]', "", sql.lower()))
    words = ["?" if w.isdigit() else w for w in words]
    text = " ".join(words)
    text = text.replace("and ? = ?", "").replace("where ? = ?", "")
    return re.sub(r"\s+", " ", text).strip(" ;")


def findings_of(program, log):
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.json")
        done = subprocess.run(
            [program, "check", os.path.abspath(log), "--base", "none", "--output", "json=" + results],
            cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1, 3) or not os.path.exists(results):
            sys.exit(f"{program} ended with {done.returncode} on {log}:\n{done.stderr}")
        with open(results, encoding="utf-8") as file:
            return json.load(file).get("findings", [])


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
    found = {(RULES[f["rule"]], statement(f.get("evidence", {}).get("sql", ""))) for f in findings if f["rule"] in RULES}
    wrong = found - required - tolerated
    return found & required, wrong, required - found, {key for key in wrong if key[1] in legitimate}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--program", required=True)
    parser.add_argument("--log", default="app.pino.log", help="name of the log in each scenario")
    parser.add_argument("--min", type=float, default=0.95, help="least precision and recall of each rule")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    counts = {name: collections.Counter() for name in ("right", "wrong", "missed")}
    scenarios = traps = 0
    for name in sorted(os.listdir(options.folder)):
        folder = os.path.join(options.folder, name)
        log = os.path.join(folder, options.log)
        if not (os.path.exists(log) and os.path.exists(os.path.join(folder, "labels.json"))):
            continue
        scenarios += 1
        with open(os.path.join(folder, "labels.json"), encoding="utf-8") as file:
            labels = json.load(file)
        right, wrong, missed, trapped = score(labels, findings_of(os.path.abspath(options.program), log))
        traps += len(trapped)
        for kind, keys in (("right", right), ("wrong", wrong), ("missed", missed)):
            counts[kind].update(rule for rule, _ in keys)
            if options.verbose and kind != "right":
                for rule, sql in sorted(keys):
                    print(f"{kind:6} {name} {rule} {sql[:140]}")
    if scenarios == 0:
        sys.exit(f"no scenario in '{options.folder}' has a labels.json and a {options.log}")
    good = traps == 0
    print(f"{'rule':20}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for rule in RULES.values():
        right, wrong, missed = (counts[kind][rule] for kind in ("right", "wrong", "missed"))
        precision = right / (right + wrong) if right + wrong else 1.0
        recall = right / (right + missed) if right + missed else 1.0
        good = good and precision >= options.min and recall >= options.min
        print(f"{rule:20}{right:7}{wrong:7}{missed:8}{precision:11.3f}{recall:8.3f}")
    print(f"{scenarios} scenarios, {traps} legitimate repeats flagged")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
