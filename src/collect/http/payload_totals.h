#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/histogram.h"
#include "collect/http/error_answers.h"
#include "model/facts.h"
#include "model/routes/slug_routes.h"

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

/// The value of the label host for the own origin.
inline constexpr std::string_view kOwnHost = "self";

/// One response; negative: not known.
struct PayloadValues {
  std::array<double, kPayloadMeasures.size()> values{-1, -1, -1, -1};
  int status = 0;       ///< 0 or negative: failed or blocked, nothing arrived
  bool closed = false;  ///< see Exchange: what of it is not known does not make a sum incomplete
};
PayloadValues payload_values(const Exchange& exchange);

/// Of how many responses a measure is known.
struct PayloadCoverage {
  std::uint64_t known = 0;
  std::uint64_t broken = 0;
  std::uint64_t unrecorded = 0;

  std::uint64_t unknown() const { return broken + unrecorded; }
  void count(const PayloadValues& response, std::size_t measure) {
    if (response.values[measure] >= 0) {
      ++known;
    } else if (!response.closed) {
      ++(response.status <= 0 ? broken : unrecorded);
    }
  }
  void add(const PayloadCoverage& other);
  /// "2 of 14 responses have no size: 1 failed or blocked, 1 not recorded"
  std::string reason(std::string_view word) const;
};

/// The responses of one route, or of one route and status.
struct PayloadTotals {
  std::array<Histogram, kPayloadMeasures.size()> values;
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
///
/// Where the routes are on several hosts, each has its host as a label, and that of the own origin is "self": equal
/// paths of two hosts are two routes. A route that only answered with errors is not measured (its requests are
/// counted), see ErrorAnswers; where none of them is the server's, only a budget that names the route is open, since
/// everybody may ask a server for a path that it does not have.
class RoutePayloads {
 public:
  /// Where a response is from, and how its route got its name.
  struct From {
    bool given = false;     ///< a template named the route
    bool inferred = false;  ///< what looked like an id was replaced
    std::string_view host = {};
  };

  /// `infers`: routes that no template gave are joined where only a name differs (see SlugRoutes). `routes`: with the
  /// names that are taken, may be null; it outlives this.
  explicit RoutePayloads(bool infers, const RouteTable* routes = nullptr) : infers_(infers), slugs_(routes) {}

  /// False when there are too many routes, and this one is left out.
  bool add(const std::string& route, const From& from, const PayloadValues& response, const Location& location);
  bool add(const std::string& route, bool given, const PayloadValues& response, const Location& location) {
    return add(route, From{given}, response, location);
  }
  /// Which host is "self". Without it the host of the first route is.
  void set_own_host(std::string_view host) { own_host_ = host; }
  /// To be called at the end, before the others.
  void settle();
  bool empty() const { return routes_.empty(); }
  /// The name that a route which no template gave has in the end.
  std::string name_of(const std::string& route) const { return renames_ ? slugs_.name_of(route) : route; }
  /// The value of the label host; empty where there is but one, and the label is left out.
  std::string host_label(std::string_view host) const;
  /// Routes that settle() named, for an example.
  const std::string& inferred() const { return inferred_; }
  /// All whose names are not certain, in the order of their first appearance.
  std::vector<std::string> inferred_routes() const;
  /// Which of all answers are errors.
  const ErrorAnswers& errors() const { return errors_; }
  /// {route} and {route, status}: requests, and what of `gaps` is not measured.
  void append_to(const PayloadGaps& gaps, Facts& facts) const;

 private:
  struct Route {
    std::string name;
    std::string host;
    PayloadTotals all;
    std::map<int, PayloadTotals> by_status;
    std::uint64_t errors = 0;
    std::uint64_t server_errors = 0;
    bool given = false;
    bool inferred = false;

    void merge(Route&& from);
    bool only_errors() const { return errors == all.requests && !by_status.empty(); }
  };
  using Skipped = std::array<bool, kPayloadMeasures.size()>;
  Route* find_or_add(const std::string& name, std::string_view host);
  static void append(const Labels& where, const PayloadTotals& totals, const PayloadGaps& gaps, const Skipped& skipped,
                     Facts& facts);
  static void append_errors(const Labels& where, const Route& route, const Skipped& skipped, Facts& facts);

  bool infers_;
  std::vector<Route> routes_;  ///< in the order of their first appearance
  std::unordered_map<std::string, std::size_t> index_;
  std::string key_;  ///< that is looked up
  std::unordered_set<std::string> hosts_;
  std::string own_host_;
  SlugRoutes slugs_;
  ErrorAnswers errors_;
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
