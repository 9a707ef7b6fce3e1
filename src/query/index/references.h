#pragma once

#include <vector>

#include "query/index/block_access.h"

namespace budgetcheck {

/// What a DELETE reads beside its own tables: for each row that goes, the database looks in other tables for rows that
/// refer to it, to delete them too, to clear their key or to forbid it. No plan shows that. Those for which no index
/// begins with the key, as kReferences; tables below one whose rows are deleted too, as well.
std::vector<TableAccess> references_of(const Statement& statement, const DatabaseSchema& schema,
                                       const Columns& columns);

}  // namespace budgetcheck
