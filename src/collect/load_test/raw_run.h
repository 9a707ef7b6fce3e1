#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/histogram.h"
#include "collect/load_test/load_result.h"

namespace budgetcheck {

/// One request of a load test's raw results.
struct RawRequest {
  std::string_view route;  ///< empty: the file names none
  double ms = 0;
  bool failed = false;
  std::optional<double> begin_ms;  ///< since any fixed time
};

/// Sums up raw results of any number in bounded memory: the whole run, and each of its routes.
class RawRun {
 public:
  /// Of more routes only the whole is kept.
  static constexpr std::size_t kMostRoutes = 1000;

  void add(const RawRequest& request);
  std::uint64_t requests() const { return whole_.requests; }
  /// Requests of routes beyond the first kMostRoutes.
  std::uint64_t beyond_routes() const { return beyond_; }

  /// The parts of a result: the whole first.
  std::vector<LoadPart> parts() const;

 private:
  struct Part {
    std::uint64_t requests = 0;
    std::uint64_t failed = 0;
    Histogram of_successes;
    Histogram of_failures;
  };
  static void add_to(Part& part, const RawRequest& request);
  LoadPart made_of(const Part& part) const;

  Part whole_;
  std::map<std::string, Part, std::less<>> routes_;
  std::uint64_t beyond_ = 0;
  std::uint64_t timed_ = 0;
  double first_ms_ = 0;
  double last_ms_ = 0;
};

}  // namespace budgetcheck
