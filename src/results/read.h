#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "json/value.h"
#include "model/environment.h"
#include "model/finding.h"
#include "model/part.h"
#include "model/sample.h"

namespace budgetcheck {

/// A results or samples file that was read back (schemas/results.v1.json).
struct Results {
  std::string path;
  std::string app;
  std::string commit;
  std::vector<std::string> parents;
  std::string measured_at;
  Environment env;
  std::vector<Sample> samples;
  std::vector<Finding> findings;  ///< rule, level, key, magnitude and place only
  std::vector<Part> parts;
  json::Value budgets;  ///< the document that was in force; null: not stored
};

/// Reads one from bytes that a NUL follows. `app`: whose results are wanted of a file that has those of several apps
/// (the code of the error NO_SUCH_APP: it has none of that name); of another file they are read whatever it says of
/// itself. Every error at once: not JSON, another or newer version, samples with an
/// unknown unit, without exactly one kind of value, with numbers that are not finite or negative counts.
/// Unknown keys are ignored: a newer program may have written more.
ExpectedAll<Results> read_results(const std::string& path, std::string_view bytes, const std::string& app = {});

/// The names of the apps of a file that has the results of several; empty: it is another one, or cannot be read.
std::vector<std::string> apps_in_results(const std::string& path, std::string_view bytes);
/// The commit of any results file; empty: it names none, or cannot be read.
std::string commit_of_results(const std::string& path, std::string_view bytes);
inline constexpr std::string_view kNoSuchApp = "NO_SUCH_APP";

}  // namespace budgetcheck
