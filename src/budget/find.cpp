#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "budget/load.h"

namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 4> kNames{"budgets.yml", "budgets.yaml", "budgets.json", "budgets.jsonc"};

/// How many folders lie above `folder`.
std::size_t levels_above(const FileSystem& files, const std::string& folder) {
  const std::string real = files.real_path(folder);
  if (real.empty() || real == "." || real == "/") {
    return 0;
  }
  const auto slashes = static_cast<std::size_t>(std::count(real.begin(), real.end(), '/'));
  return real.starts_with('/') ? slashes : slashes + 1;
}

}  // namespace

Expected<std::string> find_budgets_file(const FileSystem& files, const std::string& folder) {
  std::string here = join_path(folder, "");
  for (std::size_t left = levels_above(files, here);; --left) {
    std::vector<std::string> found;
    for (const std::string_view name : kNames) {
      const std::string path = join_path(here, name);
      if (files.kind(path) == FileKind::kRegular) {
        found.push_back(path);
      }
    }
    if (found.size() > 1) {
      return fail(ErrorKind::kUsage, fmt::format("both '{}' and '{}' exist", printable(found[0]), printable(found[1])),
                  Location::of(found[1]), "keep one of them, or name one with --budgets");
    }
    if (!found.empty()) {
      return found.front();
    }
    const bool is_repository_root = files.kind(join_path(here, ".git")) != FileKind::kMissing;
    if (is_repository_root || left == 0) {
      return std::string();
    }
    here = join_path(here, "..");
  }
}

}  // namespace budgetcheck
