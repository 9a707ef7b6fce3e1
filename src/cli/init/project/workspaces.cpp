#include <algorithm>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "cli/init/project/project.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostPatterns = 100;

void add_patterns(const json::Value* list, std::vector<std::string>& to) {
  if (list == nullptr || !list->is_array()) {
    return;
  }
  for (const json::Value& pattern : *list->array()) {
    if (pattern.string() != nullptr && to.size() < kMostPatterns) {
      to.push_back(join_path("", *pattern.string()));
    }
  }
}

/// `packages` of pnpm-workspace.yaml, and `workspaces` of package.json, which is a list or holds one.
std::vector<std::string> patterns_of(const FileSystem& files, const std::string& folder) {
  std::vector<std::string> patterns;
  for (const char* name : {"package.json", "pnpm-workspace.yaml", "lerna.json"}) {
    const std::string path = join_path(folder, name);
    if (files.kind(path) != FileKind::kRegular) {
      continue;
    }
    const auto content = files.open(path);
    if (!content) {
      continue;
    }
    const ExpectedAll<json::Value> value = json::read_document(path, (*content)->bytes());
    if (!value) {
      continue;
    }
    const json::Value* workspaces = value->find("workspaces");
    add_patterns(workspaces, patterns);
    add_patterns(workspaces == nullptr ? nullptr : workspaces->find("packages"), patterns);
    add_patterns(value->find("packages"), patterns);
  }
  return patterns;
}

}  // namespace

std::vector<std::string> workspace_folders(const FileSystem& files, const std::string& folder, std::size_t limit) {
  std::vector<std::string> patterns = patterns_of(files, folder);
  std::vector<std::string> places;
  const bool is_nx = files.kind(join_path(folder, "nx.json")) == FileKind::kRegular;
  for (const std::string& pattern : patterns) {
    if (!pattern.starts_with("!")) {
      places.push_back(join_path(pattern, "package.json"));
    }
  }
  if (is_nx) {
    for (const char* place : {"apps/*/project.json", "apps/*/*/project.json", "packages/*/project.json",
                              "libs/*/project.json", "*/project.json"}) {
      places.emplace_back(place);
    }
  }
  if (places.empty() && files.kind(join_path(folder, "package.json")) != FileKind::kRegular) {
    // Nothing says that it is a workspace, and nothing is here that could be meant instead.
    places = {"*/package.json", "{apps,packages,projects}/*/package.json"};
  }
  std::set<std::string> found;
  for (const std::string& place : places) {
    for (const std::string& path : expand_path_glob(files, folder, place, limit)) {
      const std::string member = folder_of(path);
      const std::string inside = relative_to(member, join_path(folder, ""));
      const bool is_out = std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return pattern.starts_with("!") && path_glob_matches(pattern.substr(1), inside);
      });
      if (!is_out && member != join_path(folder, "") && found.size() < limit) {
        found.insert(member);
      }
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace budgetcheck
