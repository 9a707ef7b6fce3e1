#pragma once

#include <array>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/histogram.h"
#include "collect/query_log/costs.h"
#include "collect/query_log/execution.h"
#include "collect/query_log/found_repeats.h"
#include "collect/query_log/key_index.h"
#include "collect/query_log/key_map.h"
#include "collect/query_log/loops/loose_loops.h"
#include "collect/query_log/param_counts.h"
#include "collect/query_log/shared_requests.h"
#include "model/facts.h"

namespace budgetcheck {

/// Follows requests while their statements stream past, interleaved in any way, in bounded memory: of each open
/// request it keeps counts per shape and hashes of parameters; closed ones leave their numbers and the worst
/// repeats. The longest untouched request is closed when there are too many; others at the end.
class QueryTracker {
 public:
  static constexpr std::size_t kMaxOpenRequests = 4096;
  /// Parameter hashes and shape counters that are kept over all open requests: bounds them to some 30 MB.
  static constexpr std::size_t kMaxTracked = 400'000;
  static constexpr std::size_t kMaxDistinctParams = 65'536;

  QueryTracker() = default;
  QueryTracker(const QueryTracker&) = delete;
  QueryTracker& operator=(const QueryTracker&) = delete;

  /// A statement of the request `key`; `name` is shown in findings.
  void execute(std::uint64_t key, std::string_view name, const Execution& execution);
  /// A statement whose request is not known: it belongs to none, but may be part of a loop.
  void execute_loose(const Execution& execution);
  /// What ran says nothing about data; at_ms and ms as of an Execution.
  void control_loose(std::uint64_t stream, Control control, double at_ms, double ms) {
    loose_.control(stream, control, at_ms, ms);
  }
  /// What the request `key` ran besides says nothing about data.
  void control(std::uint64_t key, Control control);
  /// The log says that a request began: one of the same id that ended is another.
  void begin(std::uint64_t key);
  /// The log says that it ended. Statements may still follow.
  void end(std::uint64_t key, double at_ms);
  void finish();

  /// What tells which of the requests stand in other inputs too.
  PastRequests& past() { return past_; }

  std::uint64_t requests() const { return requests_; }
  std::uint64_t requests_without_route() const { return requests_without_route_; }
  std::uint64_t requests_without_time() const { return requests_without_time_; }
  bool repeats_dropped() const { return found_.dropped() || loose_.found().dropped(); }
  QueryCosts& costs() { return costs_; }
  /// How many requests of a route ended; 0: none.
  std::uint64_t requests_of(std::uint32_t route) const {
    return route < requests_by_route_.size() ? requests_by_route_[route] : 0;
  }

  using Found = FoundRepeats::Found;
  const std::vector<Found>& found() const { return found_.all(); }
  /// The same of loose statements.
  const std::vector<Found>& found_loose() const { return loose_.found().all(); }

 private:
  /// One shape in one request. There are as many as statements in many logs, so it is kept small; a log has no more
  /// lines than its numbers hold.
  struct Use {
    double ms = 0;
    std::uint64_t unpaged = 0;
    std::uint64_t rest = 0;
    std::uint64_t carried = 0;  ///< keys or rows over all executions
    std::uint64_t table = 0;
    std::uint64_t key_column = 0;
    std::uint64_t key = 0;
    ParamCounts params;
    std::uint32_t count = 0;
    std::uint32_t between_writes = 0;  ///< executions that had a write to the table since the one before
    std::uint32_t table_writes = 0;    ///< to the table, when this ran last
    std::uint32_t line = 0;
    std::uint32_t before = Repeat::kNoShape;  ///< the shape that ran just before the first execution
    std::uint32_t followed = 0;               ///< executions that ran just behind that shape
    std::uint32_t first = 0;                  ///< number of the first execution's statement in the request
    std::uint32_t last = 0;
    std::uint32_t claimed = 0;      ///< executions in a transaction that had claimed a row
    std::uint32_t waits = 0;        ///< executions that had a pause since the one before
    std::uint32_t pauses_seen = 0;  ///< of the request, when this ran last
    Verb verb = Verb::kOther;
    bool has_table = false;
    bool known = true;  ///< all parameters are known
    bool pages = false;
    bool same_unpaged = true;  ///< only page numbers and cursors differed so far
    bool same_rest = true;     ///< only these and lists differed so far
    bool probe = false;
    bool walks = false;
    bool lists = true;      ///< each carries a list of one key
    bool same_key = true;   ///< all mean the row that the first did
    bool overflow = false;  ///< more different parameters than are kept
  };

