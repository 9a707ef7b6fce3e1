#include "collect/query_log/rows_read.h"

#include <utility>

#include "base/text.h"
#include "collect/query_log/names.h"

namespace budgetcheck {

using query_log::operation_of;

void RowsRead::add(std::string_view route, const QueryShape& shape, double rows) {
  // What names no table and reads nothing ("SELECT 1") says nothing about one.
  if (operation_of(shape.verb).empty() || (shape.table.empty() && rows <= 0)) {
    return;
  }
  any_ = any_ || rows >= 0;
  add_to({}, shape, rows);
  if (!route.empty()) {
    add_to(route, shape, rows);
  }
}

void RowsRead::add_to(std::string_view route, const QueryShape& shape, double rows) {
  std::tuple key{std::string(route), shape.table.empty() ? std::string("unknown") : shape.table,
                 operation_of(shape.verb)};
  auto found = groups_.find(key);
  if (found == groups_.end()) {
    if (groups_.size() >= kMaxGroups) {
      too_many_ = true;
      return;
    }
    found = groups_.emplace(std::move(key), Rows{}).first;
  }
  if (rows < 0) {
    ++found->second.unknown;
  } else {
    found->second.values.add(rows);
  }
}

void RowsRead::add_samples(const std::string& path, bool too_many_shapes, Facts& facts) const {
  if (!any_) {
    return;
  }
  for (const auto& [key, rows] : groups_) {
    const auto& [route, table, operation] = key;
    Sample sample;
    sample.metric = "queries.rows_read";
    sample.where = Labels{{"model", table}, {"operation", std::string(operation)}};
    if (!route.empty()) {
      sample.where.set("route", route);
    }
    sample.unit = Unit::kCount;
    sample.location = Location::of(path);
    if (rows.values.count() == 0) {
      facts.unmeasured.push_back({sample.metric, sample.where,
                                  "no statement of this kind in '" + printable(path) + "' has a plan with row counts",
                                  "log a plan with every statement: auto_explain.log_min_duration = 0", sample.location,
                                  true});
      continue;
    }
    sample.value = rows.values;
    if (rows.unknown > 0 || too_many_shapes) {
      sample.lower_bound = true;
      sample.lower_bound_reason =
          rows.unknown > 0
              ? counted(rows.unknown, "statement") + (rows.unknown == 1 ? " has" : " have") + " no plan with row counts"
              : "the log holds more distinct statements than are told apart";
    }
    facts.samples.push_back(std::move(sample));
  }
}

}  // namespace budgetcheck
