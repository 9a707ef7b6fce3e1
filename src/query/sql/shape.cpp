#include "query/sql/shape.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "query/sql/statement_analysis.h"
#include "query/sql/statement_items.h"

namespace budgetcheck {
namespace {

/// Different entries of one list ("IN (lower(?), upper(?))").
constexpr std::size_t kMaxKinds = 16;

/// PostgreSQL takes a literal with a fraction for a numeric, and makes one of the column that is compared with it.
constexpr std::string_view kFraction = "?::numeric";

/// A literal with a fraction that a condition compares, and that is not assigned: "WHERE a = 5.0".
bool is_compared_fraction(const StatementItems& items, std::size_t i) {
  const Token& token = items[i].token;
  if (token.kind != TokenKind::kNumber || token.text.find('.') == std::string_view::npos || i == 0) {
    return false;
  }
  const Token& before = items[i - 1].token;
  const bool compares = before.is("=") || before.is("<") || before.is(">") || before.is("<=") || before.is(">=") ||
                        before.word("BETWEEN");
  constexpr std::size_t kFar = 32;
  const std::size_t end = i > kFar ? i - kFar : 0;
  for (std::size_t at = i - 1; compares && at > end; --at) {
    if (word_in(items[at - 1].token, {"WHERE", "ON", "AND", "OR", "NOT", "HAVING", "WHEN"})) {
      return true;
    }
    if (items[at - 1].token.word("SET")) {
      return false;
    }
  }
  return false;
}

bool is_wildcard(const Token& token) { return token.kind == TokenKind::kString && token.text == "'%'"; }

/// What stands for a value: '?', or what decides which index serves it: of a literal behind LIKE where its wildcards
/// are
/// ('%?' begins with one, '?%' has one later), of a number in PostgreSQL that it has a fraction.
std::string_view value_form(const StatementItems& items, std::size_t i, Dialect dialect) {
  const Token& token = items[i].token;
  if (is_wildcard(token)) {
    return token.text;
  }
  if (dialect == Dialect::kPostgres && is_compared_fraction(items, i)) {
    return kFraction;
  }
  if (token.kind != TokenKind::kString || i == 0 || !word_in(items[i - 1].token, {"LIKE", "ILIKE"}) ||
      !token.text.starts_with('\'')) {
    return "?";
  }
  const std::size_t wildcard = token.text.find_first_of("%_");
  return wildcard == std::string_view::npos ? "?" : wildcard == 1 ? "'%?'" : "'?%'";
}

/// Takes every conjunct that is always true out: "x = ? AND 1=1", "WHERE 1=1". `OR 1=1` says something and stays.
StatementItems without_truths(const StatementItems& items) {
  StatementItems out;
  out.reserve(items.size());
  std::size_t i = 0;
  while (i < items.size()) {
    if (!items[i].tautology || items[i].token.text != "1" || items[i + 2].token.text != "1" || out.empty()) {
      out.push_back(items[i++]);
      continue;
    }
    std::size_t next = i + 3;
    while (out.size() >= 2 && out.back().token.is("(") && next < items.size() && items[next].token.is(")") &&
           begins_condition(out[out.size() - 2].token)) {
      out.pop_back();
      ++next;
    }
    const bool and_follows = next < items.size() && items[next].token.word("AND");
    const Token& before = out.back().token;
    if (before.word("AND")) {
      out.pop_back();
    } else if (and_follows && !before.word("NOT")) {
      ++next;
    } else if (before.word("WHERE") && !(next < items.size() && items[next].token.word("OR"))) {
      out.pop_back();
    } else {
      out.insert(out.end(), items.begin() + static_cast<std::ptrdiff_t>(i),
                 items.begin() + static_cast<std::ptrdiff_t>(next));
    }
    i = next;
  }
  return out;
}

/// Safe to show; most tokens are plain ASCII and stay as they are.
std::string shown(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
  return plain ? std::string(text) : printable(text);
}

std::string display_of(const StatementItems& items, Dialect dialect) {
  std::string out;
  std::size_t plain_until = 0;  // items before this index are part of a tautology
  for (std::size_t i = 0; i < items.size(); ++i) {
    const StatementItem& item = items[i];
    if (item.tautology) {
      plain_until = i + 3;
    }
    std::string piece;
    if (item.list) {
      piece = "(?)";
    } else if (is_value(item.token)) {
      piece = i < plain_until ? item.token.text : value_form(items, i, dialect);
    } else {
      piece = shown(item.token.text);
    }
    if (out.size() + piece.size() + 1 + kStatementCut.size() > Shape::kMaxText) {
      out += out.ends_with(kStatementCut) ? "" : kStatementCut;
      break;
    }
    if (item.token.spaced && !out.empty()) {
      out += ' ';
    }
    out += piece;
  }
  return out;
}

/// The text behind Shape::key. Entries of a list that read alike count once, whatever they are made of
/// ("IN (CAST(? AS x), CAST(? AS x))"), and rows of VALUES likewise.
class Canonical {
 public:
  explicit Canonical(Dialect dialect) : dialect_(dialect) {}

  std::string take(const StatementItems& items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      add(items, i);
    }
    while (!lists_.empty()) {
      end_list();
    }
    return std::move(out_);
  }

