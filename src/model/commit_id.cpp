#include "model/commit_id.h"

#include <algorithm>

namespace budgetcheck {

bool is_commit_id(std::string_view text) {
  constexpr std::size_t kDigits = 40;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string short_id(const std::string& commit) { return commit.substr(0, 7); }

}  // namespace budgetcheck
