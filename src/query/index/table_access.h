#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/database.h"
#include "query/index/index_use.h"
#include "query/sql/statement.h"

namespace budgetcheck {

/// A comparison on a column of the table that no index serves.
struct Unserved {
  std::string column;  ///< the database's name; empty when an expression stands there
  std::string expression;
  Comparison comparison = Comparison::kOther;
  Obstacle obstacle = Obstacle::kNoIndex;
  const TableIndex* index = nullptr;  ///< the one that holds the column all the same
  std::string cast = {};              ///< of the column
  std::string op = {};                ///< as in Condition
  std::string inner = {};             ///< a column in the expression; the database's name
};

/// How a statement comes to the rows of one table, as far as its text and the schema show.
struct TableAccess {
  enum class Way {
    kServed,      ///< an index finds them, or the tables that it is joined to do
    kFilter,      ///< conditions that no index serves: every row is read and looked at
    kJoin,        ///< rows are looked for by a column without index, once for each row of another table
    kOrder,       ///< ORDER BY with LIMIT, and no index gives the order: every row is read and sorted
    kUnbounded,   ///< no condition and no LIMIT: every row is read and returned
    kWhole,       ///< no condition, and the meaning asks for every row: counts, NOT EXISTS
    kBounded,     ///< no condition, and LIMIT ends it early
    kUnknown,     ///< a condition that is not understood
    kReferences,  ///< a delete looks for rows that refer to what is deleted, by a foreign key without index
  };
  const Table* table = nullptr;
  std::string alias;  ///< what the statement calls it
  std::uint32_t block = 0;
  Way way = Way::kUnknown;
  /// With kFilter: rows come in an order that an index gives, and LIMIT ends the walk when enough have passed. How many
  /// are read depends on how rare the wanted ones are.
  bool ordered_walk = false;
  /// With kFilter and kJoin: reading ends with the first rows that pass (LIMIT without an order, EXISTS), wherever they
  /// stand.
  bool early_stop = false;
  /// With kFilter: the planner may begin with another table of the join, and find these rows by an index.
  bool may_be_joined = false;
  /// With kServed: nothing but what an index serves restricts the table, so a scan is not the planner's choice.
  bool served_alone = false;
  const TableIndex* depends_on = nullptr;  ///< with kServed: this index serves if the statement's values are its own
  const Relation* relation = nullptr;      ///< with kReferences: of `table`
  bool behind_cursor = false;              ///< with kUnbounded: what stands behind the row of a cursor, without LIMIT
  std::string order_elsewhere;             ///< with kOrder: the column of a joined table that the rows are sorted by
  std::string distance;                    ///< with kOrder: "<->", rows are wanted by their distance from a value
  bool uncertain = false;                  ///< the database may find a way all the same
  bool in_subquery = false;
  std::vector<Unserved> unserved;  ///< kFilter, kJoin: in the order of the statement; of OR: those without index
  bool alternatives = false;       ///< they are branches of one OR

  // What an index would have to hold (database names), each in the order of the statement:
  std::vector<std::string> equal;
  std::vector<std::string> null;    ///< of these, those that are tested for NULL
  std::vector<std::string> linked;  ///< equal to columns of other tables, or of the query around this one
  bool linked_first = false;        ///< these come with few rows, so they find more than the values do
  std::vector<std::string> in;
  std::vector<std::string> range;
  std::vector<OrderColumn> order;  ///< when LIMIT makes the order worth having
};

/// What a statement does to the tables of a schema. Tables that the schema does not have are not judged.
struct StatementAccess {
  std::vector<TableAccess> tables;
  std::vector<std::string> unknown_tables;  ///< as written
};

/// `limited`: false when the executions show that a LIMIT of the outermost query limits nothing (-1).
StatementAccess access_of(const Statement& statement, const DatabaseSchema& schema, bool limited = true);

}  // namespace budgetcheck
