#include "cli/update/diff_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kFarthest = 40;

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines = split(text, '\n');
  if (!lines.empty() && lines.back().empty()) {
    lines.pop_back();
  }
  return lines;
}

/// How many lines of each side are passed over until they meet again; all that is left when they do not.
std::pair<std::size_t, std::size_t> until_they_meet(const Lines& a, std::size_t i, const Lines& b, std::size_t j) {
  for (std::size_t sum = 1; sum <= kFarthest; ++sum) {
    for (std::size_t of_a = 0; of_a <= sum; ++of_a) {
      const std::size_t of_b = sum - of_a;
      const bool both_end = i + of_a == a.size() && j + of_b == b.size();
      if (both_end || (i + of_a < a.size() && j + of_b < b.size() && a[i + of_a] == b[j + of_b])) {
        return {of_a, of_b};
      }
    }
  }
  return {a.size() - i, b.size() - j};
}

std::string shown(std::string_view line) {
  return printable(line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
}

std::string range_text(std::size_t first, std::size_t count) {
  return count == 1 ? std::to_string(first + 1) : fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::string diff_lines(std::string_view before, std::string_view after) {
  const Lines a = lines_of(before);
  const Lines b = lines_of(after);
  std::string out;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      ++i;
      ++j;
      continue;
    }
    const auto [of_a, of_b] = until_they_meet(a, i, b, j);
    out += fmt::format("@@ -{} +{} @@\n", range_text(i, of_a), range_text(j, of_b));
    for (std::size_t k = 0; k < of_a; ++k) {
      out += fmt::format("-{}\n", shown(a[i + k]));
    }
    for (std::size_t k = 0; k < of_b; ++k) {
      out += fmt::format("+{}\n", shown(b[j + k]));
    }
    i += of_a;
    j += of_b;
  }
  return out;
}

}  // namespace budgetcheck
