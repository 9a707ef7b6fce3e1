#include "detect/query/table_reads.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "detect/query/table_evidence.h"
#include "query/index/index_advice.h"
#include "query/index/index_words.h"
#include "query/sql/statement.h"

namespace budgetcheck {
namespace {

using Way = TableAccess::Way;

/// Data that others point at and that does not grow with use: countries, tags, roles. Such a table belongs to no other
/// (but perhaps to itself, as a tree), has hardly more than a key and a name, and does not record when a row was made.
bool looks_like_reference_data(const Table& table) {
  constexpr std::size_t kFewColumns = 3;
  const bool belongs = std::any_of(table.relations.begin(), table.relations.end(), [&](const Relation& relation) {
    return !relation.columns.empty() && relation.model != table.model;
  });
  const bool dated = std::any_of(table.columns.begin(), table.columns.end(),
                                 [](const Column& column) { return column.set_when_created; });
  return !table.model.empty() && table.columns.size() <= kFewColumns && !belongs && !dated;
}

void add_unique(std::vector<std::string>& to, std::string name) {
  if (std::find(to.begin(), to.end(), name) == to.end()) {
    to.push_back(std::move(name));
  }
}

std::string name_of(const Table& table) { return table.model.empty() ? table.name : table.model; }

bool is_reported(Way way) {
  return way == Way::kFilter || way == Way::kJoin || way == Way::kOrder || way == Way::kUnbounded ||
         way == Way::kReferences;
}

class Collector {
 public:
  Collector(const Facts& facts, double min_rows) : facts_(facts), evidence_(facts, min_rows), min_rows_(min_rows) {}

  TableReads take() {
    for (const QueryLog& log : facts_.queries.logs) {
      const DatabaseSchema* schema =
          log.schema < facts_.queries.schemas.size() ? &facts_.queries.schemas[log.schema] : nullptr;
      plans_.assign(log.shapes.size(), {});
      for (const CapturedPlan& plan : log.plans) {
        if (plan.shape < plans_.size()) {
          plans_[plan.shape].push_back(&plan);
        }
      }
      for (std::uint32_t i = 0; i < log.shapes.size(); ++i) {
        look_at(log, schema, i);
      }
    }
    result_.tiny_statistics = evidence_.tiny_statistics();
    return std::move(result_);
  }

 private:
  void look_at(const QueryLog& log, const DatabaseSchema* schema, std::uint32_t number) {
    const QueryShape& shape = log.shapes[number];
    const Statement statement =
        parse_statement(shape.text, dialect_of(schema == nullptr ? DatabaseKind::kUnknown : schema->kind));
    if (!statement.understood) {
      const bool touches = shape.verb != Verb::kOther && schema != nullptr;
      if (touches && result_.not_understood++ == 0) {
        result_.first_not_understood = shape.first;
      }
      return;
    }
    if (statement.blocks.empty()) {
      return;
    }
    bool judged = false;
    if (schema != nullptr) {
      StatementAccess access = access_of(statement, *schema, !shape.unlimited);
      for (const std::string& table : access.unknown_tables) {
        add_unique(result_.unknown_tables, printable(table));
      }
      for (TableAccess& table : access.tables) {
        judged = true;
        add_judged(log, *schema, number, statement, std::move(table));
      }
    }
    add_from_plans(log, schema, number, statement, judged);
  }

  /// What the schema says, checked against plans and sizes.
  void add_judged(const QueryLog& log, const DatabaseSchema& schema, std::uint32_t number, const Statement& statement,
                  TableAccess access) {
    TableRead read;
    read.log = &log;
    read.shape = &log.shapes[number];
    read.schema = &schema;
    read.table = access.table->name;
    // No plan shows what a delete brings along.
    const bool hidden = access.way == Way::kReferences;
    evidence_.look_up(read, hidden ? std::vector<const CapturedPlan*>() : plans_[number], access.alias);
    const PlanEvidence plan = evidence_.judge(read, access);
    // What the plan alone would show is shown with a schema as well.
    const bool open = access.way == Way::kBounded || access.way == Way::kWhole;
    if (plan == PlanEvidence::kScan &&
        (access.way == Way::kUnknown || (open && way_by_text(statement, *read.step) == Way::kFilter))) {
      access.way = Way::kFilter;
    }
    if (access.way == Way::kServed && plan == PlanEvidence::kScan) {
      read.against_schema = true;
      access.way = Way::kFilter;
    } else if (access.way == Way::kServed) {
      note_served(access, plan);
      return;
    }
    const bool cleared = (plan == PlanEvidence::kIndex && !access.behind_cursor) || plan == PlanEvidence::kSmall;
    if (!is_reported(access.way) || cleared) {
      return;
    }
    if (read.rows && *read.rows < min_rows_) {
      return;
    }
    if (hidden && access.relation->on_delete == Relation::OnDelete::kRestrict) {
      add_unique(result_.forbidding, fmt::format("'{}' by '{}'", name_of(*access.table),
                                                 field_of(*access.table, access.unserved.front().column)));
      return;
    }
    if (!read.rows && plan != PlanEvidence::kScan && looks_like_reference_data(*access.table)) {
      add_unique(result_.reference_tables, access.table->model);
      return;
    }
    read.access = std::move(access);
    keep(std::move(read));
  }

