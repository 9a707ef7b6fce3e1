#include "base/ci.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace budgetcheck {
namespace {

bool in_ci(const std::map<std::string, std::string>& variables) {
  return runs_in_ci([&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(RunsInCi, IsWhatThePlatformsVariablesSay) {
  EXPECT_FALSE(in_ci({}));
  EXPECT_FALSE(in_ci({{"HOME", "/users/ann"}}));
  EXPECT_FALSE(in_ci({{"CI", ""}}));
  EXPECT_FALSE(in_ci({{"CI", "false"}}));
  EXPECT_FALSE(in_ci({{"CI", "0"}}));
  EXPECT_TRUE(in_ci({{"CI", "true"}}));
  EXPECT_TRUE(in_ci({{"CI", "1"}}));
  EXPECT_TRUE(in_ci({{"TF_BUILD", "True"}}));
  EXPECT_TRUE(in_ci({{"JENKINS_URL", "https://ci.example.com/"}}));
  EXPECT_TRUE(in_ci({{"TEAMCITY_VERSION", "2024.12"}}));
}

}  // namespace
}  // namespace budgetcheck
