#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace budgetcheck {

/// Takes the text between quotes at the beginning of `rest`; a backslash takes the next character along.
inline std::optional<std::string_view> take_quoted(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '\\') {
      ++i;
    } else if (rest[i] == '"') {
      const std::string_view text = rest.substr(1, i - 1);
      rest = trim(rest.substr(i + 1));
      return text;
    }
  }
  return std::nullopt;
}

/// Takes what stands before the next space.
inline std::string_view take_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest = trim(rest.substr(end));
  return word;
}

}  // namespace budgetcheck
