#include "query/prisma/prisma_lexer.h"

#include <algorithm>

#include "base/byte_order_mark.h"
#include "base/text/character.h"

namespace budgetcheck::prisma {
namespace {

// Letters outside ASCII may stand in names; telling letters from signs there is left to Prisma.
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool continues_word(char c) { return starts_word(c) || c == '-'; }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The code unit of four hex digits; negative when there are not four.
long hex4(std::string_view digits) {
  if (digits.size() < 4) {
    return -1;
  }
  long unit = 0;
  for (const char c : digits.substr(0, 4)) {
    const int digit = hex_digit(c);
    if (digit < 0) {
      return -1;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

/// Appends the character of "XXXX" (or of "XXXX\uXXXX", a pair); returns how much of `digits` it took, 0 for none.
std::size_t append_unicode(std::string& out, std::string_view digits) {
  constexpr char32_t kReplacement = 0xFFFD;
  const long first = hex4(digits);
  if (first < 0) {
    return 0;
  }
  if (first < 0xD800 || first > 0xDFFF) {
    append_character(out, static_cast<char32_t>(first));
    return 4;
  }
  const long second = digits.size() >= 10 && digits.substr(4, 2) == "\\u" ? hex4(digits.substr(6)) : -1;
  if (first <= 0xDBFF && second >= 0xDC00 && second <= 0xDFFF) {
    append_character(out, static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
    return 10;
  }
  append_character(out, kReplacement);
  return 4;
}

}  // namespace

Lexer::Lexer(std::string_view text) : text_(text) {
  pos_ = text_.size() - without_byte_order_mark(text_).size();
  line_start_ = pos_;
}

Token Lexer::token(TokenKind kind, std::size_t end) {
  const Place place{line_, static_cast<std::uint32_t>(pos_ - line_start_ + 1)};
  const Token made{kind, text_.substr(pos_, end - pos_), {}, place};
  pos_ = end;
  return made;
}

Token Lexer::fault(std::size_t end, std::string_view what) {
  Token made = token(TokenKind::kFault, end);
  made.fault = what;
  return made;
}

Token Lexer::next() {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++pos_;
    } else if (c == '/' && at(pos_ + 1) == '/') {
      pos_ = std::min(text_.find('\n', pos_), text_.size());
    } else if (c == '/' && at(pos_ + 1) == '*') {
      if (!skip_block_comment()) {
        return fault(text_.size(), "this comment is not closed");
      }
    } else {
      break;
    }
  }
  if (pos_ == text_.size()) {
    return token(TokenKind::kEnd, pos_);
  }
  const char c = text_[pos_];
  if (c == '\n') {
    const Token end = token(TokenKind::kLineEnd, pos_ + 1);
    ++line_;
    line_start_ = pos_;
    return end;
  }
  if (c == '"') {
    return string();
  }
  if (starts_word(c)) {
    std::size_t end = pos_ + 1;
    while (end < text_.size() && continues_word(text_[end])) {
      ++end;
    }
    return token(TokenKind::kWord, end);
  }
  constexpr std::string_view kSymbols = "{}[]()=,:?!.-@";
  if (c != '\0' && kSymbols.find(c) != std::string_view::npos) {
    return token(TokenKind::kSymbol, pos_ + (c == '@' && at(pos_ + 1) == '@' ? 2 : 1));
  }
  return fault(pos_ + 1, {});
}

Token Lexer::string() {
  std::size_t end = pos_ + 1;
  while (end < text_.size() && text_[end] != '"' && text_[end] != '\n') {
    const bool escape = text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n';
    end += escape ? 2U : 1U;
  }
  if (at(end) != '"') {
    return fault(end, "this text has no closing quote on its line");
  }
  return token(TokenKind::kString, end + 1);
}

/// False when it never ends; nothing is skipped then, so that the fault has its place.
bool Lexer::skip_block_comment() {
  const std::size_t close = text_.find("*/", pos_ + 2);
  if (close == std::string_view::npos) {
    return false;
  }
  // Only within the comment: a search to the end of the text for each comment would be quadratic.
  for (std::size_t i = pos_; i < close; ++i) {
    if (text_[i] == '\n') {
      ++line_;
      line_start_ = i + 1;
    }
  }
  pos_ = close + 2;
  return true;
}

std::string unescape(std::string_view quoted) {
  std::string out;
  const std::string_view text = quoted.size() < 2 ? std::string_view() : quoted.substr(1, quoted.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char escape = text[++i];
    constexpr std::string_view kEscapes = "\"\\/bfnrt";
    constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    if (const std::size_t found = kEscapes.find(escape); found != std::string_view::npos) {
      out += kMeant[found];
    } else if (const std::size_t taken = escape == 'u' ? append_unicode(out, text.substr(i + 1)) : 0; taken != 0) {
      i += taken;
    } else {
      out += '\\';
      out += escape;
    }
  }
  return out;
}

}  // namespace budgetcheck::prisma
