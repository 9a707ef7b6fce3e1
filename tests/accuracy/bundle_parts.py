#!/usr/bin/env python3
"""Compares the packages and modules that `check` and `compare` report with another way of counting them.

bundle_parts.py PROGRAM BASE HEAD [--expected FILE]

BASE and HEAD are stats of webpack or rspack. The other way loads the whole document and walks it, module by module, where
the program streams; nothing is shared but what is to be counted. Each side's parts must be equal by entry, kind and name,
and so must the differences that `compare` reports, no more and no less. With --expected, these must also be those of a
list that was made by hand (with importers).
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

GENERATED = "(written by the bundler)"


def clean(name):
    """The file of a module's name."""
    name = name.split("!")[-1]
    name = re.sub(r" \+ \d+ modules$", "", name).split("?")[0]
    name = re.sub(r"^(css|asset|javascript) ", "", name)
    return re.sub(r"^\./", "", name)


def package_of(path):
    segments = path.replace("\\", "/").split("/")
    if "node_modules" not in segments:
        return None
    rest = segments[len(segments) - segments[::-1].index("node_modules"):]
    length = 2 if rest and rest[0].startswith("@") else 1
    return "/".join(rest[:length]) if len(rest) > length and not rest[0].startswith(".") else None


def part_of(module):
    name = module["name"]
    if re.match(r"^(webpack|rspack)/runtime|^external |^multi ", name):
        return "module", GENERATED
    package = package_of(clean(name))
    if package is None and " sync " in name:
        package = package_of((module.get("nameForCondition") or "") + "/x")
    if package is not None:
        return "package", package
    return ("module", GENERATED) if " sync " in name else ("module", clean(name))


def leaves(stats):
    """Modules that are in a chunk, with their chunks; those that were joined in place of what they are joined into."""
    def walk(modules, chunk):
        for module in modules:
            if module.get("type", "module") != "module":
                yield from walk(module.get("children") or [], chunk)
                continue
            chunks = module.get("chunks") or ([chunk] if chunk is not None and "chunks" not in module else [])
            if chunks and not module.get("orphan"):
                for leaf in module.get("modules") or [module]:
                    yield leaf, chunks

    yield from walk(stats.get("modules") or [], None)
    for chunk in stats.get("chunks") or []:
        yield from walk(chunk.get("modules") or [], chunk["id"])


def count(stats):
    seen = {}
    for module, chunks in leaves(stats):
        seen.setdefault(module.get("identifier") or module["name"], (module, set()))[1].update(chunks)
    entries = {"": None}
    entries.update({name: set(entry["chunks"]) for name, entry in stats["entrypoints"].items()})
    counted = {}
    for entry, wanted in entries.items():
        sizes = collections.Counter()
        for module, chunks in seen.values():
            if wanted is None or chunks & wanted:
                sizes[part_of(module)] += module["size"]
        counted.update({(entry, *part): size for part, size in sizes.items() if size})
    return counted


def run(program, arguments):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out.json"
        done = subprocess.run([program, *arguments, "--output", f"json={out}"], cwd=folder, capture_output=True, text=True)
        if not out.exists() or done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return json.loads(out.read_text())


def differ(what, expected, found):
    keys = [key for key in sorted({*expected, *found}) if expected.get(key) != found.get(key)]
    for key in keys:
        print(f"{what} {key}: expected {expected.get(key)}, found {found.get(key)}")
    return len(keys)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("base", type=pathlib.Path)
    parser.add_argument("head", type=pathlib.Path)
    parser.add_argument("--expected", type=pathlib.Path)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    counted, wrong = [], 0
    for path in (options.base.resolve(), options.head.resolve()):
        counted.append(count(json.loads(path.read_text())))
        parts = run(program, ["check", str(path)]).get("parts", [])
        found = {(part["where"].get("entry", ""), part["kind"], part["name"]): part["size"] for part in parts}
        wrong += differ(path.name, counted[-1], found)
    base, head = counted
    expected = {key: (base.get(key, 0), head.get(key, 0)) for key in {*base, *head} if base.get(key) != head.get(key)}
    compared = run(program, ["compare", str(options.base.resolve()), str(options.head.resolve())])
    told = [(change["where"].get("entry", ""), cause) for change in compared["part_changes"] for cause in change["causes"]]
    found = {(entry, c["kind"], c["name"]): (c["base"], c["now"]) for entry, c in told}
    wrong += differ("compare", expected, found)
    if options.expected:
        by_hand = {tuple(row[:3]): tuple(row[3:]) for row in json.loads(options.expected.read_text())["differences"]}
        with_importers = {(entry, c["kind"], c["name"]): (c["base"], c["now"], c.get("importer", "")) for entry, c in told}
        wrong += differ("by hand", by_hand, with_importers)
    print(f"{len(base)} and {len(head)} parts, {len(expected)} differences, {wrong} wrong")
    return 1 if wrong or not base or not head else 0


if __name__ == "__main__":
    sys.exit(main())