  void note_served(const TableAccess& access, PlanEvidence plan) {
    const std::string model = name_of(*access.table);
    if (plan == PlanEvidence::kChoice) {
      add_unique(result_.chosen, model);
    } else if (access.depends_on != nullptr && plan != PlanEvidence::kIndex) {
      add_unique(result_.depends_on, fmt::format("'{}' by {}", model, index_name(*access.depends_on, *access.table)));
    }
  }

  /// Tables that no schema describes: a plan of a table of real size speaks for itself.
  void add_from_plans(const QueryLog& log, const DatabaseSchema* schema, std::uint32_t number,
                      const Statement& statement, bool judged) {
    for (const CapturedPlan* plan : plans_[number]) {
      for (const PlanAccess& step : plan->accesses) {
        const bool scans = step.way == PlanAccess::Way::kScan && step.rows_read >= min_rows_;
        if (!scans || (schema != nullptr && schema->table(step.table) != nullptr)) {
          continue;
        }
        const Way way = way_by_text(statement, step);
        if (way == Way::kUnknown) {
          continue;
        }
        TableRead read;
        read.log = &log;
        read.shape = &log.shapes[number];
        read.table = step.table;
        read.access.way = way;
        read.plan = plan;
        read.step = &step;
        read.rows = step.rows_read / std::max(step.loops, 1.0);
        read.rows_from = "the captured plan";
        keep(std::move(read));
      }
    }
    result_.without_schema += schema == nullptr && !judged && plans_[number].empty() ? 1U : 0U;
  }

  /// A scan is worth reporting when the statement restricts what it reads, or returns all of it.
  static Way way_by_text(const Statement& statement, const PlanAccess& step) {
    for (const QueryBlock& block : statement.blocks) {
      for (const TableUse& use : block.tables) {
        const bool named = equals_ignoring_case(use.table, step.table) ||
                           (!step.alias.empty() && equals_ignoring_case(use.name(), step.alias));
        if (!named) {
          continue;
        }
        // Where most rows are wanted, no index would be taken.
        const bool picks = step.rows_returned < 0 || step.rows_returned * 2 <= step.rows_read;
        const bool restricts = block.where.kind != Condition::Kind::kTrue && step.filtered && picks;
        if (restricts && block.tables.size() == 1) {
          return Way::kFilter;
        }
        const bool everything = block.where.kind == Condition::Kind::kTrue && block.tables.size() == 1 &&
                                !block.limited && !block.aggregate && !block.grouped &&
                                block.role == QueryBlock::Role::kTop && statement.verb == Verb::kSelect;
        return everything ? Way::kUnbounded : Way::kUnknown;
      }
    }
    return Way::kUnknown;
  }

  /// One for each shape, table and place in the statement; a log in which more is known replaces one that knows less.
  void keep(TableRead read) {
    read.executions = read.shape->executions;
    const std::string relation = read.access.relation == nullptr ? std::string() : read.access.relation->field;
    const auto key = std::make_tuple(read.shape->key, lower(read.table), relation, read.access.way == Way::kUnbounded);
    const auto [at, added] = index_.emplace(key, result_.reads.size());
    if (added) {
      result_.reads.push_back(std::move(read));
      return;
    }
    TableRead& known = result_.reads[at->second];
    const std::uint64_t executions = known.log == read.log ? known.executions : known.executions + read.executions;
    const auto weight = [](const TableRead& r) { return std::pair(r.step != nullptr, r.rows.has_value()); };
    if (weight(read) > weight(known)) {
      known = std::move(read);
    }
    known.executions = executions;
  }

  const Facts& facts_;
  TableEvidence evidence_;
  double min_rows_;
  std::vector<std::vector<const CapturedPlan*>> plans_;  ///< of the log that is looked at, by shape
  TableReads result_;
  std::map<std::tuple<std::string, std::string, std::string, bool>, std::size_t> index_;
};

}  // namespace

std::string TableRead::subject() const {
  return access.table != nullptr && !access.table->model.empty() ? access.table->model : printable(table);
}

TableReads table_reads(const Facts& facts, double min_rows) { return Collector(facts, min_rows).take(); }

}  // namespace budgetcheck
