#include <algorithm>

#include "base/text.h"
#include "query/sql/statement_parser.h"

namespace budgetcheck {
namespace {

/// Words in an expression that are not columns.
bool is_reserved_word(const Token& token) {
  return word_in(token, {"NULL",
                         "TRUE",
                         "FALSE",
                         "ARRAY",
                         "CAST",
                         "AS",
                         "CASE",
                         "WHEN",
                         "THEN",
                         "ELSE",
                         "END",
                         "INTERVAL",
                         "AND",
                         "OR",
                         "NOT",
                         "IS",
                         "IN",
                         "LIKE",
                         "ILIKE",
                         "BETWEEN",
                         "COLLATE",
                         "DISTINCT",
                         "FROM",
                         "CURRENT_DATE",
                         "CURRENT_TIME",
                         "LOCALTIME",
                         "BINARY",
                         "ANY",
                         "ALL",
                         "SOME",
                         "ROW",
                         "USING",
                         "LOCALTIMESTAMP",
                         "EXISTS",
                         "FOR",
                         "BOTH",
                         "LEADING",
                         "TRAILING",
                         "DEFAULT",
                         "CURRENT_TIMESTAMP"});
}

}  // namespace

/// Some words are only reserved where a certain other one stands beside them: people call columns 'at' and 'date'.
bool StatementParser::is_expression_word(std::size_t i) const {
  const Token& t = token(i);
  if (is_reserved_word(t)) {
    return true;
  }
  const Token& next = token(i + 1);
  const bool behind_type = i > 0 && word_in(token(i - 1), {"AT", "WITH", "WITHOUT"});
  if (t.word("AT")) {
    return word_in(next, {"TIME", "LOCAL"});  // AT TIME ZONE
  }
  if (t.word("ZONE")) {
    return i > 0 && is_word(i - 1, "TIME");
  }
  if (word_in(t, {"DATE", "TIME", "TIMESTAMP", "ESCAPE"})) {  // date '2026-11-23', timestamp with time zone
    return is_value(next) || word_in(next, {"WITH", "WITHOUT"}) || (behind_type && t.word("TIME"));
  }
  return word_in(t, {"OVER", "FILTER"}) && opens(i + 1);
}

bool StatementParser::is_comparison(const Token& token) {
  constexpr std::string_view kSymbols[] = {"=",  "<",  ">", "<=", ">=", "<>",  "!=", "<=>", "@>",
                                           "<@", "&&", "~", "~*", "!~", "!~*", "@",  "!"};
  return token.kind == TokenKind::kSymbol &&
         std::find(std::begin(kSymbols), std::end(kSymbols), token.text) != std::end(kSymbols);
}

bool StatementParser::is_predicate_word(const Token& token) {
  return word_in(token, {"IS", "IN", "LIKE", "ILIKE", "BETWEEN", "SIMILAR", "REGEXP", "RLIKE", "GLOB", "AND", "OR",
                         "XOR", "NOT", "EXISTS", "ISNULL", "NOTNULL", "MEMBER", "SOUNDS"});
}

bool StatementParser::ends_operand(std::size_t i) const {
  const Token& t = token(i);
  if (i < end_ && i > 0 && token(i - 1).is(".")) {
    return false;  // a column may be called like a keyword
  }
  const bool join = word_in(t, {"JOIN", "INNER", "CROSS", "NATURAL", "FULL", "STRAIGHT_JOIN"}) ||
                    (word_in(t, {"LEFT", "RIGHT"}) && !opens(i + 1));
  return i >= end_ || is_comparison(t) || begins_operator(i) || is_predicate_word(t) || ends_clause(i) || join ||
         t.is(",") || t.is(")") || word_in(t, {"ESCAPE", "THEN", "WHEN", "ELSE", "END", "ON"});
}

StatementParser::Operand StatementParser::operand() {
  const Nesting nesting(*this);
  Operand result;
  result.begin = pos_;
  std::size_t open = 0;  // CASE and "[" that are not closed yet
  bool first = true;
  while (!failed_ && pos_ < end_ && (open > 0 || !ends_operand(pos_))) {
    open += is_word(pos_, "CASE") || token(pos_).is("[") ? 1U : 0U;
    open -= (is_word(pos_, "END") || token(pos_).is("]")) && open > 0 ? 1U : 0U;
    if (opens(pos_) && begins_query(pos_ + 1)) {
      const std::uint32_t block = subquery(pos_, QueryBlock::Role::kScalar);
      result.block = first ? block : result.block;
    } else {
      pass();
    }
    first = false;
  }
  result.end = pos_;
  classify(result);
  return result;
}

void StatementParser::classify(Operand& operand) {
  if (operand.begin >= operand.end) {
    return;
  }
  // Casts behind the whole, and parentheses around it.
  for (bool changed = true; changed && operand.begin < operand.end;) {
    changed = false;
    std::size_t cast = operand.begin;
    std::size_t last_cast = operand.end;
    for (; cast < operand.end; cast = opens(cast) ? after_group(cast) : cast + 1) {
      last_cast = is_cast(cast) ? cast : last_cast;
    }
    if (last_cast < operand.end && last_cast > operand.begin) {
      bool only_type = true;
      for (std::size_t i = last_cast + 1; i < operand.end; ++i) {
        const Token& t = token(i);
        only_type = only_type && (t.identifier() || t.is(".") || t.is("[") || t.is("]") || t.is("(") || t.is(")") ||
                                  t.kind == TokenKind::kNumber || t.kind == TokenKind::kPlaceholder);
      }
      if (only_type) {
        std::size_t type = last_cast + 1;
        while (token(type + 1).is(".") && type + 2 < operand.end) {
          type += 2;
        }
        add_cast(operand, type);
        operand.end = last_cast;
        changed = true;
      }
    }
    if (is_word(operand.begin, "CAST") && opens(operand.begin + 1) && closes_[operand.begin + 1] == operand.end - 1) {
      std::size_t as = operand.begin + 2;
      while (as < operand.end - 1 && !is_word(as, "AS")) {
        as = opens(as) ? after_group(as) : as + 1;
      }
      if (as > operand.begin + 2 && as + 1 < operand.end - 1) {
        add_cast(operand, as + 1);
        operand.begin += 2;
        operand.end = as;
        changed = true;
      }
    }
    if (opens(operand.begin) && closes_[operand.begin] == operand.end - 1 && !begins_query(operand.begin + 1)) {
      std::size_t comma = operand.begin + 1;
      while (comma < operand.end - 1 && !token(comma).is(",")) {
        comma = opens(comma) ? after_group(comma) : comma + 1;
      }
      if (comma < operand.end - 1) {
        ++operand.begin;
        --operand.end;
        find_columns(operand);
        operand.kind = operand.columns.empty() ? Operand::Kind::kValue : Operand::Kind::kRow;
        return;
      }
      ++operand.begin;
      --operand.end;
      changed = true;
    }
  }
  if (opens(operand.begin) && begins_query(operand.begin + 1) && closes_[operand.begin] == operand.end - 1) {
    operand.kind = Operand::Kind::kSubquery;
    return;
  }
  if (column_path(operand.begin, operand.end, operand.column)) {
    operand.kind = Operand::Kind::kColumn;
    operand.columns = {operand.column};
    return;
  }
  find_columns(operand);
  operand.kind = operand.columns.empty() ? Operand::Kind::kValue : Operand::Kind::kExpression;
}

/// The operand is cast to the type named at `type`; inner casts stand first: "text::date".
void StatementParser::add_cast(Operand& operand, std::size_t type) const {
  const std::string name = lower(name_at(type));
  operand.cast = operand.cast.empty() || operand.cast == name ? name : name + "::" + operand.cast;
}

/// A column and nothing else, perhaps in parentheses.
bool StatementParser::column_path(std::size_t begin, std::size_t end, ColumnRef& column) const {
  while (begin < end && opens(begin) && closes_[begin] == end - 1) {
    ++begin;
    --end;
  }
  if (begin >= end || !token(begin).identifier() || is_expression_word(begin)) {
    return false;
  }
  ColumnRef found{{}, name_at(begin)};
  for (++begin; begin < end; begin += 2) {
    if (!token(begin).is(".") || begin + 1 >= end || !token(begin + 1).identifier()) {
      return false;
    }
    found = {found.name, name_at(begin + 1)};
  }
  column = std::move(found);
  return true;
}

/// Every column between begin and end that is not in a subquery.
void StatementParser::find_columns(Operand& operand) {
  constexpr std::size_t kMaxColumns = 64;
  for (std::size_t i = operand.begin; i < operand.end && operand.columns.size() < kMaxColumns;) {
    if (opens(i) && begins_query(i + 1)) {
      i = after_group(i);
      continue;
    }
    const Token& t = token(i);
    const bool type = i > 0 && (is_cast(i - 1) || is_word(i - 1, "AS") || is_word(i - 1, "COLLATE"));
    if (word_in(t, {"EXTRACT", "TIMESTAMPDIFF", "TIMESTAMPADD"}) && opens(i + 1)) {
      i += 3;  // and the unit
      continue;
    }
    const bool unit = i > 1 && is_word(i - 2, "INTERVAL") && is_value(token(i - 1));
    if (!t.identifier() || (t.kind == TokenKind::kWord && is_expression_word(i))) {
      ++i;
      continue;
    }
    ColumnRef column{{}, name_at(i)};
    std::size_t next = i + 1;
    while (token(next).is(".") && token(next + 1).identifier() && next + 1 < operand.end) {
      column = {column.name, name_at(next + 1)};
      next += 2;
    }
    while (type && next < operand.end && token(next).kind == TokenKind::kWord && !is_expression_word(next)) {
      ++next;  // double precision, timestamp with time zone
    }
    if (!type && !unit && !opens(next)) {
      operand.columns.push_back(std::move(column));
    }
    i = next;
  }
}

std::string StatementParser::text_of(std::size_t begin, std::size_t end) const {
  constexpr std::size_t kMaxShown = 80;
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (token(i).identifier() && token(i + 1).is(".") && i + 2 < end) {
      ++i;  // the table's name says nothing new
      continue;
    }
    text += i > begin && token(i).spaced ? " " : "";
    text += items_[i].list                                 ? "(?)"
            : token(i).kind == TokenKind::kQuoted          ? std::string(token(i).name)
            : is_value(token(i)) && token(i).text != "'%'" ? "?"
                                                           : std::string(token(i).text);
  }
  return shorten(printable(text), kMaxShown);
}

}  // namespace budgetcheck
