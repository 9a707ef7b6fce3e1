#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/distribution.h"
#include "model/facts.h"
#include "model/slug_routes.h"

namespace budgetcheck {

/// What is measured of one response, in the order of PayloadValues.
struct PayloadMeasure {
  std::string_view metric;
  Unit unit;
  std::string_view word;  ///< "no size", "no time"
};
inline constexpr std::array<PayloadMeasure, 4> kPayloadMeasures{{{"payload.transfer", Unit::kBytes, "size"},
                                                                 {"payload.body", Unit::kBytes, "size"},
                                                                 {"payload.decoded", Unit::kBytes, "size"},
                                                                 {"payload.time", Unit::kMilliseconds, "time"}}};
inline constexpr std::size_t kPayloadSizes = 3;  ///< the first of kPayloadMeasures; the time of a page is not a sum

/// Pages and routes beyond this many are not measured one by one: templates are missing then.
inline constexpr std::size_t kMaxPayloadGroups = 10'000;

/// One response; negative: not known.
struct PayloadValues {
  std::array<double, kPayloadMeasures.size()> values{-1, -1, -1, -1};
  int status = 0;  ///< 0 or negative: failed or blocked, nothing arrived
};
PayloadValues payload_values(const Exchange& exchange);

/// Of how many responses a measure is known.
struct PayloadCoverage {
  std::uint64_t known = 0;
  std::uint64_t broken = 0;
  std::uint64_t unrecorded = 0;

  std::uint64_t unknown() const { return broken + unrecorded; }
  void count(int status, double value) { ++(value >= 0 ? known : status <= 0 ? broken : unrecorded); }
  void add(const PayloadCoverage& other);
  /// "2 of 14 responses have no size: 1 failed or blocked, 1 not recorded"
  std::string reason(std::string_view word) const;
};

/// The responses of one route, or of one route and status.
struct PayloadTotals {
  std::array<Distribution, kPayloadMeasures.size()> values;
  std::array<PayloadCoverage, kPayloadMeasures.size()> coverage{};
  std::uint64_t requests = 0;
  Location first;

  void count(const PayloadValues& response, const Location& location);
  void add(const PayloadTotals& other);
};

/// What to say where a measure is not known of any response of a route.
struct PayloadGaps {
  struct Gap {
    std::string reason = {};  ///< empty: of how many responses it is unknown
    std::string hint = {};
    bool input_at_fault = true;  ///< see Unmeasured
  };
  std::array<Gap, kPayloadMeasures.size()> of;
  /// What no response of any route has is said once, and not for each route.
  bool once = false;
};

/// Adds up responses by route, and by route and status. Memory depends on the number of routes, not of responses.
class RoutePayloads {
 public:
  /// `infers`: routes that no template gave are joined where only a name differs (see SlugRoutes). `routes`: with the
  /// names that are taken, may be null; it outlives this.
  explicit RoutePayloads(bool infers, const RouteTable* routes = nullptr) : infers_(infers), slugs_(routes) {}

  /// `given`: a template named the route. False when there are too many routes, and this one is left out.
  bool add(const std::string& route, bool given, const PayloadValues& response, const Location& location);
  /// To be called at the end, before the others.
  void settle();
  bool empty() const { return routes_.empty(); }
  /// Routes that settle() named, for an example.
  const std::string& inferred() const { return inferred_; }
  /// {route} and {route, status}: requests, and what of `gaps` is not measured.
  void append_to(const PayloadGaps& gaps, Facts& facts) const;

 private:
  struct Route {
    PayloadTotals all;
    std::map<int, PayloadTotals> by_status;
    bool given = false;
  };
  Route* find_or_add(const std::string& name);
  void merge(Route& into, Route&& from);
  static void append(const Labels& where, const PayloadTotals& totals, const PayloadGaps& gaps,
                     const std::array<bool, kPayloadMeasures.size()>& skipped, Facts& facts);

  bool infers_;
  std::vector<std::pair<std::string, Route>> routes_;  ///< in the order of their first appearance
  std::unordered_map<std::string, std::size_t> index_;
  SlugRoutes slugs_;
  bool renames_ = false;
  bool full_ = false;
  std::size_t statuses_ = 0;
  std::string inferred_;
};

/// The words for a measure that is missing: `coverage` decides between `hint` and recording again.
Unmeasured payload_gap(const PayloadMeasure& measure, const Labels& where, const PayloadCoverage& coverage,
                       const PayloadGaps::Gap& gap, const Location& location);

/// Marks a sample as a lower bound where part of it is not known.
void note_coverage(Sample& sample, const PayloadCoverage& coverage, std::string_view word);

}  // namespace budgetcheck
