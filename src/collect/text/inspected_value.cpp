#include "collect/text/inspected_value.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

constexpr std::size_t kMaxDepth = 64;
constexpr std::string_view kHidden = "\"[hidden]\"";
constexpr std::string_view kMore = "... ";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) { return is_alnum(c) || c == '_' || c == '$' || c == '.'; }
bool is_quote(char c) { return c == '\'' || c == '"' || c == '`'; }

/// "1", "-2.5", "1e9": what JSON takes for a number.
bool is_number(std::string_view word) {
  std::size_t at = word.starts_with('-') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < word.size() && is_digit(word[at])) {
      ++at;
    }
    return at > begin;
  };
  const std::size_t whole = at;
  if (!digits() || (word[whole] == '0' && at > whole + 1)) {
    return false;
  }
  if (at < word.size() && word[at] == '.') {
    ++at;
    if (!digits()) {
      return false;
    }
  }
  if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
    ++at;
    at += at < word.size() && (word[at] == '+' || word[at] == '-') ? 1U : 0U;
    if (!digits()) {
      return false;
    }
  }
  return at == word.size();
}

void append_utf8(std::uint32_t code, std::string& out) {
  constexpr std::uint32_t kOne = 0x80;
  constexpr std::uint32_t kTwo = 0x800;
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (code < kOne) {
    byte(code);
  } else if (code < kTwo) {
    byte(0xC0U | (code >> 6U));
    byte(0x80U | (code & 0x3FU));
  } else {
    byte(0xE0U | (code >> 12U));
    byte(0x80U | ((code >> 6U) & 0x3FU));
    byte(0x80U | (code & 0x3FU));
  }
}

class ValueReader {
 public:
  ValueReader(std::string_view text, std::string& out) : text_(text), out_(out) {}

  bool value(std::size_t depth = 0) {
    skip_blanks();
    if (depth > kMaxDepth || at_ == text_.size()) {
      return false;
    }
    const char c = text_[at_];
    if (is_quote(c)) {
      return string();
    }
    if (c == '{') {
      return object(depth);
    }
    if (c == '[' || c == '(') {
      return left_out(depth) || list(depth);
    }
    if (c == '<') {
      return angled();
    }
    return word(depth);
  }

