#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/index/table_access.h"

// The parts of access_of; for src/query only.
namespace budgetcheck {

/// Where a column of a statement belongs.
struct Place {
  std::uint32_t block = 0;
  std::size_t use = 0;
};

/// Finds columns: in the block where they are written, then in those around it.
class Columns {
 public:
  Columns(const Statement& statement, const DatabaseSchema& schema);
  std::optional<Place> find(const ColumnRef& column, std::uint32_t block) const;
  /// The table of the schema that a use names; null for subqueries, functions, views and what the schema has not.
  const Table* table(const Place& place) const { return tables_[place.block][place.use]; }
  const std::vector<std::string>& unknown() const { return unknown_; }

 private:
  const Statement& statement_;
  std::vector<std::vector<const Table*>> tables_;
  std::vector<std::string> unknown_;
};

/// What one conjunct of a block means for one of its tables.
struct Bearing {
  enum class Kind {
    kNone,        ///< says nothing of the table
    kServed,      ///< an index of it finds the rows, from values
    kServedJoin,  ///< the same, from rows of the tables in `from`
    kUnserved,    ///< restricts the table, and no index helps
    kUnservedJoin,
    kUnknown,
  };
  Kind kind = Kind::kNone;
  std::vector<std::size_t> from;  ///< uses of the same block that the values come from
  std::vector<Unserved> unserved;
  bool from_outside = false;  ///< the values come from the query around this one
  bool uncertain = false;
  bool alternatives = false;
  bool weak = false;  ///< holds for most rows, as a rule: IS NOT NULL, and IS NULL where no index was made for it
  const TableIndex* depends_on = nullptr;  ///< served by this index if the values are those it is about; null: anyway
};

/// What must hold beside a condition of one table, and what the table's indexes cover of such rows.
struct Known {
  Conjuncts conditions;
  Covered covered;  ///< empty when none of them is partial
};

/// Judges conditions for one table.
class Bearings {
 public:
  Bearings(const Statement& statement, const Columns& columns, DatabaseKind kind)
      : statement_(statement), columns_(columns), kind_(kind) {}
  /// `known`: what must hold beside it, which partial indexes are compared with.
  Bearing of(const Condition& condition, const Place& place, const Known& known) const;
  Known known(const Place& place, Conjuncts conditions) const;

 private:
  Bearing of_comparison(const Condition& condition, const Place& place, const Known& known) const;
  Bearing of_conjunction(const Condition& condition, const Place& place, const Known& known) const;
  Bearing of_alternatives(const Condition& condition, const Place& place, const Known& known) const;
  Bearing of_exists(const Condition& condition, const Place& place) const;
  bool block_is_restricted(std::uint32_t block) const;

  const Statement& statement_;
  const Columns& columns_;
  DatabaseKind kind_;
};

/// The conditions of a block that must all hold, its inner joins' among them. False: the block reads nothing.
bool conjuncts_of(const QueryBlock& block, Conjuncts& conjuncts);
bool conjuncts_of(const Condition& condition, Conjuncts& conjuncts);

}  // namespace budgetcheck
