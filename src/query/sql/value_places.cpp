#include "query/sql/value_places.h"

#include <algorithm>
#include <initializer_list>

namespace budgetcheck {
namespace {

bool any_word(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return token.word(w); });
}

bool compares(const Token& token) {
  return (token.kind == TokenKind::kSymbol && token.text.find_first_of("=<>~!|") != std::string_view::npos) ||
         any_word(token, {"LIKE", "ILIKE", "BETWEEN", "REGEXP", "RLIKE", "GLOB", "MATCH", "ESCAPE"});
}

}  // namespace

void ValuePlaces::set(std::uint64_t& bits, bool on) const {
  const std::uint64_t mask = std::uint64_t{1} << depth_;
  bits = on ? bits | mask : bits & ~mask;
}

bool ValuePlaces::opens_values(const Token& before) const {
  return bit(values_) || bit(rows_) || compared_ || call_ || any_word(before, {"IN", "VALUES", "AGAINST"});
}

void ValuePlaces::take(const Token& token) {
  second_bound_ = between_ && token.word("AND");
  between_ = token.word("BETWEEN") || (between_ && !second_bound_);
  if (token.is("(")) {
    const bool values = opens_values(last_);
    depth_ += depth_ < kDeepest ? 1 : 0;
    beyond_ += depth_ == kDeepest ? 1 : 0;
    set(values_, values);
    set(rows_, false);
    compared_ = false;
  } else if (token.is(")")) {
    beyond_ -= beyond_ > 0 ? 1 : 0;
    depth_ -= depth_ > 0 && beyond_ == 0 ? 1 : 0;
    compared_ = false;
  } else if (token.kind == TokenKind::kWord && any_word(token, {"SELECT", "WITH"})) {
    set(values_, false);  // a query in parentheses
    compared_ = call_ = false;
  } else if (token.word("VALUES")) {
    set(rows_, true);
  } else if (token.kind == TokenKind::kWord) {
    set(rows_, bit(rows_) && token.word("ROW"));
    call_ = call_ || (last_.kind == TokenKind::kEnd && any_word(token, {"CALL", "EXEC", "EXECUTE"}));
    compared_ = compares(token) || (compared_ && (compares(last_) || last_.is(".")));
  } else {
    compared_ = compares(token) || (compared_ && (token.is(".") || token.kind == TokenKind::kQuoted));
  }
  last_ = token;
}

ValuePlaces::Place ValuePlaces::place() const {
  if (last_.is(".") || any_word(last_, {"FROM", "JOIN", "INTO", "UPDATE", "TABLE", "AS", "CALL", "EXEC", "EXECUTE"})) {
    return Place::kIdentifier;
  }
  if (compares(last_) || second_bound_ || bit(values_) || call_) {
    return Place::kValue;
  }
  return Place::kEither;
}

}  // namespace budgetcheck
