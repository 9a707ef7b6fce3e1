#!/usr/bin/env python3
"""Runs the program over fixtures/golden and compares what it says with what is expected.

Every folder with a file `cmd` is one test:
  cmd                  arguments of budgetcheck, one line (shell quoting); the folder is the working directory
  exit                 the expected exit code
  setup                optional bash script that makes files too big or too odd to be kept; runs before
  outputs              optional: formats besides text, in one line (see EXTENSIONS); for `check` only
  then                 optional: arguments of more runs in the same folder, one line each; what they say follows in
                       expected.txt, each with its exit code
  writes               optional: files that the run writes, in one line; each is compared with expected.<name>
  expected.txt         standard output
  expected.stderr.txt  standard error; absent: nothing is expected there
  expected.json, .junit.xml, .sarif, .md, …  one for each format of `outputs`; of .html without its styles and scripts,
                       and without what depends on whether the program was built with charts

Each case runs in a copy, so that nothing that it writes remains. `--update` writes the expectations again (not `exit`, which is
a decision); read the diff before you commit it.
"""
import argparse
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXTENSIONS = {"json": "json", "junit": "junit.xml", "sarif": "sarif", "markdown": "md",
              "rerun": "rerun.json", "github": "github.txt", "codequality": "codequality.json",
              "openmetrics": "metrics.txt", "html": "html", "compact": "compact.txt"}
TIMEOUT_SECONDS = 120
OUT = "golden-output"  # folder inside the copy, where reports are written


def environment(home):
    """A fixed one: no colour, no CI variables, no git configuration of this machine, one date."""
    return {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": home,
        "TMPDIR": home,
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "COLUMNS": "100",
        "SOURCE_DATE_EPOCH": "1795428000",  # 2026-11-23T10:00:00Z
        "GIT_CEILING_DIRECTORIES": home,
        "GIT_CONFIG_NOSYSTEM": "1",
        "BUDGETCHECK_CACHE_DIR": "none",  # the user's own is left alone
        "BUDGETCHECK_BASE": "none",  # a case that wants a base names it
        "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
        "UBSAN_OPTIONS": os.environ.get("UBSAN_OPTIONS", ""),
        "TSAN_OPTIONS": os.environ.get("TSAN_OPTIONS", ""),
    }


def formats_of(case):
    listed = case / "outputs"
    formats = listed.read_text().split() if listed.exists() else []
    unknown = [name for name in formats if name not in EXTENSIONS]
    if unknown:
        raise SystemExit(f"{case.name}/outputs: unknown format {unknown[0]}")
    return formats


def page_without_its_own(text):
    """Of an HTML report what depends on the report alone."""
    text = re.sub(r"<!--charts-->.*?<!--/charts-->", "<!--charts-->", text, flags=re.DOTALL)
    return re.sub(r"<(style|script)>.*?</\1>", r"<\1>(its own)</\1>", text, flags=re.DOTALL)


def run_case(case, program):
    """Returns (exit code, {file name: text}) of one run."""
    formats = formats_of(case)
    with tempfile.TemporaryDirectory(prefix="golden-") as temporary:
        temporary = os.path.realpath(temporary)
        work = pathlib.Path(temporary) / case.name
        shutil.copytree(case, work, symlinks=True, ignore=shutil.ignore_patterns("expected.*"))
        env = environment(temporary)
        if (work / "setup").exists():
            subprocess.run(["bash", "-eu", "setup"], cwd=work, env=env, check=True, timeout=TIMEOUT_SECONDS)
        written_files = (work / "writes").read_text().split() if (work / "writes").exists() else []
        further = (work / "then").read_text().splitlines() if (work / "then").exists() else []
        for name in ("cmd", "exit", "setup", "outputs", "then", "writes"):
            (work / name).unlink(missing_ok=True)
        arguments = shlex.split((case / "cmd").read_text())
        if formats:
            (work / OUT).mkdir()
            arguments += ["--output", "text"]
            for name in formats:
                arguments += ["--output", f"{name}={OUT}/{name}"]
        ran = subprocess.run([str(program), *arguments], cwd=work, env=env, stdin=subprocess.DEVNULL,
                             capture_output=True, timeout=TIMEOUT_SECONDS)
        texts = {"expected.txt": ran.stdout, "expected.stderr.txt": ran.stderr}
        for line in further:
            after = subprocess.run([str(program), *shlex.split(line)], cwd=work, env=env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT_SECONDS)
            texts["expected.txt"] += f"\n$ budgetcheck {line}\n".encode() + after.stdout
            texts["expected.txt"] += f"(exit code {after.returncode})\n".encode()
        for name in written_files:
            written = work / name
            texts["expected." + name] = written.read_bytes() if written.exists() else b"(not written)\n"
        for name in formats:
            written = work / OUT / name
            texts["expected." + EXTENSIONS[name]] = written.read_bytes() if written.exists() else b"(not written)\n"
        decoded = {}
        for name, raw in texts.items():
            decoded[name] = raw.decode("utf-8", "backslashreplace").replace(temporary, "<work>")
            if name == "expected.html":
                decoded[name] = page_without_its_own(decoded[name])
        return ran.returncode, decoded


def malformed(name, text):
    """What a reader of the format would refuse at once."""
    try:
        if name.endswith((".json", ".sarif")):
            json.loads(text)
        elif name.endswith(".xml"):
            xml.etree.ElementTree.fromstring(text)
    except (ValueError, xml.etree.ElementTree.ParseError) as error:
        return f"{name} is malformed: {error}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text):
        return f"{name} holds a control character"
    return None


def check_case(case, program, update):
    """Returns what is wrong, as text; empty when nothing is."""
    code, texts = run_case(case, program)
    problems = []
    expected_code = int((case / "exit").read_text())
    if code != expected_code:
        problems.append(f"exit code {code}, expected {expected_code}")
        if not update:
            problems.append(texts["expected.txt"] + texts["expected.stderr.txt"])
    for name, text in texts.items():
        wrong = malformed(name, text)
        if wrong:
            problems.append(wrong)
        path = case / name
        if update:
            if text or name == "expected.txt":
                path.write_text(text)
            else:
                path.unlink(missing_ok=True)
            continue
        if not path.exists() and (text or name == "expected.txt"):
            problems.append(f"{name} is missing: run `make goldens`, and read what it writes")
        expected = path.read_text() if path.exists() else ""
        if path.exists() and text != expected:
            problems.append("".join(difflib.unified_diff(expected.splitlines(True), text.splitlines(True),
                                                         f"{case.name}/{name}", "now")))
    for path in case.glob("expected.*"):
        if path.name not in texts:
            if update:
                path.unlink()
            else:
                problems.append(f"{path.name} is expected, but `outputs` does not ask for it")
    return "\n".join(problems)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--cases", type=pathlib.Path, default=ROOT / "fixtures" / "golden")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("names", nargs="*", help="cases to run; all when none is named")
    options = parser.parse_args()
    cases = sorted(path.parent for path in options.cases.glob("*/cmd"))
    if options.names:
        unknown = set(options.names) - {case.name for case in cases}
        if unknown:
            raise SystemExit(f"no such case: {', '.join(sorted(unknown))}")
        cases = [case for case in cases if case.name in options.names]
    if not cases:
        raise SystemExit(f"no cases in {options.cases}")
    failed = 0
    for case in cases:
        try:
            problem = check_case(case, options.program.resolve(), options.update)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError, FileNotFoundError, ValueError) as error:
            problem = str(error)
        if problem:
            failed += 1
            print(f"FAILED {case.name}\n{problem}\n")
    print(f"golden: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
