#pragma once

#include <string>

#include "query/index/table_access.h"

// What is said about a comparison or an order that no index serves.
namespace budgetcheck {

/// The line that makes an index for one comparison alone, of whatever kind it takes (patterns, trigrams); empty when
/// none can serve it.
std::string line_for(const Unserved& unserved, const Table& table, DatabaseKind kind);

/// Why a comparison reads every row: "no index begins with 'authorId'".
std::string reason_for(const Unserved& unserved, const Table& table, DatabaseKind kind);

/// What can be done where no B-tree helps ("LIKE '%…'", a function on the column): one or two sentences, with the
/// schema's line where there is one.
std::string advice_for(const Unserved& unserved, const Table& table, DatabaseKind kind);

/// What can be done about an order (kOrder) for which no B-tree can be declared: NULLS LAST, a distance, a column of
/// another table.
std::string order_advice_for(const TableAccess& access, DatabaseKind kind);

/// "'User_email_key'" or "[email]".
std::string index_name(const TableIndex& index, const Table& table);

}  // namespace budgetcheck
