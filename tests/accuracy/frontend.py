#!/usr/bin/env python3
"""Every file of a corpus of real front-end files: what `check` reports of it, compared with another way to know it.

frontend.py PROGRAM CORPUS [--table] [--write docs/accuracy.md]

CORPUS has lighthouse/, stats/, dist/, har/ and api/. Each file is checked by one of the functions below (its numbers against
those of the tool that wrote it, the disk, Python's zlib, node's brotli, or a walk through the document that shares nothing
with the program), or is in NO_INPUT with the reason, or is a capture, which payloads.py checks. A file that is in none of them
is an error. --table prints what was checked and how, as Markdown; --write puts it into a page.
"""
import argparse
import collections
import itertools
import fnmatch
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zlib

import bundles

os.environ["BUDGETCHECK_CACHE_DIR"] = "none"  # what is compared was computed in this run
NEXT_OTHER = "of the framework's server and build; nothing that a browser loads"
NO_INPUT = {
    "stats/*/package.json": NEXT_OTHER, "stats/*/export-marker.json": NEXT_OTHER, "stats/*/images-manifest.json": NEXT_OTHER,
    "stats/*/*.nft.json": NEXT_OTHER, "stats/*/prerender-manifest.json": NEXT_OTHER,
    "stats/*/required-server-files.json": NEXT_OTHER, "stats/*/routes-manifest.json": NEXT_OTHER,
    "stats/*/app-path-routes-manifest.json": NEXT_OTHER, "stats/*/react-loadable-manifest.json": NEXT_OTHER,
    "stats/*/dynamic-css-manifest.json": NEXT_OTHER, "stats/*/diagnostics/build-diagnostics.json": NEXT_OTHER,
    "stats/*/diagnostics/framework.json": NEXT_OTHER, "stats/*/fallback-build-manifest.json": NEXT_OTHER,
    "stats/next16-turbo/server/*": NEXT_OTHER,
    "stats/next16-webpack/server/*": "read beside build-manifest.json, whose routes are checked",
    "stats/next16-turbo-analyze/metadata.json": "of the analyzer's own page",
    "stats/next16-webpack/analyze/edge.json": "the report of a build without a file: []",
    "stats/*/build-output.txt": "what the terminal showed",
    "*.map": "a source map: not counted, which the sums show", "*.LICENSE.txt": "a licence: not counted, which the sums show",
    "*.LICENSE.txt.br": "a licence", "*.LICENSE.txt.gz": "a licence", "*.map.br": "of a source map", "*.map.gz": "of a source map",
    "dist/vite8-a/.vite/license.md": "in a folder of the bundler's own",
}
PAYLOADS = ["har/*.har", "api/*"]  # payloads.py
SHORT = {"largest-contentful-paint": "lcp", "first-contentful-paint": "fcp", "total-blocking-time": "tbt",
         "cumulative-layout-shift": "cls", "speed-index": "si", "interactive": "tti", "interaction-to-next-paint": "inp",
         "server-response-time": "ttfb"}


class Checks:
    def __init__(self, program, corpus):
        self.program, self.corpus = program, corpus
        self.rows = []  # (file, how many numbers, against what)
        self.wrong = []
        self.covered = set()

    def cover(self, *patterns):
        files = {p.relative_to(self.corpus).as_posix() for p in self.corpus.rglob("*") if p.is_file()}
        for pattern in patterns:
            found = {file for file in files if fnmatch.fnmatchcase(file, pattern)}
            if not found:
                self.wrong.append(f"no file is named {pattern}")
            self.covered |= found

    def run(self, path, root=None):
        with tempfile.TemporaryDirectory() as work:
            work = pathlib.Path(work).resolve()
            spec = {"path": str(path)} if root is None else {"path": str(path), "root": str(root)}
            (work / "budgets.json").write_text(json.dumps({"version": 1, "project": "accuracy", "inputs": [spec],
                                                           "budgets": []}))
            done = subprocess.run([self.program, "check", "--budgets", "budgets.json", "--base", "none", "--output",
                                   "json=out.json"], cwd=work, capture_output=True, check=False, timeout=120)
            return json.loads((work / "out.json").read_text()), done.returncode

    def samples(self, path, root=None):
        out, _ = self.run(path, root)
        for one in out["inputs"]:
            if one["state"] != "read":
                self.wrong.append(f"{path}: {one}")
        return {(s["metric"], tuple(sorted(s["where"].items()))): s.get("value", s.get("runs")) for s in out["samples"]}

    def equal(self, file, pairs, how, slack=0.0, room=0.0):
        """`pairs`: {what: (ours, theirs)}."""
        if not pairs:
            self.wrong.append(f"{file}: nothing was compared")
        for what, (ours, theirs) in pairs.items():
            ours = ours[0] if isinstance(ours, list) and len(ours) == 1 else ours
            same = ours is not None and theirs is not None and abs(ours - theirs) <= max(1e-9 * abs(theirs), slack * theirs, room)
            if not same:
                self.wrong.append(f"{file}: {what}: {ours}, and {theirs} by: {how}")
        self.rows.append((file, len(pairs), how))
        self.cover(*([file] if "*" not in file else []))


