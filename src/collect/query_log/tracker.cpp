#include "collect/query_log/tracker.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace budgetcheck {
namespace {

/// The ways in which one shape can repeat inside one request. They are kept apart: a loop in one request and a
/// duplicate in another are two things to say.
enum Way { kLoop, kSame, kWalk };

/// What one shape counter costs in the budget of tracked things.
constexpr std::size_t kUseCost = 8;
/// How far back the statement that fed a loop is looked for.
constexpr std::uint32_t kParentReach = 32;
constexpr std::size_t kMaxTableWrites = 256;

bool is_write(Verb verb) { return verb == Verb::kInsert || verb == Verb::kUpdate || verb == Verb::kDelete; }

}  // namespace

void QueryTracker::execute(std::uint64_t key, std::string_view name, const Execution& execution) {
  auto found = by_key_.find(key);
  if (found != by_key_.end() && begins_again(*found->second, execution)) {
    end_request(found->second);
    found = by_key_.end();
  }
  if (found != by_key_.end()) {
    open_.splice(open_.begin(), open_, found->second);
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
    by_key_.emplace(key, open_.begin());
    ++requests_;
  }
  Request& request = open_.front();
  SharedRequests::widen(request.span, execution.at_ms);
  shared_.passed(execution.at_ms);
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
  const auto found = by_key_.find(key);
  if (found != by_key_.end() && found->second->ended) {
    end_request(found->second);
  }
}

void QueryTracker::end(std::uint64_t key, double at_ms) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    found->second->ended = true;
    found->second->ended_ms = at_ms;
  }
}

void QueryTracker::end_request(std::list<Request>::iterator request) {
  open_.splice(open_.end(), open_, request);
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
  if (loose_.last_shape != execution.shape && !loose_.uses.empty()) {
    loose_before_ = loose_.shape_ids.back();
    loose_before_verb_ = loose_.uses.back().verb;
    fold(loose_, 0, true);
    tracked_ -= std::min(tracked_, loose_.uses.back().params.size() + kUseCost);
    loose_ = {};
  }
  if (loose_.uses.empty()) {
    loose_.route = execution.route;
    loose_.last_shape = loose_before_;
  }
  record(loose_, execution);
}

void QueryTracker::record(Request& request, const Execution& execution) {
  ++request.count;
  if (execution.ms >= 0) {
    request.ms += execution.ms;
  } else {
    request.timed = false;
  }
  if (execution.shape == Repeat::kNoShape) {
    request.last_shape = Repeat::kNoShape;
    return;
  }
  const std::uint32_t number = request.shapes.number_of(execution.shape);
  if (number == request.uses.size()) {
    Use& use = request.uses.emplace_back();
    use.verb = execution.verb;
    use.part = execution.part;
    use.has_table = execution.has_table;
    use.table = execution.table;
    use.probe = execution.probe;
    use.walks = execution.walks;
    use.line = execution.line;
    use.before = request.last_shape;
    request.shape_ids.push_back(execution.shape);
    tracked_ += kUseCost;
  }
  request.last_shape = execution.shape;
  Use& use = request.uses[number];
  const std::uint32_t writes = writes_to(request, use.table);
  use.between_writes += writes > use.table_writes ? 1U : 0U;
  use.table_writes = writes;
  ++use.count;
  use.ms += std::max(execution.ms, 0.0);
  use.timed = use.timed && execution.ms >= 0;
  use.pages = use.pages || execution.pages;
  add_params(request, use, execution);
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

/// A row is looked up before it is written, and read back after: such reads are part of the write. One after the other,
/// each has a write to its table since the one before; in parallel all lookups may come first, and only their number
/// tells. A look whether a row exists goes with the write of a row that refers to it, in any table.
std::uint64_t QueryTracker::beside_writes(const Request& request, const Use& use) {
  constexpr std::uint64_t kOfTen = 8;
  const auto nearly = [](std::uint64_t part, std::uint64_t whole) { return part * 10 >= whole * kOfTen; };
  if (!use.has_table || is_write(use.verb)) {
    return 0;
  }
  const std::uint64_t writes = writes_to(request, use.table);
  const bool refers = use.probe && std::any_of(request.table_writes.begin(), request.table_writes.end(),
                                               [&](const auto& entry) { return nearly(entry.second, use.count); });
  if (refers || (nearly(writes, use.count) && nearly(use.count, writes))) {
    return use.count;
  }
  return std::min(use.count, use.between_writes + (writes > use.table_writes ? 1U : 0U));
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
  // A read that follows a write to what it reads is no duplicate. A join may read any of the written tables.
  std::uint32_t epoch = request.writes;
  if (!execution.joins && request.table_writes.size() < kMaxTableWrites) {
    epoch = use.table_writes;
  }
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
    for (Use& use : open_.front().uses) {
      use.overflow = true;
    }
  }
}

void QueryTracker::Request::begin_anew() {
  static_cast<RequestState&>(*this) = {};
  name.clear();
  shapes.clear();
  shape_ids.clear();
  uses.clear();
  table_writes.clear();
  unrouted.clear();
}

/// Closes the request that was untouched longest.
void QueryTracker::end_last() {
  constexpr std::size_t kMostSpare = 64;
  Request& last = open_.back();
  close(last);
  by_key_.erase(last.key);
  if (spare_requests_.size() >= kMostSpare) {
    open_.pop_back();
    return;
  }
  last.begin_anew();
  spare_requests_.splice(spare_requests_.begin(), open_, std::prev(open_.end()));
}

