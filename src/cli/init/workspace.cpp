#include "cli/init/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/glob.h"
#include "base/text.h"
#include "budget/import/write_budgets.h"
#include "cli/init/folder_file_system.h"
#include "cli/init/project/project.h"
#include "model/exit_code.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostPackages = 50;

bool has_budgets(const FileSystem& files, const std::string& folder) {
  return !expand_path_glob(files, folder, "budgets.{yml,yaml,json,jsonc}", 1).empty();
}

void add_lines(std::string& out, std::string_view start, const std::string& folder,
               const std::vector<std::string>& lines) {
  for (const std::string& line : lines) {
    out += fmt::format("{}: {}{}\n", start, folder.empty() ? "" : folder + ": ", printable(line));
  }
}

std::string why_left_out(const InitPlan& plan) {
  constexpr std::string_view kByFramework = "what is shipped by ";
  for (const std::string& line : plan.lines.missing) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with(kByFramework) && colon != std::string::npos) {
      return "not built yet; try: " + printable(line.substr(colon + 2));
    }
  }
  return "nothing that can be measured was found in it";
}

/// Packages in folders of one name are called by their whole paths.
std::vector<DraftApp> named(const std::vector<std::string>& folders) {
  std::map<std::string, std::size_t> seen;
  const auto last = [](const std::string& folder) { return folder.substr(folder.rfind('/') + 1); };
  for (const std::string& folder : folders) {
    ++seen[last(folder)];
  }
  std::vector<DraftApp> apps;
  for (const std::string& folder : folders) {
    apps.push_back({seen[last(folder)] > 1 ? replace_all(folder, "/", "-") : last(folder), folder});
  }
  return apps;
}

/// One schema for editors, at the root, serves the files of all packages.
std::string seen_from_below(std::string text, const std::string& package) {
  const std::size_t at = text.find(kEditorSchema);
  const auto depth = 1 + std::count(package.begin(), package.end(), '/');
  for (auto i = depth; at != std::string::npos && i > 0; --i) {
    text.insert(at, "../");
  }
  return text;
}

}  // namespace

std::optional<InitPlan> plan_workspace(const FileSystem& files) {
  std::vector<std::string> packages = workspace_folders(files, ".", kMostPackages + 1);
  std::string out;
  if (packages.size() > kMostPackages) {
    packages.resize(kMostPackages);
    out += fmt::format("note: the workspace has more than {} packages; for one of the others run init in its folder\n",
                       kMostPackages);
  }
  bool is_any_left_out = false;
  std::vector<std::string> folders;
  std::vector<DraftedFile> drafted;
  for (const std::string& package : packages) {
    const std::string shown = printable(package);
    if (has_budgets(files, package)) {
      folders.push_back(package);
      out += fmt::format("found: {} has a budgets file already\n", shown);
      continue;
    }
    InitPlan plan = plan_folder(FolderFileSystem(files, package), {});
    if (plan.text.empty()) {
      out += fmt::format("left out: {}: {}\n", shown, why_left_out(plan));
      is_any_left_out = true;
      continue;
    }
    add_lines(out, "found", shown, plan.lines.found);
    add_lines(out, "left out", shown, plan.lines.left_out);
    add_lines(out, "not measured yet", shown, plan.lines.missing);
    add_lines(out, "note", shown, plan.lines.notes);
    folders.push_back(package);
    drafted.push_back({join_path(package, plan.path), seen_from_below(std::move(plan.text), package)});
  }
  if (folders.empty()) {
    return std::nullopt;
  }
  const std::vector<DraftApp> apps = named(folders);
  InitPlan plan = plan_folder(FolderFileSystem(files, ".", {folders.begin(), folders.end()}), apps);
  InitLines& at_root = plan.lines;
  std::erase_if(at_root.found, [](const std::string& line) {
    return line.ends_with(", not built yet");  // of a package that was left out
  });
  add_lines(out, "found", "", at_root.found);
  add_lines(out, "left out", "", at_root.left_out);
  add_lines(out, "note", "", at_root.notes);
  plan.more = std::move(drafted);
  out += "\n";
  for (const DraftedFile& file : plan.more) {
    out += fmt::format("wrote {}\n", printable(file.path));
  }
  plan.out =
      out + fmt::format("wrote {}: {}\nnext: budgetcheck check, which judges all of them, then commit the files\n",
                        plan.path, counted(apps.size(), "app"));
  if (is_any_left_out) {
    plan.out += fmt::format(
        "later: budgetcheck init in the folder of a package that was left out, and its line in {}\n", plan.path);
  }
  return plan;
}

}  // namespace budgetcheck
