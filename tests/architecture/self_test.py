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

    def accepts(self, name, text):
        self.write(name, text)
        self.assertEqual(self.messages(), [])

    def test_allowed_directions_pass(self):
        self.write("src/base/text.cpp", '#include "base/text.h"\n#include <string>\n')
        self.write("src/results/read.cpp", '#include "model/report.h"\n#include "json/value.h"\n')
        self.write("src/collect/logs/log.cpp",
                   '#include "query/sql/shape.h"\n#include "model/facts.h"\n#include "collect/query_log/builder.h"\n')
        self.write("src/detect/query/scan.cpp", '#include "detect/detect.h"\n#include "query/index/use.h"\n')
        self.write("src/cli/run.cpp", '#include "collect/collect.h"\n#include "deliver/comment.h"\n')
        self.write("src/generate/rules.cpp", '#include "budget/load.h"\n')
        self.assertEqual(self.messages(), [])

    def test_libraries_in_their_place_pass(self):
        self.write("src/json/stream/sax.cpp", "#include <rapidjson/reader.h>\n")
        self.write("src/json/read_yaml.cpp", "#include <yaml-cpp/parser.h>\n")
        self.write("src/baseline/base.cpp", "#include <git2.h>\n")
        self.write("src/report/formats/junit.cpp", "#include <tinyxml2.h>\n")
        self.write("src/cli/options.cpp", "#include <boost/program_options.hpp>\n")
        self.write("src/base/pattern.cpp", "#include <re2/re2.h>\n#include <signature.h>\n")
        self.write("src/base/platform/process.cpp", "#include <sys/wait.h>\n#include <unistd.h>\n#include <csignal>\n")
        self.write("src/cli/say.cpp", "#include <fmt/format.h>\n")
        self.assertEqual(self.messages(), [])

    def test_two_types_of_one_name(self):
        self.write("src/judge/a.h", "namespace budgetcheck {\n\nstruct Reader {\n  int a;\n};\n\n}  // namespace budgetcheck\n")
        self.write("src/json/a.h", "namespace budgetcheck::json {\nclass Reader {\n};\n}  // namespace budgetcheck::json\n")
        self.write("src/query/b.h", "namespace budgetcheck {\nclass Reader;\n}  // namespace budgetcheck\n")
        self.accepts("src/query/a.cpp", "namespace budgetcheck {\nnamespace {\nclass Reader {\n};\n}  // namespace\n}  // namespace budgetcheck\n")
        self.refuses("src/query/c.h", "namespace budgetcheck {\nenum class Reader : char {\n};\n}  // namespace budgetcheck\n")

    def test_upward_include(self):
        self.refuses("src/base/text.cpp", '#include "json/value.h"\n')

    def test_model_does_not_know_results(self):
        self.refuses("src/model/report.cpp", '#include "results/read.h"\n')

    def test_results_do_not_know_collect(self):
        self.refuses("src/results/read.cpp", '#include "collect/collect.h"\n')

    def test_detect_does_not_know_its_later_neighbours(self):
        self.refuses("src/detect/a.cpp", '#include "judge/judge.h"\n')

    def test_detect_does_not_know_collect(self):
        self.refuses("src/detect/a.cpp", '#include "collect/collect.h"\n')

    def test_judge_does_not_know_collect(self):
        self.refuses("src/judge/change/causes.cpp", '#include "collect/bundle/asset_name.h"\n')

    def test_siblings(self):
        self.refuses("src/budget/load.cpp", '#include "collect/collect.h"\n')

    def test_report_and_generate_do_not_know_each_other(self):
        self.refuses("src/generate/a.cpp", '#include "report/format.h"\n')

    def test_query_does_not_know_collect(self):
        self.refuses("src/query/shape.cpp", '  #  include "collect/format.h"\n')

    def test_relative_include(self):
        self.refuses("src/report/a.cpp", '#include "../base/text.h"\n')

    def test_unknown_folder(self):
        self.refuses("src/util/a.cpp", "\n")

    # --- inside collect ---

    def test_collect_goes_down(self):
        self.write("src/collect/account.h", '#include "collect/text/lines.h"\n')
        self.write("src/collect/format.h", '#include "collect/account.h"\n')
        self.write("src/collect/http/parts.cpp", '#include "collect/format.h"\n#include "collect/text/lines.h"\n')
        self.write("src/collect/trace/otlp.cpp", '#include "collect/query_log/builder.h"\n#include "collect/http/parts.h"\n')
        self.write("src/collect/registry.cpp", '#include "collect/trace/otlp.h"\n#include "collect/samples_file.h"\n')
        self.write("src/collect/plan.cpp", '#include "collect/registry.h"\n#include "collect/collect.h"\n')
        self.write("src/collect/bundle/input.cpp", '#include "collect/bundle/bundlers/webpack.h"\n')
        self.assertEqual(self.messages(), [])

    def test_families_do_not_know_each_other(self):
        self.refuses("src/collect/trace/otlp.cpp", '#include "collect/logs/json_lines.h"\n')

    def test_text_is_below_the_families(self):
        self.refuses("src/collect/text/lines.cpp", '#include "collect/logs/json_lines.h"\n')

    def test_text_is_below_format(self):
        self.refuses("src/collect/text/lines.cpp", '#include "collect/format.h"\n')

    def test_http_and_query_log_do_not_know_each_other(self):
        self.refuses("src/collect/http/parts.cpp", '#include "collect/query_log/builder.h"\n')

    def test_a_family_does_not_know_the_registry(self):
        self.refuses("src/collect/logs/json_lines.cpp", '#include "collect/registry.h"\n')

    def test_a_family_does_not_know_what_is_above_the_registry(self):
        self.refuses("src/collect/bundle/bundlers/vite.cpp", '#include "collect/collect.h"\n')

    def test_the_registry_does_not_know_what_is_above_it(self):
        self.refuses("src/collect/registry.cpp", '#include "collect/plan.h"\n')

    def test_unknown_folder_of_collect(self):
        self.refuses("src/collect/misc/a.cpp", "\n")

    # --- inside detect ---

    def test_detect_s_own_files_know_its_folders(self):
        self.accepts("src/detect/registry.cpp", '#include "detect/query/n_plus_one.h"\n#include "detect/capture/a.h"\n')

    def test_folders_of_detect_do_not_know_each_other(self):
        self.refuses("src/detect/capture/a.cpp", '#include "detect/query/sites.h"\n')

    def test_a_rule_does_not_know_the_registry(self):
        self.refuses("src/detect/capture/a.cpp", '#include "detect/registry.h"\n')

    # --- libraries ---

    def test_rapidjson_outside_json(self):
        self.refuses("src/collect/a.cpp", "#include <rapidjson/reader.h>\n")

    def test_yaml_outside_json(self):
        self.refuses("src/budget/a.cpp", "#include <yaml-cpp/yaml.h>\n")

    def test_git_outside_baseline(self):
        self.refuses("src/cli/a.cpp", "#include <git2.h>\n")

    def test_tinyxml_outside_report(self):
        self.refuses("src/deliver/a.cpp", "#include <tinyxml2.h>\n")

    def test_boost_outside_cli(self):
        self.refuses("src/budget/a.cpp", "#include <boost/program_options.hpp>\n")

    def test_re2_outside_pattern(self):
        self.refuses("src/base/text.cpp", "#include <re2/re2.h>\n")

    def test_compressors_outside_bundle(self):
        self.refuses("src/collect/capture/a.cpp", "#include <zlib.h>\n")

    def test_the_operating_system_outside_platform(self):
        self.refuses("src/cli/hook/hook.cpp", "#include <poll.h>\n")

    def test_the_operating_system_in_base_outside_platform(self):
        self.refuses("src/base/path.cpp", "#include <sys/stat.h>\n")

    def test_main_does_not_know_the_operating_system(self):
        self.refuses("src/main.cpp", '#include <unistd.h>\n')

    def test_fmt_in_a_header(self):
        self.refuses("src/cli/say.h", "#include <fmt/format.h>\n")

    def test_one_file_writes_to_the_standard_streams(self):
        for line in ('std::cout << "x";', "(void)write_all(kStandardError, text);", 'fmt::print("{}", x);', "write_all(1, x);"):
            self.refuses("src/cli/say.cpp", line + "\n")
            self.write("src/cli/say.cpp", "\n")

    def test_the_door_writes_to_the_standard_streams(self):
        self.accepts("src/cli/terminal/console.cpp", "(void)write_all(kStandardError, text);\n")
        self.accepts("src/cli/say.cpp", "rendering_for(kStandardOutput, variables); write_all(file.get(), text);\n")

    # --- sizes and places ---

    def test_long_folder_and_the_boundary(self):
        for number in range(40):
            self.write(f"src/base/a{number}.cpp", "\n")
        self.write("src/base/platform/a.cpp", "\n")
        self.assertEqual(self.messages(), [])
        self.write("src/base/one_more.cpp", "\n")
        self.assertEqual(self.messages(), ["src/base:0: 41 files; at most 40 in a folder of src"])

    def test_a_test_has_the_place_and_name_of_its_source(self):
        self.write("src/base/text.h", "\n")
        self.write("src/base/glob.cpp", "\n")
        self.write("tests/unit/base/text_test.cpp", "\n")
        self.write("tests/unit/base/glob_test.cpp", "\n")
        self.write("tests/unit/base/glob_testing.h", "\n")
        self.refuses("tests/unit/base/number_test.cpp", "\n")

    def test_a_test_in_another_folder_than_its_source(self):
        self.write("src/base/text.h", "\n")
        self.refuses("tests/unit/json/text_test.cpp", "\n")

    def test_a_second_test_names_its_source_first(self):
        self.write("src/query/sql/shape.cpp", "\n")
        self.write("tests/unit/query/sql/shape_dialects_test.cpp", "\n")
        self.write("tests/unit/query/sql/sql_test.cpp", "\n")  # the folder as a whole
        self.refuses("tests/unit/query/sql/shaped_test.cpp", "\n")

    def test_the_map_stays_short(self):
        self.write("ARCHITECTURE.md", "\n" * 120)
        self.assertEqual(self.messages(), [])
        self.write("ARCHITECTURE.md", "\n" * 121)
        self.assertEqual(self.messages(), ["ARCHITECTURE.md:121: 121 lines; a map has at most 120"])

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
