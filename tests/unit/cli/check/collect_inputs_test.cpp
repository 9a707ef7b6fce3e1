#include "cli/check/collect_inputs.h"

#include <gtest/gtest.h>

#include <map>

namespace budgetcheck {
namespace {

std::string folder_for(const std::map<std::string, std::string>& variables) {
  return cache_folder([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(CacheFolder, FollowsTheXdgRules) {
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}}), "/users/ann/.cache/budgetcheck");
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"XDG_CACHE_HOME", "/var/cache/ann"}}), "/var/cache/ann/budgetcheck");
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"XDG_CACHE_HOME", "relative"}}), "/users/ann/.cache/budgetcheck");
  EXPECT_EQ(folder_for({{"XDG_CACHE_HOME", ""}}), "");
  EXPECT_EQ(folder_for({}), "");
}

TEST(CacheFolder, CanBeGivenAndSwitchedOff) {
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"BUDGETCHECK_CACHE_DIR", ".cache/sizes"}}), ".cache/sizes");
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"BUDGETCHECK_CACHE_DIR", "none"}}), "");
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"BUDGETCHECK_CACHE_DIR", ""}}), "/users/ann/.cache/budgetcheck");
}

TEST(WishesOf, AreWhatBudgetsAndRulesAreOnOrEverything) {
  BudgetsFile file;
  EXPECT_TRUE(wishes_of(file).want("bundle.brotli"));
  file.budgets.emplace_back().metric_id = "bundle.gzip";
  EXPECT_FALSE(wishes_of(file).want("bundle.brotli"));
  Rule rule;
  rule.metric = "bundle.raw";
  file.rules.add(rule);
  EXPECT_FALSE(wishes_of(file).want("bundle.brotli"));
  rule.metric = "bundle.*";
  file.rules.add(rule);
  EXPECT_TRUE(wishes_of(file).want("bundle.brotli"));
  BudgetsFile other;
  other.budgets.emplace_back().metric_id = "bundle.brotli";
  EXPECT_TRUE(wishes_of(other).want("bundle.brotli"));
}

}  // namespace
}  // namespace budgetcheck
