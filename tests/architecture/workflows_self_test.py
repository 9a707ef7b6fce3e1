#!/usr/bin/env python3
"""Shows that workflows.py sees each kind of violation, and only those."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import workflows  # noqa: E402

SHA = "3d3c42e5aac5ba805825da76410c181273ba90b1"
GOOD = f"""name: x
on: pull_request
permissions: {{}}
jobs:
  measure:
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@{SHA} # v7.0.1; depth 1
      - run: npm ci && make
      - uses: ./.github/actions/own
  comment:
    permissions:
      pull-requests: write # the comment
    steps:
      - uses: OWNER/budgetcheck@{'0' * 40} # v1.2.3
      - run: |
          # says it
          for file in reports/*.json; do
            budgetcheck comment "$file" \\
              --job x || echo "no comment; make one"
          done
        env:
          GITHUB_TOKEN: ${{{{ github.token }}}}
"""


class Workflows(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.root = pathlib.Path(self.temporary.name)
        self.write("CMakeLists.txt", "project(budgetcheck VERSION 1.2.3 LANGUAGES CXX)\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def found(self, text, name=".github/workflows/x.yml"):
        self.write(name, text)
        return [f"{line}: {message}" for _, line, message in workflows.check(self.root)]

    def refuses(self, old, new, says):
        self.assertIn(old, GOOD)
        found = self.found(GOOD.replace(old, new))
        self.assertEqual(len(found), 1, found)
        self.assertIn(says, found[0])

    def test_a_good_one_passes(self):
        self.assertEqual(self.found(GOOD), [])
        self.assertEqual(self.found(GOOD, "ci-templates/github/x.yml"), [])

    def test_nothing_at_all_is_not_good(self):
        self.assertEqual(len(workflows.check(self.root)), 1)

    def test_what_is_used_is_pinned(self):
        self.refuses(f"checkout@{SHA} # v7.0.1", "checkout@v7", "full commit")
        self.refuses(f"checkout@{SHA}", f"checkout@{SHA[:12]}", "full commit")
        self.refuses(f"actions/checkout@{SHA}", "docker://alpine:3.20", "full commit")
        self.refuses(f"checkout@{SHA} # v7.0.1; depth 1", f"checkout@{SHA}", "version as a comment")
        self.refuses(f"checkout@{SHA}", f"checkout@{'0' * 40}", "names no commit")
        self.refuses("- uses: ./.github/actions/own", "- { uses: a/b@v1 }", "in a line of its own")
        self.refuses("# v1.2.3", "# v1.2.2", "not of this version")

    def test_an_action_uses_no_other_one(self):
        for name in workflows.ACTIONS:
            self.assertEqual(len(self.found(f"runs:\n  steps:\n    - uses: a/b@{SHA} # v1\n", name)), 1)
            self.write(name, "runs:\n  steps:\n    - run: x\n")

    def test_permissions_are_named(self):
        self.refuses("permissions: {}\n", "", "no permissions: at the top")
        self.assertEqual(self.found(GOOD.replace("on: pull_request\n", "on: pull_request_target\n")),
                         ["2: pull_request_target gives the token of this repository to a change"])

    def test_who_may_write_runs_nothing_of_the_project(self):
        for old, new in (("contents: read", "contents: write"), ("    permissions:\n      contents: read\n", "    permissions: write-all\n"),
                         ("    permissions:\n      contents: read\n", "    permissions: { contents: read, id-token: write }\n")):
            found = self.found(GOOD.replace(old, new))
            self.assertEqual(len(found), 3, found)  # npm ci, make, and the action of the checkout
        inherited = GOOD.replace("permissions: {}", "permissions: { contents: write }").replace("    permissions:\n      contents: read\n", "")
        self.assertEqual(len(self.found(inherited)), 3)
        for line in ("make", "./x.sh", "bash x.sh", "npm ci", "budgetcheck check && npx x", "echo $(make)", "echo `make`", "A=1 make",
                     "if make; then echo; fi", "cat x | sh"):
            self.refuses("            budgetcheck comment", f"            {line}\n            budgetcheck comment", "may write")

    def test_who_has_a_secret_runs_nothing_of_the_project(self):
        found = self.found(GOOD.replace("      - run: npm ci && make\n", "      - run: npm ci\n        env:\n          T: ${{ secrets.T }}\n"))
        self.assertEqual(len(found), 2, found)
        self.assertIn("is given a secret", found[0])


if __name__ == "__main__":
    unittest.main()