def brotli_sizes(paths):
    """By the brotli program, to the byte; {} without one. Node's brotli makes up to one byte less of a file."""
    if not shutil.which("brotli"):
        return {}
    return {path: len(subprocess.run(["brotli", "--quality=11", "--stdout", path], capture_output=True, check=True).stdout)
            for path in paths}


def gzip_size(path):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return len(packer.compress(path.read_bytes())) + len(packer.flush())


def family_of(label):
    """Of files that only their hashes tell apart each has a label of its own: "chunk-[hash].js", "chunk-[hash:2].js"."""
    return re.sub(r"\[hash:[^\]]*\]", "[hash]", label)


def label_of(name, labels):
    """Which label with "[hash]" is the file's, but for what tells it from its family: the one with the most literal text."""
    fitting = [one for one in map(family_of, labels)
               if re.fullmatch(re.escape(one).replace(r"\[hash\]", "[0-9A-Za-z_-]+"), name)]
    return max(fitting, key=lambda one: len(one.replace("[hash]", "")), default=None)


def by_size(samples, metric, family, sizes):
    """The values of a family's labels beside the sizes of its files, the biggest first; None for what is not there."""
    ours = sorted((v for (m, where), v in samples.items()
                   if m == metric and family_of(dict(where).get("asset", "")) == family), reverse=True)
    theirs = sorted(sizes, reverse=True)
    return {f"{metric} of {family}, no. {i + 1}": pair for i, pair in enumerate(itertools.zip_longest(ours, theirs))}


SIDE = (".map", ".license.txt", ".gz", ".br")


def folder(checks, folder_name):
    """Every file of a folder, by the disk, zlib and brotli."""
    root = checks.corpus / folder_name
    files = [p for p in root.rglob("*") if p.is_file() and not p.name.lower().endswith(SIDE)
             and not any(part.startswith(".") for part in p.relative_to(root).parts)]
    samples = checks.samples(root)
    labels = {dict(where)["asset"] for (metric, where) in samples if metric == "bundle.raw" and "asset" in dict(where)}
    by_label = collections.defaultdict(list)
    for path in files:
        by_label[label_of(path.relative_to(root).as_posix(), labels)].append(path)
    brotli = brotli_sizes(files)
    pairs = {}
    for label, paths in by_label.items():
        for metric, sizes in (("bundle.raw", [p.stat().st_size for p in paths]), ("bundle.gzip", [gzip_size(p) for p in paths]),
                              ("bundle.brotli", [brotli[p] for p in paths] if brotli else None)):
            if sizes is not None:
                pairs.update(by_size(samples, metric, label, sizes))
    pairs["bundle.raw of all"] = (bundles.at(samples), sum(p.stat().st_size for p in files))
    pairs["bundle.files of all"] = (bundles.at(samples, "bundle.files"), len(files))
    checks.equal(f"{folder_name}/*", pairs, "the disk, Python's zlib -9" + (", the brotli program" if brotli else ""))
    for path in files:
        checks.covered.add(path.relative_to(checks.corpus).as_posix())
    return samples, files, root


