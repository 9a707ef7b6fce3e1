#include "base/distribution.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace budgetcheck {
namespace {

Distribution of(const std::vector<double>& values) {
  Distribution d;
  for (const double value : values) {
    d.add(value);
  }
  return d;
}

std::vector<double> some_values(std::size_t count) {
  std::mt19937 random(7);
  std::lognormal_distribution<double> times(2, 1.5);
  std::vector<double> values(count);
  for (double& value : values) {
    value = times(random);
  }
  return values;
}

void expect_same(const Distribution& a, const Distribution& b) {
  EXPECT_EQ(a.count(), b.count());
  EXPECT_EQ(a.min(), b.min());
  EXPECT_EQ(a.max(), b.max());
  EXPECT_EQ(a.sum(), b.sum());  // to the bit
  EXPECT_EQ(a.bins(), b.bins());
  for (const double q : {0.0, 0.5, 0.75, 0.95, 0.99, 1.0}) {
    EXPECT_EQ(a.quantile(q), b.quantile(q)) << q;
  }
}

TEST(Distribution, MergeOfTheSplitIsTheWhole) {
  for (const std::size_t count : {10U, 64U, 65U, 100U, 5000U}) {
    const std::vector<double> values = some_values(count);
    const Distribution whole = of(values);
    for (const std::size_t parts : {2U, 3U, 7U}) {
      std::vector<Distribution> split(parts);
      for (std::size_t i = 0; i < count; ++i) {
        split[(i * 31 + 5) % parts].add(values[i]);
      }
      Distribution forwards;
      Distribution backwards;
      for (std::size_t i = 0; i < parts; ++i) {
        forwards.merge(split[i]);
        backwards.merge(split[parts - 1 - i]);
      }
      expect_same(whole, forwards);
      expect_same(whole, backwards);
    }
  }
}

TEST(Distribution, MergesWithItselfAndWithNothing) {
  const std::vector<double> values = some_values(40);
  Distribution twice = of(values);
  twice.merge(twice);
  EXPECT_EQ(twice.count(), 80U);
  Distribution big = of(some_values(1000));
  const Distribution before = big;
  big.merge({});
  expect_same(big, before);
  big.merge(big);
  EXPECT_EQ(big.count(), 2000U);
  Distribution empty;
  empty.merge(before);
  expect_same(empty, before);
}

TEST(Distribution, ExactUpToItsLimit) {
  Distribution d;
  for (int i = 1; i <= 64; ++i) {
    d.add(i);
  }
  EXPECT_TRUE(d.exact());
  EXPECT_EQ(d.quantile(0.5), 32.5);
  d.add(65);
  EXPECT_FALSE(d.exact());
  EXPECT_TRUE(d.values().empty());
  EXPECT_EQ(d.count(), 65U);
  EXPECT_EQ(d.sum(), 65 * 66 / 2);
}

TEST(Distribution, QuantilesOfBinsStayWithinOneBin) {
  const std::vector<double> values = some_values(10'000);
  const Distribution d = of(values);
  for (const double q : {0.01, 0.5, 0.75, 0.9, 0.95, 0.99}) {
    const double exact = quantile(values, q);
    EXPECT_NEAR(d.quantile(q), exact, exact / 64 + 0.002) << q;
  }
  EXPECT_EQ(d.quantile(0), d.min());
  EXPECT_EQ(d.quantile(1), d.max());
}

TEST(Distribution, OddValuesCountAsNothing) {
  const Distribution d = of({-1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()});
  EXPECT_EQ(d.count(), 3U);
  EXPECT_EQ(d.max(), 0);
  EXPECT_EQ(Distribution().quantile(0.5), 0);
}

TEST(Distribution, ReadsItsBinsBack) {
  const Distribution d = of(some_values(500));
  const auto back = Distribution::from_bins(d.bins(), d.min(), d.max(), d.sum());
  ASSERT_TRUE(back);
  expect_same(d, *back);
}

TEST(Distribution, RefusesBinsThatContradictThemselves) {
  const Distribution d = of(some_values(500));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(Distribution::from_bins({}, 0, 0, 0));
  EXPECT_FALSE(Distribution::from_bins(d.bins(), d.min(), d.max() * 2, d.sum()));
  EXPECT_FALSE(Distribution::from_bins(d.bins(), d.max(), d.min(), d.sum()));
  EXPECT_FALSE(Distribution::from_bins(d.bins(), d.min(), d.max(), nan));
  EXPECT_FALSE(Distribution::from_bins(d.bins(), d.min(), d.max(), d.max() * 600));
  EXPECT_FALSE(Distribution::from_bins({{1000, 0}}, 1, 1, 1));
  EXPECT_FALSE(Distribution::from_bins({{1001, 5}}, 1.001, 1.001, 5.005));  // 1001 is no lower edge
}

TEST(Quantile, InterpolatesBetweenOrderStatistics) {
  EXPECT_EQ(quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(quantile({1, 2, 3, 4}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({1, 2, 3, 4, 5}, 0.75), 4);
  EXPECT_EQ(quantile({7}, 0.99), 7);
  EXPECT_EQ(quantile({}, 0.5), 0);
}

}  // namespace
}  // namespace budgetcheck
