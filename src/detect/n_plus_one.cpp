#include "detect/n_plus_one.h"

#include "base/text.h"
#include "detect/loop_relation.h"
#include "detect/repeat_finding.h"

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

/// The table whose rows the loop seems to walk over; empty when nothing says so.
std::string parent_table(const WorstRepeat& worst, const LoopRelation& relation) {
  if (relation.parent != nullptr) {
    return printable(relation.parent->model);
  }
  const QueryShape* parent = worst.parent();
  return parent != nullptr && parent->verb == Verb::kSelect ? parent->table : std::string();
}

std::string key_list(const LoopRelation& relation) {
  return "{ where: { " + (relation.key.empty() ? "key" : printable(relation.key)) + ": { in: keys } } }";
}

std::string read_fix(const QueryShape& shape, const LoopRelation& relation, const std::string& parent) {
  const bool counts = shape.text.starts_with("SELECT COUNT(");
  const std::string name = quoted(model_of(relation, shape));
  if (relation.parent != nullptr && !relation.field.empty()) {
    const std::string field = printable(relation.field);
    const std::string call = delegate_of(*relation.parent) + ".findMany({ …, include: { " +
                             (counts ? "_count: { select: { " + field + ": true } }" : field + ": true") + " } })";
    const std::string other = counts ? delegate_of(*relation.child) + ".groupBy with _count"
                                     : delegate_of(*relation.child) + ".findMany(" + key_list(relation) + ")";
    const std::string with = (counts ? "Count with the rows: " : "Load it with the rows: ") + call;
    return relation.key.empty() ? with + "." : with + "; or collect the keys and use one " + other + ".";
  }
  const std::string walked = parent.empty() ? "the query that reads the rows before" : "the query on " + quoted(parent);
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
  switch (shape.verb) {
    case Verb::kInsert:
      if (shape.text.find("ON CONFLICT") != std::string::npos || shape.text.find("ON DUPLICATE") != std::string::npos) {
        return "Write all rows of " + table + " at once: " + client +
               "createMany with skipDuplicates, or one $executeRaw INSERT … " +
               (mysql ? "ON DUPLICATE KEY UPDATE" : "ON CONFLICT") + " with many rows.";
      }
      return "Insert all rows of " + table + " at once: " + client + "createMany({ data: rows })" +
             (mysql ? "." : ", or createManyAndReturn when the rows are needed.");
    case Verb::kDelete:
      return "Delete from " + table + " at once: " + client + "deleteMany(" + key_list(relation) + ").";
    default:
      return "Change " + table + " at once: " + client + "updateMany with where: { " +
             (relation.key.empty() ? "key" : printable(relation.key)) +
             ": { in: keys } } when all rows get the same values, else one $executeRaw UPDATE " +
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
    const std::string parent = parent_table(worst, relation);
    Finding finding = repeat_finding(rule, worst);
    finding.message = queries_of(worst) + ": " + quoted(model_of(relation, shape)) + " is read once for each " +
                      (parent.empty() ? "key instead of for all at once" : "row of " + quoted(parent));
    if (relation.source != nullptr) {
      finding.evidence.parent_sql = relation.source->text;
    }
    finding.fix.text = read_fix(shape, relation, parent);
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

void detect_n_plus_one_write(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, true)) {
    const QueryShape& shape = worst.shape();
    const LoopRelation relation = loop_relation(facts, worst);
    const bool mysql =
        worst.log->schema < facts.schemas.size() && facts.schemas[worst.log->schema].kind == DatabaseKind::kMysql;
    Finding finding = repeat_finding(rule, worst);
    finding.message = queries_of(worst) + ": " + (shape.table.empty() ? "a table" : quoted(model_of(relation, shape))) +
                      " is written row by row";
    finding.fix.text = write_fix(shape, relation, mysql);
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
