#include "judge/counts/exact_tests.h"

#include <gtest/gtest.h>

#include <cmath>

namespace budgetcheck {
namespace {

double choose(int n, int k) {
  double out = 1;
  for (int i = 1; i <= k; ++i) {
    out = out * (n - k + i) / i;
  }
  return out;
}

double fisher_by_enumeration(int a, int n, int b, int m) {
  double sum = 0;
  for (int x = a; x <= std::min(a + b, n); ++x) {
    if (a + b - x <= m) {
      sum += choose(n, x) * choose(m, a + b - x) / choose(n + m, a + b);
    }
  }
  return sum;
}

TEST(Fisher, EqualsTheHypergeometricTail) {
  for (int n : {1, 5, 20, 40}) {
    for (int m : {1, 7, 30}) {
      for (int a = 0; a <= n; a += 1 + n / 6) {
        for (int b = 0; b <= m; b += 1 + m / 5) {
          const double p = fisher(Rate{static_cast<unsigned>(a), static_cast<unsigned>(n)},
                                  Rate{static_cast<unsigned>(b), static_cast<unsigned>(m)});
          EXPECT_NEAR(p, fisher_by_enumeration(a, n, b, m), 1e-10) << a << "/" << n << " against " << b << "/" << m;
        }
      }
    }
  }
}

TEST(Fisher, TasteOfTea) {
  // Fisher's own: 3 of 4 against 1 of 4 is 17 in 70.
  EXPECT_NEAR(fisher(Rate{3, 4}, Rate{1, 4}), 17.0 / 70, 1e-12);
}

TEST(Fisher, IsStableForManyTrials) {
  // Doubling every count of a clear difference makes it clearer; the log-gamma of such counts has no digits to spare.
  const double small = fisher(Rate{34, 2000}, Rate{10, 2000});
  EXPECT_NEAR(small, 1.8e-4, 0.5e-4);
  double last = small;
  for (std::uint64_t scale : {10ULL, 100ULL, 1000ULL}) {
    const double p = fisher(Rate{34 * scale, 2000 * scale}, Rate{10 * scale, 2000 * scale});
    EXPECT_LT(p, last);
    last = p;
  }
  EXPECT_NEAR(fisher(Rate{500000, 1000000}, Rate{500000, 1000000}), 0.5, 0.001);
  EXPECT_NEAR(fisher(Rate{5000000000000, 10000000000000}, Rate{5000000000000, 10000000000000}), 0.5, 0.001);
}

TEST(Fisher, HasEnds) {
  EXPECT_EQ(fisher(Rate{0, 100}, Rate{5, 100}), 1);
  EXPECT_EQ(fisher(Rate{5, 5}, Rate{7, 7}), 1);
  EXPECT_EQ(fisher(Rate{0, 0}, Rate{5, 7}), 1);
  EXPECT_EQ(fisher(Rate{0, 3}, Rate{0, 3}), 1);
}

double binomial_by_sum(int k, int n, double q) {
  double sum = 0;
  for (int i = 0; i <= k; ++i) {
    sum += choose(n, i) * std::pow(q, i) * std::pow(1 - q, n - i);
  }
  return sum;
}

TEST(Binomial, EqualsTheSum) {
  for (int n : {1, 9, 50}) {
    for (double q : {0.05, 0.5, 0.95}) {
      for (int k = 0; k <= n; ++k) {
        EXPECT_NEAR(binomial_below(static_cast<unsigned>(k), static_cast<unsigned>(n), q), binomial_by_sum(k, n, q),
                    1e-11);
      }
    }
  }
  EXPECT_NEAR(binomial_below(5000000000, 10000000000, 0.5), 0.5, 1e-4);
}

TEST(QuantileRanks, HoldTheQuantileWith99Percent) {
  for (std::uint64_t n : {20ULL, 200ULL, 1000ULL, 100000ULL}) {
    for (double q : {0.5, 0.75, 0.95}) {
      const QuantileRanks ranks = quantile_ranks(n, q);
      ASSERT_TRUE(ranks.low.has_value());
      EXPECT_LE(binomial_below(*ranks.low - 1, n, q), 0.005);
      EXPECT_GT(binomial_below(*ranks.low, n, q), 0.005) << "the tightest";
      if (ranks.high) {
        EXPECT_LE(1 - binomial_below(*ranks.high - 1, n, q), 0.005);
        EXPECT_GT(1 - binomial_below(*ranks.high - 2, n, q), 0.005);
      }
    }
  }
}

TEST(QuantileRanks, AreMissingWhereTooFewValuesHaveNone) {
  EXPECT_FALSE(quantile_ranks(50, 0.95).high.has_value()) << "all 50 are below it in 7 of 100 cases";
  EXPECT_TRUE(quantile_ranks(200, 0.95).high.has_value());
  EXPECT_TRUE(quantile_ranks(1000, 0.99).high.has_value());
  EXPECT_FALSE(quantile_ranks(1, 0.95).low.has_value());
  EXPECT_FALSE(quantile_ranks(0, 0.5).low.has_value());
  EXPECT_FALSE(quantile_ranks(10, 1.0).high.has_value());
}

}  // namespace
}  // namespace budgetcheck
