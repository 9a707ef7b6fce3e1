#include "collect/query_log/tracker.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace budgetcheck {
namespace {

/// What one shape counter costs in the budget of tracked things.
constexpr std::size_t kUseCost = 8;
constexpr std::size_t kMaxTableWrites = 256;

/// Memory that is needed soon and has long left the cache: it comes while other statements are read.
void fetch(const void* begin, std::size_t size) {
  constexpr std::size_t kLine = 64;
  for (std::size_t at = 0; at < size; at += kLine) {
    __builtin_prefetch(static_cast<const char*>(begin) + at);
  }
}

}  // namespace

void QueryTracker::execute(std::uint64_t key, std::string_view name, const Execution& execution) {
  Request* found = by_key_.find(key);
  if (found != nullptr && begins_again(*found, execution)) {
    end_request(*found);
    found = nullptr;
  }
  if (found != nullptr) {
    open_.splice(open_.begin(), open_, found->place);
  } else {
    if (open_.size() >= kMaxOpenRequests) {
      end_last();
    }
    if (spare_requests_.empty()) {
      open_.emplace_front();
    } else {
      open_.splice(open_.begin(), spare_requests_, spare_requests_.begin());
    }
    open_.front().key = key;
    open_.front().name = name;
    open_.front().traced = execution.traced;
    open_.front().place = open_.begin();
    by_key_.put(key, &open_.front());
    ++requests_;
  }
  Request& request = open_.front();
  PastRequests::widen(request.span, execution.at_ms);
  past_.passed(execution.at_ms);
  if (request.route == Execution::kNoRoute && execution.route != Execution::kNoRoute) {
    request.route = execution.route;
    for (const auto& [part, durations] : request.unrouted) {
      costs_.add_durations(request.route, part, durations);
    }
    request.unrouted.clear();
  }
  if (execution.ms >= 0) {
    add_duration(request, execution);
  }
  record(request, execution);
  if (tracked_ > kMaxTracked) {
    make_room(request);
  }
}

/// A statement so long after the end of its request is of another one, whose number a restarted process gave again.
bool QueryTracker::begins_again(const Request& request, const Execution& execution) {
  constexpr double kLate = 10'000;
  return request.ended && request.ended_ms >= 0 && execution.at_ms > request.ended_ms + kLate;
}

void QueryTracker::begin(std::uint64_t key) {
  Request* found = by_key_.find(key);
  if (found != nullptr && found->ended) {
    end_request(*found);
  }
}

void QueryTracker::end(std::uint64_t key, double at_ms) {
  if (Request* found = by_key_.find(key); found != nullptr) {
    found->ended = true;
    found->ended_ms = at_ms;
  }
}

void QueryTracker::control(std::uint64_t key, Control control) {
  Request* found = by_key_.find(key);
  if (found == nullptr || control == Control::kOther || control == Control::kBegin) {
    return;
  }
  Request& request = *found;
  ++request.ends;
  request.claims_done += request.claiming ? 1U : 0U;
  request.claiming = false;
}

void QueryTracker::end_request(Request& request) {
  open_.splice(open_.end(), open_, request.place);
  end_last();
}

void QueryTracker::add_duration(Request& request, const Execution& execution) {
  const std::uint32_t route = execution.route != Execution::kNoRoute ? execution.route : request.route;
  if (route != Execution::kNoRoute) {
    costs_.add_duration(route, execution.part, execution.ms);
    return;
  }
  auto known = std::find_if(request.unrouted.begin(), request.unrouted.end(),
                            [&](const auto& entry) { return entry.first == execution.part; });
  if (known == request.unrouted.end()) {
    // Of a request with very many parts the rest counts for the route alone.
    const bool full = request.unrouted.size() >= kMaxTableWrites;
    known = full ? request.unrouted.begin()
                 : request.unrouted.insert(request.unrouted.end(), {execution.part, Histogram()});
  }
  known->second.add(execution.ms);
}

void QueryTracker::execute_loose(const Execution& execution) {
  if (execution.route != Execution::kNoRoute && execution.ms >= 0) {
    costs_.add_duration(execution.route, execution.part, execution.ms);
  }
  loose_.execute(execution);
}

