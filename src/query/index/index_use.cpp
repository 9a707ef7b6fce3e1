#include "query/index/index_use.h"

#include <algorithm>

#include "base/text.h"
#include "query/index/operator_classes.h"

namespace budgetcheck {
namespace {

bool same(const std::string& a, const std::string& b) { return equals_ignoring_case(a, b); }

Coverage coverage(const Table& table, std::size_t index, const Covered& covered) {
  return index < covered.size() ? covered[index] : table.indexes[index].partial ? Coverage::kNot : Coverage::kAll;
}

/// The better of two answers: an index that serves whatever the values are is.
bool improves(const IndexVerdict& verdict, const IndexVerdict& best) {
  return verdict.obstacle == Obstacle::kNone &&
         (best.obstacle != Obstacle::kNone || (best.depends && !verdict.depends));
}

/// Prisma casts citext to text before LIKE; trigrams of the column are those of its text.
bool holds_text_of(const IndexColumn& part, const Column* column, const Condition& condition) {
  return column != nullptr && ignores_case(*column) && condition.cast == "text" && same(part.name, column->name) &&
         knows_trigrams(part.ops);
}

/// An index on an expression, or on a cast, that is the one compared.
IndexVerdict expression_index_for(const Table& table, DatabaseKind kind, const Condition& condition,
                                  const Column* column, const Covered& covered) {
  IndexVerdict best{Obstacle::kExpression, nullptr, false};
  const std::string key = expression_key(condition);
  for (std::size_t n = 0; n < table.indexes.size(); ++n) {
    const TableIndex& index = table.indexes[n];
    for (std::size_t i = 0; i < index.columns.size(); ++i) {
      const IndexColumn& part = index.columns[i];
      const bool same_expression = !part.expression.empty() && expression_key(part.expression, kind) == key;
      if ((i > 0 && !has_no_order_of_columns(index)) || !(same_expression || holds_text_of(part, column, condition))) {
        continue;
      }
      IndexVerdict verdict{ask_index(index, part, same_expression ? nullptr : column, kind, condition), &index, false};
      const Coverage covers = coverage(table, n, covered);
      verdict.depends = covers == Coverage::kDepends || key.find('?') != std::string::npos ||
                        index.method == TableIndex::Method::kOther;
      verdict.obstacle = covers == Coverage::kNot ? Obstacle::kPartial : verdict.obstacle;
      best = improves(verdict, best) || best.index == nullptr ? verdict : best;
    }
  }
  return best;
}

bool covers_full_text(const TableIndex& index, const std::vector<ColumnRef>& columns) {
  return index.kind == TableIndex::Kind::kFullText && index.columns.size() == columns.size() &&
         std::all_of(columns.begin(), columns.end(), [&](const ColumnRef& ref) {
           return std::any_of(index.columns.begin(), index.columns.end(),
                              [&](const IndexColumn& column) { return same(column.name, ref.name); });
         });
}

}  // namespace

IndexVerdict index_for(const Table& table, DatabaseKind kind, const Condition& condition, const std::string& name,
                       const Covered& covered) {
  if (condition.comparison == Comparison::kMatch && !condition.row.empty()) {
    for (const TableIndex& index : table.indexes) {
      if (covers_full_text(index, condition.row)) {
        return {Obstacle::kNone, &index, false};
      }
    }
    return {Obstacle::kNoIndex, nullptr, false};
  }
  const Column* column = name.empty() ? nullptr : table.column(name);
  if (name.empty() || (!condition.cast.empty() && column != nullptr && !cast_is_idle(*column, kind, condition.cast))) {
    return expression_index_for(table, kind, condition, column, covered);
  }
  if (kind == DatabaseKind::kSqlite && condition.turned) {
    return {Obstacle::kOtherOperator, nullptr, false};  // it does not look behind NOT
  }
  if (column != nullptr && value_converts_column(*column, kind, condition)) {
    return {Obstacle::kValueType, nullptr, false};
  }
  IndexVerdict best{without_index(kind, column, condition), nullptr, false};
  bool leads = false;
  for (std::size_t n = 0; n < table.indexes.size(); ++n) {
    const TableIndex& index = table.indexes[n];
    const Coverage covers = coverage(table, n, covered);
    for (std::size_t i = 0; i < index.columns.size(); ++i) {
      if (!same(index.columns[i].name, name) || index.kind == TableIndex::Kind::kFullText) {
        continue;
      }
      const Obstacle obstacle = ask_index(index, index.columns[i], column, kind, condition);
      const bool first = i == 0 || has_no_order_of_columns(index);
      const bool unknown = index.method == TableIndex::Method::kOther;
      if (unknown || (first && obstacle == Obstacle::kNone && covers != Coverage::kNot)) {
        const IndexVerdict verdict{Obstacle::kNone, &index, false, unknown || covers == Coverage::kDepends};
        best = improves(verdict, best) ? verdict : best;
        continue;
      }
      if (best.obstacle == Obstacle::kNone) {
        continue;
      }
      if (covers == Coverage::kNot) {
        const bool serves = first && obstacle == Obstacle::kNone && !leads;
        best = serves ? IndexVerdict{Obstacle::kPartial, &index, false} : best;
      } else if (first) {
        // What no ordinary index serves either is said rather than that this one is of another kind.
        const bool inherent = obstacle == Obstacle::kWrongMethod && best.obstacle != Obstacle::kNoIndex;
        best = leads || inherent ? best : IndexVerdict{obstacle, &index, false};
        leads = true;
      } else if (!leads && obstacle == Obstacle::kNone && best.obstacle == Obstacle::kNoIndex) {
        best = {Obstacle::kNotLeading, &index, kind == DatabaseKind::kSqlite && i == 1};
      }
    }
  }
  return best;
}

bool index_gives_order(const Table& table, DatabaseKind kind, const std::vector<OrderColumn>& order,
                       const std::vector<std::string>& equal, const Covered& covered) {
  if (order.empty()) {
    return true;
  }
  if (std::any_of(order.begin(), order.end(), [](const OrderColumn& column) { return column.nulls_moved; })) {
    return false;  // Prisma cannot say it of an index
  }
  const bool partly = kind == DatabaseKind::kPostgres || kind == DatabaseKind::kSqlite;
  const auto is_equal = [&](const std::string& name) {
    return std::any_of(equal.begin(), equal.end(), [&](const std::string& e) { return same(e, name); });
  };
  for (std::size_t n = 0; n < table.indexes.size(); ++n) {
    const TableIndex& index = table.indexes[n];
    if (coverage(table, n, covered) == Coverage::kNot || !is_ordered(index)) {
      continue;
    }
    std::size_t given = 0;
    std::size_t at = 0;
    int direction = 0;
    while (given < order.size() && is_equal(order[given].name)) {
      ++given;  // the same in all rows
    }
    while (at < index.columns.size() && given < order.size()) {
      const IndexColumn& column = index.columns[at];
      if (!same(column.name, order[given].name)) {
        if (!is_equal(column.name)) {
          break;
        }
        ++at;
        continue;
      }
      const int way = column.descending == order[given].descending ? 1 : -1;
      if ((direction != 0 && way != direction) || column.length != 0 || compares_patterns(column.ops)) {
        break;
      }
      direction = way;
      ++given;
      ++at;
    }
    const bool unique = at == index.columns.size() && given > 0 &&
                        (index.kind == TableIndex::Kind::kPrimary || index.kind == TableIndex::Kind::kUnique);
    const bool rest_is_implied =
        given + 1 == order.size() && at == index.columns.size() && same(order[given].name, implied_column(table, kind));
    if (given == order.size() || unique || rest_is_implied || (partly && direction != 0)) {
      return true;
    }
  }
  return false;
}

std::string implied_column(const Table& table, DatabaseKind kind) {
  if (kind != DatabaseKind::kMysql && kind != DatabaseKind::kSqlite) {
    return {};
  }
  for (const TableIndex& index : table.indexes) {
    if (index.kind != TableIndex::Kind::kPrimary || index.columns.size() != 1) {
      continue;
    }
    const Column* column = table.column(index.columns.front().name);
    const bool number = column != nullptr && (column->type == ColumnType::kInt || column->type == ColumnType::kBigInt);
    return kind == DatabaseKind::kMysql || number ? index.columns.front().name : std::string();
  }
  return {};
}

}  // namespace budgetcheck
