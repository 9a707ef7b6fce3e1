#!/usr/bin/env python3
"""Compares the sizes that `check` reports for bundlers' outputs with the tools' own numbers and with real browsers.

bundles.py PROGRAM CORPUS [--table]

CORPUS is a folder with stats/ (esbuild-small-meta.json, vite8-visualizer-raw-data.json, next16-turbo, next16-webpack),
dist/vite8-a, har/ and lighthouse/: real builds, and real page loads of them. Each number of ours is compared with one that
was got another way: what the tool wrote itself, the same closure walked here, the file on the disk, or what Chromium loaded.
--table prints them all as a Markdown table.
"""
import argparse
import gzip
import html.parser
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

rows = []


def check(what, ours, theirs, how):
    rows.append((what, ours, theirs, how))


def measure(program, path, root=None):
    """Samples of one input: {(metric, labels): value}, and its parts."""
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        spec = {"path": str(path)} if root is None else {"path": str(path), "root": str(root)}
        budgets = {"version": 1, "project": "accuracy", "inputs": [spec],
                   "budgets": [{"metric": "bundle.files", "max": 1000000}]}
        (work / "budgets.json").write_text(json.dumps(budgets))
        subprocess.run([program, "check", "--budgets", "budgets.json", "--base", "none", "--output", "json=out.json"],
                       cwd=work, capture_output=True, check=False)
        out = json.loads((work / "out.json").read_text())
    bad = [i for i in out["inputs"] if i["state"] != "read"]
    assert not bad, bad
    samples = {(s["metric"], tuple(sorted(s["where"].items()))): s["value"] for s in out["samples"]}
    return samples, out.get("parts", [])


def at(samples, metric="bundle.raw", **where):
    return samples.get((metric, tuple(sorted(where.items()))))


def esbuild(program, corpus):
    path = corpus / "stats/esbuild-small-meta.json"
    samples, parts = measure(program, path)
    outputs = json.loads(path.read_text())["outputs"]

    def closure(name, seen):
        if name not in seen:
            seen.add(name)
            for one in outputs[name]["imports"]:
                if one["kind"] == "import-statement" and one["path"] in outputs:
                    closure(one["path"], seen)
            if "cssBundle" in outputs[name]:
                seen.add(outputs[name]["cssBundle"])
        return seen

    for name, output in outputs.items():
        entry = output.get("entryPoint")
        if entry in ("src/small.jsx", "src/big-admin.js"):
            check(f"esbuild, entry {entry}", at(samples, entry=entry),
                  sum(outputs[one]["bytes"] for one in closure(name, set())), "sum of `bytes` over its imports")
    check("esbuild, all files", at(samples), sum(o["bytes"] for n, o in outputs.items() if not n.endswith(".map")),
          "sum of `bytes` without maps")
    largest = {}
    for output in outputs.values():
        for name, one in output["inputs"].items():
            largest[name] = max(largest.get(name, 0), one["bytesInOutput"])
    react = sum(size for name, size in largest.items() if name.startswith("node_modules/react-dom/"))
    ours = [p["size"] for p in parts if p["name"] == "react-dom" and p["kind"] == "bundled package" and not p["where"]]
    check("esbuild, package react-dom", ours[0] if ours else None, react, "sum of `bytesInOutput`")


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.files = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "script" and "src" in attrs:
            self.files.append(attrs["src"])
        if tag == "link" and attrs.get("rel") in ("stylesheet", "modulepreload"):
            self.files.append(attrs["href"])


