#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"

namespace budgetcheck {

/// One series of Prometheus: its name, its labels, and what it was when.
struct Series {
  std::string name;                                         ///< of the metric; empty: the query was an expression
  std::vector<std::pair<std::string, std::string>> labels;  ///< without the name, as they stand in the file
  std::vector<double> at;     ///< milliseconds since 1970, in the order of the file; empty: the file tells no time
  std::vector<double> value;  ///< may be NaN (also a staleness marker) or infinite

  /// Empty: it has none of that name.
  std::string_view label(std::string_view name) const;
};

/// What the answer of Prometheus to a query says besides its series.
struct QueryAnswer {
  std::string status;  ///< "success", "error"
  std::string error;   ///< its message; may be empty
  std::string type;    ///< "matrix", "vector", "scalar", …
  std::vector<std::string> warnings;
  std::uint64_t broken = 0;  ///< points that are no pair of a time and a value
};

/// Reads the JSON of /api/v1/query_range (a matrix) or /api/v1/query (a vector), series by series. Errors: not JSON.
Expected<QueryAnswer> read_query_answer(const std::string& path, const FileContent& content,
                                        const std::function<void(Series&&)>& take);

/// Whether a document begins as such an answer does, or as one that says what went wrong.
bool is_query_answer(std::string_view head, const std::vector<std::string>& top_keys);

}  // namespace budgetcheck
