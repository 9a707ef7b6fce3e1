#include "cli/stored_name.h"

#include <optional>
#include <vector>

#include "base/text.h"
#include "budget/load.h"

namespace budgetcheck {

Expected<std::string> stored_name(const FileSystem& files, const BudgetsFile& budgets, const std::string& given) {
  if (!given.empty() || budgets.path.empty()) {
    return given.empty() ? budgets.project : given;
  }
  if (!budgets.apps.empty()) {
    std::vector<std::string> names;
    for (const App& app : budgets.apps) {
      names.push_back(app.name);
    }
    return fail(ErrorKind::kUsage, "the budgets file names several apps, and this is about one",
                json::location_of(budgets.path, *budgets.document.find("apps")),
                "run it in the app's folder, or say which one with --app: " + join(names, ", "));
  }
  const std::optional<App> app = app_with_file(files, budgets.path);
  return app ? app->name : budgets.project;
}

}  // namespace budgetcheck
