#!/usr/bin/env python3
"""run.py PROGRAM [SHELL...]: completes real command lines in bash, zsh and fish with the scripts that the program prints.

Bash and fish are asked directly; in bash and zsh TAB is pressed in a terminal, too. A shell that is not installed is skipped, and said; bash must be there.
"""
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

# (line, what must be offered, what must not)
CASES = [
    ("budgetcheck ", {"check", "list", "completion", "help"}, {"--base"}),
    ("budgetcheck li", {"list"}, {"check"}),
    ("budgetcheck list --me", {"--metric"}, {"--base"}),
    ("budgetcheck --ba", {"--base"}, {"--metric"}),
    ("budgetcheck --output ", {"text", "compact", "sarif"}, {"budgets", "check"}),
    ("budgetcheck list --output ", {"text", "json", "budgets"}, {"sarif"}),
    ("budgetcheck comment --when-green ", {"edit", "delete", "hide"}, {"check"}),
    ("budgetcheck --app web baseline ", {"push", "show", "prune"}, {"check"}),
    ("budgetcheck help com", {"compare", "completion", "comment"}, {"list"}),
    ("budgetcheck explain n-pl", {"n-plus-one"}, {"check"}),
    ("budgetcheck completion ", {"bash", "zsh", "fish"}, {"check"}),
    ("budgetcheck list --metric bundle.g", {"bundle.gzip"}, {"bundle.raw"}),
    # The value of an option is no command.
    ("budgetcheck --app list --ba", {"--base"}, set()),
]
# What TAB makes of a line: names and files.
TABS = [
    ("budgetcheck lis", "list"),
    ("budgetcheck sta", "stats.json"),
    ("budgetcheck list --met", "list --metric"),
    ("budgetcheck --output comp", "--output compact"),
    ("budgetcheck --output json=sta", "--output json=stats.json"),
    ("budgetcheck --budgets bud", "--budgets budgets.yml"),
    ("budgetcheck comment --when-green ed", "comment --when-green edit"),
    ("budgetcheck compare stats.json bud", "compare stats.json budgets.yml"),
]

BASH = r"""
source "$SCRIPT"
# Words as readline breaks them: at '=' too.
line=$LINE
words=()
for part in $line; do
  while [[ $part == *=* ]]; do
    [[ -n ${part%%=*} ]] && words+=("${part%%=*}")
    words+=("=")
    part=${part#*=}
  done
  [[ -n $part ]] && words+=("$part")
done
[[ $line == *' ' ]] && words+=("")
COMP_WORDS=("${words[@]}")
COMP_CWORD=$((${#words[@]} - 1))
_budgetcheck
printf '%s\n' "${COMPREPLY[@]}"
"""


def bash(script, line, folder):
    done = subprocess.run(["bash", "--norc", "-c", BASH], env={**os.environ, "SCRIPT": script, "LINE": line}, cwd=folder,
                          capture_output=True, text=True, timeout=60, check=True)
    return set(done.stdout.split())


def fish(script, line, folder):
    done = subprocess.run(["fish", "--no-config", "-c", f"source {script}; complete -C '{line}'"], cwd=folder, capture_output=True,
                          text=True, timeout=60, check=True, env={**os.environ, "HOME": folder})
    return {row.split("\t")[0] for row in done.stdout.splitlines()}


class Terminal:
    """An interactive shell in a folder, in which keys are pressed when it asks for them: earlier ones may be dropped."""

    def __init__(self, command, folder, asks):
        self.asks, self.unread = asks, ""
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.chdir(folder)
            os.environ.update({"TERM": "dumb", "PS1": "ask> ", "HOME": folder, "ZDOTDIR": folder, "COLUMNS": "200", "LINES": "500"})
            os.execvp(command[0], command)
        self.until(asks)

    def run(self, keys, end):
        os.write(self.master, keys.encode())
        said = self.until(end)
        self.until(self.asks)
        return said

    def until(self, text, seconds=30):
        """What is said before `text`; all of it when that does not come."""
        end = time.monotonic() + seconds
        while text not in self.unread and time.monotonic() < end:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    self.unread += os.read(self.master, 65536).decode(errors="replace")
                except OSError:
                    break
        said, _, self.unread = self.unread.partition(text)
        return said

    def close(self):
        os.close(self.master)
        os.waitpid(self.child, 0)


def completed_by_tab(shell, script, folder):
    """What TAB makes of a line in a terminal; the shell's function of that name says what it was called with."""
    is_zsh = shell == "zsh"
    # zsh's editor is there when it has asked for pasted text to be marked.
    terminal = Terminal(["zsh", "-f", "-i"] if is_zsh else ["bash", "--norc", "-i"], folder, "\x1b[?2004h" if is_zsh else "ask> ")
    terminal.run(("autoload -Uz compinit; compinit -u -D" if is_zsh else "bind 'set bell-style none'") + "\n", "\n")
    terminal.run(f"source {script}\n", "\n")
    terminal.run("budgetcheck() { echo \"called:${*}:end\"; }\n", "\n")
    problems = []
    for line, whole in TABS:
        called = terminal.run(f"{line}\t\n", ":end\r\n").split("called:")[-1].strip()
        if called != whole:
            problems.append(f"{shell}: '{line}' becomes '{called}', not '{whole}'")
    terminal.close()
    return problems


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    problems, done = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("stats.json", "budgets.yml"):
            (pathlib.Path(folder) / name).write_text("x")
        for shell, ask in (("bash", bash), ("fish", fish), ("zsh", None)):
            if shutil.which(shell) is None:
                print(f"completion: {shell} is not installed: skipped")
                if shell == "bash":
                    problems.append("bash is needed")
                continue
            script = os.path.join(folder, f"script.{shell}")
            written = subprocess.run([program, "completion", shell], capture_output=True, timeout=60, check=True).stdout
            pathlib.Path(script).write_bytes(written)
            checked = subprocess.run([shell, "-n", script], capture_output=True, text=True, timeout=60, check=False)
            if checked.returncode != 0 or checked.stderr:
                problems.append(f"{shell} -n: {checked.stderr}")
            for line, wanted, unwanted in CASES if ask else []:
                offered = ask(script, line, folder)
                if wanted - offered or unwanted & offered:
                    problems.append(f"{shell}: '{line}' offers {sorted(offered)}")
            if shell != "fish":
                problems += completed_by_tab(shell, script, folder)
            done.append(shell)
    print("\n".join(problems) or f"completion: {len(CASES)} lines in {', '.join(done)}: all as they should be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
