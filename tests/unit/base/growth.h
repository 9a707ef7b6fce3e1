#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <functional>

namespace budgetcheck {

/// Less than this is linear, give or take what caches do: eight times as much in a quadratic way takes 64 times as
/// long.
inline constexpr double kLinear = 32;

/// How many times longer work of size 8n takes than of size n: about 8 when it is linear, on any machine and under any
/// load, since only the process's own time counts. `prepare` makes the work of a size, and its time does not count. The
/// work of size n should take a millisecond or more.
inline double growth(std::size_t n, const std::function<std::function<void()>(std::size_t)>& prepare) {
  constexpr std::size_t kFactor = 8;
  constexpr int kTries = 3;
  const auto ticks = [](const std::function<void()>& work) {
    constexpr double kShortest = 1e-4 * CLOCKS_PER_SEC;
    const std::clock_t begin = std::clock();
    work();
    return std::max(static_cast<double>(std::clock() - begin), kShortest);
  };
  const std::function<void()> small = prepare(n);
  const std::function<void()> large = prepare(kFactor * n);
  double least = ticks(large) / ticks(small);
  for (int i = 1; i < kTries && least >= kLinear / 2; ++i) {
    least = std::min(least, ticks(large) / ticks(small));
  }
  return least;
}

}  // namespace budgetcheck
