#pragma once

#include <string>
#include <vector>

#include "model/database.h"
#include "query/sql/statement.h"

namespace budgetcheck {

/// Conditions of a statement that must all hold, among them those about one table.
using Conjuncts = std::vector<const Condition*>;

/// Whether the rows that a statement wants are among those that a partial index covers.
enum class Coverage {
  kAll,
  kDepends,  ///< on a value: `status = ?` and an index WHERE status = 'open'
  kNot,      ///< the statement does not say what the index's condition says
};

/// For the use `name` of a table in a statement: is the index's condition implied by what must hold? By the rules of
/// PostgreSQL and SQLite: each conjunct of it must stand in the statement, but that any comparison implies IS NOT NULL,
/// and a constant one that it includes. Shapes do not hold constants, so there the value decides.
Coverage coverage_of(const TableIndex& index, DatabaseKind kind, const std::string& name, const Conjuncts& known);

/// The condition of a partial index is one that picks rows, not one that most of them pass (IS NULL, a truth value).
bool picks_few(const TableIndex& index, const Table& table, DatabaseKind kind);

/// A text that is the same for equal expressions: "loweremail" of lower("email"::text); of the side of `condition` that
/// an index on an expression could hold. With a cast of a column: "createdat::date".
std::string expression_key(const Condition& condition);
/// The same of an index's expression.
std::string expression_key(const std::string& expression, DatabaseKind kind);

}  // namespace budgetcheck
