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
    if (block.unread_index.line != 0) {
      note_unread(block.unread_index);
    }
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
    } else {
      note_unread(attribute.place);
    }
  }

  void note_unread(Place place) {
    Location& unread = draft_.schema.tables[table_].unread_index;
    unread = unread.line == 0 ? at(place) : unread;
  }

  void of_block(const Attribute& attribute, Kind kind) {
    TableIndex index = begin(attribute, kind);
    if (const Value* expression = find_argument(attribute, "expression", false)) {
      for (std::string& part : parts_of(text_of(*expression))) {
        add_expression(std::move(part), index);
      }
    }
    const Value* fields = find_argument(attribute, "fields", index.columns.empty());
    const std::vector<const Value*> listed = fields == nullptr ? std::vector<const Value*>() : list_of(*fields);
    if (listed.empty() && index.columns.empty()) {
      errors_.add(at(attribute.place), shown("@@" + attribute.name) + " names no fields",
                  fmt::format("write it like '@@{}([a, b])'", attribute.name));
      note_unread(attribute.place);
      return;
    }
    bool complete = true;
    for (const Value* value : listed) {
      if (value->kind == Value::Kind::kCall && value->text == "raw" && !text_of(*value).empty()) {
        add_expression(text_of(*value), index);
      } else if (value->kind != Value::Kind::kWord && value->kind != Value::Kind::kCall) {
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
    } else {
      note_unread(attribute.place);
    }
  }

  /// The text of "…" or raw("…"); empty for anything else.
  static std::string text_of(const Value& value) {
    const Value* text = value.kind == Value::Kind::kCall && !value.items.empty() ? &value.items.front().value : &value;
    return text->kind == Value::Kind::kString ? printable(text->text) : std::string();
  }

  /// "lower(email), name" at its commas.
  static std::vector<std::string> parts_of(const std::string& expressions) {
    std::vector<std::string> parts;
    std::string part;
    int depth = 0;
    for (const char c : expressions + ",") {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c != ',' || depth > 0) {
        part += c;
      } else if (!trim(part).empty()) {
        parts.emplace_back(trim(part));
        part.clear();
      }
    }
    return parts;
  }

  /// A column where the text is the name of one: as a field, or as the database calls it.
  void add_expression(std::string text, TableIndex& index) {
    std::string name =
        text.size() > 2 && text.front() == '"' && text.back() == '"' ? text.substr(1, text.size() - 2) : text;
    const Table& table = draft_.schema.tables[table_];
    const auto member = draft_.members[table_].find(name);
    const bool field = member != draft_.members[table_].end() && !member->second.relation;
    const Column* found = field ? &table.columns[member->second.index] : table.column(name);
    IndexColumn column;
    if (found != nullptr) {
      column.field = found->field;
      column.name = found->name;
    } else {
      column.expression = std::move(text);
    }
    index.columns.push_back(std::move(column));
  }

  TableIndex begin(const Attribute& attribute, Kind kind) {
    TableIndex index;
    index.kind = kind;
    index.location = at(attribute.place);
    const Value* map = find_argument(attribute, "map", false);
    if (map == nullptr && (kind == Kind::kPlain || kind == Kind::kFullText)) {
      map = find_argument(attribute, "name", false);  // Prisma's word for it in versions 2 and 8
    }
    if (map != nullptr && map->kind == Value::Kind::kString) {
      index.name = printable(map->text);
    }
    if (const Value* where = find_argument(attribute, "where", false)) {
      index.partial = true;
      index.predicate = printable(predicate_of(draft_, table_, *where));
    }
    if (const Value* type = find_argument(attribute, "type", false)) {
      read_method(*type, index);
    }
    return index;
  }

  /// What an index of a kind that is not known serves is not known either.
  void read_method(const Value& type, TableIndex& index) {
    std::vector<std::string> names;
    for (const auto& [name, method] : kMethods) {
      if (equals_ignoring_case(type.text, name)) {
        index.method = method;
        return;
      }
      names.emplace_back(name);
    }
    index.method = Method::kOther;
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

void read_indexes(Draft& draft, ErrorList& unread) {
  for (std::size_t table = 0; table < draft.blocks.size(); ++table) {
    IndexReader(draft, table, unread).run();
  }
}

}  // namespace budgetcheck::prisma
