#!/usr/bin/env python3
"""Shows that the checks of the pages see what they are for."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo_block  # noqa: E402
import generated  # noqa: E402
import links  # noqa: E402
import tables  # noqa: E402
import yaml_blocks  # noqa: E402


class Folder(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.temporary.name).resolve()
        self.write("docs/index.md", "# Pages\n\n[a](a.md)\n")
        self.write("docs/a.md", "# A page\n\n## What it says (`now`)\n\n## Twice\n\n## Twice\n")

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Links(Folder):
    def messages(self):
        return [f"{page.relative_to(self.root)}:{line}: {text}" for page, line, text in links.check(self.root)]

    def test_good_links_pass(self):
        self.write("README.md", "[a](docs/a.md#what-it-says-now), [b](docs/a.md#twice-1), [c](https://x.org/no), [d](docs/), [e](#f)\n# F\n"
                                "`[no](link.md)`\n```\n[no](link.md)\n```\n[`code`](docs/a.md)\n")
        self.assertEqual(self.messages(), [])

    def test_a_missing_file(self):
        self.write("README.md", "text\n[a](docs/b.md)\n")
        self.assertEqual(self.messages(), ["README.md:2: 'docs/b.md' leads nowhere"])

    def test_a_missing_heading(self):
        self.write("README.md", "[a](docs/a.md#twice-2)\n")
        self.assertEqual(self.messages(), ["README.md:1: 'docs/a.md#twice-2': there is no heading of that name"])

    def test_a_link_out_of_the_repository(self):
        self.write("README.md", "[a](../secret.md)\n")
        self.assertEqual(self.messages(), ["README.md:1: '../secret.md' leads nowhere"])

    def test_a_page_that_nobody_links(self):
        self.write("docs/b.md", "# B\n")
        self.assertEqual(self.messages(), ["docs/b.md:1: no link from docs/index.md leads here"])


class YamlBlocks(Folder):
    def messages(self):
        return [f"{page.relative_to(self.root)}:{line}: {text}" for page, line, text in yaml_blocks.check(self.root)]

    def test_good_blocks_pass(self):
        self.write("README.md", "```yaml\na: &x { b: 1 }\nc: *x\nd: !reference [a, b]\n```\n1. text\n\n   ```yml\n   a:\n     - b\n   ```\n```sh\na: {\n```\n")
        self.assertEqual(self.messages(), [])

    def test_what_does_not_parse_is_named_by_its_line(self):
        self.write("docs/a.md", "# A\n\n```yaml\nok: 1\nwith: { id: ${{ github.token }} }\n```\n")
        self.assertEqual([text.split(": ")[0] for text in self.messages()], ["docs/a.md:5"])

    def test_a_key_that_is_written_twice(self):
        self.write("docs/a.md", "```yaml\na: 1\nb: 2\na: 3\n```\n")
        self.assertEqual(len(self.messages()), 1)
        self.assertIn("the key 'a' is written twice", self.messages()[0])


class Generated(Folder):
    def test_what_differs_is_missing_or_too_much(self):
        self.write("new/a.md", "# Other\n")
        self.write("new/rules/x.md", "# X\n")
        self.write("docs/rules/old.md", "# Old\n")
        self.assertEqual(generated.stale(self.root / "new", self.root / "docs"), ["a.md", "rules/x.md", "rules/old.md"])

    def test_equal_pages_pass(self):
        self.write("new/a.md", (self.root / "docs/a.md").read_text())
        self.assertEqual(generated.stale(self.root / "new", self.root / "docs"), [])


class DemoBlock(unittest.TestCase):
    REPORT = ("FAIL a: over\n  do less\n  at b.yml:1 a\n\nFAIL all of it\n     read\n  do add an\n     index\n  at f:1 personal-data, b.yml:2 b\n\n"
              "FAIL c: 31\n why b\n  at g:1 n-plus-one\n\nWARN d\n  at h:1 not-personal-data\n\nWARN e\n  at i:1 limit-over-capacity\n\n"
              "WARN f\n  at j:1 request-waterfall, b.yml:3 c\n\nnote\nFAILED: 1 (exit 1)\n")

    def test_it_shows_what_matters(self):
        self.assertEqual(demo_block.excerpt(self.REPORT),
                         "FAIL c: 31\n why b\n  at g:1 n-plus-one\n\n"
                         "WARN f\n  at j:1 request-waterfall, b.yml:3 c\n\n"
                         "FAIL all of it\n     read\n  do add an\n     index\n  at f:1 personal-data, b.yml:2 b\n\n"
                         "WARN e\n  at i:1 limit-over-capacity\n\nFAILED: 1 (exit 1)\n")

    def test_a_demo_without_its_findings_is_refused(self):
        with self.assertRaises(SystemExit):
            demo_block.excerpt("FAIL     a\n\nFAILED: 1 (exit 1)\n")


class Tables(unittest.TestCase):
    def test_tables_have_headers_and_rows(self):
        self.assertEqual(tables.tables("text\n| a | b |\n|---|---|\n| `x\\|y` | 1 |\n\n| no | table |\n"), [(["a", "b"], [["`x\\|y`", "1"]])])

    def test_both_directions_differ(self):
        self.assertEqual(tables.differing("t", ["a", "b"], ["b", "c"]), ["t names 'a', which does not exist", "t leaves out 'c'"])
        self.assertEqual(tables.differing("t", ["b"], ["b", "c"], complete=False), [])

    def test_command_lines_in_a_page(self):
        self.assertEqual([" ".join(words) for words in tables.calls("```sh\nbudgetcheck check a --today X | cat\n```\nuse `budgetcheck explain n`, budgetcheck --no\n")],
                         ["check a --today X", "explain n"])

    def test_messages_are_found_around_names(self):
        sources = '{} has stored no results yet'
        self.assertEqual(tables.longest_run("origin has stored no results yet", sources), (5, 6))
        self.assertEqual(tables.longest_run("… has stored no results yet", sources), (5, 5))
        self.assertEqual(tables.longest_run("nothing of the kind", sources), (0, 4))


if __name__ == "__main__":
    unittest.main()
