#!/usr/bin/env python3
"""Rules about what runs on other people's servers: the actions, the workflow templates and this repository's own workflows.

workflows.py [ROOT]   prints every violation as file:line: message; exit 1 when there is one

- Whatever is used is named by its full commit, with the version as a comment; an action of ours uses no other one. Where our own
  action is used, that version is this one, and zeros stand for the commit.
- Nothing is allowed that a job does not name. A job that may write, or that is given a secret, runs nothing of a project: no
  build, no script of the checkout, only the commands in HARMLESS.
"""
import pathlib
import re
import sys

ACTIONS = ("action.yml", "ci-templates/github/fork-comment/action.yml")
FOLDERS = ("ci-templates/github", ".github/workflows")
USES = re.compile(r"^\s*(?:- )?uses:\s*[\"']?([^\s\"'#]+)[\"']?\s*(.*)$")
PINNED = re.compile(r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+@([0-9a-f]{40})$")
PLACEHOLDER = "0" * 40  # the commit of a release, which a file of that commit cannot name
# What a job that may write may start, and the words of the shell around it. npm only to publish packages that are there.
HARMLESS = {"budgetcheck", "gh", "npm publish", "sha256sum", "base64", "printf", "echo", "cat", "test", "if", "then", "else", "fi", "for",
            "do", "done", "case", "esac", "exit", "set"}
ALLOWED_PLACEHOLDER = re.compile(r"^OWNER/budgetcheck(/|@)")


def indent(line):
    return len(line) - len(line.lstrip())


def block(lines, start):
    """The lines below line `start` that are indented more than its key: [(number from 0, text)]."""
    found, outer = [], len(re.match(r" *(- )?", lines[start]).group(0))
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            if indent(lines[number]) <= outer:
                break
            found.append((number, lines[number]))
    return found


def keys(lines, inside, depth):
    """The keys at that depth among these lines: {name: (number, what stands behind the colon)}."""
    found = {}
    for number, line in inside:
        match = re.match(r"^( *)([A-Za-z0-9_-]+):\s*(.*)$", line)
        if match and len(match.group(1)) == depth:
            found[match.group(2)] = (number, re.sub(r"\s#.*$", "", match.group(3)).strip())
    return found


def granted(lines, place):
    """What a `permissions:` gives: {scope: access}; None when it is not there, and {'*': word} for read-all and write-all."""
    if place is None:
        return None
    number, value = place
    if value not in ("", "{}"):
        flow = re.fullmatch(r"\{(.*)\}", value)
        return dict(re.findall(r"([a-z-]+):\s*([a-z]+)", flow.group(1))) if flow else {"*": value}
    below = block(lines, number) if value == "" else []
    return {name: access for name, (_, access) in keys(lines, below, indent(below[0][1]) if below else 0).items()}


def commands(lines, inside):
    """(number, text) of every line of every `run:`; continued lines are joined."""
    found = []
    for number, line in inside:
        match = re.match(r"^\s*(?:- )?run:\s*(.*)$", line)
        if not match:
            continue
        if match.group(1) not in ("|", "|-", ">", ">-"):
            found.append((number, match.group(1)))
            continue
        joined, first = "", None
        for below, text in block(lines, number):
            first = below if first is None else first
            joined += text.strip()
            if joined.endswith(("\\", "||", "&&", "|")):
                joined = joined.rstrip("\\") + " "
                continue
            found.append((first, joined))
            joined, first = "", None
        if joined:
            found.append((first, joined))
    return found


def inside_quotes(quoted):
    """Of a quoted text, the commands that the shell runs to fill it in."""
    return "''" + " ".join(re.findall(r"\$\([^()]*\)|`[^`]*`", quoted.group(1) or ""))


def words(command):
    """The programs that a line of shell starts, as far as their names are plain."""
    started = []
    bare = re.sub(r"'[^']*'|\"((?:[^\"\\]|\\.)*)\"", inside_quotes, re.sub(r"(^|\s)#.*$", "", command))
    for part in re.split(r"&&|\|\||[|;{}()]|\$\(|`", bare):
        tokens = part.split()
        while tokens and (re.match(r"^[A-Za-z_][A-Za-z0-9_]*=", tokens[0]) or tokens[0] in ("!", "then", "do", "else", "if", "\"")):
            tokens.pop(0)
        if tokens and tokens[0] == "for":
            continue
        if tokens:
            started.append(" ".join(tokens[:2]) if tokens[0] == "npm" else tokens[0])
    return started


def own_version(root):
    file = root / "CMakeLists.txt"
    found = re.search(r"^project\(budgetcheck VERSION ([0-9.]+)", file.read_text(encoding="utf-8"), re.M) if file.is_file() else None
    return found.group(1) if found else None


def check_uses(path, lines, version=None):
    action = path.name == "action.yml"
    problems = []
    for number, line in enumerate(lines):
        match = USES.match(line)
        if not match:
            if re.search(r"(^|[\s{,\"'])uses[\"']?\s*:", line.split(" #")[0]) and not line.lstrip().startswith("#"):
                problems.append((path, number + 1, "write 'uses: NAME@COMMIT # VERSION' in a line of its own"))
            continue
        target, comment = match.groups()
        if action:
            problems.append((path, number + 1, f"an action of ours uses no other one: {target}"))
            continue
        if target.startswith("./"):
            continue
        pinned = PINNED.match(target)
        if not pinned:
            problems.append((path, number + 1, f"'{target}' is not named by its full commit"))
        elif pinned.group(1) == PLACEHOLDER and not ALLOWED_PLACEHOLDER.match(target):
            problems.append((path, number + 1, f"'{target}' names no commit"))
        elif pinned.group(1) == PLACEHOLDER and version and not re.match(rf"# v{re.escape(version)}(\s|$)", comment):
            problems.append((path, number + 1, f"'{target}' is not of this version: # v{version}"))
        if pinned and not re.match(r"# v\d+(\.\d+){0,2}\b", comment):
            problems.append((path, number + 1, f"'{target}' needs its version as a comment: # v1.2.3"))
    return problems


def check_jobs(path, lines):
    problems = []
    top = keys(lines, [(n, line) for n, line in enumerate(lines) if line.strip()], 0)
    outer = granted(lines, top.get("permissions"))
    if outer is None:
        return [(path, 1, "no permissions: at the top, so a job has whatever the repository's settings say")]
    on = [lines[top["on"][0]]] + [line for _, line in block(lines, top["on"][0])] if "on" in top else []
    if any("pull_request_target" in line for line in on):
        problems.append((path, top["on"][0] + 1, "pull_request_target gives the token of this repository to a change"))
    inside = block(lines, top["jobs"][0])
    for name, (start, _) in keys(lines, inside, 2).items():
        body = block(lines, start)
        here = keys(lines, body, 4)
        rights = granted(lines, here.get("permissions"))
        rights = outer if rights is None else rights
        writes = sorted(scope for scope, access in rights.items() if "write" in access)
        secrets = any(re.search(r"\bsecrets[.\[]|secrets: inherit", line) for _, line in body)
        if not writes and not secrets:
            continue
        because = f"job '{name}' " + (f"may write ({', '.join(writes)})" if writes else "is given a secret")
        for number, command in commands(lines, body):
            for word in words(command):
                if word not in HARMLESS:
                    problems.append((path, number + 1, f"{because}, and runs '{word}'"))
        for number, line in body:
            match = USES.match(line)
            if match and match.group(1).startswith("./"):
                problems.append((path, number + 1, f"{because}, and runs an action of the checkout"))
    return problems


def check(root):
    problems, seen, version = [], 0, own_version(root)
    for name in ACTIONS:
        if (root / name).is_file():
            problems += check_uses(root / name, (root / name).read_text(encoding="utf-8").splitlines())
            seen += 1
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*.y*ml")):
            lines = path.read_text(encoding="utf-8").splitlines()
            problems += check_uses(path, lines, version) + check_jobs(path, lines)
            seen += 1
    return problems if seen else [(root, 0, "no workflow and no action was found")]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    problems = check(root)
    for path, number, message in problems:
        print(f"{path.relative_to(root)}:{number}: {message}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
