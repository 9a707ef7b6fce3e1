#include <algorithm>
#include <utility>

#include "base/text.h"
#include "query/index/block_access.h"

namespace budgetcheck {
namespace {

/// The database's own tables, and the one that Prisma keeps its migrations in: no schema describes them.
bool is_system_table(const TableUse& use) {
  const std::string schema = lower(use.schema);
  const std::string table = lower(use.table);
  return schema == "information_schema" || schema == "pg_catalog" || schema == "performance_schema" ||
         schema == "sys" || schema == "mysql" || table.starts_with("pg_") || table.starts_with("sqlite_") ||
         table == "dual" || table == "_prisma_migrations";
}

}  // namespace

Columns::Columns(const Statement& statement, const DatabaseSchema& schema) : statement_(statement) {
  for (const QueryBlock& block : statement.blocks) {
    std::vector<const Table*>& tables = tables_.emplace_back();
    for (const TableUse& use : block.tables) {
      const Table* table = use.table.empty() ? nullptr : schema.table(use.table, use.schema);
      if (table == nullptr && !use.table.empty() && !is_system_table(use) &&
          std::find(unknown_.begin(), unknown_.end(), use.table) == unknown_.end()) {
        unknown_.push_back(use.table);
      }
      tables.push_back(table != nullptr && table->view ? nullptr : table);
    }
  }
}

std::optional<Place> Columns::find(const ColumnRef& column, std::uint32_t block) const {
  for (std::size_t steps = 0; block < statement_.blocks.size() && steps <= statement_.blocks.size(); ++steps) {
    const std::vector<TableUse>& uses = statement_.blocks[block].tables;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const Table* table = tables_[block][i];
      const bool named = !column.qualifier.empty() && equals_ignoring_case(uses[i].name(), column.qualifier);
      const bool holds = column.qualifier.empty() && table != nullptr && table->column(column.name) != nullptr;
      if (named || holds) {
        return Place{block, i};
      }
    }
    if (column.qualifier.empty() && uses.size() == 1 && !uses.front().table.empty() && tables_[block][0] == nullptr) {
      return Place{block, 0};  // a table that is not known, so its columns are not either
    }
    block = statement_.blocks[block].parent;
  }
  return std::nullopt;
}

bool conjuncts_of(const Condition& condition, Conjuncts& conjuncts) {
  if (condition.kind == Condition::Kind::kFalse) {
    return false;
  }
  if (condition.kind != Condition::Kind::kAnd) {
    if (condition.kind != Condition::Kind::kTrue) {
      conjuncts.push_back(&condition);
    }
    return true;
  }
  return std::all_of(condition.parts.begin(), condition.parts.end(),
                     [&](const Condition& part) { return conjuncts_of(part, conjuncts); });
}

bool conjuncts_of(const QueryBlock& block, Conjuncts& conjuncts) {
  bool reads = conjuncts_of(block.where, conjuncts);
  for (const TableUse& use : block.tables) {
    if (use.join == TableUse::Join::kInner) {
      reads = conjuncts_of(use.on, conjuncts) && reads;
    }
  }
  return reads;
}

Known Bearings::known(const Place& place, Conjuncts conditions) const {
  Known result;
  const Table* table = columns_.table(place);
  const bool any = table != nullptr && std::any_of(table->indexes.begin(), table->indexes.end(),
                                                   [](const TableIndex& index) { return index.partial; });
  for (std::size_t i = 0; any && i < table->indexes.size(); ++i) {
    result.covered.push_back(
        coverage_of(table->indexes[i], kind_, statement_.blocks[place.block].tables[place.use].name(), conditions));
  }
  result.conditions = std::move(conditions);
  return result;
}

/// A branch of OR: served when one of its conditions is.
Bearing Bearings::of_conjunction(const Condition& condition, const Place& place, const Known& outside) const {
  Known inside;
  if (!outside.covered.empty()) {
    Conjuncts conditions = outside.conditions;
    for (const Condition& part : condition.parts) {
      conditions.push_back(&part);
    }
    inside = known(place, std::move(conditions));
  }
  Bearing worst;
  for (const Condition& part : condition.parts) {
    Bearing bearing = of(part, place, inside);
    if (bearing.kind == Bearing::Kind::kServed) {
      return bearing;
    }
    const bool decides = bearing.kind == Bearing::Kind::kServedJoin ||
                         (bearing.kind == Bearing::Kind::kUnknown && worst.kind != Bearing::Kind::kServedJoin);
    if (worst.kind == Bearing::Kind::kNone || decides) {
      worst = std::move(bearing);
    } else if (bearing.kind == Bearing::Kind::kUnserved && worst.kind == Bearing::Kind::kUnserved) {
      worst.weak = worst.weak && bearing.weak;
      worst.uncertain = worst.uncertain || bearing.uncertain;
      worst.unserved.insert(worst.unserved.end(), bearing.unserved.begin(), bearing.unserved.end());
    }
  }
  return worst;
}

