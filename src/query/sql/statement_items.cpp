#include "query/sql/statement_items.h"

#include <algorithm>

#include "base/hash.h"

namespace budgetcheck {
namespace {

/// A statement that has more parts than this after its lists are collapsed is cut: no one reads its shape.
constexpr std::size_t kMaxItems = 50'000;

void add_value(StatementItem& item, const Token& token) {
  if (token.kind != TokenKind::kPlaceholder) {
    item.literals = combine(item.literals + 1, hash64(token.text));
    return;
  }
  item.gaps = item.gaps || (item.first != 0 && token.ordinal != item.last + 1);
  item.first = item.first == 0 ? token.ordinal : std::min(item.first, token.ordinal);
  item.last = std::max(item.last, token.ordinal);
}

/// Reads "(?, ?, …)" or "((?, ?), …)" of nothing but values; `lexer` stands behind the opening parenthesis and
/// moves only when the list is one.
bool read_values(Lexer& lexer, StatementItem& item) {
  Lexer ahead = lexer;
  StatementItem found = item;
  std::size_t depth = 1;
  std::uint32_t entries = 1;
  bool any = false;
  while (depth > 0) {
    const Token token = ahead.next();
    if (is_value(token)) {
      add_value(found, token);
      any = true;
    } else if (token.is("(")) {
      ++depth;
    } else if (token.is(")")) {
      --depth;
    } else if (token.is(",")) {
      entries += depth == 1 ? 1 : 0;
    } else {
      return false;
    }
  }
  if (!any) {
    return false;
  }
  found.list = true;
  found.size += entries;
  lexer = ahead;
  item = found;
  return true;
}

/// The rows after VALUES as one item, when all of them hold only values.
bool read_rows(Lexer& lexer, StatementItem& item) {
  Lexer ahead = lexer;
  StatementItem found = item;
  std::uint32_t rows = 0;
  while (true) {
    if (!read_values(ahead, found)) {
      return false;
    }
    ++rows;
    Lexer behind = ahead;
    if (!behind.next().is(",")) {
      break;
    }
    if (!behind.next().is("(")) {
      return false;
    }
    ahead = behind;
  }
  found.size = rows;
  lexer = ahead;
  item = found;
  return true;
}

bool ends_condition(const StatementItems& items, std::size_t i) {
  return i >= items.size() || items[i].token.is(")") || items[i].token.is(kStatementCut) ||
         word_in(items[i].token, {"AND",   "OR",     "ORDER",     "LIMIT", "OFFSET", "GROUP",  "HAVING", "RETURNING",
                                  "UNION", "EXCEPT", "INTERSECT", "FETCH", "FOR",    "WINDOW", "ON",     "WHERE",
                                  "THEN",  "LEFT",   "INNER",     "JOIN",  "LOCK",   "OPTION"});
}

/// "1=1" and "1=0" where a condition stands.
bool tautology_at(const StatementItems& items, std::size_t i) {
  const auto bit = [&](std::size_t k) {
    return items[k].token.kind == TokenKind::kNumber && (items[k].token.text == "1" || items[k].token.text == "0");
  };
  return i > 0 && i + 2 < items.size() && bit(i) && items[i + 1].token.is("=") && bit(i + 2) &&
         begins_condition(items[i - 1].token) && ends_condition(items, i + 3);
}

}  // namespace

std::uint64_t combine(std::uint64_t seed, std::uint64_t value) {
  return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 29);
}

bool is_value(const Token& token) {
  return token.kind == TokenKind::kString || token.kind == TokenKind::kNumber || token.kind == TokenKind::kPlaceholder;
}

bool word_in(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return token.word(w); });
}

bool begins_condition(const Token& token) {
  return token.is("(") || word_in(token, {"WHERE", "AND", "OR", "ON", "HAVING", "NOT"});
}

StatementItems read_items(std::string_view sql, Dialect dialect) {
  StatementItems items;
  Lexer lexer(sql, dialect);
  while (true) {
    const Token token = lexer.next();
    if (token.kind == TokenKind::kEnd) {
      break;
    }
    if (items.size() >= kMaxItems) {
      StatementItem cut;
      cut.token = {TokenKind::kSymbol, kStatementCut, {}, 0, true};
      items.push_back(cut);
      break;
    }
    StatementItem item;
    item.token = token;
    const bool after_in = !items.empty() && items.back().token.word("IN");
    const bool after_values = !items.empty() && items.back().token.word("VALUES");
    if (token.is("(") && ((after_in && read_values(lexer, item)) || (after_values && read_rows(lexer, item)))) {
      item.token.spaced = true;
    } else if (is_value(token)) {
      add_value(item, token);
    }
    items.push_back(item);
  }
  while (!items.empty() && items.back().token.is(";")) {
    items.pop_back();
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].tautology = tautology_at(items, i);
  }
  return items;
}

}  // namespace budgetcheck
