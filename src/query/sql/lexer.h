#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/database.h"
#include "query/sql/token.h"
#include "query/sql/value_places.h"

namespace budgetcheck {

/// Whose SQL it is, where that is known. Unknown: read from the statement's own signs ($1, `x`, [x]); where even
/// these leave it open, a text is taken for a literal, because a literal must never be shown.
enum class Dialect { kUnknown, kPostgres, kMysql, kSqlite, kSqlServer };

Dialect dialect_of(DatabaseKind kind);

/// Cuts a statement into tokens in one pass, without allocating; comments vanish. Any bytes are accepted: what
/// is not closed runs to the end. A copy continues independently from the same place.
class Lexer {
 public:
  explicit Lexer(std::string_view sql, Dialect dialect = Dialect::kUnknown);

  Token next();

 private:
  char at(std::size_t i) const { return i < sql_.size() ? sql_[i] : '\0'; }
  bool skip_blanks_and_comments();
  Token finish(TokenKind kind, std::size_t begin);
  Token string_literal(std::size_t begin, char quote);
  Token double_quoted(std::size_t begin);
  bool double_quotes_hold_text(std::string_view content, char after) const;
  Token named(std::size_t begin, std::string_view name);
  bool dollar_quoted(std::size_t begin, Token& token);
  Token placeholder(std::size_t begin, std::size_t name_begin);
  std::size_t python_placeholder(std::size_t begin) const;
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
  ValuePlaces places_;
  bool follows_places_;  ///< somebody may ask: the dialect leaves it open, and there are double quotes
};

}  // namespace budgetcheck
