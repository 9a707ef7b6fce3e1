#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "query/prisma/prisma_tables.h"

namespace budgetcheck::prisma {
namespace {

class Linker {
 public:
  Linker(Draft& draft, ErrorList& errors) : draft_(draft), errors_(errors) {}

  void run() {
    for (OpenRelation& open : draft_.relations) {
      read_key(open);
    }
    // Sides belong together when they join the same two models under the same name.
    std::map<std::tuple<std::size_t, std::size_t, std::string_view>, std::vector<const OpenRelation*>> groups;
    for (const OpenRelation& open : draft_.relations) {
      groups[{std::min(open.table, open.target), std::max(open.table, open.target), open.name}].push_back(&open);
    }
    for (const auto& [key, group] : groups) {
      link(group);
    }
    if (draft_.schema.kind == DatabaseKind::kMysql && draft_.schema.foreign_keys) {
      // Views have no keys, and none point at them.
      std::unordered_set<std::string> models;
      for (const Table& table : draft_.schema.tables) {
        if (!table.view) {
          models.insert(table.model);
        }
      }
      for (Table& table : draft_.schema.tables) {
        if (!table.view) {
          add_foreign_key_indexes(table, models);
        }
      }
    }
  }

 private:
  using Group = std::vector<const OpenRelation*>;

  void read_key(OpenRelation& open);
  void read_on_delete(const Attribute& attribute, const OpenRelation& open);
  void link(const Group& group);
  void add_join_table(const OpenRelation& one, const OpenRelation& other);
  static void add_foreign_key_indexes(Table& table, const std::unordered_set<std::string>& models);
  Relation& relation(const OpenRelation& open) { return draft_.schema.tables[open.table].relations[open.relation]; }

