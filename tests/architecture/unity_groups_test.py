#!/usr/bin/env python3
"""Which sources tools/unity_groups.py compiles together, and which it keeps apart."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import unity_groups  # noqa: E402


def source(local, rest="", head=""):
    return f"{head}\nnamespace budgetcheck {{\nnamespace {{\n\n{local}\n\n}}  // namespace\n\n{rest}\n\n}}  // namespace budgetcheck\n"


class UnityGroups(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.root = pathlib.Path(self.temporary.name)

    def groups(self, files, full=1000):
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        found = {}
        sources = [self.root / name for name in files if name.endswith(".cpp")]
        for group, path in unity_groups.grouping(self.root, full, sources):
            found.setdefault(group, []).append(path.relative_to(self.root).as_posix())
        return sorted(found.values())

    def together(self, first, second, **headers):
        files = {"src/json/a.cpp": first, "src/json/b.cpp": second}
        return self.groups({**files, **{f"src/json/{name}.h": text for name, text in headers.items()}}) == [sorted(files)]

    def test_files_without_a_common_name(self):
        self.assertTrue(self.together(source("int one() { return 1; }"), source("int two() { return 2; }")))

    def test_whatever_kind_of_thing_the_name_is(self):
        for kind in ("int same(int a) {\n  return a;\n}", "constexpr int same = 3;", "const std::map<int, std::string> same{{1, {}}};",
                     "struct same {\n  int a;\n};", "enum class same : char { kA };", "using same = int;", "template <typename T>\nT same(T a) {\n  return a;\n}",
                     "class same final : public Base {\n};", "const char* const same[] = {\"a\"};",
                     "std::function<void(int)> same(int a) {\n  return {};\n}"):
            self.assertFalse(self.together(source(kind), source("void same() {}")), kind)
            self.assertFalse(self.together(source("void other() {}", "int user() {\n  int same = 1;\n  return same;\n}"), source(kind)), kind)

    def test_names_in_texts_and_comments_are_none(self):
        self.assertTrue(self.together(source("void same() {}"), source('const char* kText = "same"; // same\nconst char* kRaw = R"(\nsame)";')))

    def test_a_name_that_a_header_of_the_other_declares(self):
        headers = {"h": "namespace budgetcheck {\nint same(int a);\n}  // namespace budgetcheck\n", "g": '#include "json/h.h"\n'}
        user = source("void two() {}", head='#include "json/g.h"')
        for word in ("void same() {}", "void one() {\n  int same = 1;\n}"):
            self.assertFalse(self.together(source(word), user, **headers), word)
            self.assertTrue(self.together(source(word), source("void two() {}"), **headers), word)
        both = source("int one() {\n  return same(1);\n}", head='#include "json/h.h"')
        self.assertTrue(self.together(both, user, **headers))

    def test_a_namespace_of_a_header_hides_one_outside(self):
        header = {"h": "namespace budgetcheck::outer {\nint g();\n}  // namespace budgetcheck::outer\n"}
        user = source("void two() {}", head='#include "json/h.h"')
        self.assertFalse(self.together(source("int one = outer::f();"), user, **header))
        self.assertTrue(self.together(source("int one = inner::f();"), user, **header))

    def test_using(self):
        std, own = "using std::chrono::same;\nvoid f() { same(); }", "using testing::same;\nvoid g() { same(); }"
        self.assertTrue(self.together(source(std), source(std.replace(" f", " g"))))
        self.assertFalse(self.together(source(std), source(own)))
        self.assertFalse(self.together(source("using namespace testing;"), source("void f() {}")))
        self.assertTrue(self.together(source("using namespace testing;"), source("using namespace testing;\nvoid f() {}")))

    def test_a_macro(self):
        self.assertFalse(self.together(source("void a() {}", head="#define same 1"), source("void f() { same(); }")))

    def test_a_group_is_full_and_stays_in_its_room(self):
        files = {f"src/json/{name}.cpp": source(f"void {name}() {{}}") for name in "abcd"}
        self.assertEqual(self.groups(files, full=2 * 13), [["src/json/a.cpp", "src/json/b.cpp"], ["src/json/c.cpp", "src/json/d.cpp"]])
        rooms = {f"src/{room}/{room}{number}.cpp": source(f"void {room}{number}() {{}}") for room in ("base", "query") for number in (1, 2)}
        self.assertEqual(self.groups(rooms), [["src/base/base1.cpp", "src/base/base2.cpp"], ["src/query/query1.cpp", "src/query/query2.cpp"]])

    def test_one_file_is_no_group(self):
        self.assertEqual(self.groups({"src/json/a.cpp": source("void a() {}")}), [])


if __name__ == "__main__":
    unittest.main()
