#include "query/prisma/prisma_tables.h"

#include <fmt/format.h>

#include <array>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace budgetcheck::prisma {
namespace {

constexpr std::array<std::pair<std::string_view, ColumnType>, 9> kScalars{{
    {"String", ColumnType::kString},
    {"Int", ColumnType::kInt},
    {"BigInt", ColumnType::kBigInt},
    {"Float", ColumnType::kFloat},
    {"Decimal", ColumnType::kDecimal},
    {"Boolean", ColumnType::kBoolean},
    {"DateTime", ColumnType::kDateTime},
    {"Json", ColumnType::kJson},
    {"Bytes", ColumnType::kBytes},
}};

/// What the name of a type stands for.
struct Meaning {
  const Block* declared = nullptr;  ///< null: a scalar
  std::size_t table = 0;            ///< of a model or view
  ColumnType type = ColumnType::kUnknown;
};

bool is_table(const Block& block) { return block.keyword == "model" || block.keyword == "view"; }

class TableReader {
 public:
  TableReader(const std::vector<Block>& blocks, Draft& draft, ErrorList& errors)
      : blocks_(blocks), draft_(draft), errors_(errors) {
    for (const auto& [name, type] : kScalars) {
      meanings_[name] = {nullptr, 0, type};
    }
  }

  void run() {
    for (const Block& block : blocks_) {
      declare(block);
    }
    for (std::size_t table = 0; table < draft_.blocks.size(); ++table) {
      for (const Field& field : draft_.blocks[table]->fields) {
        add_field(table, field);
      }
    }
    check_database_names();
  }

 private:
  void declare(const Block& block);
  void add_field(std::size_t table, const Field& field);
  void add_column(std::size_t table, const Field& field, ColumnType type);
  void add_relation(std::size_t table, const Field& field, std::size_t target);
  void unknown_type(std::size_t table, const Field& field);
  void check_database_names();

