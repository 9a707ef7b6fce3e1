#include "query/shape.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// A statement that has more parts than this after its lists are collapsed is cut: no one reads its shape.
constexpr std::size_t kMaxItems = 50'000;
constexpr std::size_t kMaxOrderColumns = 16;
constexpr std::size_t kMaxRanges = 64;
/// Unlike entries of one list that are told apart ("IN (lower(?), upper(?))").
constexpr std::size_t kMaxKinds = 16;
constexpr std::string_view kEllipsis = "…";

/// A token, or a whole list of values.
struct Item {
  Token token;
  bool list = false;           ///< stands for "(?)"
  std::uint64_t literals = 0;  ///< hash of the literals in it; 0: none
  std::uint32_t first = 0;     ///< placeholders in it; first == 0: none
  std::uint32_t last = 0;
  bool gaps = false;       ///< the placeholders are not numbered in a row
  std::uint32_t size = 0;  ///< entries of the list
  bool tautology = false;  ///< first item of 1=1 or 1=0
};
using Items = std::vector<Item>;

std::uint64_t combine(std::uint64_t seed, std::uint64_t value) {
  return (seed ^ value) * 0x9E3779B97F4A7C15ULL + (seed >> 29);
}

bool is_value(const Token& token) {
  return token.kind == TokenKind::kString || token.kind == TokenKind::kNumber || token.kind == TokenKind::kPlaceholder;
}

bool is_wildcard(const Token& token) { return token.kind == TokenKind::kString && token.text == "'%'"; }

