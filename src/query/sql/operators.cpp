#include <algorithm>
#include <array>

#include "base/text.h"
#include "query/sql/statement_parser.h"

// PostgreSQL's operators beyond those that every database has, with which its other kinds of indexes are asked.
namespace budgetcheck {
namespace {

constexpr std::array<std::string_view, 26> kOperators{
    "<%",  "%>", "<<%", "%>>", "@?",  "@@",   "@@@", "<<",  "<<=", ">>",  ">>=", "&<", "&>",
    "-|-", "~=", "~~",  "~~*", "!~~", "!~~*", "^@",  "<<|", "|>>", "&<|", "|&>", "?|", "?&"};
constexpr std::array<std::string_view, 8> kDistances{"<->", "<#>", "<=>", "<+>", "<~>", "<%>", "<->>", "<<->"};

template <std::size_t kSize>
bool is_one_of(const std::array<std::string_view, kSize>& all, std::string_view text) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

/// Functions that an index of PostGIS serves, and PostgreSQL's prefix test.
bool is_indexed_function(std::string_view name) {
  constexpr std::array<std::string_view, 18> kFunctions{
      "st_3ddwithin",        "st_3dintersects", "st_contains",
      "st_containsproperly", "st_coveredby",    "st_covers",
      "st_crosses",          "st_dfullywithin", "st_dwithin",
      "st_equals",           "st_intersects",   "st_orderingequals",
      "st_overlaps",         "st_touches",      "st_within",
      "st_3ddfullywithin",   "starts_with",     "st_linecrossingdirection"};
  return is_one_of(kFunctions, name);
}

bool gives_text(std::string_view name) {
  constexpr std::array<std::string_view, 24> kFunctions{
      "lower",          "upper",     "initcap",   "trim",  "btrim",  "ltrim",   "rtrim",      "concat",
      "concat_ws",      "substring", "left",      "right", "substr", "replace", "md5",        "format",
      "regexp_replace", "to_char",   "translate", "lpad",  "rpad",   "encode",  "split_part", "repeat"};
  return is_one_of(kFunctions, name);
}

bool gives_fraction(std::string_view name) {
  constexpr std::array<std::string_view, 12> kFunctions{"round", "ceil",  "ceiling", "floor",     "sqrt",  "extract",
                                                        "avg",   "power", "random",  "date_part", "trunc", "exp"};
  return is_one_of(kFunctions, name);
}

bool is_symbol(const Token& token) { return token.kind == TokenKind::kSymbol && token.text.size() <= 3; }

}  // namespace

/// How many items make an operator here; 0: none does. A "?" that follows what can be compared and stands before a
/// value is JSON's.
std::size_t StatementParser::operator_at(std::size_t i, std::string& text) const {
  constexpr std::size_t kMost = 4;
  if (!postgres_ || i == 0 || i >= end_) {
    return 0;
  }
  const Token& before = token(i - 1);
  const bool question = token(i).kind == TokenKind::kPlaceholder && token(i).text == "?";
  const bool follows = before.is(")") || before.is("]") || before.identifier() || is_value(before);
  if (!(is_symbol(token(i)) || (question && follows))) {
    return 0;
  }
  std::size_t length = 0;
  std::string whole;
  for (std::size_t k = i; k < std::min(i + kMost, end_); ++k) {
    const bool part = is_symbol(token(k)) || (token(k).text == "?" && token(k).kind == TokenKind::kPlaceholder);
    if (!part || (k > i && token(k).spaced)) {
      break;
    }
    whole += token(k).text;
    if (is_one_of(kOperators, whole)) {
      length = k + 1 - i;
      text = whole;
    }
  }
  if (length == 0 && question && (is_value(token(i + 1)) || is_word(i + 1, "ARRAY")) && i + 1 < end_) {
    text = "?";
    return 1;
  }
  return length;
}

bool StatementParser::begins_operator(std::size_t i) const {
  std::string text;
  return operator_at(i, text) > 0;
}

/// What stands as a condition by itself: a truth value, title % ?, ST_DWithin(…).
Condition StatementParser::alone(const Operand& left, bool negated) {
  if (left.kind != Operand::Kind::kColumn && left.kind != Operand::Kind::kExpression) {
    return of_kind(Condition::Kind::kUnknown);
  }
  Condition result;
  if (predicate_function(left, result) || similarity(left, result)) {
    result.op = negated ? std::string() : result.op;
    return result;
  }
  const bool column = left.kind == Operand::Kind::kColumn && left.cast.empty();
  result = compare(left, column ? Comparison::kEqual : Comparison::kOther, {});
  result.truth = column ? (negated ? Condition::Truth::kFalse : Condition::Truth::kTrue) : Condition::Truth::kUnsaid;
  return result;
}

/// title % 'abc': pg_trgm's operator is the sign of the remainder, so it is known by what follows.
bool StatementParser::similarity(const Operand& whole, Condition& result) {
  std::size_t sign = whole.end;
  for (std::size_t i = whole.begin; i < whole.end; i = opens(i) ? after_group(i) : i + 1) {
    if (token(i).is("%")) {
      sign = sign == whole.end ? i : whole.begin;
    }
  }
  if (!postgres_ || sign <= whole.begin || sign + 1 >= whole.end) {
    return false;
  }
  Operand left;
  left.begin = whole.begin;
  left.end = sign;
  Operand right;
  right.begin = sign + 1;
  right.end = whole.end;
  classify(left);
  classify(right);
  result = compare(left, Comparison::kOther, right, "%");
  return true;
}

bool StatementParser::predicate_function(const Operand& whole, Condition& result) {
  std::size_t name = whole.begin;
  while (token(name).identifier() && token(name + 1).is(".") && name + 2 < whole.end) {
    name += 2;
  }
  if (!postgres_ || !token(name).identifier() || !opens(name + 1) || after_group(name + 1) != whole.end ||
      !is_indexed_function(lower(name_at(name)))) {
    return false;
  }
  result = of_kind(Condition::Kind::kCompare);
  result.comparison = Comparison::kOther;
  result.op = lower(name_at(name));
  result.columns = whole.columns;
  result.expression = text_of(whole.begin, whole.end);
  const std::size_t close = closes_[name + 1];
  for (std::size_t begin = name + 2; begin < close;) {
    Operand argument;
    argument.begin = begin;
    argument.end = begin;
    while (argument.end < close && !token(argument.end).is(",")) {
      argument.end = opens(argument.end) ? after_group(argument.end) : argument.end + 1;
    }
    begin = argument.end + 1;
    classify(argument);
    if (argument.kind == Operand::Kind::kColumn) {
      (result.column.name.empty() ? result.column : result.other) = argument.column;
      result.cast = result.other.name.empty() ? argument.cast : result.cast;
    }
  }
  return true;
}

/// "text" of lower(?) and of ? || ?, "numeric" of ?::numeric; empty when it takes on the type of what it is compared
/// with.
std::string StatementParser::value_type_of(const Operand& value) const {
  if (!value.cast.empty()) {
    const std::size_t outer = value.cast.rfind("::");
    return outer == std::string::npos ? value.cast : value.cast.substr(outer + 2);
  }
  const Token& first = token(value.begin);
  if (value.begin >= value.end) {
    return {};
  }
  if (first.word("ARRAY")) {
    return "text[]";  // of values without a type
  }
  if (first.kind == TokenKind::kNumber && value.end == value.begin + 1) {
    return first.text.find('.') == std::string_view::npos ? "" : "numeric";
  }
  if (word_in(first, {"CURRENT_USER", "SESSION_USER"})) {
    return "text";
  }
  if (first.identifier() && opens(value.begin + 1) && after_group(value.begin + 1) == value.end) {
    const std::string name = lower(name_at(value.begin));
    return gives_text(name) ? "text" : gives_fraction(name) ? "numeric" : "";
  }
  for (std::size_t i = value.begin; i < value.end; i = opens(i) ? after_group(i) : i + 1) {
    if (token(i).is("||")) {
      return "text";
    }
  }
  return {};
}

Condition::Truth StatementParser::truth_of(const Operand& value) const {
  const bool one = value.end == value.begin + 1;
  return one && is_word(value.begin, "TRUE")    ? Condition::Truth::kTrue
         : one && is_word(value.begin, "FALSE") ? Condition::Truth::kFalse
                                                : Condition::Truth::kUnsaid;
}

/// ORDER BY embedding <=> ?: the nearest first.
void StatementParser::find_distance(OrderTerm& term, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin + 1; postgres_ && i + 1 < end; i = opens(i) ? after_group(i) : i + 1) {
    std::string text(token(i).text);
    std::size_t next = i + 1;
    while (!is_one_of(kDistances, text) && next < end && is_symbol(token(next)) && !token(next).spaced &&
           next < i + 3) {
      text += token(next++).text;
    }
    if (!is_symbol(token(i)) || !is_one_of(kDistances, text)) {
      continue;
    }
    ColumnRef column;
    if (column_path(begin, i, column) || column_path(next, end, column)) {
      term.distance = text;
      term.columns = {column};
    }
    return;
  }
}

}  // namespace budgetcheck
