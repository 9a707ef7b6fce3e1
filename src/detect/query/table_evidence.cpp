#include "detect/query/table_evidence.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

/// Rows that one run of the step read; negative when the plan was not timed.
double rows_of(const PlanAccess& step) { return step.rows_read < 0 ? -1 : step.rows_read / std::max(step.loops, 1.0); }

bool same(const std::string& a, const std::string& b) { return equals_ignoring_case(a, b); }

/// An index would have found the rows faster: so few of those that were read are wanted. Where more are, reading all
/// costs less than looking them up one by one, and a planner does so whatever indexes there are.
bool wanted_few(const PlanAccess& step) {
  constexpr double kShare = 100;
  constexpr double kFew = 50;
  return step.rows_returned >= 0 && !step.limited &&
         step.rows_read - step.rows_returned >= kShare * std::max(step.rows_returned, kFew * std::max(step.loops, 1.0));
}

/// The step went through an index from its first column. PostgreSQL shows a condition on a later column in the same
/// way, though every entry is read for it.
bool found_by_index(const PlanAccess& step, const Table* table) {
  if (step.way != PlanAccess::Way::kIndex) {
    return false;
  }
  if (table == nullptr || step.condition_columns.empty()) {
    return true;
  }
  const TableIndex* used = nullptr;
  for (const TableIndex& index : table->indexes) {
    std::string name = index.name;
    if (name.empty()) {
      // Prisma's own: Table_a_b_idx, Table_a_key, Table_pkey.
      name = table->name;
      for (const IndexColumn& column : index.columns) {
        name += index.kind == TableIndex::Kind::kPrimary ? "" : "_" + column.name;
      }
      name += index.kind == TableIndex::Kind::kPrimary  ? "_pkey"
              : index.kind == TableIndex::Kind::kUnique ? "_key"
                                                        : "_idx";
    }
    used = same(name, step.index) ? &index : used;
  }
  if (used == nullptr || used->columns.empty() || used->method != TableIndex::Method::kBTree) {
    return true;  // one that the schema does not know: the plan is believed
  }
  return std::any_of(step.condition_columns.begin(), step.condition_columns.end(),
                     [&](const std::string& column) { return same(column, used->columns.front().name); });
}

}  // namespace

TableEvidence::TableEvidence(const Facts& facts, double min_rows) : min_rows_(min_rows) {
  double most = 0;
  for (const TableSize& size : facts.queries.table_sizes) {
    most = std::max(most, size.rows);
    double& rows = sizes_[lower(size.table)];
    rows = std::max(rows, size.rows);
  }
  if (!sizes_.empty() && most < min_rows) {
    tiny_statistics_ = true;
    sizes_.clear();
  }
  for (const QueryLog& log : facts.queries.logs) {
    for (const CapturedPlan& plan : log.plans) {
      for (const PlanAccess& step : plan.accesses) {
        const double rows = rows_of(step);
        real_plans_ = real_plans_ || rows >= min_rows;
        if (step.way == PlanAccess::Way::kScan && rows >= 0 && !step.limited) {
          double& known = scanned_[lower(step.table)];
          known = std::max(known, rows);
        }
      }
    }
  }
}

void TableEvidence::look_up(TableRead& read, const std::vector<const CapturedPlan*>& plans,
                            const std::string& alias) const {
  for (const CapturedPlan* plan : plans) {
    for (const PlanAccess& step : plan->accesses) {
      const bool here = step.alias.empty() ? same(step.table, read.table) || same(step.table, alias)
                                           : same(step.alias, alias) || (same(step.table, read.table) && alias.empty());
      if (here && (read.step == nullptr || step.rows_read > read.step->rows_read)) {
        read.plan = plan;
        read.step = &step;
      }
    }
  }
  const auto size = sizes_.find(lower(read.table));
  const auto scanned = scanned_.find(lower(read.table));
  const double read_whole = read.step != nullptr && read.step->way == PlanAccess::Way::kScan ? rows_of(*read.step) : -1;
  if (size != sizes_.end() && size->second < min_rows_ && read_whole >= min_rows_) {
    read.rows = read_whole;  // the statistics are older, or of another database
    read.rows_from = "the captured plan";
  } else if (size != sizes_.end()) {
    read.rows = size->second;
    read.rows_from = "table statistics";
  } else if (scanned != scanned_.end() && (scanned->second >= min_rows_ || real_plans_)) {
    read.rows = scanned->second;
    read.rows_from = "a captured plan";
  }
}

PlanEvidence TableEvidence::judge(const TableRead& read, const TableAccess& access) const {
  if (read.step == nullptr) {
    return PlanEvidence::kNothing;
  }
  const PlanAccess& step = *read.step;
  const double rows = rows_of(step);
  const bool whole = step.way == PlanAccess::Way::kScan || step.way == PlanAccess::Way::kFullIndex ||
                     (step.way == PlanAccess::Way::kIndex && !found_by_index(step, access.table));
  if (!whole) {
    const bool real = real_plans_ || (read.rows && *read.rows >= min_rows_);
    return step.way == PlanAccess::Way::kIndex && real ? PlanEvidence::kIndex : PlanEvidence::kNothing;
  }
  if (rows >= min_rows_) {
    const bool index_serves = access.way == TableAccess::Way::kServed;
    return index_serves && !wanted_few(step) ? PlanEvidence::kChoice : PlanEvidence::kScan;
  }
  const bool stopped_early = step.limited || step.way != PlanAccess::Way::kScan;
  return rows >= 0 && !stopped_early && real_plans_ ? PlanEvidence::kSmall : PlanEvidence::kNothing;
}

}  // namespace budgetcheck