void add_value(Item& item, const Token& token) {
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
bool read_values(Lexer& lexer, Item& item) {
  Lexer ahead = lexer;
  Item found = item;
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
bool read_rows(Lexer& lexer, Item& item) {
  Lexer ahead = lexer;
  Item found = item;
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

Items read_items(std::string_view sql, Dialect dialect) {
  Items items;
  Lexer lexer(sql, dialect);
  while (true) {
    const Token token = lexer.next();
    if (token.kind == TokenKind::kEnd) {
      break;
    }
    if (items.size() >= kMaxItems) {
      Item cut;
      cut.token = {TokenKind::kSymbol, kEllipsis, {}, 0, true};
      items.push_back(cut);
      break;
    }
    Item item;
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
  return items;
}

bool word_in(const Token& token, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return token.word(w); });
}

bool begins_condition(const Token& token) {
  return token.is("(") || word_in(token, {"WHERE", "AND", "OR", "ON", "HAVING", "NOT"});
}

bool ends_condition(const Items& items, std::size_t i) {
  return i >= items.size() || items[i].token.is(")") || items[i].token.is(kEllipsis) ||
         word_in(items[i].token, {"AND",   "OR",     "ORDER",     "LIMIT", "OFFSET", "GROUP",  "HAVING", "RETURNING",
                                  "UNION", "EXCEPT", "INTERSECT", "FETCH", "FOR",    "WINDOW", "ON",     "WHERE",
                                  "THEN",  "LEFT",   "INNER",     "JOIN",  "LOCK",   "OPTION"});
}

/// "1=1" and "1=0" where a condition stands.
bool tautology_at(const Items& items, std::size_t i) {
  const auto bit = [&](std::size_t k) {
    return items[k].token.kind == TokenKind::kNumber && (items[k].token.text == "1" || items[k].token.text == "0");
  };
  return i > 0 && i + 2 < items.size() && bit(i) && items[i + 1].token.is("=") && bit(i + 2) &&
         begins_condition(items[i - 1].token) && ends_condition(items, i + 3);
}

/// Takes every conjunct that is always true out: "x = ? AND 1=1", "WHERE 1=1". `OR 1=1` says something and stays.
Items without_truths(const Items& items) {
  Items out;
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

std::string display_of(const Items& items) {
  std::string out;
  std::size_t plain_until = 0;  // items before this index are part of a tautology
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = items[i];
    if (item.tautology) {
      plain_until = i + 3;
    }
    std::string piece;
    if (item.list) {
      piece = "(?)";
    } else if (is_value(item.token)) {
      piece = i < plain_until || is_wildcard(item.token) ? std::string(item.token.text) : "?";
    } else {
      piece = shown(item.token.text);
    }
    if (out.size() + piece.size() + 1 + kEllipsis.size() > Shape::kMaxText) {
      out += out.ends_with(kEllipsis) ? "" : kEllipsis;
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
  std::string take(const Items& items) {
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

  static std::string word_of(const Items& items, std::size_t i) {
    const Token& token = items[i].token;
    if (items[i].list) {
      return "( ? )";
    }
    if (is_value(token)) {
      return is_wildcard(token) || items[i].tautology || (i >= 2 && items[i - 2].tautology) ? std::string(token.text)
                                                                                            : "?";
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

  void add(const Items& items, std::size_t i) {
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

  std::string out_;
  std::vector<List> lists_;
  std::size_t depth_ = 0;
  bool row_ended_ = false;
};

/// Verb, tables, and which parameters may differ without making a loop.
class Analysis {
 public:
  Analysis(const Items& items, Shape& shape) : items_(items), shape_(shape) {}

  void run() {
    find_verb();
    find_tables();
    find_order_columns();
    for (std::size_t i = 0; i < items_.size(); ++i) {
      visit(i);
    }
  }

 private:
  const Token& token(std::size_t i) const {
    static const Token kNone;
    return i < items_.size() ? items_[i].token : kNone;
  }

  static bool verb_of(const Token& token, Verb& verb) {
    if (token.word("SELECT")) {
      verb = Verb::kSelect;
    } else if (word_in(token, {"INSERT", "REPLACE", "UPSERT"})) {
      verb = Verb::kInsert;
    } else if (word_in(token, {"UPDATE", "MERGE"})) {
      verb = Verb::kUpdate;
    } else if (token.word("DELETE")) {
      verb = Verb::kDelete;
    } else {
      return false;
    }
    return true;
  }

  void find_verb() {
    std::size_t i = 0;
    while (token(i).is("(")) {
      ++i;
    }
    if (!token(i).word("WITH")) {
      verb_of(token(i), shape_.verb);
      return;
    }
    // The verb stands behind the common tables; one of these that writes makes the whole a write.
    std::size_t depth = 0;
    bool found = false;
    for (++i; i < items_.size(); ++i) {
      depth += token(i).is("(") && !items_[i].list ? 1U : 0U;
      depth -= token(i).is(")") && depth > 0 ? 1U : 0U;
      Verb verb = Verb::kOther;
      const bool here = (depth == 0 && !found) || (token(i - 1).is("(") && token(i - 2).word("AS"));
      if (here && verb_of(token(i), verb) && (depth == 0 || verb != Verb::kSelect)) {
        found = found || depth == 0;
        if (verb != Verb::kSelect || shape_.verb == Verb::kOther) {
          shape_.verb = verb;
        }
      }
    }
  }

  void find_tables() {
    std::vector<bool> reads{false};  // per open parenthesis: a SELECT or DELETE stands in it
    std::size_t tables = 0;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const Token& t = token(i);
      if (t.is("(") && !items_[i].list) {
        reads.push_back(false);
      } else if (t.is(")") && reads.size() > 1) {
        reads.pop_back();
      } else if (word_in(t, {"SELECT", "DELETE"})) {
        reads.back() = true;
      } else if (t.word("UPDATE") && i == 0) {
        reads.back() = true;
      }
      const bool names_table = (t.word("FROM") && reads.back() && !token(i - 1).word("DISTINCT")) ||
                               word_in(t, {"JOIN", "INTO"}) ||
                               (t.word("UPDATE") && !word_in(token(i - 1), {"FOR", "DO", "ON", "KEY"}));
      std::size_t name = i + 1;
      while (names_table && word_in(token(name), {"ONLY", "LATERAL", "IGNORE", "TABLE", "LOW_PRIORITY"})) {
        ++name;
      }
      if (!names_table || !token(name).identifier() || word_in(token(name), {"SELECT", "VALUES", "OR"})) {
        continue;
      }
      while (token(name + 1).is(".") && token(name + 2).identifier()) {
        name += 2;
      }
      if (token(name + 1).is("(") && !t.word("INTO") && !items_[name + 1].list) {
        continue;  // a function
      }
      ++tables;
      if (shape_.table.empty()) {
        shape_.table = name_of(token(name));
      }
    }
    shape_.joins = tables > 1;
  }

  static std::string name_of(const Token& token) {
    return std::string(token.kind == TokenKind::kQuoted ? token.name : token.text);
  }

  void find_order_columns() {
    for (std::size_t i = 0; i + 1 < items_.size(); ++i) {
      limited_ = limited_ || word_in(token(i), {"LIMIT", "FETCH", "TOP"});
      if (!token(i).word("ORDER") || !token(i + 1).word("BY")) {
        continue;
      }
      for (std::size_t k = i + 2; k < items_.size() && order_.size() < kMaxOrderColumns; ++k) {
        if (token(k).is(")") || word_in(token(k), {"LIMIT", "OFFSET", "FETCH", "FOR", "UNION"})) {
          break;
        }
        if (token(k).identifier() && !token(k + 1).is(".") && !token(k + 1).is("(") &&
            !word_in(token(k), {"ASC", "DESC", "NULLS", "FIRST", "LAST"})) {
          order_.push_back(name_of(token(k)));
        }
      }
    }
    for (std::size_t i = 0; limited_ && i < items_.size(); ++i) {
      cursor_ = cursor_ || (orders_by(i) && token(i).text != "=");
    }
  }

  /// Item `i` compares a column that the statement orders by.
  bool orders_by(std::size_t i) const {
    const Token& t = token(i);
    if (t.kind != TokenKind::kSymbol || i == 0 || !(t.is(">") || t.is("<") || t.is(">=") || t.is("<=") || t.is("="))) {
      return false;
    }
    std::size_t column = i - 1;
    while (column > 0 && token(column).is(")")) {
      --column;
    }
    return token(column).identifier() &&
           std::find(order_.begin(), order_.end(), name_of(token(column))) != order_.end();
  }

  void add_range(const Item& item, ParamRange::Kind kind) {
    if (item.first == 0 || item.gaps) {
      return;
    }
    if (shape_.ranges.size() < kMaxRanges) {
      shape_.ranges.push_back({item.first, item.last, kind});
    }
  }

  /// Everything up to the parenthesis that closes the one at `i` belongs to a cursor.
  std::size_t end_of_group(std::size_t i) const {
    std::size_t depth = 0;
    for (; i < items_.size(); ++i) {
      depth += token(i).is("(") && !items_[i].list ? 1U : 0U;
      if (token(i).is(")") && --depth == 0) {
        break;
      }
    }
    return i;
  }

  void visit(std::size_t i) {
    const Item& item = items_[i];
    if (cursor_ && i >= cursor_until_ && orders_by(i)) {
      const std::size_t value = i + 1;
      cursor_until_ =
          std::max(cursor_until_, token(value).is("(") && !items_[value].list ? end_of_group(value) : value);
    }
    if (item.first == 0 && item.literals == 0) {
      return;
    }
    shape_.placeholders = std::max(shape_.placeholders, item.last);
    shape_.list_size = std::max<std::uint64_t>(shape_.list_size, item.size);
    const bool page = is_page_number(i) || (cursor_until_ != 0 && i <= cursor_until_);
    const bool array = !item.list && token(i - 1).is("(") && token(i - 2).word("ANY");
    if (page) {
      add_range(item, ParamRange::Kind::kPage);
    } else if (item.list || in_rows(i)) {
      add_range(item, ParamRange::Kind::kList);
    } else if (array) {
      add_range(item, ParamRange::Kind::kArray);
    }
    if (item.literals != 0) {
      shape_.literals = combine(shape_.literals, item.literals);
      shape_.literals_unpaged = page ? shape_.literals_unpaged : combine(shape_.literals_unpaged, item.literals);
      shape_.literals_rest = page || item.list ? shape_.literals_rest : combine(shape_.literals_rest, item.literals);
    }
  }

  /// A value in rows of VALUES that hold more than values.
  bool in_rows(std::size_t i) {
    if (rows_begin_ == 0 && i > 1) {
      for (std::size_t k = rows_scanned_; k < i; ++k) {
        if (token(k).word("VALUES") && token(k + 1).is("(") && !items_[k + 1].list) {
          find_rows(k + 1);
          break;
        }
      }
      rows_scanned_ = i;
    }
    return rows_begin_ != 0 && i > rows_begin_ && i < rows_end_;
  }

  void find_rows(std::size_t begin) {
    rows_begin_ = begin;
    std::uint64_t rows = 0;
    std::size_t at = begin;
    while (token(at).is("(") || items_.size() <= at) {
      if (at >= items_.size()) {
        break;
      }
      at = items_[at].list ? at : end_of_group(at);
      ++rows;
      rows_end_ = at;
      if (!token(at + 1).is(",")) {
        break;
      }
      at += 2;
    }
    shape_.list_size = std::max(shape_.list_size, rows);
  }

  /// The value at `i` is that of LIMIT, OFFSET, FETCH or TOP.
  bool is_page_number(std::size_t i) {
    std::size_t before = i;
    while (before > 0 && token(before - 1).is("(")) {
      --before;
    }
    if (before == 0) {
      return false;
    }
    const bool first = word_in(token(before - 1), {"LIMIT", "OFFSET", "TOP"}) ||
                       (word_in(token(before - 1), {"NEXT", "FIRST"}) && before > 1 && token(before - 2).word("FETCH"));
    const bool second = before > 2 && token(before - 1).is(",") && token(before - 3).word("LIMIT");  // MySQL
    if (first && token(before - 1).word("LIMIT") && token(i).text == "1") {
      shape_.single = true;
    }
    return first || second;
  }

  const Items& items_;
  Shape& shape_;
  std::vector<std::string> order_;
  bool limited_ = false;
  bool cursor_ = false;
  std::size_t cursor_until_ = 0;
  std::size_t rows_begin_ = 0;
  std::size_t rows_end_ = 0;
  std::size_t rows_scanned_ = 0;
};

Shape::Kind kind_of(const Items& items) {
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
  Items items = read_items(sql, dialect);
  shape.kind = kind_of(items);
  if (shape.kind != Shape::Kind::kStatement) {
    return shape;
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].tautology = tautology_at(items, i);
  }
  shape.text = display_of(items);
  shape.key = stable_key(Canonical().take(without_truths(items)));
  Analysis(items, shape).run();
  return shape;
}

}  // namespace budgetcheck
