#include "detect/query/n_plus_one.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "detect/query/loop_relation.h"
#include "detect/query/repeat_finding.h"

namespace budgetcheck {
namespace {

/// A table with so few rows is read in one piece; what a loop over it costs does not grow.
constexpr double kTinyRows = 100;

std::string quoted(const std::string& name) { return "'" + name + "'"; }

std::string queries_of(const WorstRepeat& worst) {
  const std::size_t shapes = worst.repeat->variants.size() + 1;
  std::string text = shapes == 1 ? fmt::format("{} queries of one shape {}", worst.count, where_of(worst))
                                 : fmt::format("{} queries of {} shapes {}", worst.count, shapes, where_of(worst));
  if (worst.repeat->distinct_params < worst.count) {
    text += fmt::format(" with {} different parameter lists", worst.repeat->distinct_params);
  }
  return text;
}

/// What the loop reads instead of all at once. The message says that it walks over the rows of another read where
/// the schema ties the two, or where nothing is known of the table; else only that the other came before.
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
  return fmt::format("where: {{ {}: {{ in: keys }} }}", relation.key.empty() ? "key" : printable(relation.key));
}

std::string key_list(const LoopRelation& relation) { return "{ " + key_condition(relation) + " }"; }

enum class Answer { kRows, kCount, kAggregate };

/// What the statement returns, judged by its list of columns.
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
      return fmt::format("Query {} once: one $queryRaw with GROUP BY over the whole range.", name);
    }
    const std::string by = relation.key.empty() ? "…" : "'" + printable(relation.key) + "'";
    return fmt::format("Query {} once for all keys: {}groupBy({{ by: [{}], {}, … }}).", name, client, by,
                       key_condition(relation));
  }
  if (relation.parent != nullptr && !relation.field.empty()) {
    const std::string field = printable(relation.field);
    const std::string included =
        counts ? fmt::format("_count: {{ select: {{ {}: true }} }}", field) : fmt::format("{}: true", field);
    const std::string with = fmt::format("{} with the rows: {}.findMany({{ …, include: {{ {} }} }})",
                                         counts ? "Count" : "Load it", delegate_of(*relation.parent), included);
    const std::string child = delegate_of(*relation.child);
    const std::string other = counts ? fmt::format("{}.groupBy with _count", child)
                                     : fmt::format("{}.findMany({})", child, key_list(relation));
    return relation.key.empty() ? with + "." : fmt::format("{}; or collect the keys and use one {}.", with, other);
  }
  const std::string walked =
      relation.walked.empty() ? "the query that reads the rows before" : "the query on " + quoted(relation.walked);
  if (counts && relation.child != nullptr && relation.key.empty() && !relation.several_keys) {
    return fmt::format("Count all of {} at once: one $queryRaw with GROUP BY over the whole range.", name);
  }
  if (counts) {
    return fmt::format(
        "Count all of {} at once: add _count: {{ select: {{ … }} }} to {}, or use one groupBy with where: {{ key: {{ "
        "in: keys }} }} and _count.",
        name, walked);
  }
  if (relation.child != nullptr) {
    return fmt::format("Collect the keys first and read {} once: {}.findMany({}).", name, delegate_of(*relation.child),
                       key_list(relation));
  }
  return fmt::format(
      "Read {} in one query: add include (or a nested select) of the relation to {}, or collect the keys first and use "
      "one findMany with where: {{ key: {{ in: keys }} }}.",
      name, walked);
}

std::string write_fix(const QueryShape& shape, const LoopRelation& relation, bool mysql) {
  const std::string table = quoted(model_of(relation, shape));
  const std::string client = relation.child != nullptr ? delegate_of(*relation.child) + "." : std::string();
  if (relation.link != nullptr && shape.verb != Verb::kUpdate) {
    const bool insert = shape.verb == Verb::kInsert;
    return fmt::format(
        "{0} all rows at once: {1} takes a list, from either side ({2}.update({{ …, data: {{ {3}: {{ {1}: keys }} }} "
        "}})), and one $executeRaw does it for many rows of both.",
        insert ? "Link" : "Unlink", insert ? "connect" : "disconnect", delegate_of(*relation.link),
        printable(relation.link_field));
  }
  switch (shape.verb) {
    case Verb::kInsert:
      if (shape.text.find("DO UPDATE") != std::string::npos || shape.text.find("ON DUPLICATE") != std::string::npos) {
        return fmt::format("Write all rows of {} at once: one $executeRaw INSERT … {} with many rows.", table,
                           mysql ? "ON DUPLICATE KEY UPDATE" : "ON CONFLICT … DO UPDATE");
      }
      if (shape.text.find("DO NOTHING") != std::string::npos || shape.text.starts_with("INSERT IGNORE")) {
        return fmt::format(
            "Insert all rows of {} at once: {}createMany with skipDuplicates, or one $executeRaw INSERT … {} with many "
            "rows.",
            table, client, mysql ? "IGNORE" : "ON CONFLICT DO NOTHING");
      }
      return fmt::format("Insert all rows of {} at once: {}createMany({{ data: rows }}){}.", table, client,
                         mysql ? "" : ", or createManyAndReturn when the rows are needed");
    case Verb::kDelete:
      return fmt::format("Delete from {} at once: {}deleteMany({}).", table, client, key_list(relation));
    default:
      return fmt::format(
          "Change {} at once: {}updateMany with {} when all rows get the same values, else one $executeRaw UPDATE {}.",
          table, client, key_condition(relation), mysql ? "with CASE or a joined list" : "… FROM (VALUES …)");
  }
}

