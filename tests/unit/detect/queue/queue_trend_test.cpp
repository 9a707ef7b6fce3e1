#include "detect/queue/queue_trend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace budgetcheck {
namespace {

constexpr double kNear = 1e-9;

TEST(QueueTrend,
     APublishedExample) {  // Gilbert, Statistical Methods for Environmental Pollution Monitoring, table 16.1
  const QueueTrend trend = trend_of({0, 1, 2, 3}, {10, 15, 14, 20});
  // S = 4, its variance 4 * 3 * 13 / 18.
  EXPECT_NEAR(trend.mann_kendall, 3 / std::sqrt(156.0 / 18), kNear);
  // The slopes are -1, 2, 2.5, 10/3, 5 and 6.
  EXPECT_NEAR(trend.slope, (2.5 + 10.0 / 3) / 2, kNear);
}

TEST(QueueTrend, FallingIsTheMirrorOfRising) {
  const QueueTrend up = trend_of({0, 1, 2, 3}, {10, 15, 14, 20});
  const QueueTrend down = trend_of({0, 1, 2, 3}, {-10, -15, -14, -20});
  EXPECT_NEAR(up.slope, -down.slope, kNear);
  EXPECT_NEAR(up.mann_kendall, -down.mann_kendall, kNear);
}

TEST(QueueTrend, TiesMakeTheVarianceSmaller) {
  // S = 4 of 6 pairs; (4 * 3 * 13 - 2 * (2 * 1 * 9)) / 18.
  EXPECT_NEAR(trend_of({0, 1, 2, 3}, {1, 1, 2, 2}).mann_kendall, 3 / std::sqrt(120.0 / 18), kNear);
  const QueueTrend flat = trend_of({0, 1, 2, 3}, {7, 7, 7, 7});
  EXPECT_EQ(flat.mann_kendall, 0);
  EXPECT_EQ(flat.slope, 0);
  EXPECT_EQ(flat.against_walk, 0);
}

TEST(QueueTrend, ShortAndUnevenRows) {
  EXPECT_EQ(trend_of({}, {}).slope, 0);
  EXPECT_EQ(trend_of({0, 1}, {0, 9}).mann_kendall, 0);
  EXPECT_EQ(trend_of({0, 1, 2}, {0, 9}).slope, 0);      // as many times as values
  EXPECT_EQ(trend_of({5, 5, 5}, {0, 9, 18}).slope, 0);  // one moment
  EXPECT_NEAR(trend_of({0, 10, 40}, {0, 5, 20}).slope, 0.5, kNear);
}

TEST(QueueTrend, OneWildReadingDoesNotMatter) {
  std::vector<double> at;
  std::vector<double> value;
  for (int i = 0; i < 50; ++i) {
    at.push_back(i);
    value.push_back(2 * i);
  }
  value[25] = 1e6;
  EXPECT_NEAR(trend_of(at, value).slope, 2, 0.1);
}

TEST(QueueTrend, LongRowsAreJudgedByMeans) {
  std::vector<double> at;
  std::vector<double> value;
  for (int i = 0; i < 5000; ++i) {
    at.push_back(i);
    value.push_back(0.25 * i);
  }
  const QueueTrend trend = trend_of(at, value);
  EXPECT_NEAR(trend.slope, 0.25, 1e-6);
  EXPECT_GT(trend.mann_kendall, 10);
}

TEST(QueueTrend, AWalkIsNoTrendThoughMannAndKendallTakeItForOne) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> step(0, 1);
  int by_test = 0;
  int by_walk = 0;
  constexpr int kRows = 100;
  for (int row = 0; row < kRows; ++row) {
    std::vector<double> at{0};
    std::vector<double> value{0};
    for (int i = 1; i < 100; ++i) {
      at.push_back(i);
      value.push_back(value.back() + step(random));
    }
    const QueueTrend trend = trend_of(at, value);
    by_test += std::abs(trend.mann_kendall) > 2.33 ? 1 : 0;
    by_walk += std::abs(trend.against_walk) > 1.9 ? 1 : 0;
  }
  EXPECT_GT(by_test, kRows / 2);
  EXPECT_LE(by_walk, kRows / 10);
}

}  // namespace
}  // namespace budgetcheck
