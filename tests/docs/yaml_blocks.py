#!/usr/bin/env python3
"""yaml_blocks.py [ROOT]: every fenced block of YAML in the pages parses, without a key that is written twice. Prints page:line:
message; exit 1 when there is one."""
import pathlib
import re
import sys

import yaml

FENCE = re.compile(r"^( *)```ya?ml\n(.*?)^\1```", re.M | re.S)


class Strict(yaml.SafeLoader):
    """Tags such as !reference are left as they are; a key that is written twice is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.value != "<<"]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"the key '{key}' is written twice", node.start_mark)
        return super().construct_mapping(node, deep)


Strict.add_multi_constructor("!", lambda loader, suffix, node: suffix)


def blocks(text):
    """(line of its first line, YAML without the indentation of the fence)."""
    for found in FENCE.finditer(text):
        indent = len(found.group(1))
        body = "".join(line[indent:] if line.startswith(" " * indent) else line for line in found.group(2).splitlines(True))
        yield text.count("\n", 0, found.start(2)) + 1, body


def check(root):
    problems = []
    for page in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        for line, body in blocks(page.read_text(encoding="utf-8")):
            try:
                list(yaml.load_all(body, Strict))
            except yaml.YAMLError as error:
                mark = getattr(error, "problem_mark", None)
                at = line + (mark.line if mark else 0)
                problems.append((page, at, getattr(error, "problem", None) or str(error)))
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    problems = check(root)
    for page, line, message in problems:
        print(f"{page.relative_to(root)}:{line}: {message}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
