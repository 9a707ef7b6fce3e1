#include <algorithm>
#include <utility>

#include "base/text.h"
#include "query/sql/statement_parser.h"

namespace budgetcheck {
namespace {

Comparison negate(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEqual:
      return Comparison::kNotEqual;
    case Comparison::kNotEqual:
      return Comparison::kEqual;
    case Comparison::kIn:
      return Comparison::kNotIn;
    case Comparison::kNotIn:
      return Comparison::kIn;
    case Comparison::kIsNull:
      return Comparison::kIsNotNull;
    case Comparison::kIsNotNull:
      return Comparison::kIsNull;
    case Comparison::kRange:
      return Comparison::kRange;
    default:
      return Comparison::kOther;
  }
}

/// What the operator is with its sides exchanged; empty when it has none.
std::string turned_round(std::string_view op) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {{"<%", "%>"},
                                                                      {"<<%", "%>>"},
                                                                      {"@>", "<@"},
                                                                      {"<<", ">>"},
                                                                      {"<<=", ">>="},
                                                                      {"%", "%"},
                                                                      {"&&", "&&"},
                                                                      {"@@", "@@"},
                                                                      {"-|-", "-|-"},
                                                                      {"~=", "~="},
                                                                      {"is not distinct from", "is not distinct from"}};
  for (const auto& [one, other] : kPairs) {
    if (op == one || op == other) {
      return std::string(op == one ? other : one);
    }
  }
  return {};
}

Comparison comparison_of(const Token& token) {
  if (token.is("=") || token.is("<=>")) {
    return Comparison::kEqual;
  }
  if (token.is("<>") || token.is("!=")) {
    return Comparison::kNotEqual;
  }
  if (token.is("<") || token.is(">") || token.is("<=") || token.is(">=")) {
    return Comparison::kRange;
  }
  if (token.is("@>") || token.is("<@") || token.is("&&")) {
    return Comparison::kContains;
  }
  return Comparison::kOther;
}

}  // namespace

Condition StatementParser::comparison(const Operand& left, bool negated) {
  const bool turned = is_word(pos_, "NOT") && pos_ < end_;
  pos_ += turned ? 1U : 0U;
  negated = negated != turned;
  const Token& op = token(pos_);
  std::string sign;
  const std::size_t length = operator_at(pos_, sign);
  if (length == 0 &&
      (pos_ >= end_ || (!is_comparison(op) && !is_predicate_word(op)) || word_in(op, {"AND", "OR", "XOR"}))) {
    return alone(left, negated);
  }
  if (length > 0 && (sign.starts_with("~~") || sign.starts_with("!~~"))) {  // LIKE by its other name
    pos_ += length - 1;
    return like(left, negated != sign.starts_with('!'), sign.ends_with('*'));
  }
  if (op.word("IS") || op.word("ISNULL") || op.word("NOTNULL")) {
    return is_null(left, negated);
  }
  if (op.word("IN")) {
    return in_list(left, negated);
  }
  if (word_in(op, {"LIKE", "ILIKE", "GLOB"})) {
    return like(left, negated, op.word("ILIKE"));
  }
  if (op.word("BETWEEN")) {
    pos_ += word_in(token(pos_ + 1), {"SYMMETRIC", "ASYMMETRIC"}) ? 2U : 1U;
    const Operand from = operand();
    pos_ += is_word(pos_, "AND") ? 1U : 0U;
    operand();
    // NOT BETWEEN is two ranges with OR between them, both of one column.
    return compare(left, Comparison::kRange, from);
  }
  if (length == 0 && !is_comparison(op)) {  // SIMILAR TO, REGEXP, …
    sign = op.word("SIMILAR") && !negated ? "similar to" : "";
    ++pos_;
    pos_ += word_in(token(pos_), {"TO", "OF", "LIKE"}) ? 1U : 0U;
    return compare(left, Comparison::kOther, operand(), sign);
  }
  Comparison kind = comparison_of(op);
  if (length > 0) {
    kind = sign.starts_with("@@") ? Comparison::kMatch : Comparison::kOther;
    pos_ += length;
  } else if (op.is("@") || op.is("!")) {
    kind = op.is("@") && token(pos_ + 1).is("@") ? Comparison::kMatch : Comparison::kOther;
    while (pos_ < end_ && is_comparison(token(pos_))) {
      ++pos_;
    }
  } else {
    ++pos_;
    pos_ += op.is("=") && token(pos_).is("=") ? 1U : 0U;  // SQLite's ==
  }
  if (word_in(token(pos_), {"ANY", "SOME", "ALL"}) && opens(pos_ + 1)) {
    return any_or_all(left, kind, negated);
  }
  if (length == 0 && (kind == Comparison::kContains || op.is("~") || op.is("~*"))) {
    sign = op.text;
  }
  Condition result = compare(left, negated ? negate(kind) : kind, operand(), negated ? std::string() : sign);
  result.turned = negated;
  bool goes_on = false;  // (a <-> ?) < ?, a = b IS TRUE: what is compared is not a column
  while (!failed_ && pos_ < end_ && !word_in(token(pos_), {"AND", "OR", "XOR"}) &&
         (is_comparison(token(pos_)) || is_predicate_word(token(pos_)))) {
    ++pos_;
    operand();
    goes_on = true;
  }
  return goes_on ? of_kind(Condition::Kind::kUnknown) : result;
}

