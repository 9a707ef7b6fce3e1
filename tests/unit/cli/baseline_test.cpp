#include "cli/baseline.h"

#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

TEST(BaselineCommand, KeepsTheNewest500UnlessToldOtherwise) {
  EXPECT_EQ(parsed(baseline_command, {"baseline", "prune"})->keep, 500U);
  EXPECT_EQ(parsed(baseline_command, {"baseline", "prune", "--keep", "20"})->keep, 20U);
  EXPECT_NE(errors_of({"baseline", "prune", "--keep", "0"}), "");
}

TEST(BaselineCommand, StoresTheActionAndWhatFollowsIt) {
  const auto line = parsed(baseline_command, {"baseline", "push", "r.json", "--app", "web", "--no-fetch"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->action, "push");
  EXPECT_EQ(line->rest, std::vector<std::string>{"r.json"});
  EXPECT_EQ(line->app, "web");
  EXPECT_TRUE(line->no_fetch);
}

}  // namespace
}  // namespace budgetcheck
