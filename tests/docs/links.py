#!/usr/bin/env python3
"""links.py [ROOT]: every relative link of the Markdown pages leads to a file, and to a heading of it where it names one; every page
of docs can be reached from docs/index.md. Prints page:line: message; exit 1 when there is one."""
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"(?<!!)\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)\)|^\[[^\]]+\]:\s*(\S+)")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)


def pages(root):
    listed = subprocess.run(["git", "-C", str(root), "-c", "safe.directory=*", "ls-files", "-z", "*.md"], capture_output=True, check=False)
    found = [root / name for name in listed.stdout.decode().split("\0") if name] if listed.returncode == 0 else list(root.rglob("*.md"))
    return [page for page in sorted(found) if page.is_file() and "fixtures" not in page.relative_to(root).parts]


def lines_without_code(page):
    """(number, line) outside fenced code, inline code taken out."""
    fence = None
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        mark = re.match(r"\s*(```+|~~~+)", line)
        if mark:
            fence = None if fence and mark.group(1).startswith(fence) else fence or mark.group(1)
        elif not fence:
            yield number, line


def anchors(page):
    """As GitHub and GitLab make them: lower case, without punctuation, a dash for each space, -1 for the second of a name."""
    seen, names = {}, set()
    for _, line in lines_without_code(page):
        heading = re.match(r"#{1,6}\s+(.*?)\s*#*$", line)
        if heading:
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.group(1)).lower()
            name = re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
            count = seen.get(name, 0)
            seen[name] = count + 1
            names.add(f"{name}-{count}" if count else name)
        names |= set(re.findall(r'<a (?:id|name)="([^"]+)"', line))
    return names


def links(page):
    for number, line in lines_without_code(page):
        for found in LINK.finditer(re.sub(r"`[^`]*`", lambda code: "x" * len(code.group(0)), line)):
            target = found.group(1) or found.group(2) or ""
            if not ELSEWHERE.match(target):
                yield number, target


def problem(root, page, target):
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists() or not file.is_relative_to(root):
        return f"'{target}' leads nowhere"
    if anchor and file.suffix == ".md" and anchor not in anchors(file):
        return f"'{target}': there is no heading of that name"
    return None


def unreachable(root):
    """Pages of docs that no chain of links from its index leads to."""
    index = root / "docs" / "index.md"
    seen, open_pages = set(), [index] if index.is_file() else []
    while open_pages:
        page = open_pages.pop()
        if page in seen:
            continue
        seen.add(page)
        for _, target in links(page):
            file = (page.parent / target.split("#")[0]).resolve()
            open_pages += [file] if file.suffix == ".md" and file.is_file() else sorted(file.glob("*.md")) if file.is_dir() else []
    return [page for page in pages(root) if page.is_relative_to(root / "docs") and page not in seen]


def check(root):
    problems = [(page, number, message) for page in pages(root) for number, target in links(page)
                for message in [problem(root, page, target)] if message]
    return problems + [(page, 1, "no link from docs/index.md leads here") for page in unreachable(root)]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    problems = check(root)
    for page, number, message in problems:
        print(f"{page.relative_to(root)}:{number}: {message}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
