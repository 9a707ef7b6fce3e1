#include "query/sql/joins.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// No row in which the columns of `use` are NULL passes.
bool refuses_null(const Condition& condition, const TableUse& use) {
  const auto own = [&](const ColumnRef& column) {
    return !column.name.empty() && equals_ignoring_case(column.qualifier, use.name());
  };
  const auto refuses = [&](const Condition& part) { return refuses_null(part, use); };
  switch (condition.kind) {
    case Condition::Kind::kAnd:
      return std::any_of(condition.parts.begin(), condition.parts.end(), refuses);
    case Condition::Kind::kOr:
      return !condition.parts.empty() && std::all_of(condition.parts.begin(), condition.parts.end(), refuses);
    case Condition::Kind::kCompare:
      return condition.comparison != Comparison::kIsNull && condition.op != "is not distinct from" &&
             condition.comparison != Comparison::kOther && condition.row.empty() &&
             (own(condition.column) || own(condition.other));
    default:
      return false;
  }
}

}  // namespace

void simplify_joins(Statement& statement) {
  for (QueryBlock& block : statement.blocks) {
    for (bool changed = true; changed;) {
      changed = false;
      for (TableUse& use : block.tables) {
        if (use.join != TableUse::Join::kLeft) {
          continue;
        }
        const bool inner =
            refuses_null(block.where, use) ||
            std::any_of(block.tables.begin(), block.tables.end(), [&](const TableUse& other) {
              return &other != &use && other.join == TableUse::Join::kInner && refuses_null(other.on, use);
            });
        if (inner) {
          use.join = TableUse::Join::kInner;
          changed = true;
        }
      }
    }
  }
}

}  // namespace budgetcheck