Bearing Bearings::of(const Condition& condition, const Place& place, const Known& known) const {
  switch (condition.kind) {
    case Condition::Kind::kCompare:
      return of_comparison(condition, place, known);
    case Condition::Kind::kOr:
      return of_alternatives(condition, place, known);
    case Condition::Kind::kExists:
      return of_exists(condition, place);
    case Condition::Kind::kAnd:
      return of_conjunction(condition, place, known);
    case Condition::Kind::kUnknown: {
      const bool about = std::any_of(condition.columns.begin(), condition.columns.end(), [&](const ColumnRef& column) {
        const auto found = columns_.find(column, place.block);
        return found && found->block == place.block && found->use == place.use;
      });
      Bearing bearing;
      bearing.kind = about || condition.columns.empty() ? Bearing::Kind::kUnknown : Bearing::Kind::kNone;
      return bearing;
    }
    default:
      return {};
  }
}

Bearing Bearings::of_comparison(const Condition& condition, const Place& place, const Known& known) const {
  const auto here = [&](const ColumnRef& column) {
    const auto found = columns_.find(column, place.block);
    return !column.name.empty() && found && found->block == place.block && found->use == place.use;
  };
  const bool left = here(condition.column);
  const bool right = here(condition.other);
  const bool turns = condition.comparison == Comparison::kEqual || condition.comparison == Comparison::kRange ||
                     condition.op.starts_with("st_");
  Bearing bearing;
  std::string column;
  const bool several = std::count_if(condition.columns.begin(), condition.columns.end(), here) > 1;
  if (several && condition.row.empty()) {
    // a < b of one table: no index finds such rows
  } else if (left && !right) {
    column = condition.column.name;
  } else if (right && !left && turns) {
    column = condition.other.name;
  } else if (std::none_of(condition.columns.begin(), condition.columns.end(), here)) {
    // A column of none of the tables, when all of them are known: the schema is older than the statement.
    const std::vector<TableUse>& uses = statement_.blocks[place.block].tables;
    bool all_known = true;
    for (std::size_t i = 0; i < uses.size(); ++i) {
      all_known = all_known && columns_.table({place.block, i}) != nullptr;
    }
    const bool stray = std::any_of(condition.columns.begin(), condition.columns.end(), [&](const ColumnRef& named) {
      return named.qualifier.empty() && !columns_.find(named, place.block);
    });
    bearing.kind = all_known && stray ? Bearing::Kind::kUnknown : Bearing::Kind::kNone;
    return bearing;
  }
  const Table* table = columns_.table(place);
  if (!column.empty() && table->column(column) == nullptr) {
    bearing.kind = Bearing::Kind::kUnknown;  // the schema does not have the column, so it does not know its indexes
    return bearing;
  }
  for (const ColumnRef& named : condition.columns) {
    const auto found = columns_.find(named, place.block);
    if (!found) {
      bearing.kind = Bearing::Kind::kUnknown;
      return bearing;
    }
    if (found->block == place.block && found->use != place.use) {
      bearing.from.push_back(found->use);
    }
    bearing.from_outside = bearing.from_outside || found->block != place.block;
  }
  IndexVerdict verdict = index_for(*table, kind_, condition, column, known.covered);
  for (std::size_t i = 1; i < condition.row.size() && verdict.obstacle != Obstacle::kNone; ++i) {
    const IndexVerdict other = index_for(*table, kind_, condition, condition.row[i].name, known.covered);
    verdict = other.obstacle == Obstacle::kNone ? other : verdict;
  }
  bearing.uncertain = verdict.uncertain;
  bearing.depends_on = verdict.depends ? verdict.index : nullptr;
  bearing.weak = condition.comparison == Comparison::kIsNotNull ||
                 (condition.comparison == Comparison::kIsNull && verdict.obstacle != Obstacle::kNone);
  const bool joins = !bearing.from.empty();
  if (verdict.obstacle == Obstacle::kNone) {
    bearing.kind = joins ? Bearing::Kind::kServedJoin : Bearing::Kind::kServed;
    return bearing;
  }
  bearing.kind = joins ? Bearing::Kind::kUnservedJoin : Bearing::Kind::kUnserved;
  Unserved unserved{column.empty() ? column : table->column(column)->name,
                    column.empty() ? condition.expression : std::string(), condition.comparison, verdict.obstacle,
                    verdict.index};
  unserved.op = condition.op;
  unserved.cast = column.empty() ? std::string() : condition.cast;
  const auto inner = std::find_if(condition.columns.begin(), condition.columns.end(), here);
  if (inner != condition.columns.end() && table->column(inner->name) != nullptr) {
    unserved.inner = table->column(inner->name)->name;
  }
  bearing.unserved.push_back(std::move(unserved));
  return bearing;
}

