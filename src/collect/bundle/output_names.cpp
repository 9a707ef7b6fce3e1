#include "collect/bundle/output_names.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// Folders at the beginning of an output's path that the root may replace.
constexpr std::size_t kMaxFolders = 16;
constexpr std::size_t kMaxInner = 200;

std::string without(const std::string& name, std::size_t folders) {
  std::string_view rest = name;
  for (; folders > 0; --folders) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
      return {};
    }
    rest.remove_prefix(slash + 1);
  }
  return std::string(rest);
}

/// How many of the build's files lie below a folder.
struct Match {
  std::size_t found = 0;
  std::size_t folders = 0;  ///< taken off the names
  std::uint64_t bytes = 0;
};

Match match(const std::string& root, const FileSystem& files, const Build& build) {
  Match best;
  for (std::size_t folders = 0; folders <= kMaxFolders && best.found < build.files.size(); ++folders) {
    Match one{0, folders, 0};
    bool deep_enough = false;
    for (const BuildFile& file : build.files) {
      const std::string name = without(file.name, folders);
      deep_enough = deep_enough || !name.empty();
      const bool inside = !name.empty() && !name.starts_with("/") && !name.starts_with("..");
      if (inside && files.kind(join_path(root, name)) == FileKind::kRegular) {
        ++one.found;
        one.bytes += files.size(join_path(root, name));
      }
    }
    if (one.found > best.found) {
      best = one;
    }
    if (!deep_enough) {
      break;
    }
  }
  return best;
}

}  // namespace

std::string name_from_root(const std::string& root, const FileSystem& files, Build& build, Account& account) {
  Match best = match(root, files, build);
  std::string folder = root;
  std::size_t inner = 0;
  if (best.found == 0) {
    std::size_t looked = 0;
    for (const DirEntry& entry : files.list(root)) {
      if (entry.kind != FileKind::kDirectory || ++looked > kMaxInner) {
        continue;
      }
      const std::string path = join_path(root, entry.name);
      const Match one = match(path, files, build);
      inner += one.found != 0 ? 1 : 0;
      if (one.found > best.found || (one.found == best.found && one.bytes > best.bytes)) {
        best = one;
        folder = path;
      }
    }
  }
  if (inner > 1) {
    account.note(fmt::format("{} folders of '{}' hold the build, and the biggest counts: '{}'", inner, printable(root),
                             printable(folder)));
  } else if (inner == 1) {
    account.note(fmt::format("the files lie in '{}'", printable(folder)));
  }
  for (BuildFile& file : build.files) {
    if (std::string name = without(file.name, best.folders); !name.empty()) {
      file.name = std::move(name);
    }
  }
  return folder;
}

}  // namespace budgetcheck
