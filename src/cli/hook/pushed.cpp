#include "cli/hook/pushed.h"

#include <algorithm>

#include "base/text.h"
#include "baseline/repository.h"

namespace budgetcheck {
namespace {

std::string id_or_empty(std::string_view text) {
  const bool zeros = text.find_first_not_of('0') == std::string_view::npos;
  return is_commit_id(text) && !zeros ? std::string(text) : std::string();
}

}  // namespace

std::vector<PushedRef> read_pushed(const std::string& lines) {
  constexpr std::size_t kMost = 10'000;
  std::vector<PushedRef> out;
  for (const std::string_view line : split(lines, '\n')) {
    const std::vector<std::string_view> words = split(trim(line), ' ');
    if (words.size() == 4 && out.size() < kMost) {
      out.push_back({std::string(words[0]), id_or_empty(words[1]), std::string(words[2]), id_or_empty(words[3])});
    }
  }
  return out;
}

std::vector<PushedRef> pushed_by_pre_commit(const Variables& variables) {
  const auto text = [&](const char* name) {
    const char* value = variables(name);
    return value == nullptr ? std::string() : std::string(value);
  };
  const std::string to = id_or_empty(text("PRE_COMMIT_TO_REF"));
  if (to.empty()) {
    return {};
  }
  return {{text("PRE_COMMIT_LOCAL_BRANCH"), to, text("PRE_COMMIT_REMOTE_BRANCH"),
           id_or_empty(text("PRE_COMMIT_FROM_REF"))}};
}

const PushedRef* pushed_head(const std::vector<PushedRef>& pushed, const std::string& head) {
  const auto found = std::find_if(pushed.begin(), pushed.end(), [&](const PushedRef& ref) {
    return !head.empty() && ref.local_id == head && !ref.remote_ref.starts_with("refs/tags/");
  });
  return found == pushed.end() ? nullptr : &*found;
}

bool only_deletes(const std::vector<PushedRef>& pushed) {
  return !pushed.empty() &&
         std::all_of(pushed.begin(), pushed.end(), [](const PushedRef& ref) { return ref.local_id.empty(); });
}

}  // namespace budgetcheck
