#!/usr/bin/env python3
"""generated.py PROGRAM: every page that `explain --docs` writes is in docs as it writes it, and docs/rules has no other page."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def stale(written, docs):
    """Names of the pages below `written` that `docs` has otherwise or not at all, and of those in docs/rules that nobody wrote."""
    pages = {str(page.relative_to(written)): page.read_bytes() for page in sorted(written.rglob("*")) if page.is_file()}
    names = [name for name, text in pages.items() if not (docs / name).is_file() or (docs / name).read_bytes() != text]
    return names + [f"rules/{page.name}" for page in sorted((docs / "rules").glob("*.md")) if f"rules/{page.name}" not in pages]


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([str(pathlib.Path(sys.argv[1]).resolve()), "explain", "--docs", folder], check=True)
        names = stale(pathlib.Path(folder), ROOT / "docs")
    for name in names:
        print(f"docs/{name} is out of date: run 'make docs' and commit what it writes")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
