#!/usr/bin/env python3
"""Rules about the sources themselves: who may include whom, which file may include which library, where a test belongs, how
long a file or a folder may get.

check.py [ROOT]   prints every violation as file:line: message; exit 1 when there is one
"""
import pathlib
import re
import subprocess
import sys

# The rooms of src, from the bottom to the top. A room may include itself and everything before it; rooms of one group do not
# know each other, except for what EXTRA says.
ORDER = [["base"], ["json"], ["model"], ["results"], ["query", "budget", "baseline", "collect"], ["detect"], ["judge"],
         ["report", "generate"], ["deliver"], ["cli"], ["main"]]
EXTRA = {"collect": {"query"}}
# Below the rooms that work with facts nobody reads bytes.
NEVER = {"detect": {"collect"}, "judge": {"collect"}}

# The same inside src/collect: its folders, and its own files by name. Files that are not listed are on top.
FAMILIES = ["lighthouse", "lab", "bundle", "capture", "logs", "trace", "database", "collector", "load_test", "queue", "alert"]
COLLECT_ORDER = [["text"], ["account", "sniff", "other_output"], ["format"], ["joint_reader"], ["http", "query_log", "personal_data", "series"], FAMILIES + ["samples_file", "measured_file", "unread_outputs"], ["registry"]]
COLLECT_FOLDERS = {"text", "http", "query_log", "personal_data", "series", *FAMILIES}

# Libraries, and the places (beginnings of a path under src) that alone may include them.
LIBRARIES = [
    (re.compile(r"^(rapidjson/|yaml-cpp/)"), ("json/",)),
    (re.compile(r"^git2(\.h|/)"), ("baseline/",)),
    (re.compile(r"^tinyxml2\.h"), ("report/",)),
    (re.compile(r"^boost/"), ("cli/",)),
    (re.compile(r"^re2/"), ("base/pattern.",)),
    (re.compile(r"^xxhash\.h"), ("base/hash.",)),
    (re.compile(r"^(zlib\.h|brotli/)"), ("collect/bundle/", "collect/unpack.")),
    # What the operating system offers, and C++ does not.
    (re.compile(r"^((sys|arpa|net|netinet|linux|mach|mach-o)/"
                r"|(unistd|fcntl|poll|signal|spawn|termios|dirent|pwd|grp|dlfcn|netdb|pthread|sched|syslog|ftw|fnmatch|glob"
                r"|utime|wordexp|windows|io|process)\.h$|csignal$)"), ("base/platform/",)),
]
# Costly to parse: a header would hand it to everybody who includes that header.
NOT_IN_HEADERS = re.compile(r"^fmt/")

# Runners of CI obey lines of a log, so text leaves by one door that takes the commands out of it.
CONSOLE = "cli/terminal/console.cpp"
PRINTS = re.compile(r"\bstd::(cout|cerr|clog|puts|printf|fprintf)\b|\bfmt::print\b"
                    r"|\bwrite_all\(\s*(kStandardOutput|kStandardError|[12]\b)")

MAX_FILES_IN_FOLDER = 40
MAX_LINES_OF_MAP = 120  # ARCHITECTURE.md
MAX_LINES = 450
MAX_MAIN_LINES = 60
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
NAMESPACE = re.compile(r"namespace (?:([\w:]+) )?\{$")
TYPE = re.compile(r"(?:struct|class|enum class|enum|union) (\w+)(?: final)?(?: : [^;(]*)? \{")
# An absolute path into somebody's home: it works on one machine only, and says whose. "/home/user" and the like are data.
HOME_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.:/-])(/(?:home|Users)/(?!user\b|runner\b|node\b|app\b)[a-z][\w.-]*/|/root/\w)")
TEXT_ENDINGS = {".cpp", ".h", ".py", ".sh", ".md", ".yml", ".yaml", ".json", ".cmake", ".txt", ".mjs", ""}
SOURCE_ENDINGS = {".cpp", ".h"}


def allowed_rooms(order, extra):
    """For each room the rooms that it may include, itself among them."""
    allowed = {}
    below = set()
    for group in order:
        for room in group:
            allowed[room] = (below | {room} | extra.get(room, set())) - NEVER.get(room, set())
        below |= set(group)
    return allowed


ALLOWED = allowed_rooms(ORDER, EXTRA)
COLLECT_ALLOWED = allowed_rooms(COLLECT_ORDER, {})


def lines_of(path):
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def room_of(parts):
    """The room of a path under src, such as ("collect", "text", "lines.h")."""
    return parts[0] if len(parts) > 1 else "main"


def inner_room(parts):
    """Inside a room: the folder, or the name of a file that lies in no folder."""
    return parts[1] if len(parts) > 2 else parts[1].split(".")[0]


def collect_problem(parts, target):
    """Why the file must not include the target; both are in collect."""
    room, wanted = inner_room(parts), inner_room(target)
    if room == wanted or room not in COLLECT_ALLOWED:  # what is not listed is above everything
        return None
    if wanted in COLLECT_ALLOWED[room]:
        return None
    if room in FAMILIES and wanted in FAMILIES:
        return "families of collect do not know each other"
    return f"collect/{room} is below collect/{wanted}"


