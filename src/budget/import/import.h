#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/location.h"
#include "budget/import/write_budgets.h"

namespace budgetcheck {

/// What became of one line of another tool's configuration.
struct ImportRemark {
  Location location;    ///< in that configuration
  std::string subject;  ///< the setting, as it is called there; printable
  std::string text;     ///< what it became, or why it could not be carried over
  bool carried = false;
};

/// Another tool's configuration as drafts of ours.
struct Import {
  std::string tool;  ///< "size-limit"; several, joined by ", "
  std::vector<DraftInput> inputs;
  std::vector<DraftBudget> budgets;  ///< no two of the same metric, where and stat
  std::vector<ImportRemark> remarks;
};

/// Reads a lighthouserc, a LightWallet budget.json, or the configuration of size-limit, bundlewatch, bundlesize or
/// bundlemon, recognised by content and name. `bytes` must be followed by a NUL. Units and aggregation are those of the
/// tool; what has no counterpart becomes a remark and is never dropped silently. Errors (kUsage): not JSON or YAML, a
/// program
/// (.js), none of these tools, a budgets file.
ExpectedAll<Import> import_budgets(const std::string& path, std::string_view bytes);

/// Adds `more` to `all`. Of two budgets on the same thing the stricter one is kept, with a remark.
void add_import(Import& all, Import more);

}  // namespace budgetcheck
