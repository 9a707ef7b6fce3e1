#pragma once

#include <string_view>

namespace budgetcheck {

/// `text` without the UTF-8 byte-order mark that it may begin with.
constexpr std::string_view without_byte_order_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

}  // namespace budgetcheck