  /// Of a Use, what every request that ends is asked for: of the many that ran once, nothing else is looked at.
  struct UseCost {
    double ms = 0;  ///< negative: unknown
    std::uint32_t count = 0;
    std::uint32_t params = 0;  ///< different ones that are kept
    std::uint32_t part = QueryCosts::kNone;
  };
  /// The Uses of one request, in the order in which they came.
  class Uses {
   public:
    void add(Use* use) { all_.push_back(use); }
    Use& operator[](std::size_t i) const { return *all_[i]; }
    std::size_t size() const { return all_.size(); }
    std::vector<Use*>& all() { return all_; }
    const std::vector<Use*>& all() const { return all_; }

   private:
    std::vector<Use*> all_;
  };
  /// Memory for them, which the next requests use again.
  class UsePool {
   public:
    Use* take();
    /// Those that were taken.
    void give(std::vector<Use*>& uses);

   private:
    static constexpr std::size_t kAtOnce = 128;
    std::vector<std::unique_ptr<std::array<Use, kAtOnce>>> made_;
    std::vector<Use*> free_;
  };
  /// What a request did on one table.
  struct CostPart {
    std::uint32_t number = 0;
    std::uint64_t count = 0;
    std::uint64_t distinct = 0;
    double ms = 0;
    bool timed = true;
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
    double last_at_ms = -1;
    double last_ms = -1;
    std::uint32_t pauses = 0;       ///< before statements
    std::uint32_t claims = 0;       ///< statements that claim rows
    std::uint32_t claims_done = 0;  ///< transactions with one that ended
    std::uint32_t ends = 0;         ///< transactions that ended
    bool claiming = false;          ///< the present transaction has claimed a row
    std::uint32_t writes = 0;       ///< so far, to any table
    std::uint32_t calls = 0;        ///< of functions, without a table
  };
  struct Request : RequestState {
    std::list<Request>::iterator place;  ///< its own
    std::string name;
    KeyIndex shapes;
    std::vector<std::uint32_t> shape_ids;
    Uses uses;
    std::vector<UseCost> costs;  ///< of the uses
    std::vector<std::pair<std::uint64_t, std::uint32_t>> table_writes;
    std::vector<std::pair<std::uint32_t, Histogram>> unrouted;  ///< durations by part, seen before the route was

    /// Becomes another request; keeps the memory.
    void begin_anew();
  };

  void record(Request& request, const Execution& execution);
  void add_params(Request& request, Use& use, const Execution& execution);
  void close(Request& request);
  void end_request(Request& request);
  static bool begins_again(const Request& request, const Execution& execution);
  void end_last();
  void fetch_last() const;
  void add_duration(Request& request, const Execution& execution);
  void add_costs(const Request& request);
  void fold(const Request& request, std::uint32_t use);
  void describe(const Request& request, std::uint32_t use, Repeat& repeat) const;
  static std::vector<std::uint32_t> variants_of(const Request& request, std::uint32_t use);
  static std::vector<std::uint32_t> turn_of(const Request& request, std::uint32_t use);
  static std::vector<std::uint32_t> reads_before(const Request& request, std::uint32_t use);
  static std::uint32_t writes_to(const Request& request, std::uint64_t table);
  static bool read_again(const Request& request, const Use& use);
  static std::uint64_t beside_writes(const Request& request, const Use& use);
  void make_room(const Request& current);

  std::list<Request> open_;            ///< most recently used first
  std::list<Request> spare_requests_;  ///< ended ones leave their memory to the next: most are alike
  KeyMap<Request> by_key_;
  UsePool pool_;
  LooseLoops loose_;
  std::size_t tracked_ = 0;
  PastRequests past_;
  std::uint64_t requests_ = 0;
  std::uint64_t requests_without_route_ = 0;
  std::uint64_t requests_without_time_ = 0;
  QueryCosts costs_;
  std::vector<CostPart> parts_;  ///< of the request that ends
  FoundRepeats found_;
  std::vector<std::uint64_t> requests_by_route_;
};

}  // namespace budgetcheck
