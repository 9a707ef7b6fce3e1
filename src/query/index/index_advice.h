#pragma once

#include <string>
#include <vector>

#include "query/index/table_access.h"

namespace budgetcheck {

/// An index that would serve a statement. Column names are the database's.
struct IndexProposal {
  std::vector<OrderColumn> columns;
  /// How many of the columns may stand in any order among themselves: those compared for equality.
  std::size_t interchangeable = 0;
  /// The order is that of the primary key, with which the database ends every index: a longer index would not give it.
  bool complete = false;

  bool operator==(const IndexProposal& other) const;
};

/// The B-tree indexes that a table needs for a statement to find its rows: columns compared for equality first, then
/// lists, then one range or the order. One for each branch of an OR. Empty when none would help, when the table has
/// them already, or when what it would begin with says yes or no only (half of the rows).
std::vector<IndexProposal> propose_indexes(const TableAccess& access, DatabaseKind kind);

/// Takes out what another proposal serves as well, putting that one's interchangeable columns into the order needed.
void merge_proposals(std::vector<IndexProposal>& proposals);
/// `wider` serves whatever `narrower` would (perhaps after its interchangeable columns are put in order, which is
/// done).
bool covers(IndexProposal& wider, const IndexProposal& narrower);

/// The model's name of a database column; safe to show.
std::string field_of(const Table& table, const std::string& column);
/// "@@index([tenantId, createdAt(sort: Desc)])", with the names of the model's fields; with a length where MySQL wants
/// one, and a name where Prisma's own is taken.
std::string schema_line(const IndexProposal& proposal, const Table& table, DatabaseKind kind);
/// The fields' names.
std::vector<std::string> field_names(const IndexProposal& proposal, const Table& table);

/// Yes or no: half of the rows each, as a rule.
bool splits_in_two(const Table& table, const std::string& column);
/// A type that a B-tree can hold.
bool is_indexable(const Table& table, const std::string& column);

}  // namespace budgetcheck
