#include "cli/chosen_budgets.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

constexpr const char* kFile = "version: 1\nproject: shop\nbudgets:\n  - {metric: bundle.gzip, max: 3 kB}\n";

TEST(ChosenBudgets, AreTheGivenFileElseTheOneHereElseTheDefaults) {
  MemoryFileSystem files;
  EXPECT_EQ(load_chosen_budgets(files, "")->path, "");
  files.add("budgets.yml", kFile);
  files.add("ci/b.yml", kFile);
  EXPECT_EQ(*choose_budgets(files, "ci/b.yml"), "ci/b.yml");
  EXPECT_EQ(load_chosen_budgets(files, "ci/b.yml")->path, "ci/b.yml");
  EXPECT_EQ(load_chosen_budgets(files, "")->project, "shop");
}

TEST(ChosenBudgets, AMissingFileIsAUsageError) {
  const MemoryFileSystem files;
  const auto missing = load_chosen_budgets(files, "b.yml");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().front().kind, ErrorKind::kUsage);
  const auto none = load_own_budgets(files, "", ".", "write one");
  ASSERT_FALSE(none);
  EXPECT_EQ(to_string(none.error().front()), "there is no budgets file here or in a folder above (write one)");
}

TEST(ChosenBudgets, TwoFilesSideBySideAreAUsageError) {
  MemoryFileSystem files;
  files.add("budgets.yml", kFile);
  files.add("budgets.json", "{}");
  EXPECT_FALSE(choose_budgets(files, ""));
  EXPECT_FALSE(load_own_budgets(files, "", ".", ""));
}

}  // namespace
}  // namespace budgetcheck
