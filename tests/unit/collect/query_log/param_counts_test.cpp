#include "collect/query_log/param_counts.h"

#include <gtest/gtest.h>

#include <vector>

namespace budgetcheck {
namespace {

TEST(ParamCounts, CountsOneAndMany) {
  ParamCounts params;
  EXPECT_TRUE(params.empty());
  EXPECT_EQ(params.find(7, false), nullptr);
  EXPECT_EQ(params.size(), 0U);
  for (const std::uint64_t key : {7U, 7U, 8U, 9U, 7U, 9U, 9U}) {
    ++params.find(key, true)->total;
  }
  EXPECT_FALSE(params.empty());
  std::vector<std::uint32_t> totals;
  for (const ParamCounts::Count& count : params.counts()) {
    totals.push_back(count.total);
  }
  EXPECT_EQ(totals, (std::vector<std::uint32_t>{3, 1, 3}));
  EXPECT_EQ(params.size(), 3U);
}

TEST(ParamCounts, FindsWithoutAdding) {
  ParamCounts params;
  params.find(7, true)->total = 5;
  EXPECT_EQ(params.find(8, false), nullptr);
  EXPECT_EQ(params.find(7, false)->total, 5U);
  EXPECT_EQ(params.size(), 1U);
  params.find(8, true)->total = 6;
  EXPECT_EQ(params.find(9, false), nullptr);
  EXPECT_EQ(params.find(7, false)->total, 5U);
  EXPECT_EQ(params.find(8, false)->total, 6U);
  EXPECT_EQ(params.size(), 2U);
}

}  // namespace
}  // namespace budgetcheck
