#include "json/stream/token_reader.h"

#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/number.h"
#include "json/scan/blocks.h"
#include "json/scan/brackets.h"
#include "json/scan/escapes.h"
#include "json/scan/utf8.h"

namespace budgetcheck::json {
namespace {

/// Bytes that may be resident before the passed ones are given back.
constexpr std::size_t kReleaseStep = std::size_t{4} << 20;

/// Every function returns false to end the reading: stopped_ then says whether it was a stop or a fault.
class TokenReader {
 public:
  TokenReader(const FileContent& content, std::size_t begin, std::size_t max_depth, Events& events)
      : content_(content),
        begin_(content.bytes().data()),
        at_(begin_ + begin),
        end_(begin_ + content.bytes().size()),
        max_depth_(max_depth),
        events_(events) {
    events_.position = &position_;
  }
  ~TokenReader() { events_.position = nullptr; }
  TokenReader(const TokenReader&) = delete;
  TokenReader& operator=(const TokenReader&) = delete;

  Reading run() {
    blanks();
    bool good = value();
    while (good && !open_.empty()) {
      good = step();
    }
    blanks();
    return stopped_ ? Reading::kStopped : good && at_ == end_ ? Reading::kWhole : Reading::kWrong;
  }

 private:
  void blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) {
      ++at_;
    }
  }
  bool take(char c) {
    const bool there = at_ < end_ && *at_ == c;
    at_ += there ? 1 : 0;
    return there;
  }
  void mark(const char* at) {
    position_ = static_cast<std::size_t>(at - begin_);
    if (position_ > released_ + kReleaseStep) {
      content_.release_before(position_);
      released_ = position_;
    }
  }
  bool go_on(bool wanted) {
    stopped_ = !wanted;
    return wanted;
  }

  /// In the innermost open container: its end, or one more element or member.
  bool step() {
    const bool object = open_.back() == '{';
    blanks();
    if (at_ < end_ && *at_ == (object ? '}' : ']')) {
      open_.pop_back();
      return close(object);
    }
    if (!std::exchange(first_, false)) {
      if (!take(',')) {
        return false;
      }
      blanks();
    }
    if (object) {
      if (!name()) {
        return false;
      }
      if (std::exchange(events_.skip, false)) {
        return pass_over();
      }
    }
    return value();
  }

  bool name() {
    events_.skip = false;
    if (!take('"') || !string([&](std::string_view text) { return events_.key(text); })) {
      return false;
    }
    blanks();
    if (!take(':')) {
      return false;
    }
    blanks();
    return true;
  }

  bool value() {
    switch (at_ < end_ ? *at_ : '\0') {
      case '{':
        return open(true);
      case '[':
        return open(false);
      case '"':
        ++at_;
        return string([&](std::string_view text) { return events_.string(text); });
      case 'n':
      case 't':
      case 'f':
        return word();
      default:
        return number();
    }
  }

  bool open(bool object) {
    if (open_.size() >= max_depth_) {
      return false;
    }
    mark(at_);
    events_.skip = false;
    if (!go_on(object ? events_.begin_object() : events_.begin_array())) {
      return false;
    }
    if (std::exchange(events_.skip, false)) {
      return to_close() && close(object);
    }
    ++at_;
    open_.push_back(object ? '{' : '[');
    first_ = true;
    return true;
  }

  bool close(bool object) {
    mark(at_);
    ++at_;
    first_ = false;
    return go_on(object ? events_.end_object() : events_.end_array());
  }

  template <class Send>
  bool string(const Send& send) {
    const char* begin = at_;
    const StringEnd found = end_of_string(begin, end_);
    if (!is_text(begin, found)) {
      return false;
    }
    std::string_view text(begin, static_cast<std::size_t>(found.close - begin));
    if (found.escapes) {
      plain_.clear();
      if (!unescape(text, plain_)) {
        return false;
      }
      text = plain_;
    }
    at_ = found.close + 1;
    mark(at_);
    return go_on(send(text));
  }

  static bool is_text(const char* begin, const StringEnd& found) {
    return found.close != nullptr && !found.control &&
           (!found.high || is_utf8({begin, static_cast<std::size_t>(found.close - begin)}));
  }

  bool word() {
    const std::string_view word = word_at({at_, static_cast<std::size_t>(end_ - at_)});
    at_ += word.size();
    mark(at_);
    return !word.empty() && go_on(word == "null" ? events_.null() : events_.boolean(word == "true"));
  }

  bool number() {
    const char* close = end_of_number(at_, end_);
    if (close == nullptr) {
      return false;
    }
    const std::optional<double> value = value_of_number({at_, static_cast<std::size_t>(close - at_)});
    at_ = close;
    mark(at_);
    return value && go_on(events_.number(*value));
  }

  /// Passes over the value at `at_` without a token: numbers and words are checked, strings but for their escapes,
  /// containers as find_close does.
  bool pass_over() {
    const char c = at_ < end_ ? *at_ : '\0';
    if (c == '{' || c == '[') {
      const bool found = to_close();
      at_ += found ? 1 : 0;
      return found;
    }
    if (c == '"') {
      const StringEnd found = end_of_string(at_ + 1, end_);
      if (!is_text(at_ + 1, found)) {
        return false;
      }
      at_ = found.close + 1;
    } else if (const std::string_view word = word_at({at_, static_cast<std::size_t>(end_ - at_)}); !word.empty()) {
      at_ += word.size();
    } else if (const char* close = end_of_number(at_, end_); close != nullptr) {
      at_ = close;
    } else {
      return false;
    }
    return true;
  }

  /// From an opening bracket to the one that closes it.
  bool to_close() {
    if (open_.size() >= max_depth_) {
      return false;
    }
    const char* close = find_close(at_, end_, max_depth_ - open_.size(), Between::kStrings,
                                   [this](const char* passed) { mark(passed); });
    if (close == nullptr) {
      return false;
    }
    at_ = close;
    return true;
  }

  const FileContent& content_;
  const char* begin_;
  const char* at_;
  const char* end_;
  std::size_t max_depth_;
  Events& events_;
  std::vector<char> open_;  ///< the opening brackets of the containers around
  bool first_ = false;      ///< the innermost container was just opened
  bool stopped_ = false;
  std::string plain_;
  std::size_t position_ = 0;
  std::size_t released_ = 0;
};

}  // namespace

Reading read_tokens(const FileContent& content, std::size_t begin, std::size_t max_depth, Events& events) {
  return TokenReader(content, begin, max_depth, events).run();
}

std::optional<double> value_of_number(std::string_view text) {
  std::optional<double> value = parse_number(text);
  if (!value) {
    // What parse_number refuses of a JSON number is beyond the range of a double: rounded to zero, or too big.
    value = std::strtod(std::string(text).c_str(), nullptr);
  }
  return std::isfinite(*value) ? value : std::nullopt;
}

}  // namespace budgetcheck::json
