#include "collect/bundle/added_text.h"

#include <algorithm>
#include <array>

namespace budgetcheck {
namespace {

constexpr std::size_t kMostComments = 8;
constexpr std::size_t kLongestLine = 4096;
/// A line may be set off by an empty one, or take the place of the last line break.
constexpr std::uint64_t kLineBreaks = 2;

bool is_break(char c) { return c == '\n' || c == '\r'; }

std::string_view without_breaks(std::string_view text) {
  while (!text.empty() && is_break(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

bool names_source_map(std::string_view line) {
  constexpr std::array<std::string_view, 4> kBeginnings{
      "//# sourceMappingURL=", "//@ sourceMappingURL=", "/*# sourceMappingURL=", "//# debugId="};
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view one) { return line.starts_with(one); });
}

/// Length of the comment, directive or debug id's script that the text begins with, with its line break; 0: none.
std::size_t leading_addition(std::string_view text) {
  std::size_t end = std::string_view::npos;
  if (text.starts_with("/*")) {
    end = text.find("*/", 2);
    end = end == std::string_view::npos ? end : end + 2;
  } else {
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string_view first = text.substr(0, line);
    const bool directive = first.starts_with("\"use ") || first.starts_with("'use ");
    const bool debug_id = line < kLongestLine && first.find("_sentryDebugId") != std::string_view::npos;
    if (text.starts_with("//") || text.starts_with("#!") || directive || debug_id) {
      end = line;
    }
  }
  if (end == std::string_view::npos) {
    return 0;
  }
  while (end < text.size() && is_break(text[end])) {
    ++end;
  }
  return end;
}

}  // namespace

bool AddedText::explains(std::uint64_t bytes) const {
  const auto is_line = [&](std::uint64_t rest) { return after != 0 && rest <= after && rest + kLineBreaks >= after; };
  return is_line(bytes) || std::any_of(before.begin(), before.end(), [&](std::uint64_t length) {
           return bytes == length || bytes + 1 == length || (bytes > length && is_line(bytes - length));
         });
}

AddedText added_text(std::string_view text) {
  AddedText added;
  std::string_view rest = without_breaks(text);
  while (!rest.empty()) {
    const std::size_t begin = rest.rfind('\n') + 1;  // 0 without one
    if (rest.size() - begin > kLongestLine || !names_source_map(rest.substr(begin))) {
      break;
    }
    rest = without_breaks(rest.substr(0, begin));
    added.after = text.size() - rest.size();
  }
  std::size_t at = 0;
  for (std::size_t i = 0; i < kMostComments; ++i) {
    const std::size_t length = leading_addition(text.substr(at));
    if (length == 0) {
      break;
    }
    at += length;
    added.before.push_back(at);
  }
  return added;
}

}  // namespace budgetcheck
