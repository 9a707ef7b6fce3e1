#include "judge/history/trend.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

std::vector<TrendPoint> line(std::size_t n, double first, double per_day) {
  std::vector<TrendPoint> out;
  for (std::size_t i = 0; i < n; ++i) {
    const double wobble = i % 2 == 0 ? 0.5 : -0.5;
    out.push_back({static_cast<double>(i), first + per_day * static_cast<double>(i) + wobble});
  }
  return out;
}

TEST(TheilSen, IsTheMedianOfAllSlopes) {
  // Slopes of the pairs: 1, 1, 1, 25, 1, 1, 33, 1, 49, 97 - one outlier moves the mean, not the median.
  const auto slope = theil_sen({{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 100}});
  ASSERT_TRUE(slope.has_value());
  EXPECT_EQ(slope->per_unit, 1);
  EXPECT_EQ(slope->middle.at, 2);
  EXPECT_EQ(slope->middle.value, 2);
  // Mann and Kendall: S = 10 of 10 pairs, variance 5*4*15/18.
  EXPECT_NEAR(slope->mann_kendall, 9 / std::sqrt(5.0 * 4 * 15 / 18), 1e-12);
}

TEST(TheilSen, HasSensInterval) {
  // Sen's C for n = 10 at 90 %: 1.645 * sqrt(10*9*25/18) = 18.4, so ranks 14 and 32 of 45.
  const auto points = line(10, 100, 2);
  std::vector<double> slopes;
  for (std::size_t i = 0; i < 10; ++i) {
    for (std::size_t j = i + 1; j < 10; ++j) {
      slopes.push_back((points[j].value - points[i].value) / static_cast<double>(j - i));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  const auto slope = theil_sen(points);
  ASSERT_TRUE(slope.has_value());
  EXPECT_NEAR(slope->low, slopes[12], 1e-9);
  EXPECT_NEAR(slope->high, slopes[32], 1e-9);
  EXPECT_LE(slope->low, slope->per_unit);
  EXPECT_GE(slope->high, slope->per_unit);
}

TEST(TheilSen, NeedsPointsAtDifferentTimes) {
  EXPECT_FALSE(theil_sen({{0, 1}, {1, 2}, {2, 3}, {3, 4}}).has_value());
  EXPECT_FALSE(theil_sen(std::vector<TrendPoint>(9, {1, 5})).has_value());
  EXPECT_TRUE(theil_sen(line(5, 0, 1)).has_value());
}

TEST(TheilSen, CorrectsForEqualValuesAndSeesNoTrendInThem) {
  const auto flat = theil_sen({{0, 7}, {1, 7}, {2, 7}, {3, 7}, {4, 7}});
  ASSERT_TRUE(flat.has_value());
  EXPECT_EQ(flat->mann_kendall, 0);
  EXPECT_FALSE(is_trend(*flat));
}

TEST(Breach, IsARangeAroundTheDayThatTheLineSays) {
  const auto breach = projected_breach(line(60, 100, 1), 250, false);
  ASSERT_TRUE(breach.has_value());
  EXPECT_NEAR(breach->likely, 150, 1);
  EXPECT_LE(breach->earliest, breach->likely);
  ASSERT_TRUE(breach->latest.has_value());
  EXPECT_GE(*breach->latest, breach->likely);
  const auto falling = projected_breach(line(60, 100, -1), 10, true);
  ASSERT_TRUE(falling.has_value());
  EXPECT_NEAR(falling->likely, 90, 1);
}

TEST(Breach, IsNotForetoldWithoutATrendTowardsTheLimit) {
  EXPECT_FALSE(projected_breach(line(60, 100, 0), 120, false).has_value()) << "flat";
  EXPECT_FALSE(projected_breach(line(60, 100, -1), 120, false).has_value()) << "away from it";
  EXPECT_FALSE(projected_breach(line(60, 100, 1), 120, false).has_value()) << "already beyond it";
  EXPECT_FALSE(projected_breach(line(60, 10000, 1), 20000, false).has_value()) << "0.6 % in all is not worth telling";
}

/// `flat` commits at 1, then growth to 1.15 over 30 commits.
std::vector<double> drifting(std::size_t flat, std::size_t grown) {
  std::vector<double> out(flat, 1.0);
  for (std::size_t i = 1; i <= grown; ++i) {
    out.push_back(std::pow(1.15, static_cast<double>(i) / 30));
  }
  return out;
}

TEST(Drift, OfExactValuesFiresAtTheEleventhCommitOfADrift) {
  EXPECT_FALSE(drift_of_exact(drifting(100, 10))->alarm);
  EXPECT_TRUE(drift_of_exact(drifting(100, 11))->alarm);
  EXPECT_NEAR(drift_of_exact(drifting(100, 30))->relative, 0.15, 1e-9);
  EXPECT_FALSE(drift_of_exact(drifting(49, 0)).has_value()) << "too few commits to have an anchor";
  EXPECT_TRUE(drift_of_exact(drifting(50, 0)).has_value());
}

TEST(Drift, OfExactValuesFromNothingIsAnAlarm) {
  std::vector<double> values(70, 0.0);
  EXPECT_FALSE(drift_of_exact(values)->alarm);
  values.back() = 1;
  EXPECT_TRUE(drift_of_exact(values)->alarm);
}

TEST(Drift, OfNoisyValuesNeedsBothSizeAndCertainty) {
  std::vector<double> means;
  for (std::size_t i = 0; i < 100; ++i) {
    means.push_back(i % 2 == 0 ? 0.01 : -0.01);
  }
  EXPECT_FALSE(drift_of_noisy(means)->alarm);
  EXPECT_EQ(drift_of_noisy(means)->anchor, 30U);
  std::vector<double> grown = means;
  for (std::size_t i = 90; i < 100; ++i) {
    grown[i] += 0.06;
  }
  // sd = sqrt(0.02² / 2) = 0.01414, so z = 0.06 / (0.01414 * sqrt(1/10 + 1/30)) = 11.6.
  EXPECT_TRUE(drift_of_noisy(grown)->alarm);
  EXPECT_NEAR(drift_of_noisy(grown)->z, 11.6, 0.1);
  for (std::size_t i = 90; i < 100; ++i) {
    grown[i] -= 0.02;
  }
  EXPECT_FALSE(drift_of_noisy(grown)->alarm) << "certain, but 4 % only";
  for (std::size_t i = 0; i < 100; ++i) {
    grown[i] = means[i] * 10 + (i >= 90 ? 0.1 : 0);
  }
  EXPECT_FALSE(drift_of_noisy(grown)->alarm) << "10 %, but within the noise";
}

}  // namespace
}  // namespace budgetcheck
