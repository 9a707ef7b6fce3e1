#pragma once

#include <string>
#include <vector>

#include "query/index/block_access.h"

namespace budgetcheck {

/// What ORDER BY of a block says of its tables; for access_of.
class BlockOrder {
 public:
  BlockOrder(const Statement& statement, const Columns& columns, std::uint32_t number, DatabaseKind kind)
      : statement_(statement), block_(statement.blocks[number]), columns_(columns), number_(number), kind_(kind) {}

  /// All of it is columns of one table, which go into `order`; of another order it stays empty.
  bool by_columns(std::size_t use, std::vector<OrderColumn>& order) const;
  /// Its first term is the distance of a column of the table from a value.
  bool by_distance(std::size_t use, std::string& distance, std::vector<OrderColumn>& order) const;
  /// Every term is about this table: a column of it, or an expression where there is no other table.
  bool only_of(std::size_t use) const;
  /// The column that comes first, when it is of tables whose rows may be missing: then no index of these gives the
  /// order, and all rows must be joined before they are sorted. Empty when it is not.
  std::string of_missing_rows() const;
  /// Every condition compares with the row of a cursor: (SELECT … WHERE id = ?) of the same table. Prisma drops LIMIT
  /// where the order leaves open which rows follow.
  bool behind_cursor(const Conjuncts& conjuncts) const;

 private:
  const Column* own_column(const ColumnRef& column, std::size_t use) const;
  bool is_cursor(const Condition& condition, bool& compared) const;

  const Statement& statement_;
  const QueryBlock& block_;
  const Columns& columns_;
  std::uint32_t number_;
  DatabaseKind kind_;
};

}  // namespace budgetcheck
