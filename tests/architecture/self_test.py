#!/usr/bin/env python3
"""Shows that check.py sees each kind of violation, and only those."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check  # noqa: E402


class Architecture(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.temporary.name)
        self.write("src/main.cpp", '#include "cli/run.h"\n')

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def messages(self):
        return [f"{path.relative_to(self.root)}:{line}: {text}" for path, line, text in check.check(self.root)]

    def refuses(self, name, text):
        self.assertEqual(self.messages(), [], "clean before")
        self.write(name, text)
        found = self.messages()
        self.assertEqual(len(found), 1, found)
        self.assertTrue(found[0].startswith(name + ":"), found)

    def test_allowed_directions_pass(self):
        self.write("src/base/text.cpp", '#include "base/text.h"\n#include <string>\n')
        self.write("src/collect/log.cpp", '#include "query/shape.h"\n#include "model/facts.h"\n#include "json/select.h"\n')
        self.write("src/json/sax.cpp", "#include <rapidjson/reader.h>\n")
        self.write("src/baseline/base.cpp", "#include <git2.h>\n")
        self.write("src/report/junit.cpp", "#include <tinyxml2.h>\n")
        self.write("src/cli/run.cpp", '#include "collect/collect.h"\n#include "deliver/comment.h"\n')
        self.assertEqual(self.messages(), [])

    def test_upward_include(self):
        self.refuses("src/base/text.cpp", '#include "json/value.h"\n')

    def test_report_does_not_know_collect_s_later_neighbours(self):
        self.refuses("src/detect/a.cpp", '#include "judge/judge.h"\n')

    def test_siblings(self):
        self.refuses("src/budget/load.cpp", '#include "collect/collect.h"\n')

    def test_query_does_not_know_collect(self):
        self.refuses("src/query/shape.cpp", '  #  include "collect/format.h"\n')

    def test_relative_include(self):
        self.refuses("src/report/a.cpp", '#include "../base/text.h"\n')

    def test_unknown_folder(self):
        self.refuses("src/util/a.cpp", "\n")

    def test_rapidjson_outside_json(self):
        self.refuses("src/collect/a.cpp", "#include <rapidjson/reader.h>\n")

    def test_yaml_outside_json(self):
        self.refuses("src/budget/a.cpp", "#include <yaml-cpp/yaml.h>\n")

    def test_git_outside_baseline(self):
        self.refuses("src/cli/a.cpp", "#include <git2.h>\n")

    def test_tinyxml_outside_report(self):
        self.refuses("src/deliver/a.cpp", "#include <tinyxml2.h>\n")

    def test_long_main(self):
        self.refuses("src/main.cpp", "\n" * 60)

    def test_long_file_and_the_boundary(self):
        self.write("src/base/a.cpp", "\n" * 450)
        self.refuses("src/base/b.cpp", "\n" * 451)

    def test_home_paths(self):
        self.refuses("docs/a.md", "see /home/" + "anna/notes\n")

    def test_a_url_with_home_in_it_is_no_home_path(self):
        self.write("docs/a.md", "https://example.org/home/anna/page and /home/user/x and src/home/a/b\n")
        self.assertEqual(self.messages(), [])

    def test_no_sources_is_a_failure(self):
        (self.root / "src/main.cpp").unlink()
        self.assertNotEqual(check.check(self.root), [])


if __name__ == "__main__":
    unittest.main()
