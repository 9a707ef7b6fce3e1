#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/facts.h"

namespace budgetcheck {

/// The exchanges of a capture that rules look at, in bounded memory: the first kMostWhole; behind them those that have
/// a route, for the rules on page loads, up to kMostRouted in all; and of the rest the biggest of each route or file.
class KeptExchanges {
 public:
  static constexpr std::size_t kMostWhole = 5'000;
  static constexpr std::size_t kMostRouted = 25'000;
  static constexpr std::size_t kMostNames = 10'000;

  /// `visit` is the number of the exchange's page load among those of the capture.
  void add(Exchange&& exchange, std::uint32_t visit);
  /// How many are not among the kept.
  std::uint64_t left_out() const { return left_out_; }

  std::vector<Exchange>& exchanges() { return exchanges_; }
  std::uint32_t visit(std::size_t i) const { return visits_[i]; }

 private:
  std::vector<Exchange> exchanges_;
  std::vector<std::uint32_t> visits_;
  std::unordered_map<std::string, std::size_t> biggest_;  ///< by name, of the rest
  std::uint64_t left_out_ = 0;
};

}  // namespace budgetcheck
