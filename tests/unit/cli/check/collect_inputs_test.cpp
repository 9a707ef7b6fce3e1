#include "cli/check/collect_inputs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>

#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

using Values = std::map<std::string, std::string>;

Variables variables_of(const Values& values) {
  return [&values](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}

std::string folder_for(const Values& values) { return cache_folder(variables_of(values)); }
std::optional<HashKey> key_for(const Values& values) { return cache_key(variables_of(values)); }

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

TEST(CacheFolder, IsUsedInCiOnlyWhereItIsGiven) {
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"CI", "true"}}), "");
  EXPECT_EQ(folder_for({{"XDG_CACHE_HOME", "/var/cache/ann"}, {"TF_BUILD", "True"}}), "");
  EXPECT_EQ(folder_for({{"HOME", "/users/ann"}, {"CI", "false"}}), "/users/ann/.cache/budgetcheck");
  EXPECT_EQ(folder_for({{"CI", "true"}, {"BUDGETCHECK_CACHE_DIR", ".cache/sizes"}}), ".cache/sizes");
}

class CacheKey : public TemporaryFolder {};

TEST_F(CacheKey, IsASecretOfTheUsersOwn) {
  const auto key = key_for({{"HOME", folder}});
  ASSERT_TRUE(key);
  EXPECT_EQ(key_for({{"HOME", folder}}), key);
  struct stat stat {};
  ASSERT_EQ(::stat((folder + "/.local/state/budgetcheck/cache.key").c_str(), &stat), 0);
  EXPECT_EQ(stat.st_mode & 0777U, 0600U);
  const auto other = key_for({{"HOME", folder}, {"XDG_STATE_HOME", folder + "/state"}});
  ASSERT_TRUE(other);
  EXPECT_NE(other, key);
  // Who may be told the folder of the cache does not thereby say what its key is.
  EXPECT_EQ(key_for({{"HOME", folder}, {"BUDGETCHECK_CACHE_DIR", folder}}), key);
}

TEST_F(CacheKey, CanBeGiven) {
  const auto key = key_for({{"BUDGETCHECK_CACHE_KEY", "a secret of the CI system"}, {"HOME", folder}});
  ASSERT_TRUE(key);
  EXPECT_EQ(key_for({{"BUDGETCHECK_CACHE_KEY", "a secret of the CI system"}}), key);
  EXPECT_NE(key_for({{"BUDGETCHECK_CACHE_KEY", "another secret"}}), key);
  EXPECT_FALSE(std::filesystem::exists(folder + "/.local"));
}

TEST_F(CacheKey, IsMissingWithoutAHome) { EXPECT_FALSE(key_for({})); }

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