  const std::vector<Block>& blocks_;
  Draft& draft_;
  ErrorList& errors_;
  std::unordered_map<std::string_view, Meaning> meanings_;
};

void TableReader::declare(const Block& block) {
  if (!is_table(block) && block.keyword != "enum" && block.keyword != "type") {
    return;
  }
  const Meaning meaning{&block, draft_.blocks.size(),
                        block.keyword == "enum" ? ColumnType::kEnum : ColumnType::kUnknown};
  const auto [earlier, added] = meanings_.emplace(block.name, meaning);
  if (!added) {
    const Block* first = earlier->second.declared;
    errors_.add(block.at(block.place), shown(block.name) + " is declared twice",
                first == nullptr ? "it is the name of a type of Prisma's own"
                                 : "the first stands at " + to_string(first->at(first->place)));
    return;
  }
  if (!is_table(block)) {
    return;
  }
  Table table;
  table.model = printable(block.name);
  table.name = table.model;
  table.view = block.keyword == "view";
  table.location = block.at(block.place);
  table.end_line = block.end_line;
  if (const Attribute* map = find_attribute(block.attributes, "map")) {
    if (std::string name = mapped_name(block, *map, errors_); !name.empty()) {
      table.name = std::move(name);
    }
  }
  if (const Attribute* schema = find_attribute(block.attributes, "schema")) {
    table.schema = mapped_name(block, *schema, errors_);
  }
  draft_.schema.tables.push_back(std::move(table));
  draft_.blocks.push_back(&block);
  draft_.members.emplace_back();
}

void TableReader::add_field(std::size_t table, const Field& field) {
  if (draft_.members[table].contains(field.name)) {
    errors_.add(draft_.at(table, field.place),
                fmt::format("{} has two fields {}", shown(draft_.blocks[table]->name), shown(field.name)));
    return;
  }
  if (field.unsupported) {
    add_column(table, field, ColumnType::kUnknown);
    return;
  }
  const auto found = meanings_.find(field.type);
  if (found == meanings_.end()) {
    unknown_type(table, field);
    // The field is there all the same: an index on it is not a second error.
    add_column(table, field, ColumnType::kUnknown);
    return;
  }
  const Meaning& meaning = found->second;
  if (meaning.declared != nullptr && is_table(*meaning.declared)) {
    add_relation(table, field, meaning.table);
  } else {
    add_column(table, field, meaning.type);
  }
}

/// Now, as the database says it: now(), or the database's own words for it.
bool is_now(const Value* value) {
  if (value == nullptr || value->kind != Value::Kind::kCall) {
    return false;
  }
  if (value->text == "now") {
    return true;
  }
  if (value->text != "dbgenerated" || value->items.empty()) {
    return false;
  }
  const std::string text = lower(value->items.front().value.text);
  return trim(text) == "now()" || trim(text).starts_with("current_timestamp");
}

/// "VarChar(120)" of @db.VarChar(120).
std::string native_type(const Attribute& attribute) {
  std::string native = attribute.name.substr(attribute.name.rfind('.') + 1);
  for (std::size_t i = 0; i < attribute.arguments.size(); ++i) {
    native += (i == 0 ? "(" : ", ") + attribute.arguments[i].value.text;
  }
  return printable(native + (attribute.arguments.empty() ? "" : ")"));
}

void TableReader::add_column(std::size_t table, const Field& field, ColumnType type) {
  Column column;
  column.field = printable(field.name);
  column.name = column.field;
  column.type = type;
  column.list = field.list;
  column.optional = field.optional;
  column.location = draft_.at(table, field.place);
  if (field.unsupported) {
    column.native = printable(field.type);
  }
  for (const Attribute& attribute : field.attributes) {
    if (attribute.name == "map") {
      if (std::string name = mapped_name(*draft_.blocks[table], attribute, errors_); !name.empty()) {
        column.name = std::move(name);
      }
    } else if (attribute.name == "default") {
      column.set_when_created = is_now(find_argument(attribute, "value", true));
    } else if (attribute.name == "updatedAt") {
      column.set_when_updated = true;
    } else if (attribute.name.find('.') != std::string::npos) {
      column.native = native_type(attribute);
    }
  }
  std::vector<Column>& columns = draft_.schema.tables[table].columns;
  draft_.members[table].emplace(field.name, Member{false, columns.size()});
  columns.push_back(std::move(column));
}

void TableReader::add_relation(std::size_t table, const Field& field, std::size_t target) {
  std::vector<Relation>& relations = draft_.schema.tables[table].relations;
  OpenRelation open;
  open.table = table;
  open.relation = relations.size();
  open.target = target;
  open.field = &field;
  if (const Attribute* attribute = find_attribute(field.attributes, "relation")) {
    const Value* name = find_argument(*attribute, "name", true);
    if (name != nullptr && name->kind == Value::Kind::kString) {
      open.name = name->text;
    }
  }
  Relation relation;
  relation.field = printable(field.name);
  relation.model = draft_.schema.tables[target].model;
  relation.list = field.list;
  relation.location = draft_.at(table, field.place);
  draft_.members[table].emplace(field.name, Member{true, relations.size()});
  relations.push_back(std::move(relation));
  draft_.relations.push_back(std::move(open));
}

void TableReader::unknown_type(std::size_t table, const Field& field) {
  std::vector<std::string> names;
  if (errors_.suggests()) {
    for (const auto& [name, type] : kScalars) {
      names.emplace_back(name);
    }
    for (const Block& block : blocks_) {
      if (block.keyword != "generator" && block.keyword != "datasource") {
        names.emplace_back(block.name);
      }
    }
  }
  const std::string hint = errors_.did_you_mean(field.type, names);
  errors_.add(draft_.at(table, field.type_place),
              shown(field.type) + " is neither a type of Prisma's nor a model or enum of this schema",
              hint.empty() ? "if it stands in another file, name the folder of both" : hint);
}

/// Two tables of one name could not be told apart in a statement.
void TableReader::check_database_names() {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < draft_.schema.tables.size(); ++i) {
    const Table& table = draft_.schema.tables[i];
    const auto [earlier, added] = seen.emplace(table.schema + '\0' + table.name, i);
    if (!added) {
      errors_.add(table.location,
                  fmt::format("{} and {} are both the table {}", shown(table.model),
                              shown(draft_.schema.tables[earlier->second].model), shown(table.name)),
                  "look at their @@map");
    }
  }
}

}  // namespace

void read_tables(const std::vector<Block>& blocks, Draft& draft, ErrorList& errors) {
  TableReader(blocks, draft, errors).run();
}

}  // namespace budgetcheck::prisma
