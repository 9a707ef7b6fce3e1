#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kOwnRule = R"({"id":"no-moment","title":"No moment","short":"s","why":"w","help":"h",
  "limits":"l","level":"warning","kind":"pattern","on":"package","pattern":"^moment$","params":{},"tags":[],
  "since":"0.1.0"})";

std::string with_rule(const std::string& rules, const std::string& rule, bool& accepted) {
  MemoryFileSystem files;
  files.add("app/budgets.yml", "version: 1\nrules_dir: perf/rules\nrules: " + rules + "\n");
  files.add("app/perf/rules/own.json", rule);
  files.add("app/perf/rules/README.md", "no rule");
  const auto file = load_budgets(files, "app/budgets.yml");
  accepted = file.has_value();
  std::string said;
  if (!file) {
    for (const Error& error : file.error()) {
      said += to_string(error) + "\n";
    }
  } else {
    const Rule* own = file->rules.find("no-moment");
    said = own == nullptr ? "none" : std::string(to_string(own->level));
  }
  return said;
}

TEST(RulesDirSection, OwnRulesAreReadFromTheirFolder) {
  bool accepted = false;
  EXPECT_EQ(with_rule("{}", std::string(kOwnRule), accepted), "warning");
  EXPECT_EQ(with_rule("{no-moment: error}", std::string(kOwnRule), accepted), "error");
  std::string shipped(kOwnRule);
  shipped.replace(shipped.find("no-moment"), 9, "n-plus-one");
  EXPECT_TRUE(contains(with_rule("{}", shipped, accepted), "comes with the program"));
  EXPECT_FALSE(accepted);
  const std::string broken = with_rule("{own: error}", "{", accepted);
  EXPECT_TRUE(contains(broken, "perf/rules/own.json")) << broken;
  EXPECT_FALSE(contains(broken, "no rule is called 'own'")) << broken;
  std::string coded(kOwnRule);
  coded.replace(coded.find("pattern"), 7, "coded");
  with_rule("{}", coded, accepted);
  EXPECT_FALSE(accepted);
  EXPECT_SAYS("version: 1\nrules_dir: nowhere\nrules: {mine: error}\n", "which is not a folder");
}

TEST(RulesDirSection, NothingIsSaidThatFollowsFromAnotherError) {
  constexpr std::string_view kLimit = R"({"id":"slow-api","title":"t","short":"s","why":"w","help":"h","limits":"l",
  "level":"warning","kind":"threshold","metric":"api.x","limit":"3 ms","tags":[],"since":"0.1.0"})";
  const auto errors = [](const std::string& metrics, const std::string& rule) {
    MemoryFileSystem files;
    files.add("budgets.yml", "version: 1\nrules_dir: rules\nrules: { slow-api: error }\n" + metrics);
    files.add("rules/limit.json", rule);
    const auto file = load_budgets(files, "budgets.yml");
    std::string out;
    for (const Error& error : file ? Errors() : file.error()) {
      out += to_string(error) + "\n";
    }
    return out;
  };
  const std::string rule(kLimit);
  EXPECT_EQ(errors("metrics: { api.x: { unit: ms, direction: lower, class: timing-noisy } }\n", rule), "");
  EXPECT_TRUE(errors("metrics: { api.x: { unit: mss, direction: lower, class: timing-noisy } }\n", rule)
                  .starts_with("budgets.yml:4:27: 'unit': unknown unit 'mss'"));
  EXPECT_FALSE(contains(errors("metrics: { api.x: { unit: mss, direction: lower, class: timing-noisy } }\n", rule),
                        "rules/limit.json"));
  const std::string undeclared = errors("", rule);
  EXPECT_TRUE(contains(undeclared, "rules/limit.json:2:49: unknown metric 'api.x'")) << undeclared;
  EXPECT_FALSE(contains(undeclared, "no rule is called")) << undeclared;
  EXPECT_FALSE(contains(errors("", "{"), "no rule is called"));
}

}  // namespace
}  // namespace budgetcheck
