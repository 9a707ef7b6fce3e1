#include "query/sql/statement_analysis.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "query/sql/key_values.h"
#include "query/sql/params.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxOrderColumns = 16;
constexpr std::size_t kMaxRanges = 64;

/// Verb, tables, and which parameters may differ without making a loop.
class Analysis {
 public:
  Analysis(const StatementItems& items, Shape& shape) : items_(items), shape_(shape) {}

  void run() {
    find_verb();
    find_tables();
    find_order_columns();
    find_windows();
    shape_.probe = asks_only_for_existence();
    shape_.narrow = asks_for_one_column();
    for (std::size_t i = 0; i < items_.size(); ++i) {
      visit(i);
      shape_.claims = shape_.claims || (token(i).word("SKIP") && token(i + 1).word("LOCKED"));
    }
    shape_.walks = own_row_ || ((cursor_ || !windows_.empty()) && !others_);
    find_keys(items_, shape_);
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
      shape_.ordered = true;
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
    // Prisma takes the page from the rows behind the cursor by itself when columns are not unique, and sets no limit;
    // but it reads the cursor's row where it is compared.
    for (std::size_t i = 0; i < items_.size(); ++i) {
      own_row_ =
          own_row_ || (token(i + 1).is("(") && token(i + 2).word("SELECT") && orders_by(i) && token(i).text != "=");
    }
    cursor_ = cursor_ || own_row_;
  }

  struct Part {
    std::size_t begin = 0;
    std::size_t end = 0;  ///< the last item
  };

  /// The value that is compared at `i`, with the function or the cast around it.
  Part value_behind(std::size_t i) const {
    const std::size_t open = token(i + 1).is("(")                                ? i + 1
                             : token(i + 1).identifier() && token(i + 2).is("(") ? i + 2
                                                                                 : 0;
    if (open == 0 || items_[open].list) {
      return {i + 1, i + 1};
    }
    // A bound is a value with a function around it at most: what is longer is none, and is not searched for its end.
    constexpr std::size_t kLongest = 32;
    std::size_t depth = 0;
    for (std::size_t k = open; k < std::min(items_.size(), open + kLongest); ++k) {
      depth += token(k).is("(") && !items_[k].list ? 1U : 0U;
      if (token(k).is(")") && --depth == 0) {
        return {i + 1, k};
      }
    }
    return {i + 1, i + 1};
  }

  /// A column between two bounds: a window. Who changes nothing but these reads or clears a table slice by slice. To
  /// count or add up in each slice is not such a walk: one GROUP BY does it.
  void find_windows() {
    if (shape_.verb == Verb::kInsert || aggregates()) {
      return;
    }
    for (std::size_t i = 1; i + 1 < items_.size() && windows_.size() < kMaxRanges; ++i) {
      if (!token(i).word("BETWEEN") && !bounds(i)) {
        continue;
      }
      const Part lower = value_behind(i);
      const std::size_t next = lower.end + 1;
      if (token(i).word("BETWEEN") && !token(i - 1).word("NOT") && token(next).word("AND")) {
        windows_.push_back(lower);
        windows_.push_back(value_behind(next));
      } else if (std::size_t other = 0; bounds(i) && token(next).word("AND")) {
        for (other = next + 1; other < items_.size() && (token(other).identifier() || token(other).is(".")); ++other) {
        }
        const bool opposite = bounds(other) && token(i).text.front() != token(other).text.front();
        if (opposite && token(i - 1).identifier() && name_of(token(i - 1)) == name_of(token(other - 1))) {
          windows_.push_back(lower);
          windows_.push_back(value_behind(other));
        }
      }
    }
  }

  bool bounds(std::size_t i) const {
    const Token& t = token(i);
    return t.is("<") || t.is(">") || t.is("<=") || t.is(">=");
  }

  bool in_window(std::size_t i) const {
    return std::any_of(windows_.begin(), windows_.end(),
                       [&](const Part& part) { return i >= part.begin && i <= part.end; });
  }

  bool aggregates() const {
    for (std::size_t i = 0; i < items_.size() && !token(i).word("FROM"); ++i) {
      if (token(i + 1).is("(") && word_in(token(i), {"COUNT", "SUM", "AVG", "MIN", "MAX"})) {
        return true;
      }
    }
    return false;
  }

  /// The statement gives back nothing but columns that it compares with values.
  bool asks_only_for_existence() const {
    constexpr std::size_t kMostColumns = 16;  // of a key
    std::size_t i = 1;
    std::size_t columns = 0;
    while (token(0).word("SELECT") && i < items_.size() && !token(i).word("FROM")) {
      while (token(i).identifier() && token(i + 1).is(".")) {
        i += 2;
      }
      if (++columns > kMostColumns || !token(i).identifier() || !(token(i + 1).is(",") || token(i + 1).word("FROM")) ||
          !compared(name_of(token(i)))) {
        return false;
      }
      i += token(i + 1).is(",") ? 2U : 1U;
    }
    return columns > 0;
  }

  bool asks_for_one_column() const {
    std::size_t i = 1;
    while (token(i).identifier() && token(i + 1).is(".")) {
      i += 2;
    }
    return token(0).word("SELECT") && token(i).identifier() && token(i + 1).word("FROM");
  }

  bool compared(const std::string& column) const {
    for (std::size_t i = 1; i + 1 < items_.size(); ++i) {
      const bool given = (token(i).is("=") && is_value(token(i + 1))) || (token(i).word("IN") && items_[i + 1].list);
      if (given && token(i - 1).identifier() && name_of(token(i - 1)) == column) {
        return true;
      }
    }
    return false;
  }

  /// StatementItem `i` compares a column that the statement orders by.
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

  void add_range(const StatementItem& item, ParamRange::Kind kind) {
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
    const StatementItem& item = items_[i];
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
    const bool page = is_page_number(i) || (cursor_until_ != 0 && i <= cursor_until_) || in_window(i);
    const bool array = !item.list && token(i - 1).is("(") && token(i - 2).word("ANY");
    others_ = others_ || (!page && item.first != 0);
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
    if ((first && token(before - 1).word("LIMIT")) || second) {
      // "LIMIT skip, take" of MySQL: the second number is the limit, and comes last.
      shape_.single = first ? token(i).text == "1" : shape_.single;
      shape_.limit = items_[i].first;
      shape_.unlimited = items_[i].first == 0 && limits_nothing(token(i).text);
    }
    return first || second;
  }

  const StatementItems& items_;
  Shape& shape_;
  std::vector<std::string> order_;
  std::vector<Part> windows_;
  bool limited_ = false;
  bool cursor_ = false;
  bool own_row_ = false;  ///< the cursor is compared with columns of its own row
  bool others_ = false;   ///< there are placeholders beside those of pages
  std::size_t cursor_until_ = 0;
  std::size_t rows_begin_ = 0;
  std::size_t rows_end_ = 0;
  std::size_t rows_scanned_ = 0;
};

}  // namespace

void analyse(const StatementItems& items, Shape& shape) { Analysis(items, shape).run(); }

}  // namespace budgetcheck
