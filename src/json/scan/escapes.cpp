#include "json/scan/escapes.h"

#include <cstddef>
#include <cstdint>

#include "base/text/character.h"

namespace budgetcheck::json {
namespace {

/// What stands for a backslash and `c`; NUL when that is not an escape of one letter.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

bool hex4(std::string_view raw, std::size_t at, std::uint32_t& code) {
  code = 0;
  for (std::size_t i = at; i < at + 4; ++i) {
    const char c = i < raw.size() ? raw[i] : '\0';
    std::uint32_t digit = 0;
    if (c >= '0' && c <= '9') {
      digit = static_cast<std::uint32_t>(c - '0');
    } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
      digit = static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
    } else {
      return false;
    }
    code = code << 4 | digit;
  }
  return true;
}

}  // namespace

bool unescape(std::string_view raw, std::string& out) {
  std::size_t at = 0;
  while (at < raw.size()) {
    const std::size_t slash = raw.find('\\', at);
    out.append(raw.substr(at, slash - at));
    if (slash == std::string_view::npos) {
      return true;
    }
    const char c = slash + 1 < raw.size() ? raw[slash + 1] : '\0';
    at = slash + 2;
    const char simple = simple_escape(c);
    if (simple != '\0') {
      out += simple;
      continue;
    }
    std::uint32_t code = 0;
    if (c != 'u' || !hex4(raw, at, code)) {
      return false;
    }
    at += 4;
    std::uint32_t low = 0;
    if (code >= 0xD800 && code < 0xDC00 && raw.substr(at, 2) == "\\u" && hex4(raw, at + 2, low) && low >= 0xDC00 &&
        low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    } else if (code >= 0xD800 && code < 0xE000) {
      return false;
    }
    append_character(out, code);
  }
  return true;
}

}  // namespace budgetcheck::json
