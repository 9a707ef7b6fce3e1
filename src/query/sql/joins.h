#pragma once

#include "query/sql/statement.h"

namespace budgetcheck {

/// A left join whose missing rows a condition throws out again ("LEFT JOIN u … WHERE u.email = ?") is an inner join:
/// the databases read it so, and may begin with either side. Written here by their rule: a condition that NULL never
/// passes.
void simplify_joins(Statement& statement);

}  // namespace budgetcheck
