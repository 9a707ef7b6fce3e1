#include "detect/capture/over_fetching.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/capture/page_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;

Rule rule() {
  Rule rule = rule_with("over-fetching", "min_bytes", 1000);
  add_param(rule, "min_fields", 10);
  return rule;
}

std::vector<Finding> found(ListFields list, const Rule& with = rule()) {
  Facts facts;
  facts.capture.list_fields.push_back(std::move(list));
  std::vector<Finding> findings;
  detect_over_fetching(facts, with, findings);
  return findings;
}

/// A list of 50 elements with `constant` fields that never vary and `varying` ones that do, of `bytes` each.
ListFields list_of(std::size_t constant, std::size_t varying, double bytes) {
  ListFields list{"GET /api/users", "users[]", 2, 50, 0, {}, {"shop.har", 0, 0, "/log/entries/3"}};
  for (std::size_t i = 0; i < constant + varying; ++i) {
    list.fields.push_back({"field" + std::to_string(i), bytes, true, i < constant});
    list.bytes += bytes;
  }
  return list;
}

TEST(OverFetching, SaysWhichFieldsNeverVaryAndWhatTheyTake) {
  const auto findings = found(list_of(2, 3, 600));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(
      findings[0].message,
      "'GET /api/users' sends 5 fields for each of 50 'users[]', always the same ones; 2 of them have the same value "
      "everywhere ('field0', 'field1'), 1.2 kB of 3 kB");
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_EQ(findings[0].location.pointer, "/log/entries/3");
}

TEST(OverFetching, OfFieldsThatNeverVaryBytesAndShareCount) {
  EXPECT_EQ(found(list_of(1, 4, 1000)).size(), 1U) << "a thousand bytes, a fifth";
  EXPECT_TRUE(found(list_of(1, 4, 999)).empty());
  ListFields small_share = list_of(1, 4, 1000);
  small_share.bytes = 5001;
  EXPECT_TRUE(found(small_share).empty());
}

TEST(OverFetching, AWideSetThatNeverChangesIsSaidToo) {
  const auto wide = found(list_of(0, 10, 100));
  ASSERT_EQ(wide.size(), 1U);
  EXPECT_THAT(wide[0].message, HasSubstr("sends 10 fields"));
  EXPECT_THAT(wide[0].message, HasSubstr(": 1 kB"));
  EXPECT_TRUE(found(list_of(0, 9, 200)).empty());
  EXPECT_TRUE(found(list_of(0, 10, 99)).empty());
  ListFields sparse = list_of(0, 10, 200);
  sparse.fields[3].everywhere = false;
  EXPECT_TRUE(found(sparse).empty()) << "the set changes";
}

TEST(OverFetching, AFewElementsProveNothing) {
  ListFields list = list_of(2, 3, 600);
  list.elements = 20;
  EXPECT_EQ(found(list).size(), 1U);
  list.elements = 19;
  EXPECT_TRUE(found(list).empty());
}

TEST(OverFetching, NamesAreSafeAndItStaysANote) {
  ListFields list = list_of(2, 3, 600);
  list.fields[0].name = "a\x1b[31m" + std::string(300, 'x');
  Rule strict = rule();
  strict.level = Level::kError;
  const auto findings = found(list, strict);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].level, Level::kNote);
  EXPECT_THAT(findings[0].message, Not(HasSubstr("\x1b")));
  EXPECT_LT(findings[0].message.size(), 400U);
}

TEST(OverFetching, OneFindingForEachRouteAboutItsBiggestList) {
  Facts facts;
  facts.capture.list_fields = {list_of(2, 3, 600), list_of(4, 3, 6000)};
  facts.capture.list_fields[1].list = "orders[]";
  std::vector<Finding> findings;
  detect_over_fetching(facts, rule(), findings);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_THAT(findings[0].message, HasSubstr("'orders[]'"));
}

}  // namespace
}  // namespace budgetcheck
