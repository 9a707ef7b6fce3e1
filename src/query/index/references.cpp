#include "query/index/references.h"

#include <algorithm>

namespace budgetcheck {
namespace {

/// The obstacle of the key's best column, with the index that holds it.
IndexVerdict verdict_for(const Table& table, DatabaseKind kind, const Relation& relation) {
  IndexVerdict best;
  for (const std::string& column : relation.columns) {
    Condition condition;
    condition.kind = Condition::Kind::kCompare;
    condition.comparison = Comparison::kEqual;
    condition.column = {{}, column};
    condition.columns = {condition.column};
    const IndexVerdict verdict = index_for(table, kind, condition, column);
    if (verdict.obstacle == Obstacle::kNone) {
      return verdict;
    }
    best = best.index == nullptr ? verdict : best;
  }
  return best;
}

}  // namespace

std::vector<TableAccess> references_of(const Statement& statement, const DatabaseSchema& schema,
                                       const Columns& columns) {
  std::vector<TableAccess> found;
  if (statement.verb != Verb::kDelete || !schema.foreign_keys || statement.blocks.empty()) {
    return found;
  }
  // A DELETE may begin with common tables; its own block is the top one, and what it deletes from stands first.
  const auto top = std::find_if(statement.blocks.begin(), statement.blocks.end(), [](const QueryBlock& block) {
    return block.role == QueryBlock::Role::kTop && block.parent == Condition::kNoBlock;
  });
  const auto number = static_cast<std::uint32_t>(top - statement.blocks.begin());
  if (top == statement.blocks.end() || top->tables.empty() || columns.table({number, 0}) == nullptr) {
    return found;
  }
  std::vector<const Table*> deleted{columns.table({number, 0})};
  for (std::size_t at = 0; at < deleted.size(); ++at) {
    for (const Table& table : schema.tables) {
      for (const Relation& relation : table.relations) {
        if (table.view || relation.columns.empty() || relation.model != deleted[at]->model) {
          continue;
        }
        const bool cascades = relation.on_delete == Relation::OnDelete::kCascade;
        if (cascades && std::find(deleted.begin(), deleted.end(), &table) == deleted.end()) {
          deleted.push_back(&table);
        }
        const IndexVerdict verdict = verdict_for(table, schema.kind, relation);
        if (verdict.obstacle == Obstacle::kNone) {
          continue;
        }
        TableAccess access;
        access.table = &table;
        access.alias = table.name;
        access.block = number;
        access.way = TableAccess::Way::kReferences;
        access.relation = &relation;
        access.unserved.push_back({relation.columns.front(), {}, Comparison::kEqual, verdict.obstacle, verdict.index});
        access.equal = relation.columns;
        found.push_back(std::move(access));
      }
    }
  }
  return found;
}

}  // namespace budgetcheck
