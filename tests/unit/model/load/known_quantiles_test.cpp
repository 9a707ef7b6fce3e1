#include "model/load/known_quantiles.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(KnownQuantiles, AreKeptByRisingQuantile) {
  KnownQuantiles run;
  run.add(0.99, 60);
  run.add(0.5, 9);
  run.add(99 / 100.0, 61);
  ASSERT_EQ(run.points.size(), 2U) << "the same quantile twice: the first counts";
  EXPECT_EQ(run.points[0].q, 0.5);
  EXPECT_EQ(run.at(0.99), 60);
  EXPECT_EQ(run.at(0.95), std::nullopt);
  EXPECT_FALSE(run.empty());
  EXPECT_TRUE(KnownQuantiles().empty());
}

TEST(KnownQuantiles, HaveNames) {
  EXPECT_EQ(quantile_name(0.5), "p50");
  EXPECT_EQ(quantile_name(0.975), "p97.5");
  EXPECT_EQ(quantile_name(0.99999), "p99.999");
  EXPECT_DOUBLE_EQ(parse_quantile_name("p99.9").value_or(0), 0.999);
  for (const char* other : {"p", "p0", "p100", "95", "pp", "p-1", ""}) {
    EXPECT_EQ(parse_quantile_name(other), std::nullopt) << other;
  }
}

TEST(KnownQuantiles, ToldByEveryRunAreNamed) {
  KnownQuantiles first;
  first.add(0.5, 1);
  first.add(0.9, 2);
  first.max = 3;
  KnownQuantiles second = first;
  EXPECT_EQ(told_quantiles({first, second}), "p50, p90 and max");
  second.points.pop_back();
  EXPECT_EQ(told_quantiles({first, second}), "p50 and max");
  EXPECT_EQ(told_quantiles({}), "none");
  EXPECT_EQ(told_quantiles({first, KnownQuantiles()}), "none");
}

}  // namespace
}  // namespace budgetcheck
