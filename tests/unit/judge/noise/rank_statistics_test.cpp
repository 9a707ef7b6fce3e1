#include "judge/noise/rank_statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace budgetcheck {
namespace {

/// The same probability by trying every way to choose which values are the head's. Exact also with ties: sums of
/// doubled middle ranks are compared.
double by_enumeration(const std::vector<double>& head, const std::vector<double>& base) {
  std::vector<double> all(head);
  all.insert(all.end(), base.begin(), base.end());
  const std::size_t n = all.size();
  std::vector<int> doubled(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      doubled[i] += all[j] < all[i] ? 2 : all[j] == all[i] ? 1 : 0;
    }
  }
  const int observed = std::accumulate(doubled.begin(), doubled.begin() + static_cast<long>(head.size()), 0);
  long ways = 0;
  long as_high = 0;
  for (unsigned mask = 0; mask < (1U << n); ++mask) {
    if (static_cast<std::size_t>(__builtin_popcount(mask)) != head.size()) {
      continue;
    }
    int sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += (mask >> i & 1U) != 0 ? doubled[i] : 0;
    }
    ++ways;
    as_high += sum >= observed ? 1 : 0;
  }
  return static_cast<double>(as_high) / static_cast<double>(ways);
}

std::vector<double> ascending(std::size_t n, double first) {
  std::vector<double> out(n);
  std::iota(out.begin(), out.end(), first);
  return out;
}

TEST(MannWhitney, IsExactWithAndWithoutTies) {
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    // Few different values make many ties; round % 3 == 0 has hardly any.
    const unsigned values = round % 3 == 0 ? 1000000 : 4;
    std::vector<double> head(1 + random() % 6);
    std::vector<double> base(1 + random() % 6);
    for (double& v : head) {
      v = static_cast<double>(random() % values);
    }
    for (double& v : base) {
      v = static_cast<double>(random() % values);
    }
    EXPECT_NEAR(mann_whitney(head, base), by_enumeration(head, base), 1e-12);
  }
}

TEST(MannWhitney, HasThePublishedSmallestProbabilities) {
  EXPECT_NEAR(mann_whitney({4, 5, 6}, {1, 2, 3}), 0.05, 1e-12) << "so three runs can never be below 5 %";
  EXPECT_NEAR(mann_whitney(ascending(5, 6), ascending(5, 1)), 1.0 / 252, 1e-12);
  EXPECT_NEAR(mann_whitney(ascending(7, 8), ascending(7, 1)), 1.0 / 3432, 1e-12);
  EXPECT_NEAR(mann_whitney(ascending(10, 11), ascending(10, 1)), 1.0 / 184756, 1e-15);
  EXPECT_NEAR(smallest_p(5, 5), 1.0 / 252, 1e-12);
  EXPECT_NEAR(smallest_p(20, 20) / 7.254444e-12, 1, 1e-6);
  EXPECT_EQ(smallest_p(0, 5), 1);
}

TEST(MannWhitney, IsOneSided) {
  EXPECT_NEAR(mann_whitney(ascending(5, 1), ascending(5, 6)), 1, 1e-12) << "better is never worse";
  EXPECT_EQ(mann_whitney({7, 7, 7}, {7, 7, 7}), 1);
  EXPECT_EQ(mann_whitney({}, {1}), 1);
}

TEST(MannWhitney, HasTheTabulatedCriticalValues) {
  // Tables of the U test, one-sided 5 %: 27 for 10 against 10, 4 for 5 against 5, 11 for 7 against 7.
  EXPECT_EQ(left_out_differences(10, 10), 27U);
  EXPECT_EQ(left_out_differences(5, 5), 4U);
  EXPECT_EQ(left_out_differences(7, 7), 11U);
  EXPECT_EQ(left_out_differences(3, 3), 0U);
  EXPECT_FALSE(left_out_differences(2, 2).has_value());
  EXPECT_FALSE(left_out_differences(0, 9).has_value());
}

TEST(MannWhitney, IsExactUpToItsBoundAndCloseBeyond) {
  // 64 of each side, and 65 with one value more at each end: nearly the same, and a little clearer.
  std::vector<double> head = ascending(64, 10.5);
  std::vector<double> base = ascending(64, 0);
  const double exact = mann_whitney(head, base);
  head.push_back(100);
  base.push_back(-1);
  const double approximate = mann_whitney(head, base);
  EXPECT_GT(exact, 1e-4);
  EXPECT_LT(exact, 0.05);
  EXPECT_GT(approximate, exact / 3);
  EXPECT_LT(approximate, exact);
  EXPECT_EQ(mann_whitney(std::vector<double>(100, 3), std::vector<double>(100, 3)), 1) << "all ties";
}

TEST(HodgesLehmann, IsTheMedianOfAllDifferences) {
  const Shift shift = hodges_lehmann({10, 20, 30}, {1, 2, 3});
  EXPECT_EQ(shift.estimate, 18) << "of 7 8 9 17 18 19 27 28 29";
  EXPECT_TRUE(shift.has_interval);
  EXPECT_EQ(shift.low, 7);
  EXPECT_EQ(shift.high, 29);
  EXPECT_FALSE(hodges_lehmann({1, 2}, {1, 2}).has_interval);
}

TEST(HodgesLehmann, HasTheIntervalOfThePublishedExample) {
  // ln(x + 25 ms) of ten runs a side: +6.7 %, 90 % interval +5.5 to +7.9 %.
  const std::vector<double> base_ms{2010, 1985, 2060, 1940, 2030, 1995, 2002, 2041, 1978, 2017};
  const std::vector<double> head_ms{2130, 2180, 2122, 2155, 2120, 2144, 2169, 2137, 2151, 2128};
  std::vector<double> head;
  std::vector<double> base;
  for (std::size_t i = 0; i < head_ms.size(); ++i) {
    head.push_back(std::log(head_ms[i] + 25));
    base.push_back(std::log(base_ms[i] + 25));
  }
  const Shift shift = hodges_lehmann(head, base);
  EXPECT_NEAR(std::expm1(shift.estimate), 0.067, 0.0005);
  EXPECT_NEAR(std::expm1(shift.low), 0.055, 0.0005);
  EXPECT_NEAR(std::expm1(shift.high), 0.079, 0.0005);
}

TEST(HodgesLehmann, StaysBoundedForManyValues) {
  const Shift shift = hodges_lehmann(ascending(100000, 500), ascending(100000, 0));
  EXPECT_NEAR(shift.estimate, 500, 1e-6);
  EXPECT_LT(shift.low, 500);
  EXPECT_GT(shift.high, 500);
}

TEST(BenjaminiHochberg, TakesTheLargestKThatFits) {
  using Holds = std::vector<bool>;
  // The example of the paper of 1995: at 5 % the four smallest of 15 hold.
  const std::vector<double> paper{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                  0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const Holds held = benjamini_hochberg(paper, 0.05);
  EXPECT_EQ(std::count(held.begin(), held.end(), true), 4);
  EXPECT_TRUE(held[3]);
  EXPECT_EQ(benjamini_hochberg({0.02, 0.5, 0.019}, 0.03), (Holds{true, false, true})) << "the second lifts the first";
  EXPECT_EQ(benjamini_hochberg({0.02, 0.5}, 0.03), (Holds{false, false}));
  EXPECT_EQ(benjamini_hochberg({0.01}, 0.01), Holds{true}) << "the bar itself is enough";
  EXPECT_TRUE(benjamini_hochberg({}, 0.01).empty());
}

}  // namespace
}  // namespace budgetcheck
