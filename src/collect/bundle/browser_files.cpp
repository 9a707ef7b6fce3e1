#include "collect/bundle/browser_files.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 3> kClient{"client", "browser", "public"};
constexpr std::string_view kServer = "server";

bool is_client(std::string_view folder) { return std::find(kClient.begin(), kClient.end(), folder) != kClient.end(); }

struct Sides {
  bool client = false;
  bool server = false;
  std::string client_name;
};

/// Calls `use` with each folder on the way to the file and what follows in it: ("build/", "client").
template <class Use>
void each_folder(std::string_view path, std::size_t from, const Use& use) {
  while (true) {
    const std::size_t slash = path.find('/', from);
    if (slash == std::string_view::npos) {
      return;
    }
    use(path.substr(0, from), path.substr(from, slash - from));
    from = slash + 1;
  }
}

bool same_content(const FileSystem& files, const std::string& a, const std::string& b) {
  const auto left = files.open(a);
  const auto right = files.open(b);
  return left && right && (*left)->bytes() == (*right)->bytes();
}

}  // namespace

std::vector<ServerFiles> leave_out_server(const std::string& root, std::vector<std::string>& paths) {
  const std::size_t from = root == "." ? 0 : join_path(root, "x").size() - 1;
  std::map<std::string, Sides, std::less<>> folders;
  for (const std::string& path : paths) {
    const bool code = asset_type(path) == "js";
    each_folder(path, from, [&](std::string_view folder, std::string_view inner) {
      if (code && (inner == kServer || is_client(inner))) {
        Sides& sides = folders[std::string(folder)];
        sides.server = sides.server || inner == kServer;
        if (is_client(inner)) {
          sides.client = true;
          sides.client_name = inner;
        }
      }
    });
  }
  std::erase_if(folders, [](const auto& folder) { return !folder.second.server; });
  std::map<std::string, std::size_t, std::less<>> left_out;
  std::erase_if(paths, [&](const std::string& path) {
    bool drop = false;
    for (const auto& [folder, sides] : folders) {
      if (!sides.client || !path.starts_with(folder)) {
        continue;
      }
      const std::string_view rest = std::string_view(path).substr(folder.size());
      const std::size_t slash = rest.find('/');
      if (slash == std::string_view::npos || !is_client(rest.substr(0, slash))) {
        drop = true;
        ++left_out[folder];
        break;
      }
    }
    return drop;
  });
  std::vector<ServerFiles> found;
  for (const auto& [folder, sides] : folders) {
    found.push_back(
        {sides.client ? folder + sides.client_name : std::string(), folder + std::string(kServer), left_out[folder]});
  }
  return found;
}

std::size_t leave_out_copies(const FileSystem& files, std::vector<NamedFile>& named) {
  std::map<std::pair<std::string_view, std::uint64_t>, std::vector<const NamedFile*>> kept;
  std::vector<bool> copies(named.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const std::string_view path = named[i].path;
    std::vector<const NamedFile*>& alike = kept[{path.substr(path.rfind('/') + 1), files.size(named[i].path)}];
    const bool copy = std::any_of(alike.begin(), alike.end(), [&](const NamedFile* other) {
      return other->input != named[i].input && same_content(files, other->path, named[i].path);
    });
    copies[i] = copy;
    count += copy ? 1 : 0;
    if (!copy) {
      alike.push_back(&named[i]);
    }
  }
  std::size_t at = 0;
  std::erase_if(named, [&](const NamedFile&) { return static_cast<bool>(copies[at++]); });
  return count;
}

}  // namespace budgetcheck
