#include "budget/import/load_terms.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(LoadTerms, Comparisons) {
  const auto strict = parse_load_comparison("p(95) < 500");
  ASSERT_TRUE(strict);
  EXPECT_EQ(strict->left, "p(95)");
  EXPECT_TRUE(strict->is_strict() && strict->is_at_most());
  EXPECT_EQ(parse_load_comparison("rate>=0.99")->op, ">=");
  EXPECT_EQ(parse_load_comparison("rate===0")->op, "==");
  for (const char* wrong : {"", "p(95)", "<500", "a<b", "a != 5", "a < 5 && b < 6", "1 < a < 2"}) {
    EXPECT_FALSE(parse_load_comparison(wrong)) << wrong;
  }
}

TEST(LoadTerms, Stats) {
  for (const auto& [name, stat] :
       {std::pair("p(95)", "p95"), std::pair("p99", "p99"), std::pair("95", "p95"), std::pair("med", "median"),
        std::pair("p50", "median"), std::pair("avg", "mean"), std::pair("max", "max"), std::pair("p999", ""),
        std::pair("p(99.9)", ""), std::pair("stddev", "")}) {
    EXPECT_EQ(stat_of_load(name), stat) << name;
  }
}

TEST(LoadTerms, SharesAreWrittenAsPeopleDo) {
  EXPECT_EQ(share_limit(0.01), "1%");
  EXPECT_EQ(share_limit(1 - 0.999), "0.1%");
  EXPECT_EQ(share_limit(0), "0%");
}

}  // namespace
}  // namespace budgetcheck
