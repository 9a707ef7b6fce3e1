#pragma once

#include <string_view>

namespace budgetcheck::json {

/// Takes a text byte by byte and says whether it still is, or may become, well-formed UTF-8.
class Utf8 {
 public:
  bool pending() const { return more_ != 0; }
  bool take(unsigned char c) {
    if (more_ != 0) {
      const bool fits = c >= low_ && c <= high_;
      low_ = 0x80;
      high_ = 0xBF;
      --more_;
      return fits;
    }
    if (c < 0x80) {
      return true;
    }
    if (c < 0xC2 || c > 0xF4) {
      return false;
    }
    more_ = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
    // No overlong forms, no surrogates, nothing beyond U+10FFFF.
    low_ = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    high_ = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    return true;
  }

 private:
  unsigned more_ = 0;
  unsigned char low_ = 0x80;
  unsigned char high_ = 0xBF;
};

inline bool is_utf8(std::string_view text) {
  Utf8 utf8;
  for (const char c : text) {
    if (!utf8.take(static_cast<unsigned char>(c))) {
      return false;
    }
  }
  return !utf8.pending();
}

}  // namespace budgetcheck::json
