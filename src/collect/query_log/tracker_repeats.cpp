// What an ended request leaves of its repeats.
#include <algorithm>
#include <utility>

#include "collect/query_log/tracker.h"

namespace budgetcheck {
namespace {

/// The ways in which one shape can repeat inside one request. They are kept apart: a loop in one request and a
/// duplicate in another are two things to say.
enum Way : std::uint32_t { kLoop, kSame, kWalk };

/// How far back the statement that fed a loop is looked for.
constexpr std::uint32_t kParentReach = 32;
/// From here on a loop is one by itself; shorter ones of several shapes may be one together.
constexpr std::uint64_t kLoopLength = 5;
/// Other statements of a request that are looked at for each.
constexpr std::size_t kMaxLooked = 64;

bool nearly(std::uint64_t part, std::uint64_t whole) {
  constexpr std::uint64_t kOfTen = 8;
  return part * 10 >= whole * kOfTen;
}

}  // namespace

/// Reads that came before the loop began and ran less often than it, the last first: one of them is what it walks over.
std::vector<std::uint32_t> QueryTracker::reads_before(const Request& request, std::uint32_t use) {
  constexpr std::size_t kMaxBefore = 8;
  std::vector<std::uint32_t> reads;
  const std::uint32_t end = use - std::min(use, kParentReach);
  for (std::uint32_t i = use; i > end && reads.size() < kMaxBefore; --i) {
    const Use& before = request.uses[i - 1];
    if (before.verb == Verb::kSelect && std::uint64_t{before.count} * 2 <= request.uses[use].count) {
      reads.push_back(request.shape_ids[i - 1]);
    }
  }
  return reads;
}

/// A table is read by the same column before and after something is written as often.
bool QueryTracker::read_again(const Request& request, const Use& use) {
  const std::size_t looked = std::min<std::size_t>(request.uses.size(), kMaxLooked);
  const auto as_often = [&](const Use& other) {
    return nearly(other.count, use.count) && nearly(use.count, other.count);
  };
  for (std::size_t i = 0; i < looked; ++i) {
    const Use& other = request.uses[i];
    if (&other == &use || is_write(other.verb) || other.table != use.table || other.key_column != use.key_column ||
        !as_often(other)) {
      continue;
    }
    const std::uint64_t begin = std::min(use.first, other.first);
    const std::uint64_t end = std::max(use.first, other.first);
    for (std::size_t k = 0; k < looked; ++k) {
      const Use& write = request.uses[k];
      if (is_write(write.verb) && as_often(write) && write.first > begin && write.first < end) {
        return true;
      }
    }
  }
  return false;
}

/// A row is looked up before it is written, and read back after: such reads are part of the write. One after the other,
/// each has a write to its table since the one before; in parallel all lookups may come first, and only their number
/// tells. A look whether a row exists goes with the write of a row that refers to it, in any table, and so does the row
/// whose relations a call of the client changes: it reads it, writes elsewhere and reads it again.
std::uint64_t QueryTracker::beside_writes(const Request& request, const Use& use) {
  if (!use.has_table || is_write(use.verb)) {
    return 0;
  }
  const std::uint64_t writes = writes_to(request, use.table);
  const bool refers = use.probe && std::any_of(request.table_writes.begin(), request.table_writes.end(),
                                               [&](const auto& entry) { return nearly(entry.second, use.count); });
  // Looked up and read back by one statement, it runs twice for each write.
  const bool twice = use.count == 2 * writes && use.between_writes + 1 >= writes;
  if (refers || twice || (nearly(writes, use.count) && nearly(use.count, writes))) {
    return use.count;
  }
  if (nearly(request.ends, use.count) && read_again(request, use)) {
    return use.count;
  }
  return std::min(use.count, use.between_writes + (writes > use.table_writes ? 1U : 0U));
}

/// Reads of the same table by the same column that take turns with it, each too rare to be a loop by itself: one loop
/// whose WHERE or list of columns varies by row.
std::vector<std::uint32_t> QueryTracker::variants_of(const Request& request, std::uint32_t use) {
  const Use& one = request.uses[use];
  std::vector<std::uint32_t> others;
  const auto short_loop = [](const Use& u) {
    return u.verb == Verb::kSelect && u.known && u.count >= 2 && u.count < kLoopLength && u.params.size() == u.count;
  };
  if (!one.has_table || one.key_column == 0 || !short_loop(one)) {
    return others;
  }
  const std::size_t looked = std::min<std::size_t>(request.uses.size(), kMaxLooked);
  for (std::uint32_t i = 0; i < looked; ++i) {
    const Use& other = request.uses[i];
    if (i != use && short_loop(other) && other.table == one.table && other.key_column == one.key_column &&
        other.first < one.last && one.first < other.last) {
      others.push_back(i);
    }
  }
  return others;
}

/// The statements that take turns with it, and run as often.
std::vector<std::uint32_t> QueryTracker::turn_of(const Request& request, std::uint32_t use) {
  constexpr std::size_t kMostOfTurn = 8;
  const Use& one = request.uses[use];
  std::vector<std::uint32_t> turn;
  const std::size_t looked = std::min<std::size_t>(request.uses.size(), kMaxLooked);
  for (std::uint32_t i = 0; i < looked && turn.size() <= kMostOfTurn; ++i) {
    const Use& other = request.uses[i];
    if (i == use || (nearly(other.count, one.count) && nearly(one.count, other.count) && other.first < one.last &&
                     one.first < other.last)) {
      turn.push_back(request.shape_ids[i]);
    }
  }
  return turn.size() < 2 || turn.size() > kMostOfTurn ? std::vector<std::uint32_t>() : turn;
}

void QueryTracker::fold(const Request& request, std::uint32_t index) {
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
  const bool differ = use.params.size() > 1;
  // Two keys or rows an execution on average: fewer is a loop that happens to use IN or VALUES. A batch of reads for
  // each of other rows is a loop of its own; what a batch writes may well change with it: the time, a state.
  const bool batched =
      (differ || !use.known) && (use.same_rest || is_write(use.verb)) && use.carried >= 2 * std::uint64_t{use.count};
  const bool paging = use.known ? differ && use.same_unpaged && use.pages : use.walks;
  std::uint64_t count = use.count;
  const auto keep = [&](Way way) -> Repeat* {
    const std::uint64_t badness = way == kSame ? std::max<std::uint64_t>(longest, 1) : count;
    constexpr std::uint64_t kShortLoop = 3;
    Repeat* repeat =
        found_.worse(request.route, request.shape_ids[index], way, badness, count, use.count >= kShortLoop);
    if (repeat != nullptr) {
      describe(request, index, *repeat);
      repeat->count = count;
      repeat->most_repeated = longest;
    }
    return repeat;
  };
  if (batched || paging) {
    if (Repeat* repeat = keep(kWalk); repeat != nullptr) {
      repeat->batched = batched;
      repeat->paging = paging;
    }
    if (longest >= 2) {
      keep(kSame);
    }
    return;
  }
  // One execution that asks for something else does not make a loop of a repeated read.
  const bool loop = use.known && differ && (use.count - commonest >= 2 || commonest == 1);
  std::vector<std::uint32_t> variants = loop ? variants_of(request, index) : std::vector<std::uint32_t>();
  if (!variants.empty() && variants.front() < index) {
    variants.clear();  // they were told with the first of them
  }
  for (const std::uint32_t other : variants) {
    count += request.uses[other].count;
  }
  if (Repeat* repeat = keep(loop || !use.known ? kLoop : kSame); repeat != nullptr) {
    repeat->loop = loop;
    for (const std::uint32_t other : variants) {
      repeat->variants.push_back(request.shape_ids[other]);
      repeat->distinct_params += request.uses[other].params.size();
      repeat->total_ms += request.uses[other].ms;
    }
  }
}

/// Everything but how it repeats.
void QueryTracker::describe(const Request& request, std::uint32_t index, Repeat& repeat) const {
  const Use& use = request.uses[index];
  Repeat fresh;
  fresh.requests = repeat.requests;
  fresh.recurring = repeat.recurring;
  repeat = std::move(fresh);
  repeat.shape = request.shape_ids[index];
  repeat.before = reads_before(request, index);
  repeat.parent = repeat.before.empty() ? use.before : repeat.before.front();
  repeat.beside_writes = beside_writes(request, use);
  repeat.scope = request.name;
  repeat.params_known = use.known;
  repeat.distinct_params = use.params.size();
  repeat.total_ms = use.ms;
  repeat.first.line = use.line;
  repeat.turn = turn_of(request, index);
  repeat.same_row = use.known && use.same_key;
  repeat.claims = nearly(use.claimed, use.count) && nearly(request.claims, use.count) &&
                  (request.ends == 0 || nearly(request.claims_done, use.count));
  constexpr std::uint64_t kWaitsOfTen = 7;
  repeat.waits = std::uint64_t{use.waits} * 10 >= use.count * kWaitsOfTen;
  if (use.lists && use.verb == Verb::kSelect && nearly(use.followed, use.count)) {
    repeat.call = use.before;
  }
}

}  // namespace budgetcheck
