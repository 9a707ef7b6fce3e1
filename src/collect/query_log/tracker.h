#pragma once

#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/histogram.h"
#include "collect/query_log/costs.h"
#include "collect/query_log/key_index.h"
#include "collect/query_log/param_counts.h"
#include "collect/query_log/shared_requests.h"
#include "model/facts.h"
#include "query/sql/params.h"

namespace budgetcheck {

/// One statement that ran.
struct Execution {
  std::uint32_t shape = 0;  ///< kNoShape: one that is not told apart (too many shapes)
  Verb verb = Verb::kOther;
  bool joins = false;
  bool has_table = false;
  std::uint64_t table = 0;  ///< hash of the table's name
  bool pages = false;       ///< has LIMIT, OFFSET, a cursor or a window among its parameters
  bool walks = false;       ///< changes by nothing but these, as its form says
  bool probe = false;       ///< asks for nothing but whether a row exists
  ParamHashes params;
  double ms = -1;  ///< negative: unknown
  std::uint32_t line = 0;
  std::uint32_t route = 0;                 ///< kNoRoute: the record names none
  std::uint32_t part = QueryCosts::kNone;  ///< number of the table and the verb together; kNone: no table
  double at_ms = -1;                       ///< when it was logged, since 1970; negative: unknown
  bool traced = false;                     ///< its request is known by a trace's id, which several programs may log

  static constexpr std::uint32_t kNoRoute = 0xFFFFFFFF;
};

/// Follows requests while their statements stream past, interleaved in any way, in bounded memory: of each open
/// request it keeps counts per shape and hashes of parameters; closed ones leave their numbers and the worst
/// repeats. The longest untouched request is closed when there are too many; others at the end.
class QueryTracker {
 public:
  static constexpr std::size_t kMaxOpenRequests = 4096;
  /// Parameter hashes and shape counters that are kept over all open requests: bounds them to some 30 MB.
  static constexpr std::size_t kMaxTracked = 400'000;
  static constexpr std::size_t kMaxDistinctParams = 65'536;
  static constexpr std::size_t kMaxRepeats = 20'000;

  QueryTracker() = default;
  QueryTracker(const QueryTracker&) = delete;
  QueryTracker& operator=(const QueryTracker&) = delete;

  /// A statement of the request `key`; `name` is shown in findings.
  void execute(std::uint64_t key, std::string_view name, const Execution& execution);
  /// A statement whose request is not known: it belongs to none, and is followed only while the same shape runs
  /// back to back.
  void execute_loose(const Execution& execution);
  /// The log says that a request began: one of the same id that ended is another.
  void begin(std::uint64_t key);
  /// The log says that it ended. Statements may still follow.
  void end(std::uint64_t key, double at_ms);
  void finish();

  /// Which of the requests stand in other inputs too.
  SharedRequests& shared() { return shared_; }
  const SharedRequests& shared() const { return shared_; }

  std::uint64_t requests() const { return requests_; }
  std::uint64_t requests_without_route() const { return requests_without_route_; }
  std::uint64_t requests_without_time() const { return requests_without_time_; }
  bool repeats_dropped() const { return repeats_dropped_; }
  QueryCosts& costs() { return costs_; }

  /// A Repeat whose route is still a number.
  struct Found {
    Repeat repeat;
    std::uint32_t route = Execution::kNoRoute;
  };
  const std::vector<Found>& found() const { return found_; }
  /// The same of loose statements.
  const std::vector<Found>& found_loose() const { return found_loose_; }

 private:
  /// One shape in one request.
  struct Use {
    std::uint64_t count = 0;
    double ms = 0;
    std::uint64_t unpaged = 0;
    std::uint64_t rest = 0;
    std::uint64_t carried = 0;  ///< keys or rows over all executions
    std::uint64_t table = 0;
    std::uint64_t between_writes = 0;  ///< executions that had a write to the table since the one before
    std::uint32_t table_writes = 0;    ///< to the table, when this ran last
    std::uint32_t part = QueryCosts::kNone;
    std::uint32_t line = 0;
    std::uint32_t before = Repeat::kNoShape;  ///< the shape that ran just before the first execution
    ParamCounts params;
    Verb verb = Verb::kOther;
    bool has_table = false;
    bool timed = true;
    bool known = true;  ///< all parameters are known
    bool pages = false;
    bool same_unpaged = true;  ///< only page numbers and cursors differed so far
    bool same_rest = true;     ///< only these and lists differed so far
    bool probe = false;
    bool walks = false;
    bool overflow = false;  ///< more different parameters than are kept
  };
  /// What is known of a request, but for its lists.
  struct RequestState {
    std::uint64_t key = 0;
    bool traced = false;
    bool ended = false;
    double ended_ms = -1;
    QueryLog::Span span;
    std::uint32_t route = Execution::kNoRoute;
    std::uint64_t count = 0;
    double ms = 0;
    bool timed = true;
    std::uint32_t last_shape = Repeat::kNoShape;
    std::uint32_t writes = 0;  ///< so far, to any table
  };
  struct Request : RequestState {
    std::string name;
    KeyIndex shapes;
    std::vector<std::uint32_t> shape_ids;
    std::deque<Use> uses;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> table_writes;
    std::vector<std::pair<std::uint32_t, Histogram>> unrouted;  ///< durations by part, seen before the route was

    /// Becomes another request; keeps the memory.
    void begin_anew();
  };

  void record(Request& request, const Execution& execution);
  void add_params(Request& request, Use& use, const Execution& execution);
  void close(Request& request);
  void end_request(std::list<Request>::iterator request);
  static bool begins_again(const Request& request, const Execution& execution);
  void end_last();
  void add_duration(Request& request, const Execution& execution);
  void add_costs(const Request& request);
  void fold(const Request& request, std::uint32_t use, bool loose);
  void keep(Found found, int way, bool loose);
  static std::vector<std::uint32_t> reads_before(const Request& request, std::uint32_t use);
  static std::uint32_t writes_to(const Request& request, std::uint64_t table);
  static std::uint64_t beside_writes(const Request& request, const Use& use);
  void make_room(const Request& current);

  std::list<Request> open_;            ///< most recently used first
  std::list<Request> spare_requests_;  ///< ended ones leave their memory to the next: most are alike
  std::unordered_map<std::uint64_t, std::list<Request>::iterator> by_key_;
  Request loose_;
  std::uint32_t loose_before_ = Repeat::kNoShape;
  Verb loose_before_verb_ = Verb::kOther;
  std::size_t tracked_ = 0;
  SharedRequests shared_;
  std::uint64_t requests_ = 0;
  std::uint64_t requests_without_route_ = 0;
  std::uint64_t requests_without_time_ = 0;
  bool repeats_dropped_ = false;
  QueryCosts costs_;
  std::vector<Found> found_;
  std::vector<Found> found_loose_;
  std::map<std::tuple<std::uint32_t, std::uint32_t, int, bool>, std::size_t> found_index_;
};

}  // namespace budgetcheck
