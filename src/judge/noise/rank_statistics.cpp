#include "judge/noise/rank_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace budgetcheck {
namespace {

/// Twice the middle rank of every value, `head` first: whole numbers even where values tie.
struct DoubledRanks {
  std::vector<std::size_t> of_value;
  double tie_sum = 0;  ///< sum of t^3 - t over groups of equal values
};

DoubledRanks doubled_ranks(const std::vector<double>& head, const std::vector<double>& base) {
  std::vector<double> all(head);
  all.insert(all.end(), base.begin(), base.end());
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return all[a] < all[b]; });
  DoubledRanks out;
  out.of_value.resize(all.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && all[order[end]] == all[order[begin]]) {
      ++end;
    }
    for (std::size_t i = begin; i < end; ++i) {
      out.of_value[order[i]] = begin + 1 + end;  // 2 * mean(begin + 1 … end)
    }
    const double t = static_cast<double>(end - begin);
    out.tie_sum += t * t * t - t;
    begin = end;
  }
  return out;
}

/// ways[s]: in how many ways `chosen` of the ranks have the sum s. A double holds the counts of 64 out of 128 to its
/// full relative precision, and sums of positive numbers keep it.
std::vector<double> ways_of_sums(std::vector<std::size_t> ranks, std::size_t chosen) {
  std::sort(ranks.begin(), ranks.end());
  const auto sum_of_last = [&](std::size_t seen, std::size_t k) {
    const auto end = ranks.begin() + static_cast<std::ptrdiff_t>(seen);
    return std::accumulate(end - static_cast<std::ptrdiff_t>(k), end, std::size_t{0});
  };
  const std::size_t top = sum_of_last(ranks.size(), chosen);
  std::vector<std::vector<double>> ways(chosen + 1, std::vector<double>(top + 1, 0.0));
  ways[0][0] = 1;
  for (std::size_t seen = 1; seen <= ranks.size(); ++seen) {
    const std::size_t rank = ranks[seen - 1];
    for (std::size_t k = std::min(seen, chosen); k > 0; --k) {
      // No sum of k of these is higher, so the rest of the row is still 0.
      for (std::size_t sum = sum_of_last(seen, k); sum >= rank; --sum) {
        ways[k][sum] += ways[k - 1][sum - rank];
      }
    }
  }
  return ways[chosen];
}

double upper_normal(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

double approximate(const DoubledRanks& ranks, std::size_t head_size, std::size_t base_size) {
  const double n = static_cast<double>(head_size);
  const double m = static_cast<double>(base_size);
  double sum = 0;
  for (std::size_t i = 0; i < head_size; ++i) {
    sum += static_cast<double>(ranks.of_value[i]) / 2;
  }
  const double u = sum - n * (n + 1) / 2;
  const double variance = n * m / 12 * (n + m + 1 - ranks.tie_sum / ((n + m) * (n + m - 1)));
  constexpr double kContinuity = 0.5;
  return variance <= 0 ? 1 : upper_normal((u - n * m / 2 - kContinuity) / std::sqrt(variance));
}

/// At most kMostExactRuns values that stand for all: the middles of equally many.
std::vector<double> thinned(std::vector<double> values) {
  if (values.size() <= kMostExactRuns) {
    return values;
  }
  std::sort(values.begin(), values.end());
  std::vector<double> out;
  for (std::size_t i = 0; i < kMostExactRuns; ++i) {
    out.push_back(values[(2 * i + 1) * values.size() / (2 * kMostExactRuns)]);
  }
  return out;
}

}  // namespace

