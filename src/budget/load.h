#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "model/budget.h"

namespace budgetcheck {

/// The budgets file of `folder`: budgets.yml, .yaml, .json or .jsonc, looked for there and upwards to the folder
/// that holds .git (or the root). Empty when there is none. Two of them side by side: kUsage.
Expected<std::string> find_budgets_file(const FileSystem& files, const std::string& folder);

/// Reads and checks a budgets file: syntax first, then schema and meaning of all sections together. All errors (kUsage)
/// come in one go, in the order of the file. An unknown metric alone is not an error here but a property of the result
/// (`Budget::metric`), because it is a verdict.
/// A file of a newer version gives one error, of the code SCHEMA_VERSION.
ExpectedAll<BudgetsFile> load_budgets(const FileSystem& files, const std::string& path);

/// What a budgets file says of apps, whatever else is wrong with it: one broken entry does not hide the others.
struct NamedApps {
  bool any = false;  ///< the file has the key `apps`, even when no entry of it can be used
  std::vector<App> apps;
  std::string project;
  bool has_inputs = false;  ///< the file has some of its own, and so is an app itself
};
NamedApps named_apps(const FileSystem& files, const std::string& path);

/// What the budgets file of a monorepo's root, in one of the folders above, says of the app whose own file is
/// `budgets_path`; nothing: none names it.
std::optional<App> app_with_file(const FileSystem& files, const std::string& budgets_path);

/// Budgets on unknown metrics (UNKNOWN_METRIC) and waivers without an owner, a reason or an expiry date
/// (WAIVER_INCOMPLETE). They do not make load_budgets fail, because each is a verdict. Where nothing is judged they are
/// errors, and a file that has other errors gets these along with them.
Errors deferred_errors(const BudgetsFile& file);

/// A document that was in force once (a stored record, a file of the base). `path` is for locations; `tree`: the files
/// that it refers to, seen from where `path` is relative to; null: they are not known, and a team's own rules are left
/// out. Errors as load_budgets, but of metrics and budgets alone, and not those of the schema; what is wrong with the
/// rest is in BudgetsFile::unread.
ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, const json::Value& document,
                                           const FileSystem* tree = nullptr);
/// The same from a file's text, which a NUL follows. The whole document comes along in BudgetsFile::document.
ExpectedAll<BudgetsFile> load_past_budgets(const std::string& path, std::string_view text,
                                           const FileSystem* tree = nullptr);

/// What is in force without a budgets file: the shipped rules at their defaults, no budgets.
BudgetsFile default_budgets();

}  // namespace budgetcheck
