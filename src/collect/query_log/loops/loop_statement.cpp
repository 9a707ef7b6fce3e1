#include "collect/query_log/loops/loop_statement.h"

#include <algorithm>
#include <bit>

namespace budgetcheck {

std::uint32_t IdleTimes::power_of(double ms) {
  constexpr double kHighest = 1e9;
  const auto halves = static_cast<std::uint32_t>(2 * std::min(ms, kHighest));
  return std::min(static_cast<std::uint32_t>(std::bit_width(halves)), static_cast<std::uint32_t>(kPowers - 1));
}

void IdleTimes::add(double idle_ms) {
  if (idle_ms < 0) {
    return;
  }
  ++powers_[power_of(idle_ms)];
  ++count_;
}

void IdleTimes::add(const IdleTimes& others) {
  for (std::size_t i = 0; i < kPowers; ++i) {
    powers_[i] += others.powers_[i];
  }
  count_ += others.count_;
}

/// The lowest power up to which there is one of `part` parts.
std::uint32_t IdleTimes::below(std::uint64_t part) const {
  std::uint64_t below = 0;
  for (std::uint32_t i = 0; i < kPowers; ++i) {
    below += powers_[i];
    if (part * below >= count_) {
      return i;
    }
  }
  return 0;
}

void LoopStatement::begin(const Execution& execution, std::uint64_t number) {
  shape = execution.shape;
  verb = execution.verb;
  has_table = execution.has_table;
  table = execution.table;
  key_column = execution.key_column;
  pages = execution.pages;
  walks = execution.walks;
  probe = execution.probe;
  claims = execution.claims;
  swaps = execution.swaps;
  open = execution.open;
  ordered = execution.ordered;
  lists = single = true;
  route = execution.route;
  line = execution.line;
  first = number;
  last = number;
  count = turns = last_turn = carried = waits = changes = 0;
  ms = 0;
  known = true;
  unpaged = execution.params.unpaged;
  rest = execution.params.rest;
  same_unpaged = same_rest = true;
  params.clear();
  keys.clear();
}

void LoopStatement::add(const Execution& execution, std::uint64_t number, bool waited) {
  last = number;
  ms += std::max(execution.ms, 0.0);
  single = single && (execution.single || execution.params.single);
  lists = lists && execution.params.list_size == 1;
  waits += waited ? 1U : 0U;
  carried += execution.params.list_size;
  if (execution.params.known) {
    same_unpaged = same_unpaged && unpaged == execution.params.unpaged;
    same_rest = same_rest && rest == execution.params.rest;
    changes += count > 0 && last_keys != execution.params.keys ? 1U : 0U;
    last_keys = execution.params.keys;
    params.add(execution.params.all);
    keys.add(execution.params.keys);
  } else {
    known = false;
  }
  ++count;
}

void LoopStatement::join(const LoopStatement& later) {
  last = later.last;
  ms += later.ms;
  single = single && later.single;
  lists = lists && later.lists;
  waits += later.waits;
  carried += later.carried;
  known = known && later.known;
  same_unpaged = same_unpaged && later.same_unpaged && unpaged == later.unpaged;
  same_rest = same_rest && later.same_rest && rest == later.rest;
  // What its first execution asked for is not kept: one that ran once shows it.
  const bool changed = later.count == 1 ? last_keys != later.last_keys : later.keys.count() > 1;
  changes += later.changes + (count > 0 && changed ? 1U : 0U);
  last_keys = later.last_keys;
  params.add(later.params);
  keys.add(later.keys);
  count += later.count;
}

}  // namespace budgetcheck
