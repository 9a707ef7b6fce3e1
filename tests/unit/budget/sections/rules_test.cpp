#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(RulesSection, RuleSettingsAreChecked) {
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: eror}\n", "did you mean 'error'?");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {level: warn}}\n", "did you mean 'warning'?");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeat: 7}}\n",
              "has no parameter 'min_repeat' (did you mean 'min_repeats'?)");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeats: 0}}\n", "but must be from ");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeats: 7 kB}}\n", "unit of another kind");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: true}\n", "must be a level");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {ignore: x}}\n", "must be a list of names");
  const auto off = load("version: 1\nrules: {n-plus-one: off}\n");
  ASSERT_TRUE(off);
  EXPECT_EQ(off->rules.find("n-plus-one")->level, Level::kOff);
}

}  // namespace
}  // namespace budgetcheck
