#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "budget/load.h"
#include "budget/sections/loading.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxApps = 1000;
constexpr std::string_view kBudgetNames = "/budgets.{yml,yaml,json,jsonc}";
constexpr const char* kFileNames = "budgets.yml, .yaml, .json and .jsonc";

/// The folder that holds .git, links resolved; empty: there is none, or what is read is no disk.
std::string repository_root(const FileSystem& files, const std::string& folder) {
  for (std::string here = files.real_path(folder); !here.empty(); here = folder_of(here)) {
    if (files.kind(join_path(here, ".git")) != FileKind::kMissing) {
      return here;
    }
    if (here == folder_of(here)) {
      break;
    }
  }
  return {};
}

class Apps {
 public:
  explicit Apps(Loading& loading) : loading_(loading), root_(repository_root(loading.files, loading.file.folder)) {}

  void of_mapping(const json::Value& names) {
    for (const json::Member& member : *names.object()) {
      const std::string* path = member.value.string();
      if (path == nullptr || path->empty()) {
        continue;  // the schema has reported it
      }
      if (!is_usable_name(member.key)) {
        loading_.error(loading_.at(member),
                       fmt::format("the app '{}' has a name that cannot be used", printable(member.key)),
                       "a name is not empty and has no '/' and no control character");
        continue;
      }
      add_named(member.key, *path, loading_.at(member.value));
    }
  }

  void of_glob(const json::Value& value) {
    const std::string& pattern = *value.string();
    const Location at = loading_.at(value);
    if (leaves(pattern, at)) {
      return;
    }
    std::vector<std::string> own_files = expand_path_glob(
        loading_.files, loading_.file.folder, join_path("", pattern) + std::string(kBudgetNames), kMaxApps + 1);
    std::erase(own_files, loading_.file.path);
    if (own_files.size() > kMaxApps) {
      loading_.error(at, fmt::format("'{}' matches more than {} apps", printable(pattern), kMaxApps));
      return;
    }
    if (own_files.empty()) {
      loading_.error(
          at, fmt::format("'apps' is '{}', and no folder that it matches has a budgets file", printable(pattern)),
          fmt::format("{} were looked for; run 'budgetcheck init' in each app's folder, or correct the glob",
                      kFileNames));
      return;
    }
    std::string before;
    for (const std::string& file : own_files) {
      const std::string folder = folder_of(file);
      const std::string path = relative_to(folder, join_path(loading_.file.folder, ""));
      if (std::exchange(before, folder) != folder && !leaves(path, at)) {
        add(folder.substr(folder.rfind('/') + 1), path, folder, at);
      }
    }
  }

  /// What no single entry shows.
  void compare() {
    std::map<std::string, std::size_t> projects;
    for (const App& app : loading_.file.apps) {
      ++projects[app.project];
    }
    ++projects[loading_.file.project];
    for (App& app : loading_.file.apps) {
      app.shares_project = projects[app.project] > 1;
    }
  }

