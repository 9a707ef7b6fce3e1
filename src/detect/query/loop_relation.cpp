#include "detect/query/loop_relation.h"

#include <algorithm>

#include "base/text.h"
#include "query/index/table_access.h"
#include "query/sql/statement.h"

namespace budgetcheck {
namespace {

bool all_in(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
  return !wanted.empty() && std::all_of(wanted.begin(), wanted.end(), [&](const std::string& name) {
    return std::any_of(given.begin(), given.end(), [&](const std::string& g) { return equals_ignoring_case(g, name); });
  });
}

bool reads_table(const Statement& statement, const std::string& name) {
  return std::any_of(statement.blocks.begin(), statement.blocks.end(), [&](const QueryBlock& block) {
    return std::any_of(block.tables.begin(), block.tables.end(),
                       [&](const TableUse& use) { return equals_ignoring_case(use.table, name); });
  });
}

/// Who follows a foreign key has read it.
bool has_read(const QueryShape& source, const std::vector<std::string>& columns) {
  const std::string text = lower(source.text);
  return text.find('*') != std::string::npos ||
         std::all_of(columns.begin(), columns.end(),
                     [&](const std::string& column) { return text.find(lower(column)) != std::string::npos; });
}

/// The parent's field that leads to the child, when the loop's condition is that relation's.
bool relates(const Table& parent, const LoopRelation& found, const std::vector<std::string>& equal,
             const Statement& statement, const QueryShape& source, std::string& field) {
  for (const Relation& relation : found.child->relations) {
    if (relation.model == parent.model && all_in(relation.columns, equal)) {
      field = relation.opposite;
      return true;
    }
  }
  for (const Relation& relation : parent.relations) {
    if (relation.model != found.child->model) {
      continue;
    }
    const bool through_table = !relation.join_table.empty() && reads_table(statement, relation.join_table);
    if ((all_in(relation.references, equal) && has_read(source, relation.columns)) || through_table) {
      field = relation.field;
      return true;
    }
  }
  return false;
}

void find_link(const DatabaseSchema& schema, const std::string& join_table, LoopRelation& found) {
  for (const Table& table : schema.tables) {
    for (const Relation& relation : table.relations) {
      if (!relation.join_table.empty() && equals_ignoring_case(relation.join_table, join_table)) {
        found.link = &table;
        found.link_field = relation.field;
        found.link_to = relation.model;
        return;
      }
    }
  }
}

}  // namespace

LoopRelation loop_relation(const Facts& facts, const WorstRepeat& worst) {
  LoopRelation found;
  if (!worst.repeat->before.empty()) {
    found.walked = model_of(facts, *worst.log, worst.log->shapes[worst.repeat->before.front()]);
  }
  if (worst.log->schema >= facts.queries.schemas.size()) {
    return found;
  }
  const DatabaseSchema& schema = facts.queries.schemas[worst.log->schema];
  const Statement statement = parse_statement(worst.shape().text, dialect_of(schema.kind));
  found.child = schema.table(worst.shape().table);
  if (found.child == nullptr || found.child->model.empty()) {
    found.child = nullptr;
    find_link(schema, worst.shape().table, found);
    return found;
  }
  std::vector<std::string> equal;
  for (const TableAccess& access : access_of(statement, schema).tables) {
    if (access.table == found.child && equal.empty()) {
      equal = access.equal;
    }
  }
  found.several_keys = equal.size() > 1;
  if (equal.size() == 1) {
    const Column* column = found.child->column(equal.front());
    found.key = column == nullptr ? std::string() : column->field;
  }
  for (const std::uint32_t before : worst.repeat->before) {
    const QueryShape& source = worst.log->shapes[before];
    const Table* parent = schema.table(source.table);
    if (parent != nullptr && !parent->model.empty() && relates(*parent, found, equal, statement, source, found.field)) {
      found.parent = parent;
      found.source = &source;
      found.described = true;
      return found;
    }
  }
  return found;
}

std::string delegate_of(const Table& table) {
  std::string name = printable(table.model);
  if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z') {
    name.front() = static_cast<char>(name.front() - 'A' + 'a');
  }
  return "prisma." + name;
}

std::string model_of(const Facts& facts, const QueryLog& log, const QueryShape& shape) {
  const Table* table =
      log.schema < facts.queries.schemas.size() ? facts.queries.schemas[log.schema].table(shape.table) : nullptr;
  return table != nullptr && !table->model.empty() ? printable(table->model) : shape.table;
}

std::string model_of(const LoopRelation& relation, const QueryShape& shape) {
  return relation.child != nullptr ? printable(relation.child->model) : shape.table;
}

}  // namespace budgetcheck
