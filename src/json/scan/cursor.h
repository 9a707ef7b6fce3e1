#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "json/scan/blocks.h"
#include "json/scan/brackets.h"
#include "json/scan/escapes.h"

namespace budgetcheck::json {

/// A value that is no container, as it stands in the text.
struct RawScalar {
  enum class Type : std::uint8_t { kNone, kString, kNumber, kWord };
  Type type = Type::kNone;
  bool escapes = false;   ///< of a string: it holds a backslash
  std::string_view text;  ///< of a string without its quotes, still escaped
};

/// Walks through JSON text and makes values of nothing: its user knows what the document looks like, asks for the
/// members of an object or the elements of a list one by one, and reads or skips each. At the first thing that is wrong
/// the cursor fails for good, and every loop over members or elements ends. Escapes and UTF-8 inside strings are not
/// checked, nor is what lies inside of containers that are skipped, but for their nesting and strings.
///
///     bool first = true;
///     for (std::string_view key; cursor.member(first, key);) { … cursor.skip(); }
///
/// FileContent::kGuard readable bytes follow the text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool failed() const { return failed_; }
  const char* at() const { return at_; }
  const char* end() const { return end_; }
  /// Goes on from another place of the same text.
  void move_to(const char* at) { at_ = at; }

  /// The character with which the next value begins; 0 at the end.
  char peek() {
    blanks();
    return at_ < end_ ? *at_ : '\0';
  }

  /// The next member of the object whose bracket is `first` at the cursor; its value is next. The key is still escaped:
  /// one with escapes is nobody's. False behind the end of the object.
  bool member(bool& first, std::string_view& key) {
    if (!next('{', '}', first)) {
      return false;
    }
    RawScalar name;
    if (!string(name)) {
      return false;
    }
    key = name.text;
    blanks();
    if (at_ >= end_ || *at_ != ':') {
      return fail();
    }
    ++at_;
    return true;
  }

  /// The next element of the list whose bracket is `first` at the cursor. False behind its end.
  bool element(bool& first) { return next('[', ']', first); }

  /// Reads a scalar; a container is skipped and gives kNone.
  RawScalar scalar() {
    RawScalar value;
    const char c = peek();
    if (c == '"') {
      string(value);
    } else if (c == '{' || c == '[') {
      skip();
    } else if (const char* number = end_of_number(at_, end_); number != nullptr) {
      value.type = RawScalar::Type::kNumber;
      value.text = {at_, static_cast<std::size_t>(number - at_)};
      at_ = number;
    } else if (const std::string_view word = word_at({at_, static_cast<std::size_t>(end_ - at_)}); !word.empty()) {
      value.type = RawScalar::Type::kWord;
      value.text = word;
      at_ += word.size();
    } else {
      fail();
    }
    return value;
  }

  /// Passes over exactly this text, if it is next.
  template <std::size_t kSize>
  bool take(const char (&text)[kSize]) {
    constexpr std::size_t kLength = kSize - 1;
    if (static_cast<std::size_t>(end_ - at_) < kLength || std::memcmp(at_, text, kLength) != 0) {
      return false;
    }
    at_ += kLength;
    return true;
  }

  /// Reads the rest of a string whose opening quote was passed over. False when it does not end: nothing is passed.
  bool rest_of_string(RawScalar& value) {
    const StringEnd found = end_of_string(at_, end_);
    if (found.close == nullptr || found.control) {
      return false;
    }
    value.type = RawScalar::Type::kString;
    value.escapes = found.escapes;
    value.text = {at_, static_cast<std::size_t>(found.close - at_)};
    at_ = found.close + 1;
    return true;
  }

  /// Passes over a value of any type.
  void skip() {
    const char c = peek();
    if (c != '{' && c != '[') {
      scalar();
      return;
    }
    if (end_ - at_ > 1 && at_[1] == (c == '{' ? '}' : ']')) {
      at_ += 2;
      return;
    }
    const char* close = find_close(at_, end_, kMaxDepth, Between::kUnchecked);
    if (close == nullptr) {
      fail();
    } else {
      at_ = close + 1;
    }
  }

  /// Behind the value nothing but blanks is left.
  bool at_end() { return !failed_ && peek() == '\0' && at_ == end_; }

 private:
  static constexpr std::size_t kMaxDepth = 512;

  bool fail() {
    failed_ = true;
    at_ = end_;
    return false;
  }
  void blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) {
      ++at_;
    }
  }
  bool next(char open, char close, bool& first) {
    const char c = peek();
    if (first) {
      first = false;
      if (c != open) {
        return fail();
      }
      ++at_;
      if (peek() == close) {
        ++at_;
        return false;
      }
      return !failed_;
    }
    if (c == close) {
      ++at_;
      return false;
    }
    if (c != ',') {
      return fail();
    }
    ++at_;
    return true;
  }
  bool string(RawScalar& value) {
    if (peek() != '"') {
      return fail();
    }
    ++at_;
    return rest_of_string(value) || fail();
  }

  const char* at_;
  const char* end_;
  bool failed_ = false;
};

}  // namespace budgetcheck::json
