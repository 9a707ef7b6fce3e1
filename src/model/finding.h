#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/location.h"
#include "model/rule.h"

namespace budgetcheck {

/// Against the base: without one everything is new.
enum class FindingState { kNew, kSame, kWorse, kBetter, kWaived };

std::string_view to_string(FindingState state);

/// What a finding rests on. Only what the rule knows is set; nothing captured (literals, parameters, query
/// strings) is in it.
struct Evidence {
  std::string sql;  ///< a shape
  std::uint64_t count = 0;
  std::uint64_t distinct_params = 0;
  std::string scope;
  std::string route;
  std::string parent_sql;               ///< a shape
  std::vector<std::string> statements;  ///< shapes that run in one turn of a loop, in their order; empty: `sql` alone
  std::string input;
  std::uint32_t line = 0;
  std::string kind;   ///< of what was found, where a rule has several: "email"
  std::string field;  ///< where it stands in a record: "user.email"
  /// Anything else, in reading order: {"copy", "node_modules/a/node_modules/lodash"}.
  std::vector<std::pair<std::string, std::string>> details;
};

struct Fix {
  std::string text;  ///< what to do, in one or two sentences
  std::string model;
  std::vector<std::string> index;
};

/// A rule that was broken at one place.
struct Finding {
  std::string rule;
  Level level = Level::kWarning;
  FindingState state = FindingState::kNew;
  std::string message;  ///< one sentence with the numbers, no trailing full stop
  std::string subject;  ///< what it is about, for tables: a route, a package, a file
  Location location;
  Evidence evidence;
  Fix fix;
  double magnitude = 0;  ///< for sorting and for worse/better: executions, bytes
  /// Stable hash of rule and place without any measured value: the same finding tomorrow has the same key.
  std::string key;
};

/// The key of a finding of `rule` at what `parts` name.
std::string finding_key(std::string_view rule, const std::vector<std::string>& parts);

}  // namespace budgetcheck
