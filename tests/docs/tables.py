#!/usr/bin/env python3
"""tables.py PROGRAM: tables and examples of the pages say what the program and its files say: exit codes, formats, verdict codes,
commands and their options, inputs and outputs of the action, variables of the GitLab template, quoted messages."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CODE = re.compile(r"`([^`]+)`")
# Of the environment.
VARIABLES = re.compile(r"(BUDGETCHECK|GITHUB|GITLAB|GH|CI|CURL|HTTPS?|SOURCE|FORCE|XDG|RUNNER|PROGRAM|BRANCH|CHANGE|TAG|GIT|BUILD|SYSTEM|"
                       r"BITBUCKET|BUILDKITE|CIRCLE|DRONE|TRAVIS|OTEL)_|NO_COLOR")
# Written by others than the program and its scripts: curl, git, GitHub.
OF_OTHERS = {"Resource not accessible by integration", "HTTP 401", "HTTP 403", "HTTP 404", "HTTP 422", "HTTP 429", "rate limit", "Not Found"}


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def output(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=30,
                          env={"COLUMNS": "200", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, cwd=ROOT / "fixtures")
    return done.stdout + done.stderr


def tables(text):
    """[(header cells, [rows of cells])]; cells keep their backticks."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", text + "\n", re.M):
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in block.splitlines()]
        if len(rows) > 2 and set("".join(rows[1])) <= set("-: "):
            found.append((rows[0], rows[2:]))
    return found


def first_column(name, header):
    """The names in backticks in the first column of the tables of a page that begin with this header."""
    return [code for head, rows in tables(text_of(name)) if head[0] == header for row in rows for code in CODE.findall(row[0])]


def differing(what, said, true, complete=True):
    problems = [f"{what} names '{name}', which does not exist" for name in sorted(set(said) - set(true))]
    return problems + [f"{what} leaves out '{name}'" for name in sorted(set(true) - set(said)) if complete]


def exit_codes(program):
    said = [row[0] for head, rows in tables(text_of("README.md")) if head[0] == "code" for row in rows]
    after = re.sub(r"\s+", " ", output(program, "--help").split("exit codes", 1)[-1])
    return differing("README.md's table of exit codes", said, re.findall(r"\b(\d+) [a-z(`]", after))


def formats():
    true = re.findall(r'^\s+\{"([a-z]+)", "', text_of("src/report/registry.cpp"), re.M)
    return differing("README.md's table of formats", first_column("README.md", "format"), true) + \
        differing("docs/outputs.md's table of formats", first_column("docs/outputs.md", "format"), true, complete=False)


def verdict_codes(program):
    listed = output(program, "explain").split("Verdict codes", 1)[-1]
    true = set(re.findall(r"^\s{2}([A-Z][A-Z_]+)\b", listed, re.M))
    problems = [] if true else ["`budgetcheck explain` lists no verdict codes"]
    for page in sorted((ROOT / "docs").glob("*.md")):
        for code in re.findall(r"`([A-Z]+_[A-Z_]+)`", page.read_text(encoding="utf-8")):
            if code not in true and not VARIABLES.match(code):
                problems.append(f"docs/{page.name} names the verdict '{code}', which does not exist")
    return problems


def calls(text):
    """Command lines of the program in a page: in fenced code and in backticks."""
    for found in re.finditer(r"(?:^|[`$] ?)(?:npx )?budgetcheck((?: [^`\n|>&;#)]+)?)", text, re.M):
        yield found.group(1).split()


def commands(program):
    help_text = output(program, "--help")
    listed = help_text.split("commands:", 1)[-1].split("options:", 1)[0].split("\n\n")[0]
    names = set(re.findall(r"^\s{1,4}([a-z]+)\b", listed, re.M))
    if not names:
        return ["--help lists no commands"]
    options = {name: set(re.findall(r"--[a-z][a-z-]*", output(program, name, "--help"))) for name in names}
    general = set(re.findall(r"--[a-z][a-z-]*", help_text)) | {"--help", "--version"}
    problems = []
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for words in calls(page.read_text(encoding="utf-8")):
            command = words[0] if words and words[0] in names else "check"
            for word in words:
                option = re.match(r"--[a-z][a-z-]*", word)
                if option and option.group(0) not in options[command] | general:
                    problems.append(f"{page.relative_to(ROOT)}: '{command}' has no option '{option.group(0)}'")
    return problems


def keys_of_action(section):
    body = re.search(rf"^{section}:\n((?:[ #].*\n|\n)+)", text_of("action.yml"), re.M).group(1)
    return re.findall(r"^  ([a-z0-9-]+):", body, re.M)


def platforms():
    problems = differing("docs/github.md's inputs", first_column("docs/github.md", "input"), keys_of_action("inputs"))
    problems += differing("docs/github.md's outputs", first_column("docs/github.md", "output"), keys_of_action("outputs"))
    template = text_of("ci-templates/gitlab/budgetcheck.yml")
    said = [name for name in first_column("docs/gitlab.md", "variable") if re.fullmatch(r"[A-Z_0-9]+", name)]
    return problems + [f"docs/gitlab.md names the variable '{name}', which the template does not read" for name in said
                       if name not in template and not name.startswith("GITLAB_")]


def source_texts():
    """All sources as one text, in which literals that follow each other are one and placeholders are '{}'."""
    text = ""
    for pattern in ("src/**/*.cpp", "src/**/*.h", "ci-templates/**/*", "npm/**/*.js", "action.yml"):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                text += path.read_text(encoding="utf-8", errors="replace") + "\n"
    return re.sub(r'\\"', '"', re.sub(r'"\s*\n?\s*"', "", text))


def longest_run(message, sources):
    """(words of the message that stand in the sources one after the other, all its words): names and numbers interrupt."""
    words = [word for part in re.split(r"…|\bN\b|'[^']*'", message) for word in (*part.split(), None)]
    best, run = [], []
    for word in words:
        run = run + [word] if word and " ".join(run + [word]) in sources else [word] if word and word in sources else []
        best = max(best, run, key=len)
    return len(best), sum(1 for word in words if word)


def messages():
    """Messages that tables explain ("message", "the report says") stand in the sources, at least half of their words in a row."""
    sources = source_texts()
    problems = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        for head, rows in tables(page.read_text(encoding="utf-8")):
            if head[0] not in ("message", "the report says"):
                continue
            for message in (code for row in rows for code in CODE.findall(row[0])):
                run, words = longest_run(message, sources)
                if run < max(2, words // 2) and words > 1 and not any(other in message for other in OF_OTHERS):
                    problems.append(f"docs/{page.name} explains the message '{message}', which no source has")
    return problems


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    problems = exit_codes(program) + formats() + verdict_codes(program) + commands(program) + platforms() + messages()
    print("\n".join(problems) or "docs/tables: all as they should be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
