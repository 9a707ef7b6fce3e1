#include "query/index/table_access.h"

#include <algorithm>

#include "base/append.h"
#include "query/index/block_access.h"
#include "query/index/block_order.h"
#include "query/index/operator_classes.h"
#include "query/index/references.h"

namespace budgetcheck {
namespace {

using Way = TableAccess::Way;

void add_unique(std::vector<std::string>& to, const std::string& name) {
  if (!name.empty() && std::find(to.begin(), to.end(), name) == to.end()) {
    to.push_back(name);
  }
}

/// Judges the tables of one block.
class BlockAccess {
 public:
  BlockAccess(const Statement& statement, const DatabaseSchema& schema, const Columns& columns, std::uint32_t number,
              bool limited)
      : statement_(statement),
        block_(statement.blocks[number]),
        columns_(columns),
        kind_(schema.kind),
        bearings_(statement, columns, schema.kind),
        order_(statement, columns, number, schema.kind),
        number_(number),
        limited_(limited) {}

  std::vector<TableAccess> judge() {
    if (!conjuncts_of(block_, conjuncts_)) {
      return {};
    }
    const std::size_t count = block_.tables.size();
    sides_.resize(count);
    const bool from_outside = outside_is_restricted();
    for (std::size_t i = 0; i < count; ++i) {
      weigh(i);
      // Rows of EXISTS (…) are looked up from the rows around it when these are few; else the database may begin
      // with what restricts the inside.
      Side& side = sides_[i];
      side.reached = side.reached || (side.reached_from_outside && (from_outside || !side.filtered)) ||
                     (side.reached_weakly && !side.filtered && !side.joined);
    }
    reach();
    // What is joined sideways (LEFT JOIN LATERAL) is made from the rows of the others and leads to none.
    const bool begins_elsewhere = count > 0 && sides_.front().table == nullptr;
    bool driven = begins_elsewhere || std::any_of(sides_.begin(), sides_.end(),
                                                  [](const Side& s) { return s.reached && s.table != nullptr; });
    const bool restricted = driven;
    for (std::size_t i = 0; i < count; ++i) {
      if (!sides_[i].reached && sides_[i].filtered) {
        finish(i, Way::kFilter);
        sides_[i].access.early_stop = stops_early(i);
        driven = true;
      }
    }
    find_other_beginnings();
    reach();
    for (std::size_t i = 0; i < count; ++i) {
      Side& side = sides_[i];
      if (side.reached || side.access.way == Way::kFilter) {
        continue;
      }
      if (side.unknown) {
        finish(i, Way::kUnknown);
        driven = true;
      } else if (!driven) {
        drive(i);
        driven = true;
      } else {
        // Looked up once for each row of the others: worth an index when these are few.
        finish(i, side.joined && (restricted || limited_) ? Way::kJoin : Way::kWhole);
        side.access.early_stop = side.access.way == Way::kJoin && stops_early(i);
      }
      reach();
    }
    if (!limited_ && order_.behind_cursor(conjuncts_) && sides_.front().access.way == Way::kServed) {
      sides_.front().access.way = Way::kUnbounded;
      sides_.front().access.behind_cursor = true;
    }
    std::vector<TableAccess> result;
    for (Side& side : sides_) {
      if (side.table != nullptr) {
        result.push_back(std::move(side.access));
      }
    }
    return result;
  }

 private:
  struct Side {
    const Table* table = nullptr;
    Covered covered;  ///< what its indexes cover
    bool reached = false;
    bool reached_from_outside = false;
    bool reached_weakly = false;  ///< by IS NOT NULL alone
    bool filtered = false;        ///< restricted by values, and no index helps
    bool joined = false;          ///< tied to other tables of the block, and no index helps
    bool unknown = false;
    bool done = false;                                  ///< what is to be said of it stands
    std::vector<std::vector<std::size_t>> served_from;  ///< any of these sets of uses leads here by an index
    TableAccess access;
  };

