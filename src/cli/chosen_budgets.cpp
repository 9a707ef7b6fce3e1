#include "cli/chosen_budgets.h"

#include <utility>

#include "budget/load.h"

namespace budgetcheck {
namespace {

/// The chosen file, loaded; the defaults for an empty path.
ExpectedAll<BudgetsFile> load(const FileSystem& files, const Expected<std::string>& path) {
  if (!path) {
    return tl::unexpected(Errors{path.error()});
  }
  if (path->empty()) {
    return default_budgets();
  }
  ExpectedAll<BudgetsFile> loaded = load_budgets(files, *path);
  if (!loaded) {
    for (Error& error : loaded.error()) {
      error.kind = ErrorKind::kUsage;
    }
  }
  return loaded;
}

}  // namespace

Expected<std::string> choose_budgets(const FileSystem& files, const std::string& given, const std::string& folder) {
  return given.empty() ? find_budgets_file(files, folder) : Expected<std::string>(given);
}

ExpectedAll<BudgetsFile> load_chosen_budgets(const FileSystem& files, const std::string& given) {
  return load(files, choose_budgets(files, given));
}

ExpectedAll<BudgetsFile> load_own_budgets(const FileSystem& files, const std::string& given, const std::string& folder,
                                          const std::string& hint) {
  const Expected<std::string> path = choose_budgets(files, given, folder);
  if (path && path->empty()) {
    return tl::unexpected(Errors{{ErrorKind::kUsage, "there is no budgets file here or in a folder above", {}, hint}});
  }
  return load(files, path);
}

}  // namespace budgetcheck
