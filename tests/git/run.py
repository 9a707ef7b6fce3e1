#!/usr/bin/env python3
"""run.py PROGRAM [MODULE...]: runs the tests of this folder, which make real repositories and call the real program.

MODULE is base_commit, checkouts, gate, history, hook, monorepo, notes, platforms, push, safety, single_runs or update; without
one all of them. -v says what each test is.
"""
import os
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent


def main():
    words = [word for word in sys.argv[1:] if word != "-v"]
    if not words:
        sys.exit(__doc__)
    os.environ["BUDGETCHECK_PROGRAM"] = os.path.realpath(words[0])
    sys.path.insert(0, str(HERE))
    names = [f"test_{name}" for name in words[1:]] or sorted(path.stem for path in HERE.glob("test_*.py"))
    tests = unittest.defaultTestLoader.loadTestsFromNames(names)
    if tests.countTestCases() == 0:
        sys.exit("no tests were found")
    done = unittest.TextTestRunner(verbosity=2 if "-v" in sys.argv else 1).run(tests)
    sys.exit(0 if done.wasSuccessful() else 1)


main()
