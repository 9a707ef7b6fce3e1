#pragma once

#include "query/sql/shape.h"
#include "query/sql/statement_items.h"

namespace budgetcheck {

/// Fills what a shape says of its statement beyond its text: verb, tables, and which parameters may differ without
/// making a loop.
void analyse(const StatementItems& items, Shape& shape);

}  // namespace budgetcheck
