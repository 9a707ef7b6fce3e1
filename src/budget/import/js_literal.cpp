#include "budget/import/js_literal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr int kMostDepth = 32;

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Reads a program from left to right and knows in which line it is.
class JsReader {
 public:
  explicit JsReader(std::string_view text) : text_(text.substr(0, kMostProgram)) {}

  std::vector<json::Value> values_of(std::string_view name) {
    std::vector<json::Value> found;
    while (at_ < text_.size()) {
      skip_blanks();
      const std::size_t begin = at_;
      const std::string word = take_key();
      if (begin == at_) {
        ++at_;
        continue;
      }
      if (word != name) {
        continue;
      }
      if (auto value = value_behind_name()) {
        found.push_back(std::move(*value));
      }
    }
    return found;
  }

 private:
  char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool begins(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  /// Spaces and comments.
  void skip_blanks() {
    while (at_ < text_.size()) {
      if (std::string_view(" \t\r\n").find(now()) != std::string_view::npos) {
        ++at_;
      } else if (begins("//")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (begins("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  /// A text in quotes, or nothing when it is a template with expressions; always goes behind it.
  std::optional<std::string> take_text() {
    const char quote = text_[at_++];
    std::string out;
    bool is_plain = true;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (quote == '`' && begins("${")) {
        is_plain = false;
      }
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
        out += text_[at_] == 'n' ? '\n' : text_[at_] == 't' ? '\t' : text_[at_];
      } else {
        out += text_[at_];
      }
      ++at_;
    }
    at_ = std::min(at_ + 1, text_.size());
    return is_plain ? std::optional(out) : std::nullopt;
  }

  bool at_quote() const { return now() == '"' || now() == '\'' || now() == '`'; }

  /// A name or a text; empty, and behind nothing, when neither stands here.
  std::string take_key() {
    if (at_quote()) {
      return take_text().value_or("");
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_letter(text_[at_])) {
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// Behind the name: its value, when a literal or a constant that is one follows.
  std::optional<json::Value> value_behind_name() {
    skip_blanks();
    const char sign = now();
    const bool is_comparison =
        sign == '=' && at_ + 1 < text_.size() && (text_[at_ + 1] == '=' || text_[at_ + 1] == '>');
    if ((sign != ':' && sign != '=') || is_comparison) {
      return std::nullopt;
    }
    ++at_;
    skip_blanks();
    if (now() == '{' || now() == '[') {
      return take_value(0);
    }
    if (!is_name_letter(now())) {
      return std::nullopt;
    }
    json::Value computed = place(json::Value());
    const std::string constant = take_key();
    if (auto value = constant_named(constant)) {
      return value;
    }
    return sign == ':' ? std::optional(computed) : std::nullopt;
  }

  /// `const NAME = { … }`, also with a type between.
  std::optional<json::Value> constant_named(const std::string& name) {
    const std::size_t back = at_;
    std::optional<json::Value> value;
    for (const std::string_view keyword : {"const ", "let ", "var "}) {
      const std::size_t found = text_.find(std::string(keyword) + name);
      if (found == std::string_view::npos) {
        continue;
      }
      at_ = found + keyword.size() + name.size();
      if (is_name_letter(now())) {
        continue;
      }
      const std::size_t equals = text_.find('=', at_);
      at_ = equals == std::string_view::npos ? text_.size() : equals + 1;
      skip_blanks();
      if (now() == '{' || now() == '[') {
        value = take_value(0);
        break;
      }
    }
    at_ = back;
    return value;
  }

  json::Value place(json::Value value) {
    for (; counted_ < at_; ++counted_) {
      if (text_[counted_] == '\n') {
        ++line_;
        line_begin_ = counted_ + 1;
      }
    }
    std::uint32_t line = line_;
    std::size_t begin = line_begin_;
    if (at_ < counted_) {  // a constant that stands further up
      line = 1 + static_cast<std::uint32_t>(
                     std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
      const std::size_t end = text_.rfind('\n', at_ == 0 ? 0 : at_ - 1);
      begin = end == std::string_view::npos ? 0 : end + 1;
    }
    value.line = line;
    value.column = static_cast<std::uint32_t>(at_ - std::min(begin, at_) + 1);
    value.offset = at_;
    return value;
  }

  /// Goes to the comma or bracket that ends an expression.
  void skip_expression() {
    int depth = 0;
    while (at_ < text_.size()) {
      skip_blanks();
      const char c = now();
      if (at_quote()) {
        take_text();
        continue;
      }
      if (c == '(' || c == '[' || c == '{') {
        ++depth;
      } else if (c == ')' || c == ']' || c == '}') {
        if (depth == 0) {
          return;
        }
        --depth;
      } else if ((c == ',' || c == ';') && depth == 0) {
        return;
      }
      ++at_;
    }
  }

  bool ends_value() {
    skip_blanks();
    return now() == ',' || now() == '}' || now() == ']' || now() == ')' || now() == ';' || now() == '\0' ||
           begins("as ") || begins("satisfies ");
  }

  json::Value take_value(int depth) {
    skip_blanks();
    const json::Value here = place(json::Value());
    json::Value value = take_literal(depth);
    value.line = here.line;
    value.column = here.column;
    value.offset = here.offset;
    if (depth > 0) {
      if (!ends_value()) {
        json::Value computed = here;
        value = computed;
      }
      skip_expression();
    }
    return value;
  }

  json::Value take_literal(int depth) {
    if (depth > kMostDepth) {
      skip_expression();
      return json::Value();
    }
    if (now() == '{') {
      return take_object(depth);
    }
    if (now() == '[') {
      return take_array(depth);
    }
    if (at_quote()) {
      const auto text = take_text();
      return text ? json::Value(*text) : json::Value();
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_name_letter(now()) || now() == '.' || (at_ == begin && now() == '-'))) {
      ++at_;
    }
    std::string word(text_.substr(begin, at_ - begin));
    if (word == "true" || word == "false") {
      return json::Value(word == "true");
    }
    std::erase(word, '_');
    const auto number = parse_number(word);
    return number ? json::Value(*number) : json::Value();
  }

  json::Value take_object(int depth) {
    json::Object members;
    ++at_;
    for (skip_blanks(); at_ < text_.size() && now() != '}'; skip_blanks()) {
      json::Member member;
      const json::Value here = place(json::Value());
      member.line = here.line;
      member.column = here.column;
      const bool is_computed = now() == '[';
      if (is_computed) {
        ++at_;
        skip_blanks();
      }
      const std::size_t begin = at_;
      member.key = take_key();
      if (at_ == begin) {  // ...rest, a method of another name
        skip_expression();
        member.key = std::string(trim(text_.substr(begin, std::min<std::size_t>(at_ - begin, 60))));
      }
      skip_blanks();
      if (is_computed && now() == ']') {
        ++at_;
        skip_blanks();
      }
      if (now() == ':') {
        ++at_;
        member.value = take_value(depth + 1);
      } else {
        member.value = here;
        skip_expression();
      }
      members.push_back(std::move(member));
      if (now() == ',' || now() == ';') {
        ++at_;
      } else if (now() != '}') {
        ++at_;  // of another bracket: the text is no program
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    return json::Value(std::move(members));
  }

  json::Value take_array(int depth) {
    json::Array items;
    ++at_;
    for (skip_blanks(); at_ < text_.size() && now() != ']'; skip_blanks()) {
      items.push_back(take_value(depth + 1));
      if (now() != ']') {
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, text_.size());
    return json::Value(std::move(items));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;
  std::uint32_t line_ = 1;
  std::size_t line_begin_ = 0;
};

}  // namespace

std::vector<json::Value> js_literals(std::string_view text, std::string_view name) {
  return JsReader(text).values_of(name);
}

}  // namespace budgetcheck