def dist(checks):
    folder(checks, "dist/vite8-a")
    samples, files, root = folder(checks, "dist/webpack-small-precompressed")
    labels = {dict(where).get("asset") for (_, where) in samples}
    exact, near = {}, {}
    for path in files:
        where = {"asset": label_of(path.relative_to(root).as_posix(), labels - {None}), "type": path.suffix[1:]}
        for suffix, metric, into in ((".br", "bundle.brotli", exact), (".gz", "bundle.gzip", near)):
            packed = path.with_name(path.name + suffix)
            if packed.exists():
                into[packed.name] = (bundles.at(samples, metric, **where), packed.stat().st_size)
                checks.covered.add(packed.relative_to(checks.corpus).as_posix())
    checks.equal("dist/webpack-small-precompressed/*.br", exact, "what compression-webpack-plugin wrote with node's brotli, "
                 "within 1 byte", room=1)
    checks.equal("dist/webpack-small-precompressed/*.gz", near, "what compression-webpack-plugin wrote with node's zlib, "
                 "within 1.5 %", slack=0.015)
    folder(checks, "stats/next16-turbo/static")
    folder(checks, "stats/next16-webpack/static")


def webpack_stats(checks):
    for name in ("webpack-small-default", "webpack-small-verbose", "webpack-small-compressed", "rspack-small-tojson"):
        path = checks.corpus / f"stats/{name}.json"
        samples = checks.samples(path)
        stats = json.loads(path.read_text())
        pairs = {}
        for entry, one in stats["entrypoints"].items():
            pairs[f"entry {entry}"] = (bundles.at(samples, entry=entry), one["assetsSize"])
            for kind in ("js", "css"):
                sizes = [a["size"] for a in one["assets"] if a["name"].endswith("." + kind)]
                if sizes:
                    pairs[f"entry {entry}, {kind}"] = (bundles.at(samples, entry=entry, type=kind), sum(sizes))
        shown = [a for a in stats["assets"] if not (a.get("info") or {}).get("development")
                 and not a["name"].lower().endswith(SIDE)]
        pairs["all"] = (bundles.at(samples), sum(a["size"] for a in shown))
        pairs["files"] = (bundles.at(samples, "bundle.files"), len(shown))
        labels = {dict(where)["asset"] for (_, where) in samples if "asset" in dict(where)}
        by_label = collections.defaultdict(list)
        for asset in shown:
            by_label[label_of(asset["name"], labels)].append(asset["size"])
        for label, sizes in by_label.items():
            pairs.update(by_size(samples, "bundle.raw", label, sizes))
        checks.equal(f"stats/{name}.json", pairs, "`assetsSize` of its entry points, `size` of its assets")
    path = checks.corpus / "stats/webpack-small-compressed.json"
    root = checks.corpus / "dist/webpack-small-precompressed"
    samples = checks.samples(path, root)
    stats = json.loads(path.read_text())
    pairs = {f"entry {name}": (bundles.at(samples, "bundle.gzip", entry=name), sum(gzip_size(root / a["name"])
                                                                                  for a in one["assets"]))
             for name, one in stats["entrypoints"].items()}
    checks.equal("stats/webpack-small-compressed.json", pairs, "Python's zlib -9 over the entry's files on the disk")


def unusable(checks):
    """Files that hold no numbers: no sample, a reason, and exit code 3 (of a failed build 1)."""
    wanted = {
        "stats/webpack-small-minimal.json": "the 'stats' option left them out",
        "stats/webpack-small-errors-only.json": "the 'stats' option left them out",
        "stats/rspack-small-cli-json.json": "the 'stats' option left them out",
        "stats/webpack-build-with-errors.json": "the build failed with 4 errors",
        "stats/vite8-visualizer-list.yml": "a list of rollup-plugin-visualizer",
        "stats/next16-turbo-analyze/route-summaries.json": "the route summaries of Next.js's bundle analyzer",
        "stats/next16-turbo-analyze/dashboard/analyze.data": "data of Next.js's bundle analyzer",
        "stats/next16-turbo/build-manifest.json": "turbopack does not list the App Router's routes here",
        "lighthouse/lh13-unreachable-runtimeError.json": "CHROME_INTERSTITIAL_ERROR",
    }
    for file, reason in wanted.items():
        out, code = checks.run(checks.corpus / file)
        text = " ".join(f"{i['message']} {i.get('hint', '')}" for i in out["inputs"])
        has_numbers = out["samples"] and file != "stats/next16-turbo/build-manifest.json"  # of the old router's pages
        if has_numbers or reason not in text or code not in (1, 2, 3):
            checks.wrong.append(f"{file}: exit {code}, {len(out['samples'])} samples, '{text}', not '{reason}'")
        checks.rows.append((file, 0, f"no number in it; reported:  {reason}"))
        checks.cover(file)