void QueryTracker::record(Request& request, const Execution& execution) {
  ++request.count;
  const double idle = idle_between(request.last_at_ms, request.last_ms, execution);
  request.pauses += is_pause(idle, request.last_ms, execution) ? 1U : 0U;
  request.last_at_ms = std::max(request.last_at_ms, execution.at_ms);
  request.last_ms = execution.ms;
  request.claims += execution.claims ? 1U : 0U;
  request.claiming = request.claiming || execution.claims;
  if (execution.ms >= 0) {
    request.ms += execution.ms;
  } else {
    request.timed = false;
  }
  request.calls += execution.calls ? 1U : 0U;
  if (execution.shape == Repeat::kNoShape) {
    request.last_shape = Repeat::kNoShape;
    return;
  }
  const std::uint32_t number = request.shapes.number_of(execution.shape);
  if (number == request.uses.size()) {
    request.uses.add(pool_.take());
    request.costs.emplace_back().part = execution.part;
    Use& use = request.uses[number];
    use.verb = execution.verb;
    use.has_table = execution.has_table;
    use.table = execution.table;
    use.probe = execution.probe;
    use.walks = execution.walks;
    use.line = execution.line;
    use.before = request.last_shape;
    use.first = static_cast<std::uint32_t>(request.count);
    use.key_column = execution.key_column;
    use.key = execution.params.keys;
    use.pauses_seen = request.pauses;
    request.shape_ids.push_back(execution.shape);
    tracked_ += kUseCost;
  }
  Use& use = request.uses[number];
  use.followed += use.before != Repeat::kNoShape && use.before == request.last_shape ? 1U : 0U;
  use.lists = use.lists && execution.params.list_size == 1;
  use.last = static_cast<std::uint32_t>(request.count);
  use.same_key = use.same_key && execution.params.known && use.key == execution.params.keys;
  use.claimed += request.claiming ? 1U : 0U;
  use.waits += request.pauses > use.pauses_seen ? 1U : 0U;
  use.pauses_seen = request.pauses;
  request.last_shape = execution.shape;
  const std::uint32_t writes = writes_to(request, use.table);
  use.between_writes += writes > use.table_writes ? 1U : 0U;
  use.table_writes = writes;
  ++use.count;
  use.ms += std::max(execution.ms, 0.0);
  use.pages = use.pages || execution.pages;
  add_params(request, use, execution);
  UseCost& cost = request.costs[number];
  ++cost.count;
  cost.ms = cost.ms < 0 || execution.ms < 0 ? -1 : use.ms;
  cost.params = static_cast<std::uint32_t>(use.params.size());
  if (is_write(execution.verb)) {
    ++request.writes;
    const auto written = std::find_if(request.table_writes.begin(), request.table_writes.end(),
                                      [&](const auto& entry) { return entry.first == execution.table; });
    if (written != request.table_writes.end()) {
      ++written->second;
    } else if (request.table_writes.size() < kMaxTableWrites) {
      request.table_writes.emplace_back(execution.table, 1);
    }
  }
}

std::uint32_t QueryTracker::writes_to(const Request& request, std::uint64_t table) {
  const auto written = std::find_if(request.table_writes.begin(), request.table_writes.end(),
                                    [&](const auto& entry) { return entry.first == table; });
  return written == request.table_writes.end() ? 0 : written->second;
}

void QueryTracker::add_params(Request& request, Use& use, const Execution& execution) {
  const ParamHashes& params = execution.params;
  use.carried += params.list_size;
  if (!params.known) {
    use.known = false;
    return;
  }
  if (use.params.empty() && !use.overflow) {
    use.unpaged = params.unpaged;
    use.rest = params.rest;
  }
  use.same_unpaged = use.same_unpaged && use.unpaged == params.unpaged;
  use.same_rest = use.same_rest && use.rest == params.rest;
  const std::size_t had = use.params.size();
  ParamCounts::Count* param = use.params.find(params.all, had < kMaxDistinctParams && !use.overflow);
  if (param == nullptr) {
    use.overflow = true;
    return;
  }
  tracked_ += use.params.size() - had;
  // A read that follows a write to what it reads is no duplicate. A join may read any of the written tables, and a
  // function that is called (set_config) may change what every read sees.
  std::uint32_t epoch = request.writes;
  if (!execution.joins && request.table_writes.size() < kMaxTableWrites) {
    epoch = use.table_writes;
  }
  epoch += request.calls;
  ++param->total;
  param->run = param->epoch == epoch ? param->run + 1 : 1;
  param->epoch = epoch;
  param->longest = std::max(param->longest, param->run);
}

void QueryTracker::make_room(const Request& current) {
  while (tracked_ > kMaxTracked && &open_.back() != &current) {
    end_last();
  }
  if (tracked_ > kMaxTracked) {
    // One request alone holds everything: its counts go on, new parameters are no longer told apart.
    for (Use* use : open_.front().uses.all()) {
      use->overflow = true;
    }
  }
}