def vite(program, corpus):
    dist = corpus / "dist/vite8-a"
    samples, _ = measure(program, dist / ".vite/manifest.json")
    links = Links()
    links.feed((dist / "index.html").read_text())
    check("Vite, entry index.html", at(samples, entry="index.html"),
          sum((dist / one.lstrip("/")).stat().st_size for one in links.files), "what index.html loads, on the disk")
    scripts = sum(one.stat().st_size for one in dist.rglob("*.js"))
    check("Vite, all scripts", at(samples, type="js"), scripts, "files on the disk")
    folder, _ = measure(program, dist)
    check("folder of files, scripts", at(folder, type="js"), scripts, "files on the disk")
    raw, parts = measure(program, corpus / "stats/vite8-visualizer-raw-data.json", dist)
    check("visualizer, entry index.html, scripts", at(raw, entry="index.html", type="js"),
          at(samples, entry="index.html", type="js"), "Vite's own manifest")
    data = json.loads((corpus / "stats/vite8-visualizer-raw-data.json").read_text())
    react = sum(data["nodeParts"][uid]["renderedLength"] for meta in data["nodeMetas"].values()
                if "/node_modules/react-dom/" in meta["id"] for uid in meta["moduleParts"].values())
    ours = [p["size"] for p in parts if p["name"] == "react-dom" and not p["where"]]
    check("visualizer, package react-dom", ours[0] if ours else None, react, "sum of `renderedLength`")


def turbopack(program, corpus):
    path = corpus / "stats/next16-turbo/diagnostics/route-bundle-stats.json"
    samples, _ = measure(program, path)
    stats = json.loads(path.read_text())
    for one in stats:
        check(f"turbopack, route {one['route']}", at(samples, route=one["route"], type="js"),
              one["firstLoadUncompressedJsBytes"], "`firstLoadUncompressedJsBytes`")
    chunks = {chunk for one in stats for chunk in one["firstLoadChunkPaths"]}
    sizes = sum((path.parents[1] / chunk.split("/", 1)[1]).stat().st_size for chunk in chunks)
    check("turbopack, all routes", at(samples, type="js"), sizes, "each chunk once, on the disk")


def webpack(program, corpus):
    build = corpus / "stats/next16-webpack"
    samples, _ = measure(program, build / "build-manifest.json")
    har = json.loads((corpus / "har/chromehar-next-dashboard.har").read_text())
    loaded = {e["request"]["url"].split("?")[0]: e["response"]["content"]["size"] for e in har["log"]["entries"]
              if "/_next/static/" in e["request"]["url"]}
    check("Next 16 with webpack, route /dashboard", at(samples, route="/dashboard"), sum(loaded.values()),
          "what Chromium loaded (HAR)")
    report = json.loads((corpus / "lighthouse/lh13-next-legacy-skipaudits.json").read_text())
    items = report["audits"].get("network-requests", {}).get("details", {}).get("items", [])
    seen = {i["url"]: i["resourceSize"] for i in items if "/_next/static/chunks/" in i["url"]}
    if seen:
        check("Next 16 with webpack, route /legacy, scripts", at(samples, route="/legacy", type="js"),
              sum(seen.values()), "what Chromium loaded (Lighthouse)")
    with gzip.open(build / "webpack-client-stats.json.gz") as file:
        entries = json.load(file)["entrypoints"]
    analyzer, _ = measure(program, build / "analyze/client.json")
    for name in ("main", "main-app", "app/dashboard/page", "pages/legacy"):
        check(f"webpack-bundle-analyzer, entry {name}", at(analyzer, entry=name, type="js"),
              sum(a["size"] for a in entries[name]["assets"] if a["name"].endswith(".js")),
              "webpack's `entrypoints` of the same build")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("corpus", type=pathlib.Path)
    arguments.add_argument("--table", action="store_true")
    options = arguments.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    with tempfile.TemporaryDirectory() as copy:  # of a corpus that may be read-only, under a path without links
        corpus = pathlib.Path(copy).resolve() / "corpus"
        shutil.copytree(options.corpus, corpus)
        for part in (esbuild, vite, turbopack, webpack):
            part(program, corpus)
    wrong = [row for row in rows if row[1] != row[2]]
    if options.table:
        print("| input | ours | theirs | how it was got |\n|---|---|---|---|")
        for what, ours, theirs, how in rows:
            print(f"| {what} | {ours} | {theirs} | {how} |")
    for what, ours, theirs, how in wrong:
        print(f"WRONG {what}: {ours}, and {theirs} by {how}", file=sys.stderr)
    print(f"bundles: {len(rows) - len(wrong)} of {len(rows)} numbers are equal")
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
