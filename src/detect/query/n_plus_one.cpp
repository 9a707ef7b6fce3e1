#include "detect/query/n_plus_one.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "detect/query/loop_relation.h"
#include "detect/query/repeat_finding.h"

namespace budgetcheck {
namespace {

std::string quoted(const std::string& name) { return "'" + name + "'"; }

std::string queries_of(const WorstRepeat& worst) {
  std::string text = std::to_string(worst.count) + " queries of one shape " + where_of(worst);
  if (worst.repeat->distinct_params < worst.count) {
    text += " with " + std::to_string(worst.repeat->distinct_params) + " different parameter lists";
  }
  return text;
}

/// What the loop reads instead of all at once. That it walks over the rows of another read is said where the schema
/// ties the two, or where nothing is known of the table; else it is only said that the other came before.
std::string walk_of(const LoopRelation& relation) {
  if (relation.parent != nullptr) {
    return "once for each row of " + quoted(printable(relation.parent->model));
  }
  if (relation.child == nullptr && !relation.walked.empty()) {
    return "once for each row of " + quoted(relation.walked);
  }
  const std::string after = relation.walked.empty() ? std::string() : ", after a read of " + quoted(relation.walked);
  return "once for each key instead of for all at once" + after;
}

std::string key_condition(const LoopRelation& relation) {
  if (relation.child != nullptr && relation.key.empty()) {
    return relation.several_keys ? "where: { OR: keys }" : "where: { OR: conditions }";
  }
  return "where: { " + (relation.key.empty() ? "key" : printable(relation.key)) + ": { in: keys } }";
}

std::string key_list(const LoopRelation& relation) { return "{ " + key_condition(relation) + " }"; }

enum class Answer { kRows, kCount, kAggregate };

/// What the statement gives back, told by its list of columns.
Answer answer_of(const QueryShape& shape) {
  if (shape.text.starts_with("SELECT COUNT(") && shape.text.find(", ") > shape.text.find(" FROM ")) {
    return Answer::kCount;
  }
  const std::string_view columns = std::string_view(shape.text).substr(0, shape.text.find(" FROM "));
  constexpr std::array<std::string_view, 5> kFunctions{"COUNT(", "SUM(", "AVG(", "MIN(", "MAX("};
  const bool any = std::any_of(kFunctions.begin(), kFunctions.end(),
                               [&](std::string_view f) { return columns.find(f) != std::string_view::npos; });
  return any ? Answer::kAggregate : Answer::kRows;
}

std::string read_fix(const QueryShape& shape, const LoopRelation& relation) {
  const Answer answer = answer_of(shape);
  const bool counts = answer == Answer::kCount;
  const std::string name = quoted(model_of(relation, shape));
  if (answer == Answer::kAggregate) {
    const std::string client = relation.child == nullptr ? std::string() : delegate_of(*relation.child) + ".";
    if (relation.child != nullptr && relation.key.empty() && !relation.several_keys) {
      return "Ask " + name + " once: one $queryRaw with GROUP BY over the whole range.";
    }
    const std::string by = relation.key.empty() ? "…" : "'" + printable(relation.key) + "'";
    return "Ask " + name + " once for all keys: " + client + "groupBy({ by: [" + by + "], " + key_condition(relation) +
           ", … }).";
  }
  if (relation.parent != nullptr && !relation.field.empty()) {
    const std::string field = printable(relation.field);
    const std::string call = delegate_of(*relation.parent) + ".findMany({ …, include: { " +
                             (counts ? "_count: { select: { " + field + ": true } }" : field + ": true") + " } })";
    const std::string other = counts ? delegate_of(*relation.child) + ".groupBy with _count"
                                     : delegate_of(*relation.child) + ".findMany(" + key_list(relation) + ")";
    const std::string with = (counts ? "Count with the rows: " : "Load it with the rows: ") + call;
    return relation.key.empty() ? with + "." : with + "; or collect the keys and use one " + other + ".";
  }
  const std::string walked =
      relation.walked.empty() ? "the query that reads the rows before" : "the query on " + quoted(relation.walked);
  if (counts && relation.child != nullptr && relation.key.empty() && !relation.several_keys) {
    return "Count all of " + name + " at once: one $queryRaw with GROUP BY over the whole range.";
  }
  if (counts) {
    return "Count all of " + name + " at once: add _count: { select: { … } } to " + walked +
           ", or use one groupBy with where: { key: { in: keys } } and _count.";
  }
  if (relation.child != nullptr) {
    return "Collect the keys first and read " + name + " once: " + delegate_of(*relation.child) + ".findMany(" +
           key_list(relation) + ").";
  }
  return "Read " + name + " in one query: add include (or a nested select) of the relation to " + walked +
         ", or collect the keys first and use one findMany with where: { key: { in: keys } }.";
}

std::string write_fix(const QueryShape& shape, const LoopRelation& relation, bool mysql) {
  const std::string table = quoted(model_of(relation, shape));
  const std::string client = relation.child != nullptr ? delegate_of(*relation.child) + "." : std::string();
  if (relation.link != nullptr && shape.verb != Verb::kUpdate) {
    const bool insert = shape.verb == Verb::kInsert;
    return std::string(insert ? "Link" : "Unlink") + " all rows at once: " + (insert ? "connect" : "disconnect") +
           " takes a list, from either side (" + delegate_of(*relation.link) + ".update({ …, data: { " +
           printable(relation.link_field) + ": { " + (insert ? "connect" : "disconnect") +
           ": keys } } })), and one $executeRaw does it for many rows of both.";
  }
  switch (shape.verb) {
    case Verb::kInsert:
      if (shape.text.find("DO UPDATE") != std::string::npos || shape.text.find("ON DUPLICATE") != std::string::npos) {
        return "Write all rows of " + table + " at once: one $executeRaw INSERT … " +
               (mysql ? "ON DUPLICATE KEY UPDATE" : "ON CONFLICT … DO UPDATE") + " with many rows.";
      }
      if (shape.text.find("DO NOTHING") != std::string::npos || shape.text.starts_with("INSERT IGNORE")) {
        return "Insert all rows of " + table + " at once: " + client +
               "createMany with skipDuplicates, or one $executeRaw INSERT … " +
               (mysql ? "IGNORE" : "ON CONFLICT DO NOTHING") + " with many rows.";
      }
      return "Insert all rows of " + table + " at once: " + client + "createMany({ data: rows })" +
             (mysql ? "." : ", or createManyAndReturn when the rows are needed.");
    case Verb::kDelete:
      return "Delete from " + table + " at once: " + client + "deleteMany(" + key_list(relation) + ").";
    default:
      return "Change " + table + " at once: " + client + "updateMany with " + key_condition(relation) +
             " when all rows get the same values, else one $executeRaw UPDATE " +
             (mysql ? "with CASE or a joined list." : "… FROM (VALUES …).");
  }
}

std::vector<WorstRepeat> loops(const Facts& facts, const Rule& rule, bool writes) {
  const double min_repeats = rule.param("min_repeats");
  return worst_repeats(facts, rule, [&](const QueryLog& log, const Repeat& repeat) -> std::uint64_t {
    const QueryShape& shape = log.shapes[repeat.shape];
    const bool write = shape.verb == Verb::kInsert || shape.verb == Verb::kUpdate || shape.verb == Verb::kDelete;
    // A read of no table is a function call, such as set_config.
    const bool read = shape.verb == Verb::kSelect && !shape.table.empty() && !goes_with_writes(repeat);
    const bool enough = static_cast<double>(repeat.count) >= min_repeats;
    return (writes ? write : read) && repeat.loop && enough ? repeat.count : 0;
  });
}

}  // namespace

void detect_n_plus_one(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, false)) {
    const QueryShape& shape = worst.shape();
    const LoopRelation relation = loop_relation(facts, worst);
    Finding finding = repeat_finding(rule, worst);
    finding.message = queries_of(worst) + ": " + quoted(model_of(relation, shape)) + " is read " + walk_of(relation);
    if (relation.source != nullptr) {
      finding.evidence.parent_sql = relation.source->text;
    }
    finding.fix.text = read_fix(shape, relation);
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

void detect_n_plus_one_write(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, true)) {
    const QueryShape& shape = worst.shape();
    const LoopRelation relation = loop_relation(facts, worst);
    const bool mysql = worst.log->schema < facts.queries.schemas.size() &&
                       facts.queries.schemas[worst.log->schema].kind == DatabaseKind::kMysql;
    Finding finding = repeat_finding(rule, worst);
    finding.message = queries_of(worst) + ": " + (shape.table.empty() ? "a table" : quoted(model_of(relation, shape))) +
                      " is written row by row";
    if (relation.link != nullptr) {
      finding.message +=
          " (it links " + quoted(printable(relation.link->model)) + " to " + quoted(printable(relation.link_to)) + ")";
    }
    finding.fix.text = write_fix(shape, relation, mysql);
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
