#!/usr/bin/env python3
"""Composes schemas/budgets.v1.json from the schemas of the sections, in the order of the rows in sections.cpp.

compose.py           writes it
compose.py --check   says whether it is up to date (exit 1: it is not)
"""

import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PUBLISHED = HERE.parents[2] / "schemas" / "budgets.v1.json"
WIDTH = 120


def read(name):
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def keys():
    """The keys of the table's rows."""
    return re.findall(r'^ +\{"([a-z_]+)", k[A-Z]', (HERE / "sections.cpp").read_text(encoding="utf-8"), re.MULTILINE)


def text(value, indent=0, before=0):
    """JSON with one line for what fits into it, `before` being what stands in front of it there."""
    line = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if not isinstance(value, (dict, list)) or not value or indent + before + len(line) <= WIDTH:
        return line
    inner = " " * (indent + 2)
    if isinstance(value, list):
        parts = [text(one, indent + 2) for one in value]
    else:
        names = {key: json.dumps(key) + ": " for key in value}
        parts = [names[key] + text(one, indent + 2, len(names[key])) for key, one in value.items()]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(inner + part for part in parts) + "\n" + " " * indent + closing


def compose():
    whole = read("shared.schema.json")
    rows = keys()
    paths = {path.name.removesuffix(".schema.json"): path for path in HERE.rglob("*.schema.json")}
    files = set(paths) - {"shared"}
    if set(rows) != files or len(rows) != len(files):
        sys.exit(f"rows of sections.cpp and files NAME.schema.json differ: {', '.join(sorted(set(rows) ^ files))}")
    for key in rows:
        section = read(paths[key].relative_to(HERE))
        for name, definition in section.pop("definitions", {}).items():
            if name in whole["definitions"]:
                sys.exit(f"{key}.schema.json: another section defines '{name}'")
            whole["definitions"][name] = definition
        whole["properties"][key] = section
    return text(whole) + "\n"


def main():
    composed = compose()
    if sys.argv[1:] == ["--check"]:
        if PUBLISHED.read_text(encoding="utf-8") != composed:
            sys.exit("schemas/budgets.v1.json is not up to date: run python3 src/budget/sections/compose.py")
    else:
        PUBLISHED.write_text(composed, encoding="utf-8")


if __name__ == "__main__":
    main()
