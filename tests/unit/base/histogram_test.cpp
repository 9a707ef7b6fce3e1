#include "base/histogram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace budgetcheck {
namespace {

void expect_same(const Distribution& a, const Distribution& b) {
  EXPECT_EQ(a.count(), b.count());
  EXPECT_EQ(a.min(), b.min());
  EXPECT_EQ(a.max(), b.max());
  EXPECT_EQ(a.sum(), b.sum());  // to the bit
  EXPECT_EQ(a.values(), b.values());
  EXPECT_EQ(a.bins(), b.bins());
}

/// Values of every size from nothing to more than the highest bin.
std::vector<double> some_values(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> exponent(-5, 20);
  std::vector<double> values(count);
  for (double& value : values) {
    value = seed % 2 == 0 ? std::pow(10, exponent(random)) : static_cast<double>(random() % 100'000) / 1000;
  }
  return values;
}

TEST(Histogram, HasWhatADistributionOfTheSameValuesHas) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    for (const std::size_t count : {0U, 1U, 64U, 65U, 5000U}) {
      Histogram histogram;
      Distribution distribution;
      for (const double value : some_values(count, seed)) {
        histogram.add(value);
        distribution.add(value);
      }
      expect_same(histogram.distribution(), distribution);
    }
  }
}

TEST(Histogram, CountsWhatIsNoAmountAsNothing) {
  Histogram histogram;
  Distribution distribution;
  for (const double value : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                             1e300, 0.0005, 0.00049999}) {
    for (int i = 0; i < 20; ++i) {
      histogram.add(value);
      distribution.add(value);
    }
  }
  expect_same(histogram.distribution(), distribution);
}

TEST(Histogram, MergesAsDistributionsDo) {
  for (const std::size_t first : {0U, 10U, 64U, 1000U}) {
    for (const std::size_t second : {0U, 10U, 60U, 1000U}) {
      Histogram a;
      Histogram b;
      Distribution c;
      Distribution d;
      for (const double value : some_values(first, 5)) {
        a.add(value);
        c.add(value);
      }
      for (const double value : some_values(second, 6)) {
        b.add(value);
        d.add(value);
      }
      a.merge(b);
      c.merge(d);
      expect_same(a.distribution(), c);
      a.merge(a);
      c.merge(c);
      expect_same(a.distribution(), c);
    }
  }
}

}  // namespace
}  // namespace budgetcheck
