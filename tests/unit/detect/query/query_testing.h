#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"
#include "query/sql/shape.h"
#include "unit/detect/evidence_testing.h"
#include "unit/query/prisma/prisma_testing.h"

// Query logs without the bytes: facts as the collectors would give them.
namespace budgetcheck {

/// Facts of one log and one schema.
class FactsOfLog {
 public:
  explicit FactsOfLog(const std::string& models, const std::string& provider = "postgresql") {
    facts.queries.schemas.push_back(schema_of("datasource db {\n  provider = \"" + provider + "\"\n}\n" + models));
    facts.queries.logs.emplace_back();
    log().input = "app.log";
    log().has_ids = true;
    log().schema = 0;
  }

  QueryLog& log() { return facts.queries.logs.back(); }

  /// The number of a statement that ran.
  std::uint32_t ran(std::string_view sql, std::uint64_t executions = 1) {
    const Shape shape = shape_of(sql, dialect_of(facts.queries.schemas.at(0).kind));
    QueryShape made{shape.text, shape.verb, shape.table, executions, 0, {"app.log", 7, 0, ""}};
    made.key = shape.key;
    made.unlimited = shape.unlimited;
    log().shapes.push_back(made);
    return static_cast<std::uint32_t>(log().shapes.size() - 1);
  }

  /// It ran `count` times in one request, behind the reads in `before`.
  Repeat& repeated(std::uint32_t shape, std::uint64_t count, std::vector<std::uint32_t> before = {}) {
    Repeat repeat;
    repeat.shape = shape;
    repeat.before = std::move(before);
    repeat.parent = repeat.before.empty() ? Repeat::kNoShape : repeat.before.front();
    repeat.route = "/posts";
    repeat.scope = "req-1";
    repeat.count = count;
    repeat.distinct_params = count;
    repeat.params_known = true;
    repeat.loop = true;
    repeat.requests = 1;
    log().repeats.push_back(repeat);
    return log().repeats.back();
  }

  /// The same in a log without parameters, so that nobody knows whether it is a loop.
  Repeat& repeated_unknown(std::uint32_t shape, std::uint64_t count, std::vector<std::uint32_t> before = {}) {
    Repeat& repeat = repeated(shape, count, std::move(before));
    repeat.params_known = false;
    repeat.loop = false;
    return repeat;
  }

  /// A plan of the statement that read `rows` of a table.
  PlanAccess& planned(std::uint32_t shape, const std::string& table, PlanAccess::Way way, double rows) {
    PlanAccess step;
    step.table = table;
    step.way = way;
    step.rows_read = rows;
    step.filtered = true;
    log().plans.push_back({shape, {step}, -1, -1, {}});
    return log().plans.back().accesses.back();
  }

  void size(const std::string& table, double rows) { facts.queries.table_sizes.push_back({"", table, rows}); }

  Facts facts;
};

inline Rule query_rule(std::string_view id, Level level, std::string param, double value) {
  Rule rule;
  rule.id = id;
  rule.level = level;
  rule.params.push_back({std::move(param), Unit::kCount, value, 0, 1e12, ""});
  return rule;
}

using DetectRule = void (*)(const Facts&, const Rule&, std::vector<Finding>&);
inline std::vector<Finding> findings_of(DetectRule detect, const Facts& facts, const Rule& rule) {
  std::vector<Finding> findings;
  detect(facts, rule, findings);
  return findings;
}

}  // namespace budgetcheck