  Draft& draft_;
  ErrorList& errors_;
};

/// The foreign key's columns, and what they refer to.
void Linker::read_key(OpenRelation& open) {
  const Attribute* attribute = find_attribute(open.field->attributes, "relation");
  if (attribute == nullptr) {
    return;
  }
  // In their old form the two lists had no names; the first was the fields.
  std::vector<const Value*> unnamed;
  for (const Argument& argument : attribute->arguments) {
    if (argument.name.empty() && argument.value.kind == Value::Kind::kList) {
      unnamed.push_back(&argument.value);
    }
  }
  const Value* fields = find_argument(*attribute, "fields", false);
  if (fields == nullptr && !unnamed.empty()) {
    fields = unnamed.front();
    unnamed.erase(unnamed.begin());
  }
  const Value* references = find_argument(*attribute, "references", false);
  if (references == nullptr && !unnamed.empty()) {
    references = unnamed.front();
  }
  if (fields == nullptr) {
    return;
  }
  open.owns = true;
  read_on_delete(*attribute, open);
  const Location where = draft_.at(open.table, attribute->place);
  if (references == nullptr) {
    errors_.add(where, fmt::format("the relation {} does not say what its fields refer to", shown(open.field->name)),
                "add 'references: [...]'");
    return;
  }
  const std::vector<const Value*> from = list_of(*fields);
  const std::vector<const Value*> to = list_of(*references);
  if (from.size() != to.size()) {
    errors_.add(where, fmt::format("the relation {} has {} and {}", shown(open.field->name),
                                   counted(from.size(), "field"), counted(to.size(), "reference")));
    return;
  }
  std::vector<std::string> columns;
  std::vector<std::string> referred;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const Column* column =
        find_column(draft_, open.table, from[i]->text, draft_.at(open.table, from[i]->place), errors_);
    const Column* target = find_column(draft_, open.target, to[i]->text, draft_.at(open.table, to[i]->place), errors_);
    if (column != nullptr && target != nullptr) {
      columns.push_back(column->name);
      referred.push_back(target->name);
    }
  }
  if (columns.size() == from.size()) {
    relation(open).columns = std::move(columns);
    relation(open).references = std::move(referred);
  }
}

/// Without a word, Prisma sets the key of a relation that may be missing to NULL, and forbids what another needs.
void Linker::read_on_delete(const Attribute& attribute, const OpenRelation& open) {
  using OnDelete = Relation::OnDelete;
  const Value* said = find_argument(attribute, "onDelete", false);
  const std::string_view word = said == nullptr ? std::string_view() : said->text;
  relation(open).on_delete = word == "Cascade"                           ? OnDelete::kCascade
                             : word == "SetNull" || word == "SetDefault" ? OnDelete::kSetNull
                             : said == nullptr && open.field->optional   ? OnDelete::kSetNull
                                                                         : OnDelete::kRestrict;
}

void Linker::link(const Group& group) {
  const OpenRelation& first = *group.front();
  const bool itself = first.table == first.target;
  const auto here = static_cast<std::size_t>(
      std::count_if(group.begin(), group.end(), [&](const OpenRelation* side) { return side->table == first.table; }));
  const std::size_t there = group.size() - here;
  if (!itself && (here == 0 || there == 0)) {
    return;  // the other side is missing: Prisma requires it, but a fragment of a schema may leave it out
  }
  if (group.size() > 2) {
    if (!draft_.blocks[first.table]->damaged && !draft_.blocks[first.target]->damaged) {
      errors_.add(draft_.at(first.table, first.field->place),
                  fmt::format("the relations between {} and {} cannot be told apart",
                              shown(draft_.blocks[first.table]->name), shown(draft_.blocks[first.target]->name)),
                  "give both fields of each relation one name, as in '@relation(\"Name\")'");
    }
    return;
  }
  if (group.size() < 2 || (first.owns && group.back()->owns)) {
    return;
  }
  const OpenRelation& other = *group.back();
  relation(first).opposite = relation(other).field;
  relation(other).opposite = relation(first).field;
  if (first.field->list && other.field->list && !first.owns && !other.owns) {
    add_join_table(first, other);
  }
}

/// Prisma makes it where both sides are lists: its columns are A and B, and A is the model that comes first in the
/// alphabet. Prisma 6 gives it a primary key on PostgreSQL and a unique index elsewhere, which serve the same reads.
void Linker::add_join_table(const OpenRelation& one, const OpenRelation& other) {
  const bool ordered = draft_.blocks[one.table]->name <= draft_.blocks[other.table]->name;
  const OpenRelation& a = ordered ? one : other;
  const OpenRelation& b = ordered ? other : one;
  const std::string_view name_a = draft_.blocks[a.table]->name;
  const std::string_view name_b = draft_.blocks[b.table]->name;
  Table join;
  join.name = printable("_" + (one.name.empty() ? std::string(name_a) + "To" + std::string(name_b) : one.name));
  join.schema = draft_.schema.tables[a.table].schema;
  join.location = relation(one).location;
  const auto add_side = [&](const char* name, const Table& table) {
    const auto key = std::find_if(table.indexes.begin(), table.indexes.end(), [](const TableIndex& index) {
      return index.kind == TableIndex::Kind::kPrimary && index.columns.size() == 1;
    });
    const Column* id = key == table.indexes.end() ? nullptr : table.column(key->columns.front().name);
    Column column;
    Relation side;
    column.field = column.name = side.field = name;
    column.location = side.location = join.location;
    if (id != nullptr) {
      column.type = id->type;
      column.native = id->native;
      side.columns = {name};
      side.references = {id->name};
    }
    side.model = table.model;
    join.columns.push_back(std::move(column));
    join.relations.push_back(std::move(side));
  };
  add_side("A", draft_.schema.tables[a.table]);
  add_side("B", draft_.schema.tables[b.table]);
  const auto indexed = [](std::string name) { return IndexColumn{name, name, false, 0, {}}; };
  TableIndex both;
  both.kind = TableIndex::Kind::kUnique;
  both.location = join.location;
  both.columns = {indexed("A"), indexed("B")};
  TableIndex second;
  second.location = join.location;
  second.columns = {indexed("B")};
  join.indexes = {std::move(both), std::move(second)};
  relation(one).join_table = join.name;
  relation(other).join_table = join.name;
  draft_.schema.tables.push_back(std::move(join));
}

/// Whether InnoDB takes this index for a foreign key: its columns come first, in this order, and as a whole.
bool serves(const TableIndex& index, const std::vector<std::string>& columns) {
  if (index.kind == TableIndex::Kind::kFullText || index.columns.size() < columns.size()) {
    return false;
  }
  return std::equal(
      columns.begin(), columns.end(), index.columns.begin(),
      [](const std::string& name, const IndexColumn& column) { return column.length == 0 && column.name == name; });
}

void Linker::add_foreign_key_indexes(Table& table, const std::unordered_set<std::string>& models) {
  for (const Relation& relation : table.relations) {
    const bool served = std::any_of(table.indexes.begin(), table.indexes.end(),
                                    [&](const TableIndex& index) { return serves(index, relation.columns); });
    if (relation.columns.empty() || served || !models.contains(relation.model)) {
      continue;
    }
    TableIndex index;
    index.kind = TableIndex::Kind::kForeignKey;
    index.location = relation.location;
    for (const std::string& name : relation.columns) {
      const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                       [&](const Column& candidate) { return candidate.name == name; });
      index.columns.push_back({column == table.columns.end() ? name : column->field, name, false, 0, {}});
    }
    table.indexes.push_back(std::move(index));
  }
}

}  // namespace

void link_relations(Draft& draft, ErrorList& errors) { Linker(draft, errors).run(); }

}  // namespace budgetcheck::prisma
