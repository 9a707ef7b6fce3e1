#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/histogram.h"
#include "collect/account.h"
#include "collect/load_test/k6/point.h"
#include "collect/load_test/load_result.h"
#include "model/route.h"

namespace budgetcheck {

/// Adds up the points of a run, in memory that does not grow with their number.
class K6Totals {
 public:
  static constexpr std::size_t kMostRoutes = 1'000;  ///< requests of more are in the whole run only
  static constexpr std::size_t kMostChecks = 1'000;
  static constexpr std::size_t kMostStages = 100;

  /// `routes` may be null.
  explicit K6Totals(const RouteTable* routes) : routes_(routes) {}

  /// False: the point cannot be (a negative duration).
  bool add(const K6Point& point);
  std::uint64_t points() const { return points_; }

  /// What became of the run; and what is to be said of it. `whole_seconds`: times were cut to seconds.
  LoadResult result(bool whole_seconds, Account& account) const;

 private:
  struct Sums {
    std::string label;  ///< of a route or a stage
    std::uint64_t requests = 0;
    std::uint64_t failed = 0;
    std::uint64_t expected = 0;    ///< durations of successes
    std::uint64_t unexpected = 0;  ///< of failed requests
    std::uint64_t unknown = 0;     ///< of which no tag says it
    Histogram of_successes;
    Histogram of_others;
    double begin_ms = -1;
    double end_ms = -1;

    void add_time(double begin, double end);
    std::optional<double> seconds() const;
  };
  struct Check {
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
  };

  Sums& route_of(const K6Point& point);
  Sums* stage_of(const K6Point& point);
  std::size_t number_of(const K6Point& point);
  void add_request(const K6Point& point, Sums& to);
  static void add_duration(const K6Point& point, Sums& to);
  void add_users(const K6Point& point);
  LoadPart part_of(const Sums& sums, std::optional<double> seconds) const;
  bool rose_to_the_end() const;

  const RouteTable* routes_;
  std::vector<Sums> list_{1};  ///< the first: requests without a name, and those of too many routes
  std::unordered_map<std::string, std::size_t> by_name_;  ///< as written: method, space, name
  std::unordered_map<std::string, std::size_t> by_label_;
  std::map<std::string, Sums, std::less<>> stages_;  ///< as the tag is written
  std::map<std::string, Check, std::less<>> checks_;
  std::string key_;
  std::string last_name_;  ///< of the last point that has one
  std::string last_method_;
  std::size_t last_ = 0;  ///< its route
  std::uint64_t points_ = 0;
  std::uint64_t of_requests_ = 0;  ///< points
  std::uint64_t of_failed_ = 0;
  bool too_many_routes_ = false;
  bool too_many_checks_ = false;
  bool too_many_stages_ = false;
  double least_users_ = -1;
  double most_users_ = -1;
  double most_since_ms_ = -1;  ///< when they were first so many
  double users_begin_ms_ = -1;
  double users_end_ms_ = -1;
};

}  // namespace budgetcheck
