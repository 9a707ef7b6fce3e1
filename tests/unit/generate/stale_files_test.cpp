#include "generate/stale_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<GeneratedFile>& generated() {
  static const std::vector<GeneratedFile> kFiles{{"nginx-limits",
                                                  "ops/limits.conf",
                                                  "# Written by budgetcheck generate\nrate=5r/s;\n",
                                                  {"budgets.yml", 9, 3, {}}}};
  return kFiles;
}

std::vector<Finding> with(const std::string& text) {
  MemoryFileSystem files;
  files.add("ops/limits.conf", text);
  return stale_files(files, default_budgets().rules, generated());
}

TEST(StaleFiles, TheSameFileIsFine) {
  EXPECT_THAT(with(generated()[0].text), IsEmpty());
  EXPECT_THAT(with("# Written by budgetcheck generate\r\nrate=5r/s;\r\n"), IsEmpty());
}

TEST(StaleFiles, ADifferenceIsShown) {
  const auto found = with("# Written by budgetcheck generate\nrate=6r/s;\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "generated-file-stale");
  EXPECT_EQ(found[0].level, Level::kError);
  EXPECT_EQ(found[0].location.line, 2U);
  EXPECT_THAT(found[0].message, HasSubstr("2 lines differ, from line 2 (- rate=6r/s;; + rate=5r/s;)"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("budgetcheck generate nginx-limits"));
}

TEST(StaleFiles, AMissingFileAndSomebodyElsesSaySo) {
  MemoryFileSystem nothing;
  const auto missing = stale_files(nothing, default_budgets().rules, generated());
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_THAT(missing[0].message, HasSubstr("is not there"));
  EXPECT_EQ(missing[0].location.line, 9U);
  const auto foreign = with("rate=6r/s;\n");
  ASSERT_EQ(foreign.size(), 1U);
  EXPECT_THAT(foreign[0].message, HasSubstr("was not written by budgetcheck generate"));
}

TEST(StaleFiles, IsOffWhereTheRuleIs) {
  RuleSet rules = default_budgets().rules;
  rules.find("generated-file-stale")->level = Level::kOff;
  EXPECT_THAT(stale_files(MemoryFileSystem(), rules, generated()), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
