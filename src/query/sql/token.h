#pragma once

#include <cstdint>
#include <string_view>

namespace budgetcheck {

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

}  // namespace budgetcheck
