#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/value.h"
#include "model/labels.h"

namespace budgetcheck {

/// What became of one budget when the results were written.
struct StoredVerdict {
  std::string budget;
  std::string metric;
  Labels where;
  std::string status;  ///< pass, warn, fail, …
  std::string code;
};

/// What a results file contains besides its measurements: enough for a record of the base branch (trim_results).
struct ResultsOutcome {
  std::string outcome;  ///< pass, fail, inconclusive, error; empty: not stored
  std::string tool_version;
  std::vector<StoredVerdict> verdicts;
};

/// Reads it from bytes that a NUL follows. Members of the wrong type are left out. Errors: not JSON.
/// `app`: as in read_results.
Expected<ResultsOutcome> read_outcome(const std::string& path, std::string_view bytes, const std::string& app = {});
/// The verdicts of a results document that was parsed.
std::vector<StoredVerdict> read_verdicts(const json::Value& document);

}  // namespace budgetcheck
