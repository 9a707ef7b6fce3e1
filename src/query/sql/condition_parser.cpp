#include <algorithm>

#include "base/text.h"
#include "query/sql/statement_parser.h"

namespace budgetcheck {

/// Conditions separated by OR. With `negated` NOT stands before all of them, and what is read is inverted.
Condition StatementParser::condition(bool negated) {
  const Nesting nesting(*this);
  Condition all = of_kind(negated ? Condition::Kind::kAnd : Condition::Kind::kOr);
  bool either = false;
  for (bool more = true; more && !failed_;) {
    all.parts.push_back(conjunction(negated));
    more = pos_ < end_ && word_in(token(pos_), {"OR", "XOR"});
    either = either || (more && is_word(pos_, "XOR"));
    pos_ += more ? 1U : 0U;
  }
  if (either) {
    return of_kind(Condition::Kind::kUnknown);
  }
  return all.parts.size() == 1 ? Condition(std::move(all.parts.front())) : all;
}

Condition StatementParser::conjunction(bool negated) {
  Condition all = of_kind(negated ? Condition::Kind::kOr : Condition::Kind::kAnd);
  for (bool more = true; more && !failed_;) {
    all.parts.push_back(negation(negated));
    more = pos_ < end_ && is_word(pos_, "AND");
    pos_ += more ? 1U : 0U;
  }
  return all.parts.size() == 1 ? Condition(std::move(all.parts.front())) : all;
}

Condition StatementParser::negation(bool negated) {
  while (is_word(pos_, "NOT") && pos_ < end_) {
    negated = !negated;
    ++pos_;
  }
  return predicate(negated);
}

Condition StatementParser::predicate(bool negated) {
  if (failed_ || pos_ >= end_) {
    give_up();  // a condition should stand here
    return of_kind(Condition::Kind::kUnknown);
  }
  if (items_[pos_].tautology) {
    const bool holds = (token(pos_).text == token(pos_ + 2).text) != negated;
    pos_ += 3;
    return of_kind(holds ? Condition::Kind::kTrue : Condition::Kind::kFalse);
  }
  if (word_in(token(pos_), {"TRUE", "FALSE"}) &&
      (pos_ + 1 >= end_ || word_in(token(pos_ + 1), {"AND", "OR"}) || ends_operand(pos_ + 1)) &&
      !is_comparison(token(pos_ + 1))) {
    const bool holds = is_word(pos_, "TRUE") != negated;
    ++pos_;
    return of_kind(holds ? Condition::Kind::kTrue : Condition::Kind::kFalse);
  }
  if (is_word(pos_, "EXISTS") && opens(pos_ + 1)) {
    Condition exists = of_kind(negated ? Condition::Kind::kNotExists : Condition::Kind::kExists);
    exists.block = subquery(pos_ + 1, QueryBlock::Role::kExists);
    mark_tested(exists.block);
    mark_negated(exists);
    return exists;
  }
  if (is_word(pos_, "MATCH") && opens(pos_ + 1)) {
    return match_against();
  }
  if (opens(pos_) && holds_condition(pos_)) {
    const std::size_t end = end_;
    const std::size_t close = closes_[pos_];
    end_ = close;
    ++pos_;
    Condition inside = condition(negated);
    if (pos_ != close) {
      inside = of_kind(Condition::Kind::kUnknown);
    }
    end_ = end;
    pos_ = close + 1;
    if (ends_operand(pos_) && !is_comparison(token(pos_))) {
      return inside;
    }
    // (a = b) = true and the like
    while (!(pos_ >= end_ || word_in(token(pos_), {"AND", "OR"}) || ends_clause(pos_))) {
      pos_ = opens(pos_) ? after_group(pos_) : pos_ + 1;
    }
    return of_kind(Condition::Kind::kUnknown);
  }
  const std::size_t before = pos_;
  const Operand left = operand();
  Condition result = comparison(left, negated);
  if (pos_ == before) {
    give_up();  // nothing was read: the statement has a form that is not known here
  }
  return result;
}

void StatementParser::mark_tested(std::uint32_t block) {
  if (block < statement_.blocks.size()) {
    statement_.blocks[block].tested = true;
  }
}

void StatementParser::mark_negated(const Condition& condition) {
  if (condition.kind == Condition::Kind::kNotExists && condition.block < statement_.blocks.size()) {
    statement_.blocks[condition.block].negated = true;
  }
}

/// The group that opens at `open` is a condition, not a row, list or expression.
bool StatementParser::holds_condition(std::size_t open) const {
  std::size_t close = closes_[open];
  ++open;
  while (opens(open) && closes_[open] == close - 1) {
    --close;
    ++open;
  }
  if (begins_query(open) || is_word(open, "CASE")) {
    return false;
  }
  for (std::size_t i = open; i < close; i = opens(i) ? after_group(i) : i + 1) {
    const bool truth = i == open && i + 1 == close && word_in(token(i), {"TRUE", "FALSE"});
    if (truth || is_comparison(token(i)) || is_predicate_word(token(i)) || is_word(i, "MATCH") || begins_operator(i)) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
