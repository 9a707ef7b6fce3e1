#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/database.h"

namespace budgetcheck {

/// Whose SQL it is, where that is known. Unknown: read from the statement's own signs ($1, `x`, [x]); where even
/// these leave it open, a text is taken for a literal, because a literal must never be shown.
enum class Dialect { kUnknown, kPostgres, kMysql, kSqlite, kSqlServer };

Dialect dialect_of(DatabaseKind kind);

enum class TokenKind {
  kEnd,
  kWord,    ///< keyword or identifier without quotes
  kQuoted,  ///< "x", `x`, [x]: `name` is what the quotes hold
  kString,  ///< any literal in quotes, with its prefix; also what can only be guessed to be one
  kNumber,
  kPlaceholder,  ///< ?, $1, :name, @p1: `ordinal` is its number
  kSymbol,       ///< operator or punctuation
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  ///< as written
  std::string_view name;
  std::uint32_t ordinal = 0;  ///< from 1
  bool spaced = false;        ///< blanks or comments stand before it

  bool is(std::string_view symbol) const { return kind == TokenKind::kSymbol && text == symbol; }
  /// Keyword test, ignoring case; `upper` in capitals.
  bool word(std::string_view upper) const;
  bool identifier() const { return kind == TokenKind::kWord || kind == TokenKind::kQuoted; }
};

/// Cuts a statement into tokens in one pass, without allocating; comments vanish. Any bytes are accepted: what
/// is not closed runs to the end. A copy continues independently from the same place.
class Lexer {
 public:
  explicit Lexer(std::string_view sql, Dialect dialect = Dialect::kUnknown) : sql_(sql), dialect_(dialect) {}

  Token next();

 private:
  char at(std::size_t i) const { return i < sql_.size() ? sql_[i] : '\0'; }
  bool skip_blanks_and_comments();
  Token finish(TokenKind kind, std::size_t begin);
  Token string_literal(std::size_t begin, char quote);
  Token double_quoted(std::size_t begin);
  bool double_quotes_hold_text(char after) const;
  bool dollar_quoted(std::size_t begin, Token& token);
  Token placeholder(std::size_t begin, std::size_t name_begin);
  Token number(std::size_t begin);
  bool number_may_be_signed() const;

  std::string_view sql_;
  Dialect dialect_;
  std::size_t pos_ = 0;
  std::uint32_t placeholders_ = 0;
  bool saw_backtick_ = false;
  bool saw_postgres_ = false;
  bool nested_comments_ = true;
  bool spaced_ = false;
  Token last_;  ///< kind and text of the token before
};

}  // namespace budgetcheck
