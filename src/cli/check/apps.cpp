#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/append.h"
#include "base/glob.h"
#include "base/overlay_file_system.h"
#include "base/text.h"
#include "budget/load.h"
#include "cli/check/check.h"
#include "cli/check/combine.h"
#include "cli/chosen_budgets.h"

namespace budgetcheck {
namespace {

std::vector<std::string> names_of(const NamedApps& named) {
  std::vector<std::string> names;
  for (const App& app : named.apps) {
    names.push_back(app.name);
  }
  if (named.has_inputs) {
    names.push_back(named.project);
  }
  return names;
}

CheckOptions options_of(const CheckOptions& options, const App& app) {
  CheckOptions one = options;
  one.app.clear();
  one.budgets = app.budgets_path;
  one.one_of_several = app;
  return one;
}

/// Folders beside the apps that have a budgets file too, and that nothing here names: whoever added one may think that
/// it is judged.
std::vector<std::string> unnamed_beside(const FileSystem& files, const NamedApps& named) {
  std::set<std::string> parents;
  std::set<std::string> known;
  for (const App& app : named.apps) {
    const std::string folder = folder_of(app.budgets_path);
    known.insert(folder);
    parents.insert(folder_of(folder));
  }
  std::vector<std::string> out;
  for (const std::string& parent : parents) {
    for (const std::string& file : expand_path_glob(files, parent, "*/budgets.{yml,yaml,json,jsonc}")) {
      if (!known.contains(folder_of(file))) {
        out.push_back(fmt::format("'{}' is the file of no app that the budgets file names, and is not judged here",
                                  printable(file)));
      }
    }
  }
  return out;
}

/// Options that are about the files of one app.
Errors only_for_one(const CheckOptions& options, const NamedApps& named) {
  std::vector<std::string> given;
  if (!options.arguments.empty()) {
    given.emplace_back("an INPUT");
  }
  for (const auto& [name, value] :
       {std::pair{"--schema", &options.schema}, std::pair{"--table-rows", &options.table_rows},
        std::pair{"--rerun", &options.rerun}}) {
    if (!value->empty()) {
      given.emplace_back(name);
    }
  }
  Errors errors;
  for (const std::string& what : given) {
    errors.push_back({ErrorKind::kUsage,
                      fmt::format("{} is of one app, and the budgets file names several", what),
                      {},
                      fmt::format("say which one with --app: {}", join(names_of(named), ", "))});
  }
  return errors;
}

Error no_such_app(const std::string& app, const NamedApps& named) {
  const std::vector<std::string> names = names_of(named);
  const std::string near = nearest(app, names);
  return {ErrorKind::kUsage,
          fmt::format("the budgets file names no app '{}'", printable(app)),
          {},
          names.empty()  ? "none of its apps can be used"
          : near.empty() ? fmt::format("it names {}", join(names, ", "))
                         : fmt::format("did you mean '{}'?", near)};
}

/// The one app that --app names.
Report check_chosen(const FileSystem& files, const CheckOptions& options, const NamedApps& named) {
  const auto app =
      std::find_if(named.apps.begin(), named.apps.end(), [&](const App& one) { return one.name == options.app; });
  if (app != named.apps.end()) {
    return check_one(files, options_of(options, *app), {});
  }
  const bool is_root = named.has_inputs && named.project == options.app;
  return check_one(files, options, is_root ? Errors() : Errors{no_such_app(options.app, named)});
}

Report check_all(const FileSystem& files, const CheckOptions& given, Errors problems) {
  const Expected<std::string> path = choose_budgets(files, given.budgets);
  const NamedApps named = path && !path->empty() ? named_apps(files, *path) : NamedApps();
  if (!named.any) {
    return check_one(files, given, std::move(problems));
  }
  CheckOptions options = given;
  std::optional<NotesFetch> fetched;
  options.fetched = &fetched;
  options.budgets = *path;
  if (!given.app.empty() && problems.empty()) {
    return check_chosen(files, options, named);
  }
  Errors unfit = only_for_one(options, named);
  std::move(unfit.begin(), unfit.end(), std::back_inserter(problems));
  options.app.clear();
  const bool is_refused = !problems.empty();
  CheckOptions of_root = options;
  of_root.gate_only = !named.has_inputs;
  Report root = check_one(files, of_root, std::move(problems));
  std::vector<Report> reports;
  if (!is_refused) {
    for (const App& app : named.apps) {
      reports.push_back(check_one(files, options_of(options, app), {}));
    }
  }
  const bool is_known = root.problems.empty();  // what could not be used is told of
  Report whole = combine(std::move(root), named.has_inputs, std::move(reports));
  if (is_known) {
    append_to(whole.notes, unnamed_beside(files, named));
  }
  return whole;
}

}  // namespace

Report check(const FileSystem& files, const CheckOptions& options, Errors problems) {
  // A stream can be read once: whether it names apps is asked before it is judged.
  if (!options.budgets.empty() && files.kind(options.budgets) == FileKind::kOther) {
    if (const auto content = files.open(options.budgets)) {
      const OverlayFileSystem read_once(files, {{options.budgets, std::string((*content)->bytes())}});
      return check_all(read_once, options, std::move(problems));
    }
  }
  return check_all(files, options, std::move(problems));
}

}  // namespace budgetcheck
