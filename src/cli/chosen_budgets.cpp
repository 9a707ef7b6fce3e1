#include "cli/chosen_budgets.h"

#include <utility>

#include "budget/load.h"

namespace budgetcheck {

ExpectedAll<BudgetsFile> load_chosen_budgets(const FileSystem& files, const Options& options) {
  std::string path = options.budgets;
  if (path.empty()) {
    Expected<std::string> found = find_budgets_file(files, ".");
    if (!found) {
      return tl::unexpected(Errors{std::move(found.error())});
    }
    path = std::move(*found);
  }
  if (path.empty()) {
    return default_budgets();
  }
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, path);
  if (!loaded) {
    for (Error& error : loaded.error()) {
      error.kind = ErrorKind::kUsage;
    }
  }
  return loaded;
}

}  // namespace budgetcheck
