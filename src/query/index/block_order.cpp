#include "query/index/block_order.h"

#include <algorithm>

namespace budgetcheck {

/// The table's column that is meant; null when another's is.
const Column* BlockOrder::own_column(const ColumnRef& column, std::size_t use) const {
  const auto found = column.name.empty() ? std::nullopt : columns_.find(column, number_);
  const bool own = found && found->block == number_ && found->use == use;
  const Table* table = own ? columns_.table({number_, use}) : nullptr;
  return table == nullptr ? nullptr : table->column(column.name);
}

bool BlockOrder::by_columns(std::size_t use, std::vector<OrderColumn>& order) const {
  std::vector<OrderColumn> columns;
  for (const OrderTerm& term : block_.order) {
    const Column* column = own_column(term.column, use);
    if (column == nullptr) {
      return false;
    }
    // NULLS FIRST or LAST is nothing special where it is what the database does anyway.
    const bool usual = !term.nulls_said || (kind_ == DatabaseKind::kPostgres && term.nulls_first == term.descending) ||
                       (kind_ == DatabaseKind::kSqlite && term.nulls_first != term.descending);
    columns.push_back({column->name, term.descending, !usual});
  }
  order = std::move(columns);
  return true;
}

bool BlockOrder::by_distance(std::size_t use, std::string& distance, std::vector<OrderColumn>& order) const {
  const OrderTerm& first = block_.order.front();
  const Column* column = first.distance.empty() ? nullptr : own_column(first.columns.front(), use);
  if (column == nullptr) {
    return false;
  }
  distance = first.distance;
  order = {{column->name, false, false}};
  return true;
}

bool BlockOrder::only_of(std::size_t use) const {
  return std::all_of(block_.order.begin(), block_.order.end(), [&](const OrderTerm& term) {
    if (term.column.name.empty()) {
      return block_.tables.size() == 1 && !term.position;
    }
    return own_column(term.column, use) != nullptr;
  });
}

std::string BlockOrder::of_missing_rows() const {
  const OrderTerm& term = block_.order.front();
  const std::vector<ColumnRef> named = term.column.name.empty() ? term.columns : std::vector<ColumnRef>{term.column};
  const bool missing = std::all_of(named.begin(), named.end(), [&](const ColumnRef& column) {
    const auto found = columns_.find(column, number_);
    return found && found->block == number_ && block_.tables[found->use].join == TableUse::Join::kLeft;
  });
  return missing && !named.empty() ? named.front().name : std::string();
}

bool BlockOrder::behind_cursor(const Conjuncts& conjuncts) const {
  if (block_.role != QueryBlock::Role::kTop || statement_.verb != Verb::kSelect || block_.aggregate || block_.grouped ||
      block_.tables.size() != 1 || columns_.table({number_, 0}) == nullptr || block_.order.empty()) {
    return false;
  }
  bool compared = false;
  return std::all_of(conjuncts.begin(), conjuncts.end(),
                     [&](const Condition* condition) { return is_cursor(*condition, compared); }) &&
         compared;
}

/// Columns that may be NULL are tested for it beside the comparison.
bool BlockOrder::is_cursor(const Condition& condition, bool& compared) const {
  if (condition.kind == Condition::Kind::kAnd || condition.kind == Condition::Kind::kOr) {
    return std::all_of(condition.parts.begin(), condition.parts.end(), [&](const Condition& part) {
      const bool null = condition.kind == Condition::Kind::kOr && part.kind == Condition::Kind::kCompare &&
                        part.comparison == Comparison::kIsNull;
      return null || is_cursor(part, compared);
    });
  }
  const bool compares = condition.kind == Condition::Kind::kCompare && !condition.column.name.empty() &&
                        (condition.comparison == Comparison::kRange || condition.comparison == Comparison::kEqual);
  if (!compares || condition.block >= statement_.blocks.size()) {
    return false;
  }
  const QueryBlock& row = statement_.blocks[condition.block];
  compared = true;
  return row.role == QueryBlock::Role::kScalar && row.tables.size() == 1 &&
         columns_.table({condition.block, 0}) == columns_.table({number_, 0});
}

}  // namespace budgetcheck
