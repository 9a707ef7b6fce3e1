#!/usr/bin/env python3
"""score_reached.py FILE NAME: precision and recall of every rule in a scorer's table are good enough.

The table's lines are: rule TP FP FN precision recall F1, with nan where there is nothing to find. Other lines are passed over.
Exit code 1: a rule is below GOOD, or fewer than LEAST rules have something to find.
"""
import pathlib
import sys

RULES = {"n_plus_one", "n_plus_one_write", "duplicate", "full_scan", "unbounded_read"}
GOOD, LEAST = 0.97, 4


def judged(text):
    """(rule, precision, recall) of each rule that has something to find or found something."""
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 6 and words[0] in RULES and sum(int(word) for word in words[1:4]) > 0:
            yield words[0], float(words[4]), float(words[5])


def problems(text, name):
    rules = list(judged(text))
    # Not "<": nan is good enough for nothing.
    found = [f"{name}: {rule} has precision {precision} and recall {recall}, at least {GOOD} is asked"
             for rule, precision, recall in rules if not (precision >= GOOD and recall >= GOOD)]
    if len(rules) < LEAST:
        found.append(f"{name}: {len(rules)} rules have something to find, at least {LEAST} should")
    return found


def main():
    found = problems(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"), sys.argv[2])
    print("\n".join(found) or f"{sys.argv[2]}: every rule reaches {GOOD}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