QueryTracker::Use* QueryTracker::UsePool::take() {
  if (free_.empty()) {
    made_.push_back(std::make_unique<std::array<Use, kAtOnce>>());
    for (Use& use : *made_.back()) {
      free_.push_back(&use);
    }
  }
  Use* use = free_.back();
  free_.pop_back();
  if (!free_.empty()) {
    fetch(free_.back(), sizeof(Use));
  }
  *use = Use();
  return use;
}

void QueryTracker::UsePool::give(std::vector<Use*>& uses) {
  free_.insert(free_.end(), uses.begin(), uses.end());
  uses.clear();
}

void QueryTracker::Request::begin_anew() {
  constexpr std::size_t kKept = 64;
  static_cast<RequestState&>(*this) = {};
  name.clear();
  if (costs.size() > kKept) {
    shapes = {};
    shape_ids = {};
    uses = {};
    costs = {};
  }
  shapes.clear();
  shape_ids.clear();
  costs.clear();
  table_writes.clear();
  unrouted.clear();
}

/// Closes the request that was untouched longest.
void QueryTracker::end_last() {
  constexpr std::size_t kMostSpare = 64;
  Request& last = open_.back();
  close(last);
  pool_.give(last.uses.all());
  by_key_.erase(last.key);
  if (spare_requests_.size() >= kMostSpare) {
    open_.pop_back();
    return;
  }
  last.begin_anew();
  spare_requests_.splice(spare_requests_.begin(), open_, std::prev(open_.end()));
  fetch_last();
}

/// Of the request that ends next the lists, and of the one behind it where they are.
void QueryTracker::fetch_last() const {
  if (open_.size() < 2) {
    return;
  }
  const Request& next = open_.back();
  fetch(next.costs.data(), next.costs.size() * sizeof(UseCost));
  fetch(next.shape_ids.data(), next.shape_ids.size() * sizeof(std::uint32_t));
  fetch(next.uses.all().data(), next.uses.size() * sizeof(Use*));
  fetch(&*std::prev(open_.end(), 2), sizeof(Request));
}

void QueryTracker::close(Request& request) {
  past_.closed({request.key, request.span, request.ended}, request.traced);
  for (std::uint32_t i = 0; i < request.costs.size(); ++i) {
    const UseCost& cost = request.costs[i];
    if (cost.count > 1) {
      fold(request, i);
    }
    tracked_ -= std::min(tracked_, cost.params + kUseCost);
  }
  for (std::size_t i = 0; i < request.costs.size(); ++i) {
    if (request.costs[i].params > 1) {
      request.uses[i].params = {};  // the next request may not need as much
    }
  }
  if (request.route == Execution::kNoRoute) {
    ++requests_without_route_;
    return;
  }
  if (request.route >= requests_by_route_.size()) {
    requests_by_route_.resize(std::size_t{request.route} + 1);
  }
  ++requests_by_route_[request.route];
  add_costs(request);
}

/// One request is one trial, of its route and of each table that it reads or writes.
void QueryTracker::add_costs(const Request& request) {
  std::vector<CostPart>& parts = parts_;
  parts.clear();
  for (const UseCost& use : request.costs) {
    auto part = std::find_if(parts.begin(), parts.end(), [&](const CostPart& p) { return p.number == use.part; });
    if (part == parts.end()) {
      if (parts.size() >= kMaxTableWrites) {
        break;
      }
      part = parts.insert(parts.end(), CostPart{use.part});
    }
    part->count += use.count;
    ++part->distinct;
    part->ms += use.ms;
    part->timed = part->timed && use.ms >= 0;
  }
  for (const CostPart& part : parts) {
    costs_.add_part(request.route, part.number, static_cast<double>(part.count), static_cast<double>(part.distinct),
                    part.timed ? part.ms : -1);
  }
  for (std::size_t i = 0; i < request.costs.size(); ++i) {
    costs_.add_use(request.route, request.shape_ids[i], request.costs[i].count);
  }
  costs_.add_request(request.route, static_cast<double>(request.count), static_cast<double>(request.uses.size()),
                     request.timed ? request.ms : -1);
  requests_without_time_ += request.timed ? 0U : 1U;
}

void QueryTracker::finish() {
  for (const Request& request : open_) {
    past_.still_open({request.key, request.span, request.ended}, request.traced);
  }
  // Oldest first, so that of equal requests the earlier one is named.
  while (!open_.empty()) {
    end_last();
  }
  loose_.finish();
}

}  // namespace budgetcheck