  std::string_view rest() const { return text_.substr(at_); }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) {
      ++at_;
    }
  }
  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) {
      return false;
    }
    ++at_;
    return true;
  }

  /// A string, or several that a plus joins: one that holds line breaks is printed line by line.
  bool string() {
    std::string content;
    if (!quoted(content)) {
      return false;
    }
    while (joined()) {
      if (!quoted(content)) {
        return false;
      }
    }
    append_json_string(content, out_);
    return true;
  }

  /// A plus and another string follow.
  bool joined() {
    const std::size_t end = at_;
    const bool plus = take('+');
    skip_blanks();
    if (plus && at_ < text_.size() && is_quote(text_[at_])) {
      return true;
    }
    at_ = end;
    return false;
  }

  bool quoted(std::string& content) {
    const char quote = text_[at_++];
    while (at_ < text_.size() && text_[at_] != quote) {
      const char c = text_[at_++];
      if (c != '\\') {
        content += c;
      } else if (at_ < text_.size()) {
        escaped(content);
      }
    }
    return at_ < text_.size() && (++at_, true);
  }

  void escaped(std::string& content) {
    const char c = text_[at_++];
    constexpr std::string_view kNames = "nrtbfv0";
    constexpr std::string_view kMeanings("\n\r\t\b\f\v\0", 7);
    constexpr std::size_t kByte = 2;
    constexpr std::size_t kUnit = 4;
    if (const std::size_t name = kNames.find(c); name != std::string_view::npos) {
      content += kMeanings[name];
    } else if (c == 'x' || c == 'u') {
      code(c == 'x' ? kByte : kUnit, content);
    } else {
      content += c;
    }
  }

  void code(std::size_t digits, std::string& content) {
    constexpr std::uint32_t kHex = 16;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < digits && at_ < text_.size(); ++i) {
      const char c = text_[at_];
      const int digit = is_digit(c)            ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) {
        break;
      }
      value = value * kHex + static_cast<std::uint32_t>(digit);
      ++at_;
    }
    append_utf8(value, content);
  }

  bool object(std::size_t depth) {
    ++at_;
    out_ += '{';
    bool first = true;
    while (!take('}')) {
      if (at_ == text_.size() || (!first && !take(','))) {
        return false;
      }
      if (take('}')) {
        break;
      }
      if (more()) {
        continue;
      }
      out_ += first ? "" : ",";
      first = false;
      if (!key() || !take(':')) {
        return false;
      }
      out_ += ':';
      if (!value(depth + 1)) {
        return false;
      }
    }
    out_ += '}';
    return true;
  }

  /// "... 3 more items", at the end of a list or an object.
  bool more() {
    skip_blanks();
    if (!text_.substr(at_).starts_with(kMore)) {
      return false;
    }
    at_ = std::min(text_.find_first_of("]})", at_), text_.size());
    return true;
  }

  bool key() {
    skip_blanks();
    if (at_ < text_.size() && is_quote(text_[at_])) {
      return string();
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_name(text_[at_]) || text_[at_] == '-')) {
      ++at_;
    }
    if (at_ == begin) {
      return false;
    }
    append_json_string(text_.substr(begin, at_ - begin), out_);
    return true;
  }

  bool list(std::size_t depth) {
    const char close = text_[at_++] == '[' ? ']' : ')';
    out_ += '[';
    bool first = true;
    while (!take(close)) {
      if (at_ == text_.size() || (!first && !take(','))) {
        return false;
      }
      if (take(close)) {
        break;
      }
      out_ += first ? "" : ",";
      first = false;
      if (more()) {
        out_ += kHidden;
      } else if (!value(depth + 1)) {
        return false;
      }
    }
    out_ += ']';
    return true;
  }

  /// "[Object]", "[Circular *1]", "[Function: f]"; "[Object: null prototype] {…}" is an object.
  bool left_out(std::size_t depth) {
    constexpr std::string_view kNull = "[Object: null prototype]";
    if (text_.substr(at_).starts_with(kNull)) {
      at_ += kNull.size();
      return value(depth + 1);
    }
    for (const std::string_view name :
         {"[Object", "[Array", "[Circular", "[Function", "[Getter", "[class", "[Symbol"}) {
      if (text_.substr(at_).starts_with(name)) {
        const std::size_t end = text_.find(']', at_);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
        out_ += kHidden;
        return end != std::string_view::npos;
      }
    }
    return false;
  }

  /// "<Buffer 01 02>"
  bool angled() {
    const std::size_t end = text_.find_first_of(">\n", at_);
    if (end == std::string_view::npos || text_[end] == '\n') {
      return false;
    }
    append_json_string(text_.substr(at_, end + 1 - at_), out_);
    at_ = end + 1;
    return true;
  }

  /// A number, a constant, a date, "Decimal('1.5')", "datetime.date(2026, 1, 2)" or the class before an object.
  bool word(std::size_t depth) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n,]})([{'\"`").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) {
      return false;
    }
    const char next = at_ < text_.size() ? text_[at_] : '\0';
    if (next == '(' || is_quote(next)) {
      return called(begin, depth);
    }
    if (is_alpha(word.front())) {
      std::size_t open = at_;
      while (open < text_.size() && is_blank(text_[open])) {
        ++open;
      }
      if (open < text_.size() && (text_[open] == '{' || text_[open] == '[')) {
        at_ = open;
        return value(depth + 1);
      }
    }
    constant(word);
    return true;
  }

  void constant(std::string_view word) {
    if (word == "undefined" || word == "None" || word == "nil" || word == "NaN" || word == "null") {
      out_ += "null";
    } else if (word == "True" || word == "true") {
      out_ += "true";
    } else if (word == "False" || word == "false") {
      out_ += "false";
    } else if (is_number(word)) {
      out_ += word;
    } else if (word.ends_with('n') && is_number(word.substr(0, word.size() - 1))) {
      out_ += word.substr(0, word.size() - 1);  // a BigInt
    } else {
      append_json_string(word, out_);
    }
  }

  /// The text from `begin` to the bracket or quote that closes what opens here. "Object(4) {" is a class and a size.
  bool called(std::size_t begin, std::size_t depth) {
    std::string ignored;
    if (is_quote(text_[at_])) {
      if (!quoted(ignored)) {
        return false;
      }
    } else {
      const std::size_t close = text_.find_first_of(")\n", at_);
      const bool is_size = close != std::string_view::npos && text_[close] == ')' &&
                           std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                       text_.begin() + static_cast<std::ptrdiff_t>(close), is_digit);
      if (is_size && (text_.substr(close + 1).starts_with(" {") || text_.substr(close + 1).starts_with(" ["))) {
        at_ = close + 2;
        return value(depth + 1);
      }
      std::size_t open = 0;
      while (at_ < text_.size()) {
        const char c = text_[at_];
        if (is_quote(c)) {
          if (!quoted(ignored)) {
            return false;
          }
          continue;
        }
        open += c == '(' ? 1U : 0U;
        open -= c == ')' ? 1U : 0U;
        ++at_;
        if (open == 0) {
          break;
        }
      }
    }
    append_json_string(text_.substr(begin, at_ - begin), out_);
    return true;
  }

  std::string_view text_;
  std::string& out_;
  std::size_t at_ = 0;
};

}  // namespace

void append_json_string(std::string_view text, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  constexpr unsigned char kFirstPlain = 0x20;
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < kFirstPlain) {
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(c) >> 4U];
      out += kDigits[static_cast<unsigned char>(c) & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

bool take_inspected(std::string_view& rest, std::string& out) {
  const std::size_t before = out.size();
  ValueReader reader(rest, out);
  if (!reader.value()) {
    out.resize(before);
    return false;
  }
  rest = reader.rest();
  return true;
}

std::optional<std::string> inspected_object(std::string_view text) {
  text = trim(text);
  std::string out;
  if (!text.starts_with('{') || !take_inspected(text, out)) {
    return std::nullopt;
  }
  text = trim(text);
  return text.empty() || text == "," ? std::optional<std::string>(std::move(out)) : std::nullopt;
}

void BracketScan::feed(std::string_view line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (quote != '\0') {
      at += c == '\\' ? 1U : 0U;
      quote = c == quote ? '\0' : quote;
    } else if (is_quote(c)) {
      quote = c;
    } else {
      depth_ += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }
  }
}

}  // namespace budgetcheck