  /// The query around this one reads few rows, or must read all of them whatever this one says (NOT EXISTS).
  bool outside_is_restricted() const {
    if (block_.role != QueryBlock::Role::kExists || block_.negated || block_.parent >= statement_.blocks.size()) {
      return true;
    }
    const QueryBlock& outside = statement_.blocks[block_.parent];
    Conjuncts conjuncts;
    conjuncts_of(outside, conjuncts);
    return outside.limited || std::any_of(conjuncts.begin(), conjuncts.end(), [](const Condition* condition) {
             return condition->kind == Condition::Kind::kCompare && condition->other.name.empty();
           });
  }

  /// What the conditions say of one table, each by itself.
  void weigh(std::size_t i) {
    Side& side = sides_[i];
    const Place place{number_, i};
    side.table = columns_.table(place);
    side.access.table = side.table;
    side.access.block = number_;
    side.access.in_subquery = block_.role == QueryBlock::Role::kExists || block_.role == QueryBlock::Role::kScalar;
    const TableUse& use = block_.tables[i];
    side.access.alias = use.name();
    side.access.linked_first = block_.role == QueryBlock::Role::kExists && outside_is_restricted();
    if (side.table == nullptr) {
      side.reached = true;  // a subquery is judged by itself; of unknown tables nothing is said
      return;
    }
    Conjuncts own = conjuncts_;
    if (use.join != TableUse::Join::kInner) {
      conjuncts_of(use.on, own);
    }
    const Known known = bearings_.known(place, own);
    side.covered = known.covered;
    std::vector<Bearing> unserved;
    const TableIndex* depends_on = nullptr;
    std::size_t served = 0;
    for (const Condition* condition : own) {
      Bearing bearing = bearings_.of(*condition, place, known);
      switch (bearing.kind) {
        case Bearing::Kind::kServed:
          served += bearing.weak ? 0U : 1U;
          if (bearing.depends_on != nullptr) {
            depends_on = bearing.depends_on;
            break;
          }
          (bearing.weak ? side.reached_weakly : bearing.from_outside ? side.reached_from_outside : side.reached) = true;
          break;
        case Bearing::Kind::kServedJoin:
          side.served_from.push_back(bearing.from);
          break;
        case Bearing::Kind::kUnserved:
          if (block_.role == QueryBlock::Role::kExists && bearing.weak) {
            break;  // Prisma adds IS NOT NULL to every subquery
          }
          side.access.alternatives = side.access.alternatives || bearing.alternatives;
          unserved.push_back(std::move(bearing));
          break;
        case Bearing::Kind::kUnservedJoin:
          side.joined = true;
          unserved.push_back(std::move(bearing));
          break;
        case Bearing::Kind::kUnknown:
          side.unknown = true;
          break;
        case Bearing::Kind::kNone:
          break;
      }
      remember(*condition, place, side.access);
    }
    depends_on = depends_on == nullptr ? index_by_condition(side) : depends_on;
    find_order(i);
    bool all_weak = true;
    for (Bearing& bearing : unserved) {
      const bool filter = bearing.kind == Bearing::Kind::kUnserved;
      side.filtered = side.filtered || filter;
      all_weak = all_weak && (!filter || bearing.weak);
      side.access.uncertain = side.access.uncertain || bearing.uncertain;
      for (Unserved& part : bearing.unserved) {
        side.access.unserved.push_back(std::move(part));
      }
    }
    // Most rows pass IS NULL as a rule (not deleted, not done): a walk in order ends after about as many as are asked.
    if (side.filtered && all_weak && side.access.ordered_walk) {
      side.filtered = false;
    }
    // A condition that is not understood could be the one that an index serves.
    side.filtered = side.filtered && !side.unknown;
    side.access.served_alone = served == 1 && (!side.filtered || all_weak) && !side.joined && !side.unknown;
    if (depends_on != nullptr && !side.reached) {
      side.reached = true;
      side.access.depends_on = depends_on;
    }
  }

  /// A partial index whose condition the statement says holds no other rows, so that it may be read whole. Where most
  /// rows pass the condition, that is no gain.
  const TableIndex* index_by_condition(const Side& side) const {
    for (std::size_t i = 0; i < side.covered.size(); ++i) {
      const TableIndex& index = side.table->indexes[i];
      if (index.partial && side.covered[i] != Coverage::kNot && !index.predicate.empty() &&
          picks_few(index, *side.table, kind_)) {
        return &index;
      }
    }
    return nullptr;
  }

