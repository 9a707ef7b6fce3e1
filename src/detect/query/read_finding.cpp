#include "detect/query/read_finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/glob.h"
#include "base/text.h"

namespace budgetcheck {

std::string grouped_digits(double number) {
  constexpr double kMost = 9e15;
  std::string digits = std::to_string(static_cast<std::uint64_t>(std::clamp(number, 0.0, kMost)));
  constexpr std::size_t kGroup = 3;
  for (std::size_t i = digits.size(); i > kGroup; i -= kGroup) {
    digits.insert(i - kGroup, ",");
  }
  return digits;
}

std::string sized_name(const TableRead& read) {
  return read.rows ? fmt::format("'{}' ({} rows)", read.subject(), grouped_digits(*read.rows))
                   : fmt::format("'{}'", read.subject());
}

bool is_ignored(const Rule& rule, const TableRead& read) {
  return std::any_of(rule.ignore.begin(), rule.ignore.end(), [&](const std::string& glob) {
    return label_glob_matches(glob, read.table) || label_glob_matches(glob, read.subject());
  });
}

Finding read_finding(const Rule& rule, const TableRead& read) {
  const double min_rows = rule.param("min_rows");
  const QueryShape& shape = *read.shape;
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = read.subject();
  const Table* table = read.access.table;
  finding.location = table != nullptr && table->location.line != 0 ? table->location : shape.first;
  finding.evidence.sql = shape.text;
  finding.evidence.count = read.executions;
  finding.evidence.route = shape.route;
  finding.evidence.input = read.log->input;
  finding.evidence.line = shape.first.line;
  auto& details = finding.evidence.details;
  const PlanAccess* step = read.step;
  if (step != nullptr && step->rows_read >= 0) {
    details.emplace_back("captured plan",
                         grouped_digits(step->rows_read) + " rows read" +
                             (step->rows_returned >= 0 ? ", " + grouped_digits(step->rows_returned) + " of them wanted"
                                                       : std::string()));
  }
  if (read.rows) {
    details.emplace_back("table size from", read.rows_from);
  } else if (step == nullptr) {
    finding.level = std::min(rule.level, Level::kWarning);
    details.emplace_back("confidence",
                         "the table's size is unknown, so this is a warning: add it with --table-rows FILE");
  }
  const TableAccess& access = read.access;
  const auto at_most_warning = [&](std::string why) {
    finding.level = std::min(finding.level, Level::kWarning);
    details.emplace_back("confidence", std::move(why));
  };
  if (access.ordered_walk || access.early_stop) {
    // How far the walk goes depends on the data: only a plan shows it.
    const bool read_on = step != nullptr && step->rows_read >= min_rows;
    const bool stopped = step != nullptr && step->rows_read >= 0 && !read_on;
    finding.level = std::min(finding.level, read_on ? rule.level : stopped ? Level::kNote : Level::kWarning);
    if (stopped) {
      details.emplace_back("confidence", "reading ended early here; with other values it may not");
    } else if (!read_on && read.rows) {
      details.emplace_back("confidence", "how far it reads is unknown, so this is a warning: a captured plan shows it");
    }
  }
  if (access.uncertain) {
    at_most_warning("SQLite may skip through the index after ANALYZE: EXPLAIN QUERY PLAN shows it");
  }
  if (access.may_be_joined && step == nullptr) {
    at_most_warning("the planner may begin with another table and find these rows by the join: EXPLAIN shows it");
  }
  if (access.way == TableAccess::Way::kReferences) {
    at_most_warning("no plan shows what a delete looks for in other tables; it does so for every row that it deletes");
  }
  if (!access.distance.empty() && step == nullptr) {
    at_most_warning("the schema cannot declare an index for a distance, so a migration may have made one");
  }
  if (read.against_schema && !access.served_alone) {
    at_most_warning("by the schema an index serves a part of the conditions, which the planner did not take");
  }
  if (table != nullptr && table->unread_index.line != 0 && step == nullptr) {
    at_most_warning("an index of this model was not understood: " + printable(to_string(table->unread_index)));
  }
  finding.magnitude = read.rows.value_or(0) + static_cast<double>(read.executions);
  finding.fix.model = table != nullptr ? table->model : std::string();
  // A delete may look through one table by several keys.
  finding.key = access.relation == nullptr
                    ? finding_key(rule.id, {lower(read.table), shape.key})
                    : finding_key(rule.id, {lower(read.table), shape.key, access.relation->field});
  return finding;
}

}  // namespace budgetcheck
