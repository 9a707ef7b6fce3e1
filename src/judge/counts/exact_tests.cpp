#include "judge/counts/exact_tests.h"

#include <algorithm>
#include <cmath>

namespace budgetcheck {
namespace {

constexpr double kPi = 3.14159265358979323846;
/// Beyond this standard deviation a sum over single counts takes too long, and the normal distribution fits.
constexpr double kMostExactDeviation = 1e5;
constexpr double kNegligible = 1e-18;

double upper_normal(double z) { return 0.5 * std::erfc(z / std::sqrt(2.0)); }

/// ln(n!) - ln(sqrt(2 pi n) (n/e)^n): what is missing in Stirling's formula (Loader, "Fast and accurate computation of
/// binomial probabilities", 2000).
double stirling_error(double n) {
  if (n < 16) {
    return n <= 0 ? 0 : std::lgamma(n + 1) - (n + 0.5) * std::log(n) + n - 0.5 * std::log(2 * kPi);
  }
  const double n2 = n * n;
  return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / n2) / n2) / n2) / n;
}

/// x ln(x/m) + m - x without the loss of digits near x = m.
double deviance(double x, double m) {
  if (std::fabs(x - m) >= 0.1 * (x + m)) {
    return x == 0 ? m : x * std::log(x / m) + m - x;
  }
  const double v = (x - m) / (x + m);
  double sum = (x - m) * v;
  double term = 2 * x * v;
  for (int j = 1; j < 1000; ++j) {
    term *= v * v;
    const double next = sum + term / (2 * j + 1);
    if (next == sum) {
      break;
    }
    sum = next;
  }
  return sum;
}

/// ln of the binomial probability of x out of n.
double log_binomial(double x, double n, double p) {
  const double q = 1 - p;
  if (x == 0) {
    return n == 0 ? 0 : n * std::log1p(-p);
  }
  if (x == n) {
    return n * std::log(p);
  }
  return stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance(x, n * p) - deviance(n - x, n * q) +
         0.5 * std::log(n / (2 * kPi * x * (n - x)));
}

/// first + first * ratio(0) + first * ratio(0) * ratio(1) + …: falling terms of a tail.
template <class Ratio>
double tail(double first, const Ratio& ratio) {
  double sum = 0;
  double term = first;
  for (double i = 0; term > kNegligible * sum && term > 0; ++i) {
    sum += term;
    term *= ratio(i);
  }
  return sum;
}

}  // namespace

double binomial_below(std::uint64_t k_in, std::uint64_t n_in, double q) {
  const auto k = static_cast<double>(k_in);
  const auto n = static_cast<double>(n_in);
  if (k >= n) {
    return 1;
  }
  const double mean = n * q;
  const double deviation = std::sqrt(n * q * (1 - q));
  if (deviation <= 0) {
    return k >= mean ? 1 : 0;
  }
  if (deviation > kMostExactDeviation) {
    return upper_normal((mean - k - 0.5) / deviation);
  }
  const double odds = q / (1 - q);
  if (k <= mean) {
    return tail(std::exp(log_binomial(k, n, q)), [&](double i) { return (k - i) / ((n - k + i + 1) * odds); });
  }
  return 1 - tail(std::exp(log_binomial(k + 1, n, q)), [&](double i) { return (n - k - 1 - i) / (k + i + 2) * odds; });
}

double fisher(const Rate& head, const Rate& base) {
  if (head.n == 0 || base.n == 0) {
    return 1;
  }
  const auto n = static_cast<double>(head.n);
  const double all = n + static_cast<double>(base.n);
  const double events = static_cast<double>(head.events) + static_cast<double>(base.events);
  const auto seen = static_cast<double>(head.events);
  const double mean = n * events / all;
  if (events == 0 || seen <= std::max(0.0, events - (all - n))) {
    return 1;
  }
  if (events >= all) {
    return 1;
  }
  const double variance = mean * (1 - events / all) * (all - n) / std::max(1.0, all - 1);
  if (std::sqrt(variance) > kMostExactDeviation) {
    return upper_normal((seen - 0.5 - mean) / std::sqrt(variance));
  }
  const double p = n / all;
  const auto probability = [&](double x) {
    return std::exp(log_binomial(x, events, p) + log_binomial(n - x, all - events, p) - log_binomial(n, all, p));
  };
  if (seen > mean) {
    return std::min(1.0, tail(probability(seen), [&](double i) {
                      const double x = seen + i;
                      return (events - x) * (n - x) / ((x + 1) * (all - events - n + x + 1));
                    }));
  }
  return std::clamp(1 - tail(probability(seen - 1),
                             [&](double i) {
                               const double x = seen - 1 - i;
                               return x * (all - events - n + x) / ((events - x + 1) * (n - x + 1));
                             }),
                    0.0, 1.0);
}

QuantileRanks quantile_ranks(std::uint64_t n, double q) {
  constexpr double kEachEnd = 0.005;
  QuantileRanks out;
  if (n == 0 || !(q > 0 && q < 1)) {
    return out;
  }
  // The largest rank l with P(fewer than l values lie below the quantile) <= 0.5 %: P(X <= l-1).
  std::uint64_t fits = 0;
  std::uint64_t too_many = n + 1;
  while (too_many - fits > 1) {
    const std::uint64_t rank = fits + (too_many - fits) / 2;
    (binomial_below(rank - 1, n, q) <= kEachEnd ? fits : too_many) = rank;
  }
  if (fits > 0) {
    out.low = fits;
  }
  // The smallest rank u with P(at least u values lie below the quantile) <= 0.5 %: 1 - P(X <= u-1).
  std::uint64_t too_few = 0;
  std::uint64_t enough = n + 1;
  while (enough - too_few > 1) {
    const std::uint64_t rank = too_few + (enough - too_few) / 2;
    (1 - binomial_below(rank - 1, n, q) <= kEachEnd ? enough : too_few) = rank;
  }
  if (enough <= n) {
    out.high = enough;
  }
  return out;
}

}  // namespace budgetcheck