/// How many rows the table has; negative: not known. Statistics in which no table is large are those of a test
/// database.
double rows_of(const Facts& facts, const std::string& table) {
  constexpr double kLarge = 1000;
  double rows = -1;
  bool real = false;
  for (const TableSize& size : facts.queries.table_sizes) {
    real = real || size.rows >= kLarge;
    rows = equals_ignoring_case(size.table, table) ? std::max(rows, size.rows) : rows;
  }
  return real ? rows : -1;
}

std::vector<WorstRepeat> loops(const Facts& facts, const Rule& rule, bool writes) {
  const double min_repeats = rule.param("min_repeats");
  std::vector<WorstRepeat> found =
      worst_repeats(facts, rule, [&](const QueryLog& log, const Repeat& repeat) -> std::uint64_t {
        const QueryShape& shape = log.shapes[repeat.shape];
        const bool write = shape.verb == Verb::kInsert || shape.verb == Verb::kUpdate || shape.verb == Verb::kDelete;
        // A read of no table is a function call, such as set_config.
        const bool read = shape.verb == Verb::kSelect && !shape.table.empty() && !goes_with_writes(repeat);
        const bool enough =
            static_cast<double>(repeat.count) >= min_repeats || recurs(repeat) || has_long_turns(repeat);
        const bool needed = writes && (repeat.same_row || repeat.claims);  // no batch replaces these
        return (writes ? write : read) && repeat.loop && enough && !needed ? repeat.count : 0;
      });
  drop_few_unclear(found, min_repeats);
  drop_parts_of_calls(found);
  return found;
}

/// A short loop is worth a warning, or a note where nothing shows that it walks over rows.
void soften_short(const Rule& rule, const WorstRepeat& worst, bool tied, Finding& finding) {
  if (static_cast<double>(worst.count) < rule.param("min_repeats")) {
    finding.level = std::min(finding.level, tied ? Level::kWarning : Level::kNote);
  }
}

/// So is one over rows that are few by nature.
void soften_read(const Facts& facts, const Rule& rule, const WorstRepeat& worst, const LoopRelation& relation,
                 Finding& finding) {
  soften_short(rule, worst, relation.described || worst.log->schema >= facts.queries.schemas.size(), finding);
  if (static_cast<double>(worst.count) < rule.param("min_repeats") && !worst.repeat->loose()) {
    finding.evidence.details.emplace_back(
        "recurs in",
        fmt::format("{} of {} requests of the route", worst.repeat->recurring, worst.repeat->route_requests));
  }
  if (const double rows = rows_of(facts, worst.shape().table); rows >= 0 && rows <= kTinyRows) {
    finding.level = std::min(finding.level, Level::kWarning);
    finding.evidence.details.emplace_back("table size", fmt::format("{:.0f} rows", rows));
  }
}

}  // namespace

void detect_n_plus_one(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  for (const WorstRepeat& worst : loops(facts, rule, false)) {
    const QueryShape& shape = worst.shape();
    const LoopRelation relation = loop_relation(facts, worst);
    Finding finding = repeat_finding(rule, worst);
    finding.message =
        fmt::format("{}: {} is read {}", queries_of(worst), quoted(model_of(relation, shape)), walk_of(relation));
    if (relation.source != nullptr) {
      finding.evidence.parent_sql = relation.source->text;
    }
    soften_read(facts, rule, worst, relation, finding);
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
    finding.message = fmt::format("{}: {} is written row by row", queries_of(worst),
                                  shape.table.empty() ? "a table" : quoted(model_of(relation, shape)));
    if (relation.link != nullptr) {
      finding.message += fmt::format(" (it links {} to {})", quoted(printable(relation.link->model)),
                                     quoted(printable(relation.link_to)));
    }
    if (worst.repeat->loose()) {  // few rows that are written together may well be one call of the client
      soften_short(rule, worst, relation.tied, finding);
    }
    finding.fix.text = write_fix(shape, relation, mysql);
    finding.fix.model = relation.child != nullptr ? relation.child->model : std::string();
    findings.push_back(std::move(finding));
  }
}

}  // namespace budgetcheck