  /// LIMIT without an order, or EXISTS by itself: reading ends with the first rows that pass.
  bool stops_early(std::size_t i) const {
    const TableAccess& access = sides_[i].access;
    const bool sorts = !block_.order.empty() || block_.aggregate || block_.grouped;
    return !access.ordered_walk && ((limited_ && !sorts) || (block_.tested && access.linked.empty()));
  }

  /// Of tables that no index finds, the planner reads one and may find the others from it. Which one, it decides.
  void find_other_beginnings() {
    bool first = true;
    for (std::size_t i = 0; i < sides_.size(); ++i) {
      Side& side = sides_[i];
      if (side.access.way != Way::kFilter) {
        continue;
      }
      const bool joins = std::any_of(side.served_from.begin(), side.served_from.end(), [&](const auto& from) {
        return std::all_of(from.begin(), from.end(), [&](std::size_t other) {
          return sides_[other].reached || (other != i && sides_[other].access.way == Way::kFilter);
        });
      });
      side.access.may_be_joined = joins && !first;
      first = false;
    }
    // The first could be found from a later one as well; but one of them is read whole.
  }

  /// Keeps the columns that an index could begin with.
  void remember(const Condition& condition, const Place& place, TableAccess& access) const {
    const auto own = [&](const ColumnRef& ref) {
      const auto found = columns_.find(ref, place.block);
      const bool here = !ref.name.empty() && found && found->block == place.block && found->use == place.use;
      const Column* column = here ? columns_.table(place)->column(ref.name) : nullptr;
      return column == nullptr ? std::string() : column->name;
    };
    if (condition.kind == Condition::Kind::kExists) {
      for (const Unserved& part : bearings_.of(condition, place, {}).unserved) {
        add_unique(access.in, part.column);
      }
      return;
    }
    if (condition.kind != Condition::Kind::kCompare || compares_own_columns(condition, place)) {
      return;
    }
    const bool link = !condition.other.name.empty();
    for (const ColumnRef* side : {&condition.column, &condition.other}) {
      const std::string name = own(*side);
      if (name.empty() || !condition.row.empty()) {
        continue;
      }
      const Obstacle obstacle = index_for(*columns_.table(place), kind_, condition, name).obstacle;
      if (obstacle == Obstacle::kExpression || obstacle == Obstacle::kOtherOperator ||
          obstacle == Obstacle::kValueType || obstacle == Obstacle::kNotDistinct) {
        continue;
      }
      switch (condition.comparison) {
        case Comparison::kEqual:
        case Comparison::kIsNull:
          add_unique(link ? access.linked : access.equal, name);
          add_unique(access.null, condition.comparison == Comparison::kIsNull ? name : std::string());
          break;
        case Comparison::kIn:
          add_unique(access.in, name);
          break;
        case Comparison::kRange:
          add_unique(access.range, name);
          break;
        case Comparison::kLikePrefix:
          if (kind_ == DatabaseKind::kMysql || kind_ == DatabaseKind::kSqlServer || kind_ == DatabaseKind::kCockroach) {
            add_unique(access.range, name);
          }
          break;
        default:
          break;
      }
    }
    for (const ColumnRef& part : condition.row) {
      if (condition.comparison == Comparison::kIn) {
        add_unique(access.equal, own(part));
      }
    }
  }

  /// a < b of one table: no index finds such rows.
  bool compares_own_columns(const Condition& condition, const Place& place) const {
    const auto own = std::count_if(condition.columns.begin(), condition.columns.end(), [&](const ColumnRef& column) {
      const auto found = columns_.find(column, place.block);
      return found && found->block == place.block && found->use == place.use;
    });
    return own > 1 && condition.row.empty();
  }

  /// ORDER BY on this table alone, and whether an index gives it.
  void find_order(std::size_t i) {
    TableAccess& access = sides_[i].access;
    if (!limited_ || block_.order.empty() || block_.grouped || block_.aggregate) {
      return;
    }
    if (order_.by_distance(i, access.distance, access.order)) {
      access.ordered_walk = std::any_of(
          sides_[i].table->indexes.begin(), sides_[i].table->indexes.end(),
          [&](const TableIndex& index) { return finds_nearest(index, access.order.front().name, access.distance); });
    } else if (order_.by_columns(i, access.order)) {
      access.ordered_walk = index_gives_order(*sides_[i].table, kind_, access.order, {}, sides_[i].covered);
    }
  }

