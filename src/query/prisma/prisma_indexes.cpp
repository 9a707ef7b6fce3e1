#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "query/prisma/prisma_tables.h"

namespace budgetcheck::prisma {
namespace {

using Kind = TableIndex::Kind;
using Method = TableIndex::Method;

constexpr std::array<std::pair<std::string_view, Kind>, 4> kBlockKinds{
    {{"id", Kind::kPrimary}, {"unique", Kind::kUnique}, {"index", Kind::kPlain}, {"fulltext", Kind::kFullText}}};

constexpr std::array<std::pair<std::string_view, Method>, 6> kMethods{{{"BTree", Method::kBTree},
                                                                       {"Hash", Method::kHash},
                                                                       {"Gin", Method::kGin},
                                                                       {"Gist", Method::kGist},
                                                                       {"SpGist", Method::kSpGist},
                                                                       {"Brin", Method::kBrin}}};

class IndexReader {
 public:
  IndexReader(Draft& draft, std::size_t table, ErrorList& errors) : draft_(draft), table_(table), errors_(errors) {}

  void run() {
    const Block& block = *draft_.blocks[table_];
    for (const Field& field : block.fields) {
      for (const Attribute& attribute : field.attributes) {
        if (attribute.name == "id" || attribute.name == "unique") {
          of_field(field, attribute);
        }
      }
    }
    for (const Attribute& attribute : block.attributes) {
      for (const auto& [name, kind] : kBlockKinds) {
        if (attribute.name == name) {
          of_block(attribute, kind);
        }
      }
    }
  }

 private:
  void of_field(const Field& field, const Attribute& attribute) {
    TableIndex index = begin(attribute, attribute.name == "id" ? Kind::kPrimary : Kind::kUnique);
    if (add_column(field.name, attribute.place, attribute.arguments, index)) {
      add(std::move(index));
    }
  }

  void of_block(const Attribute& attribute, Kind kind) {
    TableIndex index = begin(attribute, kind);
    const Value* fields = find_argument(attribute, "fields", true);
    const std::vector<const Value*> listed = fields == nullptr ? std::vector<const Value*>() : list_of(*fields);
    if (listed.empty()) {
      errors_.add(at(attribute.place), shown("@@" + attribute.name) + " names no fields",
                  fmt::format("write it like '@@{}([a, b])'", attribute.name));
      return;
    }
    bool complete = true;
    for (const Value* value : listed) {
      if (value->kind != Value::Kind::kWord && value->kind != Value::Kind::kCall) {
        errors_.add(at(value->place), "an index is made of fields, without quotes");
        complete = false;
      } else if (value->text.find('.') != std::string::npos) {
        return;  // reaches into a composite type: MongoDB's, and of no table
      } else {
        complete = add_column(value->text, value->place, value->items, index) && complete;
      }
    }
    if (complete) {
      add(std::move(index));
    }
  }

  TableIndex begin(const Attribute& attribute, Kind kind) {
    TableIndex index;
    index.kind = kind;
    index.location = at(attribute.place);
    const Value* map = find_argument(attribute, "map", false);
    if (map == nullptr && (kind == Kind::kPlain || kind == Kind::kFullText)) {
      map = find_argument(attribute, "name", false);  // Prisma 2's word for it
    }
    if (map != nullptr && map->kind == Value::Kind::kString) {
      index.name = printable(map->text);
    }
    index.partial = find_argument(attribute, "where", false) != nullptr;
    if (const Value* type = find_argument(attribute, "type", false)) {
      read_method(*type, index);
    }
    return index;
  }

  void read_method(const Value& type, TableIndex& index) {
    std::vector<std::string> names;
    for (const auto& [name, method] : kMethods) {
      if (type.text == name) {
        index.method = method;
        return;
      }
      names.emplace_back(name);
    }
    const std::string hint = errors_.did_you_mean(type.text, names);
    errors_.add(at(type.place), "there is no index of type " + shown(type.text),
                hint.empty() ? "types are " + join(names, ", ") : hint);
  }

  bool add_column(std::string_view field, Place place, const std::vector<Argument>& options, TableIndex& index) {
    const Column* found = find_column(draft_, table_, field, at(place), errors_);
    if (found == nullptr) {
      return false;
    }
    IndexColumn column;
    column.field = found->field;
    column.name = found->name;
    for (const Argument& option : options) {
      const Value& value = option.value;
      if (option.name == "sort") {
        column.descending = value.text == "Desc";
      } else if (option.name == "length") {
        std::from_chars(value.text.data(), value.text.data() + value.text.size(), column.length);
      } else if (option.name == "ops") {
        const bool raw = value.kind == Value::Kind::kCall && !value.items.empty();
        column.ops = printable(raw ? value.items.front().value.text : value.text);
      }
    }
    index.columns.push_back(std::move(column));
    return true;
  }

  void add(TableIndex index) { draft_.schema.tables[table_].indexes.push_back(std::move(index)); }
  Location at(Place place) const { return draft_.at(table_, place); }

  Draft& draft_;
  std::size_t table_;
  ErrorList& errors_;
};

}  // namespace

void read_indexes(Draft& draft, ErrorList& errors) {
  for (std::size_t table = 0; table < draft.blocks.size(); ++table) {
    IndexReader(draft, table, errors).run();
  }
}

}  // namespace budgetcheck::prisma
