#include "json/lines/line_check.h"

#include <cstddef>
#include <cstdint>

#include "json/scan/blocks.h"

namespace budgetcheck::json {
namespace {

/// Goes over one document; of what it is in it keeps one bit for each level: an object, or a list.
class Check {
 public:
  explicit Check(std::string_view line) : at_(line.data()), end_(line.data() + line.size()) {}

  bool run() {
    skip_blanks();
    if (!value()) {
      return false;
    }
    while (depth_ > 0) {
      skip_blanks();
      if (take(is_object() ? '}' : ']')) {
        --depth_;
        objects_ >>= 1U;
      } else if (!take(',') || (skip_blanks(), !(is_object() ? member() : value()))) {
        return false;
      }
    }
    skip_blanks();
    return at_ == end_;
  }

 private:
  static constexpr int kDeepest = 32;
  static constexpr std::ptrdiff_t kLongestNumber = 24;

  bool is_object() const { return (objects_ & 1U) != 0; }

  void skip_blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t')) {
      ++at_;
    }
  }

  bool take(char c) {
    const bool is_there = at_ < end_ && *at_ == c;
    at_ += is_there ? 1 : 0;
    return is_there;
  }

  bool string() {
    if (!take('"')) {
      return false;
    }
    const StringEnd string = end_of_string(at_, end_);
    at_ = string.close == nullptr ? end_ : string.close + 1;
    return string.close != nullptr && !string.escapes && !string.control && !string.high;
  }

  bool number() {
    const char* close = end_of_number(at_, end_);
    if (close == nullptr || close - at_ > kLongestNumber) {
      return false;
    }
    for (; at_ < close; ++at_) {
      if ((*at_ == 'e' || *at_ == 'E') && at_[1] != '-') {
        return false;
      }
    }
    return true;
  }

  bool member() { return key() && value(); }

  /// With the colon, up to its value.
  bool key() {
    if (!string()) {
      return false;
    }
    skip_blanks();
    if (!take(':')) {
      return false;
    }
    skip_blanks();
    return true;
  }

  /// A whole scalar, an empty container, or one that is open behind its first value.
  bool value() {
    for (;;) {
      if (at_ == end_) {
        return false;
      }
      if (*at_ == '"') {
        return string();
      }
      if (*at_ != '{' && *at_ != '[') {
        const std::string_view word = word_at({at_, static_cast<std::size_t>(end_ - at_)});
        at_ += word.size();
        return !word.empty() || number();
      }
      const bool opens_object = *at_ == '{';
      ++at_;
      skip_blanks();
      if (take(opens_object ? '}' : ']')) {
        return true;
      }
      if (++depth_ > kDeepest) {
        return false;
      }
      objects_ = objects_ << 1U | (opens_object ? 1U : 0U);
      if (!opens_object) {
        continue;  // the first of a list
      }
      if (!key()) {
        return false;
      }
    }
  }

  const char* at_;
  const char* end_;
  std::uint64_t objects_ = 0;
  int depth_ = 0;
};

}  // namespace

bool is_surely_json(std::string_view line) { return Check(line).run(); }

}  // namespace budgetcheck::json
