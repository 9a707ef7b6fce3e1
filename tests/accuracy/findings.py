#!/usr/bin/env python3
"""Precision and recall of the query rules over a folder of labelled scenarios.

findings.py PROGRAM FOLDER [LOG_NAME] [--out FILE] [--sizes | --no-sizes] [--verbose]

Each folder below FOLDER that holds labels.json is a scenario; its logs are recognised by their names (FORMS below). The program
checks each log on its own, with the scenario's schema.prisma and, unless --no-sizes, with the sizes of its tables, and
its findings are compared with labels.json, statement by statement. labels.json has
  patterns: [{rule: n_plus_one | n_plus_one_write | duplicate | legit_repeat, fingerprint, required, count}]
  scans:    [{rule: full_scan | unbounded_read | none, fingerprint, required, optional}]
  tables:   {name: rows}
Labels without scans say nothing of them, and findings of scans are then not judged. A pattern may name its model, which
the finding must name too. What is optional counts neither way. A finding on a legit_repeat is a false alarm, as is one that
nothing explains; a note on a repeat is neither right nor wrong there.
Every form must reach what FORMS asks of it. --out takes every finding as JSON, for another scorer.

Exit code 1: a form is below what it must reach, a legitimate repeat was flagged, or a log could not be judged.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

# Of logs with requests and without parameters: repeated-query for any loop or duplicate that is long enough.
UNTOLD, LONG_ENOUGH = "app.no-params.log", 5
RULES = {"repeated-query": "repeated", "n-plus-one": "n_plus_one", "n-plus-one-write": "n_plus_one_write", "duplicate-query": "duplicate",
         "full-scan": "full_scan", "unbounded-read": "unbounded_read"}
PATTERNS = ("repeated", "n_plus_one", "n_plus_one_write", "duplicate")
SCANS = ("full_scan", "unbounded_read")
GOOD, SOME, MOST = 0.97, 0.9, 0.8
# Log name: least (precision, recall) of patterns and of scans. None: the form does not contain it, so nothing is asked.
FORMS = {
    "app.pino.log": ((GOOD, GOOD), (GOOD, GOOD)),
    "app.winston.log": ((GOOD, GOOD), (GOOD, GOOD)),
    UNTOLD: ((SOME, GOOD), (GOOD, GOOD)),
    "queries.ndjson": ((GOOD, MOST), (GOOD, GOOD)),  # no request ids: duplicates cannot be told
    "console.log": ((SOME, 0), (GOOD, GOOD)),  # neither ids nor parameters
    "traces.otlp.ndjson": ((SOME, 0), (GOOD, GOOD)),  # no parameters
    "mariadb-slow.log": ((SOME, 0), (GOOD, GOOD)),
    "postgresql.auto_explain.log": ((SOME, 0), (GOOD, GOOD)),
    "pg_stat_statements.csv": (None, (GOOD, GOOD)),
    "pg_stat_statements.json": (None, (GOOD, GOOD)),
}
TOKEN = re.compile(r"'%'|[a-z_$@][\w$]*|\d+|\?|[^\s\w]", re.I)


def statement(sql):
    """Tokens that identify a statement: quotes and case do not count, 1=1 (in labels ?=?) is left out."""
    sql = re.sub(r"'(?:[^']|'')*'", lambda m: m.group(0) if m.group(0) == "'%'" else "?", sql.lower())
    words = TOKEN.findall(re.sub(r'["`]', "", sql))
    text = " ".join("?" if word.isdigit() else word for word in words)
    for always in ("and ? = ?", "where ? = ?", "and 1 = 1", "where 1 = 1"):
        text = text.replace(always, "")
    return re.sub(r"\s+", " ", text).strip(" ;")


def findings_of(program, log, sizes):
    with tempfile.TemporaryDirectory() as work:
        results = pathlib.Path(work) / "results.json"
        command = [program, "check", str(log), "--base", "none", "--output", f"json={results}"]
        schema = log.parent / "schema.prisma"
        if schema.exists():
            command += ["--schema", str(schema)]
        if sizes:
            rows = pathlib.Path(work) / "rows.csv"
            rows.write_text("table,rows\n" + "".join(f"{name},{count}\n" for name, count in sizes.items()))
            command += ["--table-rows", str(rows)]
        ran = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=120, check=False)
        if ran.returncode not in (0, 1):
            raise SystemExit(f"{log}: exit {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return json.loads(results.read_text())["findings"]


def truths(labels, untold):
    """(required, tolerated) as sets of (rule, statement), and the statements that repeat for a reason."""
    required, tolerated, legitimate = set(), set(), set()
    for pattern in labels.get("patterns", []):
        key = (pattern["rule"], statement(pattern["fingerprint"]))
        if pattern["rule"] == "legit_repeat":
            legitimate.add(key[1])
            continue
        tolerated.add(("repeated", key[1]))
        if untold:
            if pattern["required"] and pattern.get("count", 0) >= LONG_ENOUGH:
                required.add(("repeated", key[1]))
            continue
        (required if pattern["required"] else tolerated).add(key)
        if pattern["rule"].startswith("n_plus_one"):  # equal keys inside a loop, and reads beside writes
            tolerated |= {(rule, key[1]) for rule in PATTERNS}
    for scan in labels.get("scans", []):
        text = statement(scan["fingerprint"])
        if scan["required"]:
            required.add((scan["rule"], text))
        if scan["required"] or scan["optional"]:
            tolerated |= {(rule, text) for rule in SCANS}
    return required, tolerated, legitimate


def as_record(finding, log):
    evidence = finding["evidence"]
    return {"rule": finding["rule"], "file": f"{log.parent.name}/{log.name}", "sql": evidence.get("sql", ""),
            "group": evidence.get("scope", ""), "count": evidence.get("count", 0)}


def ratio(part, rest):
    return part / (part + rest) if part + rest else None


def shown(share):
    return "-" if share is None else f"{share:.3f}"


class Form:
    """What one form of log gave, over all scenarios."""

    def __init__(self, name):
        self.name = name
        self.counts = {kind: collections.Counter() for kind in ("right", "wrong", "missed")}
        self.logs = self.traps = self.findings = self.misnamed = 0

    def take(self, log, labels, findings, verbose):
        models = {(p["rule"], statement(p["fingerprint"])): p["model"] for p in labels.get("patterns", []) if "model" in p}
        for finding in findings:
            key = (RULES.get(finding["rule"]), statement(finding["evidence"].get("sql", "")))
            named = finding.get("fix", {}).get("model", "")
            if key in models and named and named != models[key]:
                self.misnamed += 1
                print(f"    misnamed {log.parent.name}/{log.name} {key[0]}: {named} instead of {models[key]}")
        required, tolerated, legitimate = truths(labels, self.name == UNTOLD)
        judged = PATTERNS + (SCANS if "scans" in labels else ())
        found = {(RULES[f["rule"]], statement(f["evidence"].get("sql", "")))
                 for f in findings if RULES.get(f["rule"]) in judged}
        if self.name == UNTOLD:  # a statement with literals shows its values even there
            found = {("repeated" if rule in PATTERNS else rule, text) for rule, text in found}
        # A note asks nobody to act: it is as good as silence where nothing is to be found.
        loud = {statement(f["evidence"].get("sql", "")) for f in findings if f["level"] != "note"}
        wrong = {(rule, text) for rule, text in found - required - tolerated if rule not in PATTERNS or text in loud}
        self.logs += 1
        self.findings += len(findings)
        if self.name != UNTOLD:  # there a walk through the pages of one parent looks like a loop
            self.traps += sum(1 for rule, text in wrong if text in legitimate and rule in PATTERNS)
        for kind, keys in (("right", found & required), ("wrong", wrong), ("missed", required - found)):
            self.counts[kind].update(rule for rule, _ in keys)
            if verbose and kind != "right":
                for rule, text in sorted(keys):
                    print(f"    {kind:6} {log.parent.name}/{log.name} {rule} {text[:150]}")

    def judge(self):
        """Prints a row for each rule; true when all that is asked is reached."""
        patterns, scans = FORMS.get(self.name, ((GOOD, GOOD), (GOOD, GOOD)))
        good = self.traps == 0 and self.misnamed == 0
        for rule in RULES.values():
            asked = patterns if rule in PATTERNS else scans
            if rule == "duplicate" and self.name == "queries.ndjson":
                asked = (GOOD, 0)
            right, wrong, missed = (self.counts[kind][rule] for kind in ("right", "wrong", "missed"))
            precision, recall = ratio(right, wrong), ratio(right, missed)
            kept = asked is None or all(share is None or share >= least
                                        for share, least in zip((precision, recall), asked))
            good = good and kept
            if right + wrong + missed:
                print(f"{self.name:28}{rule:18}{right:6}{wrong:6}{missed:7}{shown(precision):>11}{shown(recall):>8}"
                      f"{'' if kept else '  below ' + '/'.join(map(str, asked))}")
        if self.traps:
            print(f"{self.name}: {self.traps} legitimate repeats flagged")
        return good


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("folder")
    parser.add_argument("log", nargs="?", help="only logs of this name")
    parser.add_argument("--out", help="file for the findings")
    parser.add_argument("--sizes", action=argparse.BooleanOptionalAction, default=True,
                        help="give the tables' sizes (the default), or not")
    parser.add_argument("--verbose", action="store_true", help="name what is wrong and what was missed")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    forms, records = {}, []
    for path in sorted(pathlib.Path(options.folder).resolve().glob("*/labels.json")):
        labels = json.loads(path.read_text())
        for name in [options.log] if options.log else FORMS:
            log = path.parent / name
            if not log.exists():
                continue
            findings = findings_of(program, log, labels.get("tables") if options.sizes else None)
            records += [as_record(finding, log) for finding in findings]
            forms.setdefault(name, Form(name)).take(log, labels, findings, options.verbose)
    if not forms:
        raise SystemExit(f"no scenario in '{options.folder}' has a labels.json and a log")
    print(f"{'log':28}{'rule':18}{'right':>6}{'wrong':>6}{'missed':>7}{'precision':>11}{'recall':>8}")
    good = all([form.judge() for form in forms.values()])
    print(f"{sum(form.logs for form in forms.values())} logs, {len(records)} findings, "
          f"{sum(form.traps for form in forms.values())} legitimate repeats flagged")
    if options.out:
        pathlib.Path(options.out).write_text(json.dumps({"findings": records}, indent=1) + "\n")
    something = any(form.counts["right"] or form.counts["missed"] for form in forms.values())
    return 0 if good and something else 1


if __name__ == "__main__":
    sys.exit(main())