 private:
  static bool is_usable_name(std::string_view name) {
    return !trim(name).empty() && std::none_of(name.begin(), name.end(), [](char c) {
      return c == '/' || static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
  }

  bool leaves(const std::string& path, const Location& at) {
    const std::string folder = join_path(loading_.file.folder, path);
    const std::string real = loading_.files.real_path(folder);
    const bool above = join_path(".", path).starts_with("..") && root_.empty();
    const bool outside = !root_.empty() && !real.empty() && real != root_ && relative_to(real, root_) == real;
    if (!path.starts_with('/') && !above && !outside) {
      return false;
    }
    loading_.error(at, fmt::format("the path '{}' of 'apps' leaves the repository", printable(path)),
                   "name a folder by its path from this file, such as apps/web");
    return true;
  }

  void add_named(const std::string& name, const std::string& path, const Location& at) {
    if (leaves(path, at)) {
      return;
    }
    const std::string folder = join_path(loading_.file.folder, path);
    const FileKind kind = loading_.files.kind(folder);
    if (kind != FileKind::kDirectory) {
      loading_.error(at,
                     fmt::format("the app '{}' is in '{}', {}", printable(name), printable(path),
                                 kind == FileKind::kMissing ? "which does not exist" : "which is not a folder"),
                     "the path is relative to this file; correct it, or remove the app");
      return;
    }
    add(name, join_path("", path), folder, at);
  }

  void add(const std::string& name, const std::string& path, const std::string& folder, const Location& at) {
    if (join_path(folder, "") == join_path(loading_.file.folder, "")) {
      loading_.error(at, fmt::format("the app '{}' is the folder of this file itself", printable(name)),
                     "what this file limits beside its apps needs no entry: it is judged along with them");
      return;
    }
    const std::string own_file = file_in(name, folder, at);
    if (own_file.empty()) {
      return;
    }
    App app{name, path, own_file, {}, false, at};
    if (names_apps_itself(app) || is_taken(app)) {
      return;
    }
    loading_.file.apps.push_back(std::move(app));
  }

  /// Its budgets file; empty: it has none, or two.
  std::string file_in(const std::string& name, const std::string& folder, const Location& at) {
    const std::vector<std::string> found =
        expand_path_glob(loading_.files, folder, std::string(kBudgetNames.substr(1)), 2);
    if (found.size() == 1) {
      return found.front();
    }
    if (found.empty()) {
      loading_.error(
          at, fmt::format("the app '{}' has no budgets file in '{}'", printable(name), printable(folder)),
          fmt::format("{} were looked for; run 'budgetcheck init' in that folder, or remove the app", kFileNames));
    } else {
      loading_.error(at,
                     fmt::format("the app '{}' has two budgets files, '{}' and '{}'", printable(name),
                                 printable(found[0]), printable(found[1])),
                     "keep one of them");
    }
    return {};
  }

  /// Reads what the app's file says of itself. A file with errors is told of when the app is judged.
  bool names_apps_itself(App& app) {
    const auto content = loading_.files.open(app.budgets_path);
    const ExpectedAll<json::Value> document =
        content ? json::read_document(app.budgets_path, (*content)->bytes()) : tl::unexpected(Errors());
    if (!document || !document->is_object()) {
      return false;
    }
    app.project = document->string_or("project", "");
    if (document->find("apps") == nullptr) {
      return false;
    }
    loading_.error(app.location,
                   fmt::format("the budgets file of the app '{}', '{}', names apps itself", printable(app.name),
                               printable(app.budgets_path)),
                   "name all apps in one file, at the root");
    return true;
  }

  bool is_taken(const App& app) {
    const BudgetsFile& file = loading_.file;
    for (const App& other : file.apps) {
      if (other.budgets_path == app.budgets_path) {
        loading_.error(app.location,
                       fmt::format("the apps '{}' and '{}' are the same folder, '{}'", printable(other.name),
                                   printable(app.name), printable(app.path)),
                       "remove one of them");
        return true;
      }
      if (other.name == app.name) {
        loading_.error(app.location,
                       fmt::format("two apps are called '{}': '{}' and '{}'", printable(app.name),
                                   printable(other.path), printable(app.path)),
                       "give them names of their own: apps: { NAME: FOLDER, … }");
        return true;
      }
    }
    if (!file.inputs.empty() && app.name == file.project) {
      loading_.error(app.location,
                     fmt::format("the app '{}' is called like the project of this file, which has inputs of its own",
                                 printable(app.name)),
                     "rename one of them: results are stored under these names");
      return true;
    }
    return false;
  }

  Loading& loading_;
  std::string root_;
};

}  // namespace

void load_apps(Loading& loading, const json::Value& apps) {
  if (apps.is_object() && apps.object()->empty()) {
    loading.error(loading.at(apps), "'apps' names no app", "name one, such as web: apps/web, or remove it");
  }
  Apps found(loading);
  if (apps.is_object()) {
    found.of_mapping(apps);
  } else {
    found.of_glob(apps);
  }
  found.compare();
  if (!loading.file.inputs.empty() && loading.file.project.empty()) {
    loading.error(loading.at(apps), "this file has inputs of its own beside 'apps', and no 'project' to call them by",
                  "add project: NAME; results are stored under that name");
  }
}

}  // namespace budgetcheck
