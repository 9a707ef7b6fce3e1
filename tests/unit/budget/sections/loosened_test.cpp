#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(LoosenedSection, NamesASettingWithOwnerAndReason) {
  const auto file = load(
      "version: 1\nloosened:\n  - {setting: rules.n-plus-one, owner: o, reason: r, expires: 2026-12-31}\n"
      "  - {setting: \"inputs.logs/*.ndjson\", owner: o, reason: r}\n  - {setting: routes, owner: o, reason: r}\n"
      "  - {setting: apps.web, owner: o, reason: r}\n");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->loosened.size(), 4U);
  EXPECT_EQ(file->loosened[0].setting, "rules.n-plus-one");
  EXPECT_EQ(file->loosened[0].expires, "2026-12-31");
  EXPECT_EQ(file->loosened[0].location.line, 3U);
  EXPECT_EQ(file->loosened[1].setting, "inputs.logs/*.ndjson");
  EXPECT_EQ(file->loosened[1].expires, "");
}

TEST(LoosenedSection, RefusesWhatExcusesNothing) {
  const auto refused = [](const std::string& entry) {
    const auto file = load("version: 1\nloosened:\n  - " + entry + "\n");
    return file ? std::string() : to_string(file.error().front());
  };
  EXPECT_NE(refused("{setting: rules, owner: o, reason: r}").find("no setting that can be loosened"),
            std::string::npos);
  EXPECT_NE(refused("{setting: rules., owner: o, reason: r}").find("no setting that can be loosened"),
            std::string::npos);
  EXPECT_NE(refused("{setting: budgets.a, owner: o, reason: r}").find("raised"), std::string::npos);
  EXPECT_NE(refused("{setting: routes, owner: o, reason: \" \"}").find("blank"), std::string::npos);
  EXPECT_NE(refused("{setting: routes, owner: o}"), "") << "without a reason";
  EXPECT_NE(refused("{setting: routes, owner: o, reason: r, expires: 2026-02-30}"), "") << "no such day";
}

}  // namespace
}  // namespace budgetcheck