/// = ANY (…), <> ALL (…) and the like: a query, a list or an array behind a comparison.
Condition StatementParser::any_or_all(const Operand& left, Comparison kind, bool negated) {
  const bool all = is_word(pos_, "ALL");
  const bool equal = kind == Comparison::kEqual;
  const bool in = (equal && !all) || (kind == Comparison::kNotEqual && all);
  ++pos_;
  if (begins_query(pos_ + 1)) {
    Operand query;
    query.kind = Operand::Kind::kSubquery;
    query.block = subquery(pos_, QueryBlock::Role::kExists);
    const Comparison meant = !in ? Comparison::kOther : equal != negated ? Comparison::kIn : Comparison::kNotIn;
    Condition result = compare(left, meant, query);
    if (meant == Comparison::kNotIn) {
      result.kind = Condition::Kind::kNotExists;
      mark_negated(result);
    }
    return result;
  }
  const Operand list = operand();
  if (list.kind != Operand::Kind::kValue && list.kind != Operand::Kind::kRow) {
    return compare(left, Comparison::kOther, list);  // ? = ANY (tags)
  }
  const Comparison meant = equal ? Comparison::kIn : Comparison::kNotIn;
  return compare(left, !in ? Comparison::kOther : negated ? negate(meant) : meant, list);
}

Condition StatementParser::is_null(const Operand& left, bool negated) {
  if (is_word(pos_, "IS")) {
    ++pos_;
    if (is_word(pos_, "NOT")) {
      negated = !negated;
      ++pos_;
    }
    if (is_word(pos_, "DISTINCT") && is_word(pos_ + 1, "FROM")) {
      pos_ += 2;
      return compare(left, negated ? Comparison::kEqual : Comparison::kNotEqual, operand(),
                     negated ? "is not distinct from" : "");
    }
    const bool truth = is_word(pos_, "TRUE");
    const bool null = is_word(pos_, "NULL");
    if (null || word_in(token(pos_), {"TRUE", "FALSE", "UNKNOWN"})) {
      const bool known = truth || is_word(pos_, "FALSE");
      ++pos_;
      Condition result = compare(left,
                                 null ? (negated ? Comparison::kIsNotNull : Comparison::kIsNull)
                                      : (negated ? Comparison::kNotEqual : Comparison::kEqual),
                                 {}, null ? "" : "is");
      result.truth = known ? (truth ? Condition::Truth::kTrue : Condition::Truth::kFalse) : result.truth;
      return result;
    }
    return compare(left, negated ? Comparison::kNotEqual : Comparison::kEqual, operand());  // SQLite's IS
  }
  negated = negated != is_word(pos_, "NOTNULL");
  ++pos_;
  return compare(left, negated ? Comparison::kIsNotNull : Comparison::kIsNull, {});
}

Condition StatementParser::in_list(const Operand& left, bool negated) {
  ++pos_;
  const Comparison meant = negated ? Comparison::kNotIn : Comparison::kIn;
  Operand list;
  list.kind = Operand::Kind::kValue;
  if (pos_ < end_ && items_[pos_].list) {
    ++pos_;
    return compare(left, meant, list);
  }
  if (opens(pos_) && begins_query(pos_ + 1)) {
    list.kind = Operand::Kind::kSubquery;
    list.block = subquery(pos_, QueryBlock::Role::kExists);
    Condition result = compare(left, meant, list);
    if (negated) {
      result.kind = Condition::Kind::kNotExists;
      mark_negated(result);
    }
    return result;
  }
  if (!opens(pos_)) {
    return compare(left, meant, operand());
  }
  const std::size_t close = closes_[pos_];
  if (close == pos_ + 1 || (close == pos_ + 2 && is_word(pos_ + 1, "NULL"))) {
    pos_ = close + 1;
    return of_kind(Condition::Kind::kFalse);
  }
  list.begin = pos_ + 1;
  list.end = close;
  find_columns(list);
  list.kind = list.columns.empty() ? Operand::Kind::kValue : Operand::Kind::kExpression;
  Operand first;
  first.begin = list.begin;
  first.end = list.begin;
  while (first.end < close && !token(first.end).is(",")) {
    first.end = opens(first.end) ? after_group(first.end) : first.end + 1;
  }
  classify(first);
  list.cast = first.cast;  // as a rule that of all
  pos_ = close + 1;
  return compare(left, meant, list);
}

Condition StatementParser::like(const Operand& left, bool negated, bool ignores_case) {
  ++pos_;
  if (word_in(token(pos_), {"ANY", "ALL", "SOME", "BINARY"})) {
    ++pos_;
  }
  const Operand pattern = operand();
  if (is_word(pos_, "ESCAPE") && pos_ < end_) {
    ++pos_;
    operand();
  }
  return compare(left, negated ? Comparison::kOther : like_kind(pattern, ignores_case), pattern);
}

