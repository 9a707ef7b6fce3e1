#!/usr/bin/env python3
"""Rules about the sources themselves: who may include whom, which file may include which library, how long a file gets.

check.py [ROOT]   prints every violation as file:line: message; exit 1 when there is one
"""
import pathlib
import re
import subprocess
import sys

# What each folder of src may include besides itself, directly. Later ones may include everything before them, except that
# folders of one group do not know each other.
ORDER = [["base"], ["json"], ["model"], ["collect", "query", "budget", "baseline"], ["detect"], ["judge"], ["report"],
         ["deliver"], ["cli"], ["main"]]
EXTRA = {"collect": {"query"}}

# Libraries that one folder alone may know.
LIBRARIES = [
    (re.compile(r"^(rapidjson/|yaml-cpp/)"), "json"),
    (re.compile(r"^git2(\.h|/)"), "baseline"),
    (re.compile(r"^tinyxml2\.h"), "report"),
    (re.compile(r"^boost/"), "cli"),
]

MAX_LINES = 450
MAX_MAIN_LINES = 60
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# An absolute path into somebody's home: it works on one machine only, and says whose. "/home/user" and the like are data.
HOME_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.:/-])(/(?:home|Users)/(?!user\b|runner\b|node\b|app\b)[a-z][\w.-]*/|/root/\w)")
TEXT_ENDINGS = {".cpp", ".h", ".py", ".sh", ".md", ".yml", ".yaml", ".json", ".cmake", ".txt", ".mjs", ""}
SOURCE_ENDINGS = {".cpp", ".h"}


def allowed_folders():
    allowed = {}
    below = set()
    for group in ORDER:
        for folder in group:
            allowed[folder] = below | {folder} | EXTRA.get(folder, set())
        below |= set(group)
    return allowed


def lines_of(path):
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def check_includes(root, path, allowed):
    relative = path.relative_to(root / "src")
    folder = relative.parts[0] if len(relative.parts) > 1 else "main"
    if folder not in allowed:
        return [(path, 1, f"the folder '{folder}' has no place in the order of includes")]
    problems = []
    for number, line in enumerate(lines_of(path), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        kind, name = found.groups()
        for pattern, owner in LIBRARIES:
            if pattern.match(name) and folder != owner:
                problems.append((path, number, f"only src/{owner} includes '{name}'"))
        if kind == '"':
            if name.startswith("../"):
                problems.append((path, number, "includes start at src/, not with '..'"))
                continue
            target = name.split("/")[0]
            if target not in allowed[folder]:
                problems.append((path, number, f"src/{folder} must not include '{name}'"))
    return problems


def check_length(root, path):
    limit = MAX_MAIN_LINES - 1 if path == root / "src" / "main.cpp" else MAX_LINES
    count = len(lines_of(path))
    return [(path, count, f"{count} lines; at most {limit}")] if count > limit else []


def check_home_paths(path):
    return [(path, number, "names a path in somebody's home") for number, line in enumerate(lines_of(path), 1)
            if HOME_PATH.search(line)]


def tracked_files(root):
    """What git tracks; without git, everything outside build/."""
    listed = subprocess.run(["git", "-C", str(root), "-c", "safe.directory=*", "ls-files", "-z"], capture_output=True,
                            check=False) if (root / ".git").exists() else None
    if listed is not None and listed.returncode == 0:
        return [root / name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()]
    return [path for path in root.rglob("*") if path.is_file() and path.relative_to(root).parts[0] not in ("build", ".git")]


def check(root):
    problems = []
    allowed = allowed_folders()
    sources = [path for path in sorted((root / "src").rglob("*")) if path.suffix in SOURCE_ENDINGS]
    if not sources:
        return [(root, 0, "no sources found")]
    for path in sources:
        problems += check_includes(root, path, allowed)
    for path in sources + [p for p in sorted((root / "tests").rglob("*")) if p.suffix in SOURCE_ENDINGS]:
        problems += check_length(root, path)
    for path in sorted(tracked_files(root)):
        captured = "fixtures" in path.relative_to(root).parts  # real captures name real folders of their own machines
        if path.suffix in TEXT_ENDINGS and not captured and path.name != "LICENSE":
            problems += check_home_paths(path)
    return problems


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    problems = check(root)
    for path, number, message in problems:
        print(f"{path.relative_to(root) if path != root else path}:{number}: {message}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
