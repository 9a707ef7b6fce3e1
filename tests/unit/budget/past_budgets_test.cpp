#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

ExpectedAll<BudgetsFile> load(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", text);
  return load_budgets(files, "budgets.yml");
}

TEST(LoadBudgets, ARemovedBudgetMustNotBeThere) {
  const std::string budget = "version: 1\nbudgets: [{id: js-home, metric: bundle.gzip, max: 170 kB}]\nremoved:\n";
  const auto file = load(budget + "  - {budget: old, owner: o, reason: r}\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->removed.at(0).budget, "old");
  EXPECT_EQ(file->removed.at(0).location.line, 4U);
  const auto there = load(budget + "  - {budget: js-home, owner: o, reason: r}\n");
  ASSERT_FALSE(there);
  EXPECT_NE(to_string(there.error().front()).find("which is there"), std::string::npos);
  EXPECT_FALSE(load(budget + "  - {budget: old, owner: o}\n")) << "without a reason";
}

TEST(LoadPastBudgets, ReadsLimitsAndNothingThatNeedsFiles) {
  const auto file = load_past_budgets("budgets.yml", std::string_view(R"(version: 1
inputs: [missing/*.json]
rules_dir: gone
rules: { mine: error }
metrics: { api.error_rate: { unit: "1", direction: lower, class: rate } }
budgets:
  - { id: rate, metric: api.error_rate, max: 5% }
  - { id: js, metric: bundle.gzip, max: 170 kB }
)"));
  ASSERT_TRUE(file) << to_string(file.error().front());
  ASSERT_EQ(file->budgets.size(), 2U);
  EXPECT_TRUE(file->budgets[0].metric);
  EXPECT_EQ(file->budgets[1].max, 170'000);
  EXPECT_NE(file->document.find("rules"), nullptr);
}

TEST(LoadPastBudgets, SaysWhatItCannotRead) {
  EXPECT_EQ(load_past_budgets("b.yml", std::string_view("version: 9\n")).error().at(0).code, "SCHEMA_VERSION");
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("{")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("[1]")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("version: 1\nbudgets: [{metric: bundle.gzip, max: 1 kX}]")));
}

}  // namespace
}  // namespace budgetcheck
