#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// How sure it is that a repeat is a loop that can be changed.
enum class LoopStrength {
  kNone,     ///< it may as well be requests, messages or polls that look alike
  kWeak,     ///< worth a note
  kClear,    ///< worth a warning
  kCertain,  ///< as much as the rule says
};

/// The worst repeats that `counts` accepts: one for each route and shape over all logs, with the number of requests
/// added up. `counts` gives the executions that count, 0 for a repeat that the rule does not mean.
struct WorstRepeat {
  const QueryLog* log = nullptr;
  const Repeat* repeat = nullptr;
  std::uint64_t count = 0;
  std::uint64_t requests = 0;
  LoopStrength strength = LoopStrength::kCertain;
  std::string confidence;  ///< what a log without request ids shows; empty: it has them

  const QueryShape& shape() const { return log->shapes[repeat->shape]; }
  /// Null when nothing ran before.
  const QueryShape* parent() const;
};
using CountRepeat = std::function<std::uint64_t(const QueryLog& log, const Repeat& repeat)>;
std::vector<WorstRepeat> worst_repeats(const Facts& facts, const Rule& rule, const CountRepeat& counts);

/// The reads are part of the writes beside them: a row looked up before it is written, or read back after.
bool goes_with_writes(const Repeat& repeat);

/// A loop too short to be one by itself, which most requests of its route have, and for which the log shows rows that
/// it may walk over.
bool recurs(const Repeat& repeat);

/// Of a log without request ids: few turns, each of several statements.
bool has_long_turns(const Repeat& repeat);

/// Takes out what has few turns in a log without request ids and is not clear.
void drop_few_unclear(std::vector<WorstRepeat>& found, double min_repeats);

/// Takes out what runs because a statement of another repeat does, in the same call of the client: that is said there.
void drop_parts_of_calls(std::vector<WorstRepeat>& found);

/// "in one request (/api/posts, req-00001)", or how much is known without request ids.
std::string where_of(const WorstRepeat& worst);

/// Everything but message, fix and details of its own.
Finding repeat_finding(const Rule& rule, const WorstRepeat& worst);

}  // namespace budgetcheck
