#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(RemovedSection, ARemovedBudgetMustNotBeThere) {
  const std::string budget = "version: 1\nbudgets: [{id: js-home, metric: bundle.gzip, max: 170 kB}]\nremoved:\n";
  const auto file = load(budget + "  - {budget: old, owner: o, reason: r}\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->removed.at(0).budget, "old");
  EXPECT_EQ(file->removed.at(0).location.line, 4U);
  const auto there = load(budget + "  - {budget: js-home, owner: o, reason: r}\n");
  ASSERT_FALSE(there);
  EXPECT_NE(to_string(there.error().front()).find("which is still there"), std::string::npos);
  EXPECT_FALSE(load(budget + "  - {budget: old, owner: o}\n")) << "without a reason";
}

}  // namespace
}  // namespace budgetcheck
