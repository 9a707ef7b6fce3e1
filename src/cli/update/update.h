#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/variables.h"
#include "cli/check/options.h"

namespace budgetcheck {

/// What `budgetcheck update` takes. What was not given is empty.
struct UpdateOptions {
  CheckOptions check;  ///< what is measured, and what it is compared with
  std::vector<std::string> ids;
  std::string reason;
  std::string owner;
  std::string expires;   ///< YYYY-MM-DD; empty: in 90 days
  std::string to;        ///< the limit to set; empty: the nearest that passes
  bool tighten = false;  ///< to what stored results leave room for
  bool dry_run = false;  ///< shows what would change, and writes nothing
};

/// What `update` is about to do.
struct UpdatePlan {
  int code = 0;      ///< exit code
  std::string path;  ///< of the budgets file
  std::string text;  ///< of that file; empty: nothing is written
  std::string out;   ///< for standard output
  std::string err;   ///< for standard error
};

/// Measures as check does and sets the limits of the named budgets, all of them or none. Exit code 2: a name or a limit
/// is wrong, the limit would not pass, or the file cannot be edited; 3: a budget cannot be measured or judged.
UpdatePlan plan_update(const FileSystem& files, const UpdateOptions& options);

/// Does what is planned. Refuses in CI, where a gate that raises its own limits would guard nothing (exit code 2).
int run_update(const FileSystem& files, const Variables& variables, const UpdateOptions& options);

}  // namespace budgetcheck