def builds(checks):
    """The rows of bundles.py."""
    for part in (bundles.esbuild, bundles.vite, bundles.turbopack, bundles.webpack):
        part(checks.program, checks.corpus)
    of = {"esbuild": "stats/esbuild-small-meta.json", "Vite": "dist/vite8-a/.vite/manifest.json",
          "folder": "dist/vite8-a/.vite/manifest.json", "visualizer": "stats/vite8-visualizer-raw-data.json",
          "turbopack": "stats/next16-turbo/diagnostics/route-bundle-stats.json",
          "Next 16": "stats/next16-webpack/build-manifest.json", "webpack-bundle-analyzer": "stats/next16-webpack/analyze/client.json"}
    grouped = collections.defaultdict(dict)
    for what, ours, theirs, how in bundles.rows:
        grouped[(of[next(key for key in of if what.startswith(key))], how)][what] = (ours, theirs)
    for (file, how), pairs in grouped.items():
        checks.equal(file, pairs, how)
    path = checks.corpus / "stats/esbuild-small-meta.json"
    samples = checks.samples(path)
    labels = {dict(where)["asset"] for (_, where) in samples if "asset" in dict(where)}
    by_label = collections.defaultdict(list)
    for name, one in json.loads(path.read_text())["outputs"].items():
        if not name.endswith(".map"):
            by_label[label_of(name, labels) or name].append(one["bytes"])
    pairs = {}
    for label, sizes in by_label.items():
        pairs.update(by_size(samples, "bundle.raw", label, sizes))
    checks.equal("stats/esbuild-small-meta.json", pairs, "`bytes` of each output")
    root = checks.corpus / "dist/vite8-a"
    alone, beside = checks.samples(checks.corpus / "stats/vite8-manifest.json", root), checks.samples(root / ".vite/manifest.json")
    checks.equal("stats/vite8-manifest.json", {str(key): (alone.get(key), value) for key, value in beside.items()},
                 "the same manifest in its build, whose numbers are checked")
    # The report of the server's build: sums of its own sizes.
    path = checks.corpus / "stats/next16-webpack/analyze/nodejs.json"
    samples = checks.samples(path)
    report = [one for one in json.loads(path.read_text()) if one["label"].endswith(".js")]
    checks.equal("stats/next16-webpack/analyze/nodejs.json",
                 {"scripts": (bundles.at(samples, type="js"), sum(one["parsedSize"] for one in report))}, "sum of `parsedSize`")
    # webpack's own stats of the browser's build, against the disk.
    packed = checks.corpus / "stats/next16-webpack/webpack-client-stats.json.gz"
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work).resolve() / "client-stats.json"
        path.write_bytes(gzip.decompress(packed.read_bytes()))
        samples = checks.samples(path)
        stats = json.loads(path.read_text())
    disk = checks.corpus / "stats/next16-webpack"
    checks.equal("stats/next16-webpack/webpack-client-stats.json.gz",
                 {name: (bundles.at(samples, entry=name, type="js"),
                         sum((disk / a["name"]).stat().st_size for a in one["assets"] if a["name"].endswith(".js")))
                  for name, one in stats["entrypoints"].items()
                  if all((disk / a["name"]).exists() for a in one["assets"]) and any(a["name"].endswith(".js")
                                                                                   for a in one["assets"])},
                 "unpacked; the files of each entry point on the disk")


