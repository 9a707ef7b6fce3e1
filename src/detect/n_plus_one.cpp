#include "detect/n_plus_one.h"

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
std::string parent_table(const WorstRepeat& worst) {
  const QueryShape* parent = worst.parent();
  return parent != nullptr && parent->verb == Verb::kSelect ? parent->table : std::string();
}

std::string read_fix(const QueryShape& shape, const std::string& parent) {
  const std::string walked = parent.empty() ? "the query that reads the rows before" : "the query on " + quoted(parent);
  if (shape.text.starts_with("SELECT COUNT(")) {
    return "Count all of " + quoted(shape.table) + " at once: add _count: { select: { … } } to " + walked +
           ", or use one groupBy with where: { key: { in: keys } } and _count.";
  }
  return "Read " + quoted(shape.table) + " in one query: add include (or a nested select) of the relation to " +
         walked + ", or collect the keys first and use one findMany with where: { key: { in: keys } }.";
}

std::string write_fix(const QueryShape& shape) {
  const std::string table = quoted(shape.table);
  switch (shape.verb) {
    case Verb::kInsert:
      return shape.text.find("ON CONFLICT") != std::string::npos || shape.text.find("ON DUPLICATE") != std::string::npos
                 ? "Write all rows of " + table +
                       " at once: createMany with skipDuplicates, or one $executeRaw INSERT … ON CONFLICT with many "
                       "rows"
                 : "Insert all rows of " + table +
                       " at once: createMany, or createManyAndReturn when the rows are needed.";
    case Verb::kDelete:
      return "Delete from " + table + " at once: deleteMany with where: { key: { in: keys } }.";
    default:
      return "Change " + table +
             " at once: updateMany with where: { key: { in: keys } } when all rows get the same values, else one "
             "$executeRaw UPDATE … FROM (VALUES …).";
  }
}

std::vector<WorstRepeat> loops(const Facts& facts, const Rule& rule, bool writes) {
  const double min_repeats = rule.param("min_repeats");
  return worst_repeats(facts, rule, [&](const QueryLog& log, const Repeat& repeat) -> std::uint64_t {
    const QueryShape& shape = log.shapes[repeat.shape];
    const bool write = shape.verb == Verb::kInsert || shape.verb == Verb::kUpdate || shape.verb == Verb::kDelete;
    // A read of no table is a function call, such as set_config.
    const bool read = shape.verb == Verb::kSelect && !shape.table.empty();
    const bool enough = static_cast<double>(repeat.count) >= min_repeats;
    return (writes ? write : read) && repeat.loop && enough ? repeat.count : 0;
  });
}

}  // namespace

void detect_n_plus_one(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, false)) {
    const QueryShape& shape = worst.shape();
    const std::string parent = parent_table(worst);
    Finding finding = repeat_finding(rule, worst);
    finding.message = queries_of(worst) + ": " + quoted(shape.table) + " is read once for each " +
                      (parent.empty() ? "key instead of for all at once" : "row of " + quoted(parent));
    finding.fix.text = read_fix(shape, parent);
    findings.push_back(std::move(finding));
  }
}

void detect_n_plus_one_write(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, true)) {
    const QueryShape& shape = worst.shape();
    Finding finding = repeat_finding(rule, worst);
    finding.message =
        queries_of(worst) + ": " + (shape.table.empty() ? "a table" : quoted(shape.table)) + " is written row by row";
    finding.fix.text = write_fix(shape);
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
