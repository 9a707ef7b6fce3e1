#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace budgetcheck::prisma {

/// Where something begins; both count from 1, columns count bytes.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

enum class TokenKind {
  kEnd,
  kLineEnd,  ///< Prisma's lines matter: a field ends with its line
  kWord,     ///< identifier, keyword or number; "1.5" and "db.Uuid" are three tokens
  kString,   ///< with its quotes
  kSymbol,   ///< one character, or "@@"
  kFault,    ///< what no schema may hold; `fault` says what it is
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  ///< as written
  std::string_view fault;
  Place place;

  bool word() const { return kind == TokenKind::kWord; }
  bool is(std::string_view symbol) const { return kind == TokenKind::kSymbol && text == symbol; }
};

/// Cuts a schema into tokens in one pass; comments vanish. Any bytes are accepted; `text` must outlive the tokens.
/// A copy continues independently from the same place.
class Lexer {
 public:
  explicit Lexer(std::string_view text);

  Token next();

 private:
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\0'; }
  Token token(TokenKind kind, std::size_t end);
  Token fault(std::size_t end, std::string_view what);
  Token string();
  bool skip_block_comment();

  std::string_view text_;
  std::size_t pos_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
};

/// What a kString token says, without quotes and escapes. An escape that is none stays as it is written.
std::string unescape(std::string_view quoted);

}  // namespace budgetcheck::prisma
