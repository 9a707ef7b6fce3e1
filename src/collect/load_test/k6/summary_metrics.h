#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collect/load_test/load_result.h"
#include "collect/load_test/result_numbers.h"
#include "json/value.h"
#include "model/load/known_quantiles.h"

namespace budgetcheck {

/// The metrics of a summary of k6, however it lays them out.
class K6SummaryMetrics {
 public:
  K6SummaryMetrics(ResultNumbers& numbers, const RouteTable* routes) : numbers_(numbers), routes_(routes) {}

  /// A metric and its values: {"count": 420} or, of a trend, {"p(95)": 169.4}.
  void add(std::string_view name, const json::Value& values, std::string_view pointer);

  /// The whole run, then its routes. Without `seconds` they are taken from the rate of all requests.
  std::vector<LoadPart> parts(std::optional<double> seconds) const;
  std::optional<double> most_users() const { return most_users_; }

 private:
  struct Part {
    std::optional<std::uint64_t> requests;
    std::optional<double> rate;
    std::optional<std::uint64_t> failed;
    std::optional<KnownQuantiles> durations;
    std::optional<KnownQuantiles> of_successes;
  };
  KnownQuantiles trend(const json::Value& values, std::string_view pointer);
  void add_failed(Part& part, const json::Value& values, std::string_view pointer);

  ResultNumbers& numbers_;
  const RouteTable* routes_;
  Part whole_;
  std::map<std::string, Part> by_route_;
  std::optional<double> most_users_;
};

}  // namespace budgetcheck
