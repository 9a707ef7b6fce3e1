#pragma once

#include "model/database.h"
#include "query/index/index_use.h"
#include "query/sql/statement.h"

// Which comparisons a kind of index and its operator class know (PostgreSQL's chapters "Built-in Operator Classes" of
// each access method, and of pg_trgm, btree_gist, PostGIS); for src/query only.
namespace budgetcheck {

/// What a part of an index says to a comparison of what it holds. `column` is null for an expression.
Obstacle ask_index(const TableIndex& index, const IndexColumn& part, const Column* column, DatabaseKind kind,
                   const Condition& condition);

/// The obstacle that lies in the comparison itself, whatever is indexed.
Obstacle without_index(DatabaseKind kind, const Column* column, const Condition& condition);

/// Any column of these indexes may be asked for alone.
bool has_no_order_of_columns(const TableIndex& index);
/// Its entries are in the order of its columns.
bool is_ordered(const TableIndex& index);
/// Its entries are in the order of bytes, which makes LIKE 'abc%' a range.
bool compares_patterns(const std::string& ops);
/// It holds the parts of texts: gin_trgm_ops and gist_trgm_ops.
bool knows_trigrams(const std::string& ops);
/// It finds what is nearest first: ORDER BY place <-> ?.
bool finds_nearest(const TableIndex& index, const std::string& column, const std::string& distance);

/// A type of texts that compares without regard to case.
bool ignores_case(const Column& column);
/// A cast of the column that changes nothing.
bool cast_is_idle(const Column& column, DatabaseKind kind, std::string_view cast);
/// The type of the value makes the database convert the column, row by row.
bool value_converts_column(const Column& column, DatabaseKind kind, const Condition& condition);

}  // namespace budgetcheck