  /// Follows joins by index from the tables that are reached.
  void reach() {
    for (bool changed = true; changed;) {
      changed = false;
      for (Side& side : sides_) {
        const bool arrives =
            !side.reached && side.access.way != Way::kFilter &&
            std::any_of(side.served_from.begin(), side.served_from.end(), [&](const std::vector<std::size_t>& from) {
              return std::all_of(from.begin(), from.end(), [&](std::size_t u) { return is_known(sides_[u]); });
            });
        if (arrives) {
          side.reached = true;
          changed = true;
        }
      }
    }
    for (Side& side : sides_) {
      if (side.reached && side.table != nullptr) {
        side.access.way = Way::kServed;
      }
    }
  }

  static bool is_known(const Side& side) { return side.reached || side.done; }

  void finish(std::size_t i, Way way) {
    sides_[i].access.way = way;
    sides_[i].done = true;
  }

  /// The table that the block begins with, when no condition on values leads to any.
  void drive(std::size_t i) {
    const bool counts = block_.aggregate || block_.grouped;
    const bool inside = block_.role == QueryBlock::Role::kExists || block_.role == QueryBlock::Role::kScalar;
    if (counts || inside || statement_.verb != Verb::kSelect) {
      finish(i, Way::kWhole);
    } else if (!limited_) {
      const bool returned = conjuncts_.empty() && outermost(number_);
      finish(i, returned ? Way::kUnbounded : Way::kWhole);
    } else if (block_.order.empty() || block_.in_union || !conjuncts_.empty()) {
      finish(i, Way::kBounded);
    } else if (std::string name = order_.of_missing_rows();
               !name.empty() && block_.tables[i].join == TableUse::Join::kInner) {
      sides_[i].access.order_elsewhere = std::move(name);
      finish(i, Way::kOrder);
    } else if (order_.only_of(i)) {
      finish(i, sides_[i].access.ordered_walk ? Way::kBounded : Way::kOrder);
    } else {
      finish(i, Way::kBounded);
    }
  }

  /// The block's rows are those of the statement.
  bool outermost(std::uint32_t number) const {
    while (true) {
      const QueryBlock& block = statement_.blocks[number];
      if (block.role == QueryBlock::Role::kTop && block.parent == Condition::kNoBlock) {
        return !block.limited || number == number_;
      }
      if (block.role != QueryBlock::Role::kFrom || block.parent >= statement_.blocks.size()) {
        return false;
      }
      const QueryBlock& parent = statement_.blocks[block.parent];
      Conjuncts outer;
      const bool passes = conjuncts_of(parent, outer) && outer.empty() && parent.tables.size() == 1 &&
                          !parent.aggregate && !parent.grouped && !parent.limited;
      if (!passes) {
        return false;
      }
      number = block.parent;
    }
  }

  const Statement& statement_;
  const QueryBlock& block_;
  const Columns& columns_;
  DatabaseKind kind_;
  Bearings bearings_;
  BlockOrder order_;
  std::uint32_t number_;
  bool limited_;
  Conjuncts conjuncts_;
  std::vector<Side> sides_;
};

}  // namespace

StatementAccess access_of(const Statement& statement, const DatabaseSchema& schema, bool limited) {
  StatementAccess result;
  if (!statement.understood) {
    return result;
  }
  const Columns columns(statement, schema);
  for (std::uint32_t number = 0; number < statement.blocks.size(); ++number) {
    const QueryBlock& block = statement.blocks[number];
    const bool top = block.role == QueryBlock::Role::kTop;
    append_to(result.tables,
              BlockAccess(statement, schema, columns, number, block.limited && (limited || !top)).judge());
  }
  append_to(result.tables, references_of(statement, schema, columns));
  result.unknown_tables = columns.unknown();
  return result;
}

}  // namespace budgetcheck