/// Whether the pattern begins with a wildcard: '%' || ?, CONCAT('%', ?), '%abc'.
Comparison StatementParser::like_kind(const Operand& pattern, bool ignores_case) const {
  std::size_t i = pattern.begin;
  while (i < pattern.end && (opens(i) || word_in(token(i), {"CONCAT", "CAST"}))) {
    ++i;
  }
  const Token& first = token(i);
  if (i >= pattern.end || !is_value(first)) {
    return ignores_case ? Comparison::kILikeAny : Comparison::kLikeUnknown;
  }
  if (first.kind == TokenKind::kString) {
    const bool wildcard = first.text.starts_with("'%") || first.text.starts_with("'_") || first.text.starts_with("\"%");
    return wildcard ? (ignores_case ? Comparison::kILikeAny : Comparison::kLikeAny)
                    : (ignores_case ? Comparison::kILikePrefix : Comparison::kLikePrefix);
  }
  const bool joined = token(i + 1).is("||") || token(i + 1).is(",");
  if (!joined || i + 1 >= pattern.end) {
    return ignores_case ? Comparison::kILikeAny : Comparison::kLikeUnknown;
  }
  return ignores_case ? Comparison::kILikePrefix : Comparison::kLikePrefix;
}

/// MySQL's MATCH (a, b) AGAINST (…).
Condition StatementParser::match_against() {
  Condition match = of_kind(Condition::Kind::kCompare);
  match.comparison = Comparison::kMatch;
  Operand columns;
  columns.begin = pos_ + 2;
  columns.end = closes_[pos_ + 1];
  find_columns(columns);
  match.columns = columns.columns;
  match.row = columns.columns;
  match.column = columns.columns.empty() ? ColumnRef() : columns.columns.front();
  pos_ = after_group(pos_ + 1);
  if (is_word(pos_, "AGAINST") && opens(pos_ + 1)) {
    pos_ = after_group(pos_ + 1);
  }
  while (pos_ < end_ && !word_in(token(pos_), {"AND", "OR"}) && !ends_clause(pos_)) {
    pos_ = opens(pos_) ? after_group(pos_) : pos_ + 1;
  }
  return match;
}

Condition StatementParser::compare(const Operand& left, Comparison comparison, const Operand& right,
                                   std::string op) const {
  const auto bare = [](const Operand& side) { return side.kind == Operand::Kind::kColumn; };
  const auto fixed = [](const Operand& side) {
    return side.kind == Operand::Kind::kValue || side.kind == Operand::Kind::kSubquery ||
           side.kind == Operand::Kind::kNone || side.kind == Operand::Kind::kRow;
  };
  Condition result = of_kind(Condition::Kind::kCompare);
  result.comparison = comparison;
  result.op = std::move(op);
  result.columns = left.columns;
  result.columns.insert(result.columns.end(), right.columns.begin(), right.columns.end());
  result.block = right.block != Condition::kNoBlock ? right.block : left.block;
  if (result.columns.empty() && fixed(left) && fixed(right)) {
    result.kind = Condition::Kind::kUnknown;
    return result;
  }
  if (left.kind == Operand::Kind::kRow && !left.columns.empty()) {
    result.row = left.columns;
    result.column = left.columns.front();
    result.comparison = comparison == Comparison::kEqual ? Comparison::kIn : comparison;
    return result;
  }
  const Operand& value = left.columns.empty() ? left : right;
  if (value.columns.empty() && value.block == Condition::kNoBlock) {
    result.value_type = value_type_of(value);
    result.truth = truth_of(value);
  }
  if (postgres_ && result.comparison == Comparison::kNotEqual && result.truth != Condition::Truth::kUnsaid) {
    result.comparison = Comparison::kEqual;  // of two values the other
    result.truth = result.truth == Condition::Truth::kTrue ? Condition::Truth::kFalse : Condition::Truth::kTrue;
  }
  if (bare(left)) {
    result.column = left.column;
    result.cast = left.cast;
    if (bare(right)) {
      result.other = right.column;
      result.cast = left.cast.empty() ? right.cast : left.cast;
      std::size_t sign = right.begin;
      while (sign > left.end && !is_comparison(token(sign))) {
        --sign;
      }
      result.expression =
          text_of(left.begin, left.end) + " " + std::string(token(sign).text) + " " + text_of(right.begin, right.end);
    } else if (!right.columns.empty()) {
      result.expression = text_of(right.begin, right.end);
    }
    return result;
  }
  const std::string turned = turned_round(result.op);
  const bool turns = comparison == Comparison::kEqual || comparison == Comparison::kNotEqual ||
                     comparison == Comparison::kRange || comparison == Comparison::kContains || !turned.empty();
  if (bare(right) && turns) {
    result.column = right.column;
    result.cast = right.cast;
    result.op = result.op.empty() ? std::string() : turned;
    result.expression = left.columns.empty() ? std::string() : text_of(left.begin, left.end);
    return result;
  }
  const Operand& side = left.columns.empty() ? right : left;
  result.expression = text_of(side.begin, side.end);
  return result;
}

}  // namespace budgetcheck
