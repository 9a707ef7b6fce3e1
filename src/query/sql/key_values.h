#pragma once

#include "query/sql/shape.h"
#include "query/sql/statement_items.h"

// For src/query only.
namespace budgetcheck {

/// Which of the statement's values say which rows it is about: those that a condition compares for equality, but for
/// columns that the same statement sets (the version of an optimistic lock, a state that is claimed); of an INSERT
/// that meets rows which are there, the values that tell them apart.
void find_keys(const StatementItems& items, Shape& shape);

}  // namespace budgetcheck