def detect_problem(parts, target):
    """Rooms of detect share what lies in detect itself, and nothing else."""
    if len(parts) <= 2:
        return None
    if len(target) > 2 and target[1] != parts[1]:
        return "folders of detect do not know each other"
    return "the registry is above the rules" if inner_room(target) == "registry" else None


def include_problem(parts, name):
    if name.startswith("../"):
        return "includes start at src/, not with '..'"
    target, room = name.split("/"), room_of(parts)
    if room_of(target) not in ALLOWED[room]:
        return f"src/{room} must not include '{name}'"
    if room_of(target) != room or room not in ("collect", "detect"):
        return None
    reason = collect_problem(parts, target) if room == "collect" else detect_problem(parts, target)
    return f"{'/'.join(parts)} must not include '{name}': {reason}" if reason else None


def check_includes(root, path):
    parts = path.relative_to(root / "src").parts
    room = room_of(parts)
    if room not in ALLOWED:
        return [(path, 1, f"the folder '{room}' has no place in the order of includes")]
    if room == "collect" and len(parts) > 2 and parts[1] not in COLLECT_FOLDERS:
        return [(path, 1, f"the folder 'collect/{parts[1]}' has no place in the order of includes")]
    problems = []
    for number, line in enumerate(lines_of(path), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        kind, name = found.groups()
        for pattern, owners in LIBRARIES:
            if pattern.match(name) and not "/".join(parts).startswith(owners):
                names = " and ".join(f"src/{owner.rstrip('.')}" for owner in owners)
                problems.append((path, number, f"only {names} includes '{name}'"))
        if path.suffix == ".h" and NOT_IN_HEADERS.match(name):
            problems.append((path, number, f"'{name}' is for .cpp files: it is costly to parse"))
        reason = include_problem(parts, name) if kind == '"' else None
        if reason:
            problems.append((path, number, reason))
    return problems


def check_prints(root, path):
    name = path.relative_to(root / "src").as_posix()
    if name == CONSOLE or name.startswith("base/platform/"):
        return []
    return [(path, number, f"only src/{CONSOLE} writes to the standard streams") for number, line in enumerate(lines_of(path), 1)
            if PRINTS.search(line)]


def check_folders(root):
    problems = []
    for folder in sorted(path for path in (root / "src").rglob("*") if path.is_dir()):
        count = sum(1 for path in folder.iterdir() if path.is_file())
        if count > MAX_FILES_IN_FOLDER:
            problems.append((folder, 0, f"{count} files; at most {MAX_FILES_IN_FOLDER} in a folder of src"))
    return problems


def check_mirror(root):
    """tests/unit/a/b_test.cpp tests src/a/b.h or src/a/b.cpp. b_aspect_test.cpp is a second test of b, and a folder's own name
    stands for its files together (results/results_test.cpp)."""
    problems = []
    unit = root / "tests" / "unit"
    for path in sorted(unit.rglob("*_test.cpp")):
        folder = path.relative_to(unit).parent
        name = path.name.removesuffix("_test.cpp")
        words = name.split("_")
        subjects = ["_".join(words[:count]) for count in range(1, len(words) + 1)]
        exists = any((root / "src" / folder / (subject + ending)).is_file() for subject in subjects for ending in (".h", ".cpp"))
        if not exists and not (name == folder.name and (root / "src" / folder).is_dir()):
            problems.append((path, 1, f"tests/unit mirrors src, and there is no src/{folder}/{name}.cpp or .h"))
    return problems


def check_types(root, sources):
    """Two types of one name in one namespace: no compiler sees both, and the linker keeps what was emitted for one of them."""
    defined, problems = {}, []
    for path in sources:
        around = []
        for number, line in enumerate(lines_of(path), 1):
            found = TYPE.match(line)
            if NAMESPACE.match(line):
                around.append(NAMESPACE.match(line).group(1) or "")
            elif line.startswith("}  // namespace"):
                del around[-1:]
            elif found and "" not in around:
                first = defined.setdefault(("".join(around), found.group(1)), (path, number))
                if first[0] != path:
                    place = f"{first[0].relative_to(root).as_posix()}:{first[1]}"
                    problems.append((path, number, f"'{found.group(1)}' is another type at {place}; each has a name of its own"))
    return problems


def check_map(root):
    path = root / "ARCHITECTURE.md"
    count = len(lines_of(path)) if path.is_file() else 0
    return [(path, count, f"{count} lines; a map has at most {MAX_LINES_OF_MAP}")] if count > MAX_LINES_OF_MAP else []


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
    sources = [path for path in sorted((root / "src").rglob("*")) if path.suffix in SOURCE_ENDINGS]
    if not sources:
        return [(root, 0, "no sources found")]
    for path in sources:
        problems += check_includes(root, path) + check_prints(root, path)
    for path in sources + [p for p in sorted((root / "tests").rglob("*")) if p.suffix in SOURCE_ENDINGS]:
        problems += check_length(root, path)
    problems += check_types(root, sources) + check_folders(root) + check_mirror(root) + check_map(root)
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
