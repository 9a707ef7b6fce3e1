#include "cli/init/project/build_folder.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/glob.h"
#include "collect/bundle/bundlers/next_unfinished.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostFolders = 2000;  // looked at where nothing names the build's
constexpr std::size_t kDeepest = 4;

bool has_file(const FileSystem& files, const std::string& folder, std::string_view pattern) {
  return !expand_path_glob(files, folder, std::string(pattern), 1).empty();
}

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

bool is_servers(std::string_view path) {
  constexpr std::array<std::string_view, 4> kServers{"server", "ssr", "node", "functions"};
  return std::find(kServers.begin(), kServers.end(), name_of(path)) != kServers.end();
}

bool has_server_in(const FileSystem& files, const std::string& folder) {
  return has_browser_files(files, join_path(folder, "server")) || has_browser_files(files, join_path(folder, "ssr"));
}

/// What a server's build lies beside.
std::string without_server(const FileSystem& files, const std::string& folder) {
  for (const char* inner : {"client", "browser", "public", "web", "static", "assets"}) {
    std::string path = join_path(folder, inner);
    if (has_browser_files(files, path)) {
      return path;
    }
  }
  return {};
}

/// The client folder in `output`; empty: none.
std::string client_in(const FileSystem& files, const Framework& framework, const WantedFolder& wanted) {
  if (files.kind(wanted.path) != FileKind::kDirectory) {
    return {};
  }
  if (!wanted.below.empty()) {
    const std::string client = join_path(wanted.path, wanted.below);
    return has_browser_files(files, client) ? client : std::string();
  }
  const bool has_itself = std::find(framework.clients.begin(), framework.clients.end(), "") != framework.clients.end();
  for (const std::string_view below : framework.clients) {
    std::string client = join_path(wanted.path, below);
    if (below.empty() && has_server_in(files, wanted.path)) {
      return without_server(files, wanted.path);
    }
    // A folder of pages may have a folder that is called "client" by chance.
    const bool is_inner = below.empty() || !has_itself || !has_file(files, wanted.path, "*.html");
    if (is_inner && has_browser_files(files, client)) {
      return client;
    }
  }
  return {};
}

/// Where a folder below the project has what only this framework writes.
std::string marked_folder(const FileSystem& files, const Framework& framework, const std::string& project) {
  std::vector<std::string> level{project};
  std::size_t seen = 0;
  for (std::size_t depth = 0; depth < kDeepest && !level.empty(); ++depth) {
    std::vector<std::string> next;
    for (const std::string& folder : level) {
      for (const DirEntry& entry : files.list(folder)) {
        if (entry.kind != FileKind::kDirectory || entry.name == "node_modules" || entry.name == ".git" ||
            is_servers(entry.name) || ++seen > kMostFolders) {
          continue;
        }
        std::string path = join_path(folder, entry.name);
        if (std::any_of(framework.marks.begin(), framework.marks.end(),
                        [&](std::string_view mark) { return has_file(files, path, mark); })) {
          return path;
        }
        next.push_back(path);
      }
    }
    level = std::move(next);
  }
  return {};
}

}  // namespace

bool has_browser_files(const FileSystem& files, const std::string& folder) {
  return files.kind(folder) == FileKind::kDirectory && has_file(files, folder, "**/*.{js,mjs,cjs,css}");
}

bool is_any_certain(const std::vector<WantedFolder>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [](const WantedFolder& folder) { return folder.is_certain && !is_servers(folder.path); });
}

bool has_whole_next_build(const FileSystem& files, const std::string& output) {
  return files.kind(join_path(output, "_next")) == FileKind::kDirectory ||
         files.kind(join_path(output, kNextBuildId)) == FileKind::kRegular ||
         files.kind(join_path(join_path(output, ".next"), kNextBuildId)) == FileKind::kRegular;  // Nx builds around it
}

std::vector<WantedFolder> joined_formats(const FileSystem& files, const std::string& project,
                                         std::vector<WantedFolder> wanted) {
  std::string common;
  for (const WantedFolder& folder : wanted) {
    if (has_browser_files(files, folder.path)) {
      common = common.empty() ? folder.path : common;
      while (common != "." && folder.path != common && !folder.path.starts_with(common + "/")) {
        common = folder_of(common);
      }
    }
  }
  if (!common.empty() && common != "." && common != project) {
    wanted = {{common, "", true}};
  }
  return wanted;
}

BuildFolder find_build(const FileSystem& files, const Framework& framework, const std::string& project,
                       const std::vector<WantedFolder>& wanted) {
  BuildFolder found;
  for (const bool servers : {false, true}) {  // a server's folder only when nothing else is named
    for (const WantedFolder& folder : wanted) {
      if (is_servers(folder.path) != servers) {
        continue;
      }
      found.output = found.output.empty() ? folder.path : found.output;
      std::string client = client_in(files, framework, folder);
      if (!client.empty()) {
        return {folder.path, std::move(client), false};
      }
    }
  }
  const bool is_named = is_any_certain(wanted);
  if (!is_named) {
    std::string marked = marked_folder(files, framework, project);
    if (!marked.empty()) {
      std::string output = marked;
      for (const std::string_view below : framework.clients) {
        const std::string ending = "/" + std::string(below);
        if (!below.empty() && marked.ends_with(ending)) {
          output = marked.substr(0, marked.size() - ending.size());
        }
      }
      return {std::move(output), std::move(marked), true};
    }
  }
  return found;
}

}  // namespace budgetcheck