double mann_whitney(const std::vector<double>& head, const std::vector<double>& base) {
  if (head.empty() || base.empty()) {
    return 1;
  }
  DoubledRanks ranks = doubled_ranks(head, base);
  if (std::max(head.size(), base.size()) > kMostExactRuns) {
    return approximate(ranks, head.size(), base.size());
  }
  if (ranks.tie_sum == 0) {
    for (std::size_t& rank : ranks.of_value) {
      rank /= 2;
    }
  }
  const auto end_of_head = ranks.of_value.begin() + static_cast<std::ptrdiff_t>(head.size());
  const std::size_t observed = std::accumulate(ranks.of_value.begin(), end_of_head, std::size_t{0});
  const std::vector<double> ways = ways_of_sums(ranks.of_value, head.size());
  const auto from_observed = ways.begin() + static_cast<std::ptrdiff_t>(observed);
  return std::accumulate(from_observed, ways.end(), 0.0) / std::accumulate(ways.begin(), ways.end(), 0.0);
}

double smallest_p(std::size_t head, std::size_t base) {
  if (head == 0 || base == 0) {
    return 1;
  }
  const auto n = static_cast<double>(head);
  const auto m = static_cast<double>(base);
  return std::exp(std::lgamma(n + 1) + std::lgamma(m + 1) - std::lgamma(n + m + 1));
}

std::optional<std::size_t> left_out_differences(std::size_t head, std::size_t base) {
  constexpr double kEachEnd = 0.05;
  constexpr double kZ = 1.6448536269514722;  // of kEachEnd
  constexpr std::size_t kMostExactPairs = 400;
  if (head == 0 || base == 0) {
    return std::nullopt;
  }
  const auto pairs = static_cast<double>(head * base);
  if (head * base > kMostExactPairs) {
    const double cut = pairs / 2 - kZ * std::sqrt(pairs * static_cast<double>(head + base + 1) / 12);
    return cut >= 0 ? std::optional(static_cast<std::size_t>(cut)) : std::nullopt;
  }
  std::vector<std::size_t> ranks(head + base);
  std::iota(ranks.begin(), ranks.end(), std::size_t{1});
  const std::vector<double> ways = ways_of_sums(ranks, head);
  const double all = std::accumulate(ways.begin(), ways.end(), 0.0);
  const std::size_t lowest = head * (head + 1) / 2;
  double below = 0;
  std::optional<std::size_t> left_out;
  for (std::size_t c = 0; lowest + c < ways.size(); ++c) {
    below += ways[lowest + c];
    if (below > kEachEnd * all) {
      break;
    }
    left_out = c;
  }
  return left_out;
}

Shift hodges_lehmann(const std::vector<double>& all_head, const std::vector<double>& all_base) {
  const std::vector<double> head = thinned(all_head);
  const std::vector<double> base = thinned(all_base);
  std::vector<double> differences;
  differences.reserve(head.size() * base.size());
  for (const double h : head) {
    for (const double b : base) {
      differences.push_back(h - b);
    }
  }
  Shift out;
  if (differences.empty()) {
    return out;
  }
  std::sort(differences.begin(), differences.end());
  const std::size_t n = differences.size();
  out.estimate = n % 2 == 1 ? differences[n / 2] : (differences[n / 2 - 1] + differences[n / 2]) / 2;
  const std::optional<std::size_t> left_out = left_out_differences(head.size(), base.size());
  out.has_interval = left_out && 2 * *left_out < n;
  if (out.has_interval) {
    out.low = differences[*left_out];
    out.high = differences[n - 1 - *left_out];
  }
  return out;
}

std::vector<bool> benjamini_hochberg(const std::vector<double>& p, double q) {
  std::vector<double> sorted(p);
  std::sort(sorted.begin(), sorted.end());
  double bar = -1;
  for (std::size_t k = sorted.size(); k > 0; --k) {
    if (sorted[k - 1] <= q * static_cast<double>(k) / static_cast<double>(sorted.size())) {
      bar = sorted[k - 1];
      break;
    }
  }
  std::vector<bool> holds;
  holds.reserve(p.size());
  for (const double one : p) {
    holds.push_back(one <= bar);
  }
  return holds;
}

}  // namespace budgetcheck