def lighthouse_numbers(lhr):
    """{metric: number} of one result, by a walk of its own."""
    numbers = {}
    for name, audit in lhr["audits"].items():
        value = audit.get("numericValue")
        if isinstance(value, (int, float)) and audit.get("scoreDisplayMode") not in ("error", "notApplicable", "manual"):
            numbers["lighthouse." + SHORT.get(name, name)] = value
    for row in lhr["audits"].get("resource-summary", {}).get("details", {}).get("items", []):
        numbers[f"lighthouse.resource.{row['resourceType']}.bytes"] = row["transferSize"]
        numbers[f"lighthouse.resource.{row['resourceType']}.requests"] = row["requestCount"]
    for row in lhr["audits"].get("user-timings", {}).get("details", {}).get("items", []):
        numbers[f"lighthouse.user-timing.{row['name']}"] = row.get("duration") or row["startTime"]
    for name, category in lhr.get("categories", {}).items():
        if lhr["configSettings"].get("onlyAudits"):
            continue  # a score of some of its audits only is none, which the program says
        if category.get("score") is not None and any(ref.get("weight", 0) > 0 for ref in category.get("auditRefs", [])):
            numbers[f"lighthouse.score.{name}"] = category["score"] * 100
    return numbers


def lighthouse(checks):
    how = "`numericValue` of its audits, scores x 100, `resource-summary`, walked in Python"
    for path in sorted((checks.corpus / "lighthouse").glob("*.json")):
        file = path.relative_to(checks.corpus).as_posix()
        if file in checks.covered:
            continue
        samples = checks.samples(path)
        document = json.loads(path.read_text())
        pairs, wheres = {}, set()
        for step in document.get("steps") or [{"lhr": document, "name": None}]:
            lhr = step["lhr"]
            ours = {m: v for (m, w), v in samples.items() if step["name"] is None or dict(w).get("step") == step["name"]}
            for metric, number in lighthouse_numbers(lhr).items():
                pairs[f"{step['name'] or ''} {metric}"] = (ours.get(metric), number)
            device = {dict(w).get("device") for (_, w) in samples}
            wheres |= device
            if lhr["configSettings"]["formFactor"] not in device:
                checks.wrong.append(f"{file}: its form factor is none of {device}")
        checks.equal(file, pairs, how)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("corpus", type=pathlib.Path)
    arguments.add_argument("--table", action="store_true")
    arguments.add_argument("--write", type=pathlib.Path, help="the page that has the table between its marks")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as copy:  # of a corpus that may be read-only, under a path without links
        corpus = pathlib.Path(copy).resolve() / "corpus"
        shutil.copytree(options.corpus, corpus)
        for path in corpus.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        checks = Checks(str(pathlib.Path(options.program).resolve()), corpus)
        for part in (dist, webpack_stats, unusable, builds, lighthouse):
            part(checks)
        checks.cover(*PAYLOADS)
        checks.cover(*NO_INPUT)
        for path in sorted(p for p in corpus.rglob("*") if p.is_file()):
            if path.relative_to(corpus).as_posix() not in checks.covered:
                checks.wrong.append(f"{path.relative_to(corpus)}: nothing checks it, and nothing says why")
    table = ["| file | numbers | against |", "|---|---|---|"]
    table += [f"| `{file}` | {count or ''} | {how} |" for file, count, how in checks.rows]
    reasons = collections.defaultdict(list)
    for pattern, why in NO_INPUT.items():
        reasons[why].append(f"`{pattern}`")
    table += [f"| {', '.join(f'`{pattern}`' for pattern in PAYLOADS)} | | `tests/accuracy/payloads.py` |"]
    table += [f"| {', '.join(patterns)} | | not an input: {why} |" for why, patterns in reasons.items()]
    if options.table:
        print("\n".join(table))
    if options.write and not checks.wrong:
        begin, end = "<!-- frontend:begin -->", "<!-- frontend:end -->"
        before, rest = options.write.read_text().split(begin, 1)
        options.write.write_text(before + begin + "\n" + "\n".join(table) + "\n" + end + rest.split(end, 1)[1])
    for line in checks.wrong:
        print(f"WRONG {line}", file=sys.stderr)
    total = sum(count for _, count, _ in checks.rows)
    print(f"frontend: {len(checks.covered)} files, {total} numbers, {len(checks.wrong)} wrong")
    return 1 if checks.wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
