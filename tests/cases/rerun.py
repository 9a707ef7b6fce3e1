#!/usr/bin/env python3
"""rerun.py BUDGETCHECK: the way from a suspicion to a decision, as docs/verdicts.md describes it: check says what to measure
again, compare makes the file of fresh runs from two sets of Lighthouse results, and check decides by it.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

BASE = [2010, 1985, 2060, 1940, 2030, 1995, 2002, 2041, 1978, 2017]
WORSE = [2130, 2180, 2122, 2155, 2120, 2144, 2169, 2137, 2151, 2128]
SUSPICIOUS = [2150, 2190, 2010, 2175, 2140]


def lighthouse(lcp):
    return {"lighthouseVersion": "12.8.2", "requestedUrl": "https://shop.example/", "gatherMode": "navigation",
            "environment": {"benchmarkIndex": 1760},
            "configSettings": {"formFactor": "mobile", "throttlingMethod": "simulate"},
            "audits": {"largest-contentful-paint": {"id": "largest-contentful-paint", "score": 0.9, "numericValue": lcp}},
            "categories": {}}


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)

        def results(name, runs):
            (root / name).mkdir()
            for i, run in enumerate(runs):
                (root / name / f"lhr-{i}.json").write_text(json.dumps(lighthouse(run)))

        def run(expected, *arguments):
            done = subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True, timeout=60)
            if done.returncode != expected:
                sys.exit(f"{' '.join(arguments)}: exit {done.returncode}, not {expected}\n{done.stdout}{done.stderr}")

        def code(file):
            verdict, = json.loads((root / file).read_text())["verdicts"]
            return verdict["code"]

        (root / "budgets.yml").write_text(
            "version: 1\nbudgets:\n  - { id: lcp, metric: lighthouse.lcp, where: { page: / }, max: 4 s }\n")
        results("main", BASE[:5])
        results("head", SUSPICIOUS)
        results("fresh-base", BASE)
        results("fresh-head", WORSE)
        run(0, "check", "main/*.json", "--base", "none", "--output", "json=main.json")
        run(3, "check", "head/*.json", "--base", "main.json", "--output", "json=first.json", "--output", "rerun=list.json")
        assert code("first.json") == "RERUN"
        wanted, = json.loads((root / "list.json").read_text())["reruns"]
        assert (wanted["metric"], wanted["runs"], len(wanted["order"])) == ("lighthouse.lcp", 10, 20), wanted
        for fresh, exit_code, expected in (("fresh-head", 1, "REGRESSED_CONFIRMED"), ("fresh-base", 0, "NOT_CONFIRMED")):
            run(0, "compare", "fresh-base/*.json", f"{fresh}/*.json", "--output", "json=rerun.json")
            run(exit_code, "check", "head/*.json", "--base", "main.json", "--rerun", "rerun.json", "--output",
                "json=second.json")
            assert code("second.json") == expected, code("second.json")
    print("suspicion, fresh runs, decision: as documented")


main()
