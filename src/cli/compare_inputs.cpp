#include "cli/compare_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "base/path.h"
#include "base/text.h"
#include "cli/check/plan.h"

namespace budgetcheck {
namespace {

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The input whose file the word names: one that spells it out rather than a glob, as when inputs are read.
const InputSpec* input_of(const std::vector<InputSpec>& inputs, const std::string& word) {
  const InputSpec* found = nullptr;
  const std::string path = join_path(".", word);
  for (const InputSpec& input : inputs) {
    if (input.path == path || (path_glob_matches(input.path, path) && (found == nullptr || is_glob(found->path)))) {
      found = &input;
    }
  }
  return found;
}

/// How many folders above the file have the same names in both paths.
std::size_t shared_folders(std::string path, std::string other) {
  std::size_t count = 0;
  while (true) {
    path = folder_of(path);
    other = folder_of(other);
    if (path == "." || path == "/" || name_of(path) != name_of(other)) {
      return count;
    }
    ++count;
  }
}

/// The input whose file of another build the word may name: by the file's name, and the folders above it. Nothing: none
/// has that name, or several are as near.
const InputSpec* input_like(const std::vector<InputSpec>& inputs, const std::string& word) {
  const std::string path = join_path(".", word);
  const InputSpec* nearest = nullptr;
  std::size_t most = 0;
  bool is_alone = true;
  for (const InputSpec& input : inputs) {
    if (!path_glob_matches(name_of(input.path), name_of(path))) {
      continue;
    }
    const std::size_t shared = shared_folders(path, input.path);
    is_alone = nearest == nullptr || shared > most || (shared < most && is_alone);
    if (nearest == nullptr || shared > most) {
      nearest = &input;
      most = shared;
    }
  }
  return is_alone ? nearest : nullptr;
}

std::vector<std::string_view> folders_of(std::string_view path) {
  std::vector<std::string_view> folders;
  for (const std::string_view name : split(path, '/')) {
    if (!name.empty() && name != ".") {
      folders.push_back(name);
    }
  }
  return folders;
}

/// The folder that is to `file` what `root` is to `described`; nothing: the paths do not tell.
std::optional<std::string> root_beside(const std::string& file, const std::string& described, const std::string& root) {
  const std::string described_folder = folder_of(described);
  if (is_glob(described_folder)) {
    return std::nullopt;  // one root for files of several folders
  }
  const std::vector<std::string_view> from = folders_of(described_folder);
  const std::vector<std::string_view> to = folders_of(root);
  std::size_t shared = 0;
  while (shared < from.size() && shared < to.size() && from[shared] == to[shared]) {
    ++shared;
  }
  // What lies between the described file and the folder that it shares with the root must lie above `file` as well.
  std::string folder = folder_of(join_path(".", file));
  for (std::size_t i = from.size(); i > shared; --i) {
    if (name_of(folder) != from[i - 1]) {
      return std::nullopt;
    }
    folder = folder_of(folder);
  }
  for (std::size_t i = shared; i < to.size(); ++i) {
    folder = join_path(folder, to[i]);
  }
  return folder;
}

ComparedInput side_of(const std::string& word, const InputSpec* described, bool is_its_file) {
  ComparedInput side;
  if (described != nullptr) {
    side.spec = *described;
    side.like = described->path;
    side.described_at = described->location;
    side.root = described->settings.path("root");
  }
  side.spec.path = word;
  side.spec.optional = false;
  if (is_its_file || side.root.empty()) {
    return side;
  }
  const std::optional<std::string> beside = root_beside(word, side.like, side.root);
  if (!beside) {
    side.rootless = fmt::format("'{}' does not lie to its files as '{}' does to '{}'", printable(word),
                                printable(side.like), printable(side.root));
  }
  side.root = beside.value_or("");
  side.spec.settings.set("root", side.root);
  return side;
}

}  // namespace

ComparedInputs compared_inputs(const BudgetsFile& budgets, const std::string& base, const std::string& head) {
  const std::vector<InputSpec> inputs = described_inputs(budgets);
  const InputSpec* of_base = input_of(inputs, base);
  const InputSpec* of_head = input_of(inputs, head);
  const auto like = [&](const InputSpec* other, const std::string& word) {
    return other != nullptr ? other : input_like(inputs, word);
  };
  ComparedInputs both{side_of(base, of_base != nullptr ? of_base : like(of_head, base), of_base != nullptr),
                      side_of(head, of_head != nullptr ? of_head : like(of_base, head), of_head != nullptr)};
  if (!both.base.root.empty() && both.base.root == both.head.root && join_path(".", base) != join_path(".", head)) {
    ComparedInput& guessed = of_head != nullptr || of_base == nullptr ? both.base : both.head;
    guessed.rootless = fmt::format("'{}' cannot hold the files of both builds", printable(guessed.root));
    guessed.root.clear();
    guessed.spec.settings.set("root", "");
  }
  return both;
}

}  // namespace budgetcheck
