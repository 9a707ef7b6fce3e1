#pragma once

#include <string>
#include <string_view>

#include "collect/query_log/fields/query_fields.h"

namespace budgetcheck::console {

/// What a line of text says of a statement beside the statement itself.
struct Around {
  std::string params;       ///< as a list: [1,"a"]; empty: not given
  double duration_ms = -1;  ///< negative: not given
  std::string request;
  std::string trace;
  std::string traceparent;
  std::string route;

  bool says_more() const { return !params.empty() || duration_ms >= 0; }
  /// Takes from `other` what is not known.
  void fill_from(const Around& other);
};

/// What a name in a log's text stands for.
enum class Name { kNone, kParams, kDuration, kRequest, kTrace, kTraceparent, kRoute };
Name name_of(std::string_view word);

/// "[1,2]", "(1, 'a')", "{'a': 1}", "[[\"id\", 1]]" or "1, \"a\"" as a list of JSON; empty when it is none. `pairs`:
/// each element is a column with its value.
std::string list_of(std::string_view value, bool pairs = false);

/// Reads what stands behind a statement: "| Params: [1] | Duration: 3ms", "[took 2 ms, 3 results]", "[1]", "- 3ms",
/// "reqId=r1"; what is already known in `around` stays.
void read_tail(std::string_view tail, Around& around);

/// Reads ids and the route from text before a statement, where only a name with a value counts: "reqId=r1".
void read_heading(std::string_view heading, Around& around);

/// "(0.3ms)", "[2 ms]", "(0.001)" at the end of a heading; negative: none stands there.
double heading_duration(std::string_view heading);

}  // namespace budgetcheck::console
