#include "query/sql/key_values.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/hash.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxColumns = 64;

class KeyValues {
 public:
  KeyValues(const StatementItems& items, Shape& shape) : items_(items), shape_(shape) {}

  void run() {
    if (shape_.verb == Verb::kInsert) {
      of_insert();
    } else {
      of_condition();
    }
  }

 private:
  using Names = std::vector<std::string_view>;

  const Token& token(std::size_t i) const {
    static const Token kNone;
    return i < items_.size() ? items_[i].token : kNone;
  }

  static std::string_view name_of(const Token& token) {
    return token.kind == TokenKind::kQuoted ? token.name : token.text;
  }

  static bool holds(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  void add_placeholder(std::uint32_t number) {
    constexpr std::uint32_t kMost = 64;
    if (number > 0 && number <= kMost) {
      shape_.keys |= std::uint64_t{1} << (number - 1);
      shape_.keyed = true;
    }
  }

  void add(const StatementItem& item) {
    add_placeholder(item.first);
    if (item.literals != 0) {
      shape_.literals_keys = combine(shape_.literals_keys, item.literals);
      shape_.keyed = true;
    }
  }

  std::size_t find(std::size_t from, std::string_view word) const {
    while (from < items_.size() && !token(from).word(word)) {
      ++from;
    }
    return from;
  }

  /// The columns that are set from `begin` on.
  Names set_columns(std::size_t begin, std::size_t end) const {
    Names names;
    std::size_t depth = 0;
    for (std::size_t i = begin; i + 1 < end && names.size() < kMaxColumns; ++i) {
      depth += token(i).is("(") && !items_[i].list ? 1U : 0U;
      depth -= token(i).is(")") && depth > 0 ? 1U : 0U;
      if (depth == 0 && token(i).identifier() && token(i + 1).is("=")) {
        names.push_back(name_of(token(i)));
      }
    }
    return names;
  }

  /// The column that the value at `i` is compared with for equality; empty: none.
  std::string_view column_of(std::size_t i) const {
    std::size_t before = i;
    if (items_[i].list) {
      const bool in = i > 1 && token(i - 1).word("IN") && !token(i - 2).word("NOT");
      return in && token(i - 2).identifier() ? name_of(token(i - 2)) : std::string_view();
    }
    while (before > 0 && token(before - 1).is("(")) {
      before -= before > 1 && token(before - 2).kind == TokenKind::kWord ? 2U : 1U;
    }
    if (before < 2 || !token(before - 1).is("=")) {
      return {};
    }
    std::size_t column = before - 2;
    while (column > 0 && token(column).is(")")) {
      --column;
    }
    return token(column).identifier() ? name_of(token(column)) : std::string_view();
  }

  /// The value at `i` is the pattern of a LIKE, or part of it: LIKE ('%' || ? || '%').
  bool is_pattern(std::size_t i) const {
    constexpr std::size_t kFar = 6;
    for (std::size_t k = i; k > 0 && i - k < kFar; --k) {
      if (word_in(token(k - 1), {"LIKE", "ILIKE"})) {
        return true;
      }
      if (!token(k - 1).is("(") && !token(k - 1).is("||") && !token(k - 1).is(",") && !is_value(token(k - 1)) &&
          !token(k - 1).word("CONCAT")) {
        return false;
      }
    }
    return false;
  }

  void of_condition() {
    const std::size_t where = find(0, "WHERE");
    const Names set = shape_.verb == Verb::kUpdate ? set_columns(find(0, "SET"), where) : Names();
    for (std::size_t i = where; i < items_.size(); ++i) {
      if (items_[i].first == 0 && items_[i].literals == 0) {
        continue;
      }
      const std::string_view column = items_[i].tautology ? std::string_view() : column_of(i);
      if (is_pattern(i)) {
        add(items_[i]);  // what is searched for
      } else if (!column.empty() && holds(set, column)) {
        shape_.swaps = true;
      } else if (!column.empty()) {
        shape_.key_column = shape_.keyed ? shape_.key_column : hash64(column);
        add(items_[i]);
      }
    }
  }

  /// The names in the parentheses at `open`.
  Names names_in(std::size_t open) const {
    Names names;
    for (std::size_t i = open + 1; token(i).identifier() && names.size() < kMaxColumns; i += 2) {
      names.push_back(name_of(token(i)));
      if (!token(i + 1).is(",")) {
        break;
      }
    }
    return names;
  }

  void of_insert() {
    std::size_t values = find(0, "VALUES");
    std::size_t open = find(0, "INTO");
    while (open < values && !token(open).is("(")) {
      ++open;
    }
    const Names columns = names_in(open);
    const StatementItem* row = values + 1 < items_.size() ? &items_[values + 1] : nullptr;
    // One row of nothing but placeholders, as clients write them.
    if (row == nullptr || !row->list || row->literals != 0 || row->gaps || row->size != 1 ||
        row->last - row->first + 1 != columns.size()) {
      return;
    }
    const std::size_t conflict = find(values, "CONFLICT");
    const std::size_t duplicate = find(values, "DUPLICATE");
    const Names unique = names_in(conflict + 1);
    const Names set = duplicate < items_.size() ? set_columns(find(duplicate, "UPDATE"), items_.size()) : Names();
    if (unique.empty() && set.empty()) {
      return;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (unique.empty() ? !holds(set, columns[i]) : holds(unique, columns[i])) {
        add_placeholder(row->first + static_cast<std::uint32_t>(i));
      }
    }
  }

  const StatementItems& items_;
  Shape& shape_;
};

}  // namespace

void find_keys(const StatementItems& items, Shape& shape) { KeyValues(items, shape).run(); }

}  // namespace budgetcheck