/// OR is served when every branch is. Where a branch is about something else, no index of this table can help, and
/// the condition is rather one on the joined rows.
Bearing Bearings::of_alternatives(const Condition& condition, const Place& place, const Known& known) const {
  Bearing all;
  all.kind = Bearing::Kind::kServed;
  bool about = false;
  bool elsewhere = false;
  bool joins = false;
  for (const Condition& part : condition.parts) {
    if (part.kind == Condition::Kind::kFalse) {
      continue;
    }
    if (part.kind == Condition::Kind::kTrue) {
      return {};
    }
    Bearing branch = of(part, place, known);
    const bool subquery = part.kind == Condition::Kind::kExists || part.kind == Condition::Kind::kNotExists;
    about = about || branch.kind != Bearing::Kind::kNone;
    elsewhere = elsewhere || (branch.kind == Bearing::Kind::kNone && !subquery);
    if (branch.kind == Bearing::Kind::kUnknown) {
      return branch;
    }
    all.uncertain = all.uncertain || branch.uncertain;
    all.depends_on = all.depends_on == nullptr ? branch.depends_on : all.depends_on;
    all.from_outside = all.from_outside || branch.from_outside;
    all.from.insert(all.from.end(), branch.from.begin(), branch.from.end());
    all.unserved.insert(all.unserved.end(), branch.unserved.begin(), branch.unserved.end());
    const bool join = branch.kind == Bearing::Kind::kServedJoin || branch.kind == Bearing::Kind::kUnservedJoin;
    joins = joins || join;
    if (branch.kind != Bearing::Kind::kServed && branch.kind != Bearing::Kind::kServedJoin) {
      all.kind = Bearing::Kind::kUnserved;
    }
  }
  if (joins) {
    all.kind = all.kind == Bearing::Kind::kServed ? Bearing::Kind::kServedJoin : Bearing::Kind::kUnservedJoin;
  }
  all.alternatives = condition.parts.size() > 1;
  if (!about || elsewhere) {
    return {};
  }
  return all;
}

/// EXISTS (… WHERE inner.x = outer.y): found from the inside when the inside is restricted, as by IN (SELECT …). Then
/// the outer column needs an index.
Bearing Bearings::of_exists(const Condition& condition, const Place& place) const {
  Bearing bearing;
  const Table* table = columns_.table(place);
  if (table == nullptr || condition.block >= statement_.blocks.size() || !block_is_restricted(condition.block)) {
    return bearing;
  }
  Conjuncts inside;
  conjuncts_of(statement_.blocks[condition.block], inside);
  for (const Condition* part : inside) {
    if (part->kind != Condition::Kind::kCompare || part->comparison != Comparison::kEqual || part->other.name.empty()) {
      continue;
    }
    for (const ColumnRef* side : {&part->column, &part->other}) {
      const auto found = columns_.find(*side, condition.block);
      const bool outer = found && found->block == place.block && found->use == place.use;
      const Column* column = outer ? table->column(side->name) : nullptr;
      if (column == nullptr) {
        continue;
      }
      const IndexVerdict verdict = index_for(*table, kind_, *part, side->name);
      if (verdict.obstacle == Obstacle::kNone) {
        bearing.kind = Bearing::Kind::kServed;
        bearing.unserved.clear();
        return bearing;
      }
      bearing.kind = Bearing::Kind::kUnserved;
      bearing.unserved.push_back({column->name, {}, Comparison::kIn, verdict.obstacle, verdict.index});
    }
  }
  return bearing;
}

/// Some table of the block is found by an index from values.
bool Bearings::block_is_restricted(std::uint32_t block) const {
  Conjuncts inside;
  conjuncts_of(statement_.blocks[block], inside);
  for (std::size_t i = 0; i < statement_.blocks[block].tables.size(); ++i) {
    const Place place{block, i};
    const Known all = known(place, inside);
    for (const Condition* part : inside) {
      if (columns_.table(place) == nullptr || part->kind != Condition::Kind::kCompare) {
        continue;
      }
      const auto outer = [&](const ColumnRef& column) {
        const auto found = columns_.find(column, block);
        return !found || found->block != block;
      };
      if (std::none_of(part->columns.begin(), part->columns.end(), outer) &&
          of_comparison(*part, place, all).kind == Bearing::Kind::kServed &&
          part->comparison != Comparison::kIsNotNull) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace budgetcheck
