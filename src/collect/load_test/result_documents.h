#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "collect/format.h"
#include "json/value.h"

namespace budgetcheck {

/// One result in a file, with what was wanted of it.
struct ResultDocument {
  json::Value value;
  std::string pointer;  ///< where it stands: "" for the whole file, "/2" in a list; of a line "line 3"
};

struct ResultDocuments {
  std::vector<ResultDocument> all;
  std::string broken_off;  ///< a clause, when the last of several lines is cut off; empty: none is
};

/// The results of a tool that writes one document a run: a file that is one, a list of them, or one a line. `paths`
/// are what is kept of each (see json::Selector). Errors: not JSON, or more than 1,000 results.
Expected<ResultDocuments> read_result_documents(const Source& source, const std::vector<std::string_view>& paths);

}  // namespace budgetcheck
