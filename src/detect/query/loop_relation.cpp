#include "detect/query/loop_relation.h"

#include <algorithm>
#include <iterator>

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

bool same(const Table& one, const Table& other) { return &one == &other; }

bool related(const Table& one, const Table& other) {
  return std::any_of(one.relations.begin(), one.relations.end(),
                     [&](const Relation& relation) { return relation.model == other.model; });
}

/// Who reads rows, and then each of them again by what identifies it.
bool identifies(const Table& table, const std::vector<std::string>& equal) {
  return std::any_of(table.indexes.begin(), table.indexes.end(), [&](const TableIndex& index) {
    std::vector<std::string> columns;
    for (const IndexColumn& column : index.columns) {
      columns.push_back(column.name);
    }
    return (index.kind == TableIndex::Kind::kPrimary || index.kind == TableIndex::Kind::kUnique) &&
           all_in(columns, equal);
  });
}

/// Both refer to rows of the same third table, and that is how the loop looks for its rows: the messages of the
/// channels that somebody is a member of.
bool siblings(const Table& child, const std::vector<std::string>& equal, const Table& parent,
              const QueryShape& source) {
  return std::any_of(child.relations.begin(), child.relations.end(), [&](const Relation& own) {
    return all_in(own.columns, equal) && all_in(equal, own.columns) &&
           std::any_of(parent.relations.begin(), parent.relations.end(), [&](const Relation& other) {
             return other.model == own.model && other.references == own.references && !other.columns.empty() &&
                    has_read(source, other.columns);
           });
  });
}

/// What the statement of `shape` reads or writes belongs to rows of `parent`: it looks for them by a relation or by
/// what identifies them, or adds rows that refer to them.
bool ties(const DatabaseSchema& schema, const QueryShape& shape, const Statement& statement,
          const std::vector<std::string>& equal, const Table& parent, const QueryShape& source) {
  const Table* child = schema.table(shape.table);
  if (child == nullptr) {
    return false;
  }
  if (shape.verb == Verb::kInsert) {
    return related(*child, parent) || related(parent, *child);
  }
  if (same(*child, parent) && identifies(parent, equal)) {
    return true;
  }
  LoopRelation relation;
  relation.child = child;
  std::string field;
  return relates(parent, relation, equal, statement, source, field) || siblings(*child, equal, parent, source);
}

/// The columns of its main table that the statement compares with values.
std::vector<std::string> compared(const Statement& statement, const DatabaseSchema& schema, const QueryShape& shape) {
  const Table* table = schema.table(shape.table);
  std::vector<std::string> columns;
  for (const TableAccess& access : access_of(statement, schema).tables) {
    if (access.table == table && columns.empty()) {
      columns = access.equal;
      columns.insert(columns.end(), access.in.begin(), access.in.end());
    }
  }
  return columns;
}

/// `again`: a read of the same rows once more counts too.
bool tied_to_reads(const QueryLog& log, const DatabaseSchema& schema, const QueryShape& shape,
                   const std::vector<std::uint32_t>& before, bool again = true) {
  const Statement statement = parse_statement(shape.text, dialect_of(schema.kind));
  const std::vector<std::string> equal = compared(statement, schema, shape);
  return std::any_of(before.begin(), before.end(), [&](std::uint32_t read) {
    const Table* parent = schema.table(log.shapes[read].table);
    const bool counts =
        parent != nullptr && (again || shape.verb != Verb::kSelect || schema.table(shape.table) != parent);
    return counts && ties(schema, shape, statement, equal, *parent, log.shapes[read]);
  });
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

LoopRelation relation_of(const Facts& facts, const WorstRepeat& worst) {
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

}  // namespace

LoopRelation loop_relation(const Facts& facts, const WorstRepeat& worst) {
  LoopRelation found = relation_of(facts, worst);
  const Repeat& repeat = *worst.repeat;
  if (!repeat.loose() || repeat.before.empty() || worst.log->schema >= facts.queries.schemas.size()) {
    return found;
  }
  const QueryLog& log = *worst.log;
  const DatabaseSchema& schema = facts.queries.schemas[log.schema];
  found.tied = found.described || tied_to_reads(log, schema, worst.shape(), repeat.before);
  std::vector<std::uint32_t> tied;
  for (const std::uint32_t shape : repeat.turn) {
    if (shape != repeat.shape && tied_to_reads(log, schema, log.shapes[shape], repeat.before)) {
      tied.push_back(shape);
    }
  }
  found.turn_tied = !tied.empty();
  // What the turns begin with belongs to what was read before all of them, not to what they read themselves.
  std::vector<std::uint32_t> outside;
  std::copy_if(repeat.before.begin(), repeat.before.end(), std::back_inserter(outside), [&](std::uint32_t read) {
    return std::find(repeat.turn.begin(), repeat.turn.end(), read) == repeat.turn.end();
  });
  const QueryShape& first = repeat.turn.empty() ? worst.shape() : log.shapes[repeat.turn.front()];
  found.first_tied = tied_to_reads(log, schema, first, outside);
  found.again = found.first_tied && !tied_to_reads(log, schema, first, outside, false);
  // What belongs to a row that the turn has read belongs to the rows before.
  found.tied = found.tied || tied_to_reads(log, schema, worst.shape(), tied);
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