void QueryTracker::close(Request& request) {
  shared_.closed({request.key, request.span, request.ended}, request.traced);
  for (std::uint32_t i = 0; i < request.uses.size(); ++i) {
    fold(request, i, false);
    tracked_ -= std::min(tracked_, request.uses[i].params.size() + kUseCost);
  }
  if (request.route == Execution::kNoRoute) {
    ++requests_without_route_;
    return;
  }
  add_costs(request);
}

/// One request is one trial, of its route and of each table that it reads or writes.
void QueryTracker::add_costs(const Request& request) {
  struct CostPart {
    std::uint32_t number = 0;
    std::uint64_t count = 0;
    std::uint64_t distinct = 0;
    double ms = 0;
    bool timed = true;
  };
  std::vector<CostPart> parts;
  for (const Use& use : request.uses) {
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
    part->timed = part->timed && use.timed;
  }
  for (const CostPart& part : parts) {
    costs_.add_part(request.route, part.number, static_cast<double>(part.count), static_cast<double>(part.distinct),
                    part.timed ? part.ms : -1);
  }
  for (std::size_t i = 0; i < request.uses.size(); ++i) {
    costs_.add_use(request.route, request.shape_ids[i], request.uses[i].count);
  }
  costs_.add_request(request.route, static_cast<double>(request.count), static_cast<double>(request.uses.size()),
                     request.timed ? request.ms : -1);
  requests_without_time_ += request.timed ? 0U : 1U;
}

/// Reads that came before the loop began and ran less often than it, the last first: one of them is what it walks over.
std::vector<std::uint32_t> QueryTracker::reads_before(const Request& request, std::uint32_t use) {
  constexpr std::size_t kMaxBefore = 8;
  std::vector<std::uint32_t> reads;
  const std::uint32_t end = use - std::min(use, kParentReach);
  for (std::uint32_t i = use; i > end && reads.size() < kMaxBefore; --i) {
    const Use& before = request.uses[i - 1];
    if (before.verb == Verb::kSelect && before.count * 2 <= request.uses[use].count) {
      reads.push_back(request.shape_ids[i - 1]);
    }
  }
  return reads;
}

void QueryTracker::fold(const Request& request, std::uint32_t index, bool loose) {
  const Use& use = request.uses[index];
  if (use.count < 2) {
    return;
  }
  std::uint64_t commonest = 0;
  std::uint64_t longest = 0;
  for (const ParamCounts::Count& param : use.params.counts()) {
    commonest = std::max<std::uint64_t>(commonest, param.total);
    longest = std::max<std::uint64_t>(longest, param.longest);
  }
  Found found;
  found.route = request.route;
  Repeat& repeat = found.repeat;
  repeat.shape = request.shape_ids[index];
  repeat.before = reads_before(request, index);
  repeat.parent = repeat.before.empty() ? use.before : repeat.before.front();
  repeat.beside_writes = beside_writes(request, use);
  repeat.scope = request.name;
  repeat.count = use.count;
  repeat.params_known = use.known;
  repeat.distinct_params = use.params.size();
  repeat.most_repeated = longest;
  repeat.total_ms = use.ms;
  repeat.requests = 1;
  repeat.first.line = use.line;
  const bool differ = use.params.size() > 1;
  // Two keys or rows an execution on average: fewer is a loop that happens to use IN or VALUES.
  repeat.batched = (differ || !use.known) && use.same_rest && use.carried >= 2 * use.count;
  repeat.paging = use.known ? differ && use.same_unpaged && use.pages : use.walks;
  if (loose) {
    // Without requests only a read, followed by a run of one other shape with changing parameters, is a sign.
    if ((differ || !use.known) && !repeat.batched && !repeat.paging && loose_before_verb_ == Verb::kSelect &&
        loose_before_ != repeat.shape && use.before != Repeat::kNoShape) {
      repeat.loop = use.known;
      repeat.before = {use.before};
      keep(std::move(found), kLoop, true);
    }
    return;
  }
  if (repeat.batched || repeat.paging) {
    keep(found, kWalk, false);
    if (longest < 2) {
      return;
    }
    repeat.batched = false;
    repeat.paging = false;
    keep(std::move(found), kSame, false);
    return;
  }
  // One execution that asks for something else does not make a loop of a repeated read.
  repeat.loop = use.known && differ && (use.count - commonest >= 2 || commonest == 1);
  const Way way = repeat.loop || !use.known ? kLoop : kSame;
  keep(std::move(found), way, false);
}

void QueryTracker::keep(Found found, int way, bool loose) {
  std::vector<Found>& all = loose ? found_loose_ : found_;
  const auto key = std::make_tuple(found.route, found.repeat.shape, way, loose);
  const auto known = found_index_.find(key);
  if (known == found_index_.end()) {
    if (all.size() >= kMaxRepeats) {
      repeats_dropped_ = true;
      return;
    }
    found_index_.emplace(key, all.size());
    all.push_back(std::move(found));
    return;
  }
  Found& worst = all[known->second];
  const std::uint64_t requests = worst.repeat.requests + 1;
  const auto badness = [way](const Repeat& r) { return way == kSame ? r.most_repeated : r.count; };
  if (badness(found.repeat) > badness(worst.repeat)) {
    worst = std::move(found);
  }
  worst.repeat.requests = requests;
}

void QueryTracker::finish() {
  for (const Request& request : open_) {
    shared_.still_open({request.key, request.span, request.ended}, request.traced);
  }
  // Oldest first, so that of equal requests the earlier one is named.
  while (!open_.empty()) {
    end_last();
  }
  if (!loose_.uses.empty()) {
    fold(loose_, 0, true);
    loose_ = {};
  }
}

}  // namespace budgetcheck
