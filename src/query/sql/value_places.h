#pragma once

#include <cstddef>
#include <cstdint>

#include "query/sql/token.h"

namespace budgetcheck {

/// Follows a statement token by token and knows what text in double quotes can be at the place that has been reached:
/// databases disagree about whether it is an identifier or a literal, and a literal must never be shown.
/// A fixed size and cheap to copy, as the lexer is.
class ValuePlaces {
 public:
  enum class Place {
    kIdentifier,  ///< a name of a table, a column or an alias, in every database
    kValue,  ///< a literal, or seldom a bare column: behind a comparison, in IN (…), VALUES (…), BETWEEN … AND …
    kEither,
  };

  void take(const Token& token);
  Place place() const;

 private:
  bool opens_values(const Token& before) const;
  bool bit(std::uint64_t bits) const { return (bits >> depth_ & 1U) != 0; }
  void set(std::uint64_t& bits, bool on) const;

  static constexpr std::size_t kDeepest = 63;

  Token last_;
  std::size_t depth_ = 0;     ///< of parentheses; deeper ones count as the deepest that is known
  std::size_t beyond_ = 0;    ///< how many are deeper than that
  std::uint64_t values_ = 0;  ///< per depth: what stands directly in it are values
  std::uint64_t rows_ = 0;    ///< per depth: rows of VALUES follow
  bool compared_ = false;     ///< a comparison stands before, or before the function's name that was read
  bool between_ = false;      ///< the next AND belongs to a BETWEEN
  bool second_bound_ = false;
  bool call_ = false;  ///< CALL, EXEC: has no columns
};

}  // namespace budgetcheck