 private:
  struct List {
    std::size_t depth;  ///< of the parentheses whose commas part the entries
    bool rows;          ///< of VALUES: ends where no comma follows a row
    std::size_t begin;  ///< of the first entry
    std::size_t entry;  ///< where the current entry begins
    std::vector<std::uint64_t> seen;
  };

  std::string word_of(const StatementItems& items, std::size_t i) const {
    const Token& token = items[i].token;
    if (items[i].list) {
      return "( ? )";
    }
    if (is_value(token)) {
      const bool tautology = items[i].tautology || (i >= 2 && items[i - 2].tautology);
      const std::string_view form = tautology ? token.text : value_form(items, i, dialect_);
      return form == kFraction ? "? :: numeric" : std::string(form);
    }
    if (token.kind == TokenKind::kQuoted) {
      return shown(token.name);
    }
    if (token.kind == TokenKind::kWord) {
      const bool after_is = i > 0 && word_in(items[i - 1].token, {"IS", "NOT", "SET", "DO", "NULLS", "ON"});
      const bool constant = word_in(token, {"NULL", "TRUE", "FALSE"}) && !after_is;
      return constant ? "?" : lower(shown(token.text));
    }
    return shown(token.text);
  }

  void add(const StatementItems& items, std::size_t i) {
    const Token& token = items[i].token;
    const bool after_values = i > 0 && items[i - 1].token.word("VALUES");
    if (!lists_.empty() && lists_.back().rows && lists_.back().depth == depth_ && row_ended_ && !token.is(",")) {
      end_list();
    }
    row_ended_ = false;
    if (!lists_.empty() && lists_.back().depth == depth_ && token.is(",")) {
      end_entry();
    }
    if (token.is(")") && !items[i].list) {
      if (!lists_.empty() && !lists_.back().rows && lists_.back().depth == depth_) {
        end_list();
      }
      depth_ -= depth_ > 0 ? 1U : 0U;
      row_ended_ = true;
    }
    if (after_values && token.is("(") && !items[i].list) {
      lists_.push_back({depth_, true, out_.size(), out_.size(), {}});
    }
    if (!out_.empty()) {
      out_ += ' ';
    }
    out_ += word_of(items, i);
    if (token.is("(") && !items[i].list) {
      ++depth_;
      if (i > 0 && items[i - 1].token.word("IN")) {
        lists_.push_back({depth_, false, out_.size(), out_.size(), {}});
      }
    }
  }

  void end_entry() {
    List& list = lists_.back();
    std::string_view entry = std::string_view(out_).substr(list.entry);
    while (entry.starts_with(" ") || entry.starts_with(",")) {
      entry.remove_prefix(1);
    }
    const std::uint64_t hash = hash64(entry);
    if (std::find(list.seen.begin(), list.seen.end(), hash) != list.seen.end()) {
      out_.resize(list.entry);
    } else if (list.seen.size() < kMaxKinds) {
      list.seen.push_back(hash);
    }
    list.entry = out_.size();
  }

  void end_list() {
    end_entry();
    const List list = std::move(lists_.back());
    lists_.pop_back();
    const std::string_view content = std::string_view(out_).substr(list.begin);
    if (content.find_first_not_of("?, ()") == std::string_view::npos && content.find('?') != std::string_view::npos) {
      out_.resize(list.begin);
      out_ += list.rows ? " ( ? )" : " ?";
    }
  }

  Dialect dialect_;
  std::string out_;
  std::vector<List> lists_;
  std::size_t depth_ = 0;
  bool row_ended_ = false;
};

Shape::Kind kind_of(const StatementItems& items) {
  if (items.empty()) {
    return Shape::Kind::kControl;
  }
  std::size_t i = 0;
  while (i < items.size() && items[i].token.is("(")) {
    ++i;
  }
  const Token none;
  const Token& first = i < items.size() ? items[i].token : none;
  if (word_in(first, {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT",  "RELEASE",  "SET",   "START",
                      "END",   "ABORT",  "DISCARD",  "DEALLOCATE", "PRAGMA",   "SHOW",  "USE",
                      "LOCK",  "UNLOCK", "RESET",    "LISTEN",     "UNLISTEN", "NOTIFY"})) {
    return Shape::Kind::kControl;
  }
  if (word_in(first, {"SELECT",  "INSERT",   "UPDATE",  "DELETE",  "WITH",    "REPLACE", "MERGE", "UPSERT", "VALUES",
                      "TABLE",   "CALL",     "EXEC",    "EXECUTE", "EXPLAIN", "CREATE",  "ALTER", "DROP",   "TRUNCATE",
                      "GRANT",   "REVOKE",   "COMMENT", "COPY",    "DO",      "DECLARE", "FETCH", "MOVE",   "CLOSE",
                      "REFRESH", "DESCRIBE", "ANALYZE", "VACUUM",  "REINDEX", "ATTACH",  "DETACH"})) {
    return Shape::Kind::kStatement;
  }
  return Shape::Kind::kNotSql;
}

}  // namespace

Shape shape_of(std::string_view sql, Dialect dialect) {
  Shape shape;
  const StatementItems items = read_items(sql, dialect);
  shape.kind = kind_of(items);
  if (shape.kind != Shape::Kind::kStatement) {
    return shape;
  }
  shape.text = display_of(items, dialect);
  shape.key = stable_key(Canonical(dialect).take(without_truths(items)));
  analyse(items, shape);
  return shape;
}

}  // namespace budgetcheck
