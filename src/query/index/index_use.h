#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/database.h"
#include "query/index/partial_index.h"
#include "query/sql/statement.h"

// What an index is good for, by the rules of its database (PostgreSQL's chapters "Index Types" and "Operator Classes",
// MySQL's "Range Optimization", SQLite's "The Query Optimizer Overview").
namespace budgetcheck {

/// Why no index finds the rows of a comparison.
enum class Obstacle {
  kNone,           ///< one does
  kNoIndex,        ///< none begins with the column
  kNotLeading,     ///< one holds the column, but does not begin with it
  kWildcardFirst,  ///< LIKE '%…'
  kIgnoresCase,    ///< ILIKE
  kPatternOps,     ///< LIKE 'abc%' on an index in the order of the language
  kNotEqual,       ///< <>, NOT IN
  kExpression,     ///< a function, a cast or a JSON path on the column
  kWrongMethod,    ///< the index is of a kind that does not know the operator (Hash and a range)
  kOtherOperator,  ///< a regular expression, NOT LIKE, …
  kPartial,        ///< the index covers only rows that the statement does not restrict itself to
  kNotDistinct,    ///< IS NOT DISTINCT FROM, for which PostgreSQL takes no index
  kValueType,      ///< the value is of a type that makes the database convert the column
};

struct IndexVerdict {
  Obstacle obstacle = Obstacle::kNoIndex;
  const TableIndex* index = nullptr;  ///< the one that serves, or that would if it were not for the obstacle
  bool uncertain = false;             ///< the database may find a way all the same (SQLite's skip scan)
  bool depends = false;               ///< it serves, if the statement's values are those that the index is about
};

/// How much of what a statement wants from a table its indexes cover, in their order; empty: all but partial ones
/// cover all.
using Covered = std::vector<Coverage>;

/// Can an index of `table` find the rows for which `condition` (a kCompare) holds, where `column` is the side that
/// belongs to the table (empty: an expression)?
IndexVerdict index_for(const Table& table, DatabaseKind kind, const Condition& condition, const std::string& column,
                       const Covered& covered = {});

/// One term of ORDER BY on a table's own column.
struct OrderColumn {
  std::string name;
  bool descending = false;
  bool nulls_moved = false;  ///< NULLS FIRST or LAST where the database does it the other way round
};

/// Does an index of `table` give rows in this order, behind `equal` columns that are the same in all rows? With a LIMIT
/// only so many rows are read then. PostgreSQL and SQLite sort the rest of a partly given order piece by piece, others
/// need all of it.
bool index_gives_order(const Table& table, DatabaseKind kind, const std::vector<OrderColumn>& order,
                       const std::vector<std::string>& equal, const Covered& covered = {});

/// The primary key, when it is one column that the database keeps rows by anyway, so that every index ends with it
/// (InnoDB, SQLite's rowid); empty when there is none.
std::string implied_column(const Table& table, DatabaseKind kind);

}  // namespace budgetcheck
