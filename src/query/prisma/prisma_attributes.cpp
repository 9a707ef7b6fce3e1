#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "query/prisma/prisma_tables.h"

namespace budgetcheck::prisma {

const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name) {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& a) { return a.name == name; });
  return found == attributes.end() ? nullptr : &*found;
}

const Value* find_argument(const Attribute& attribute, std::string_view name, bool may_be_unnamed) {
  const Value* unnamed = nullptr;
  for (const Argument& argument : attribute.arguments) {
    if (argument.name == name) {
      return &argument.value;
    }
    if (argument.name.empty() && unnamed == nullptr) {
      unnamed = &argument.value;
    }
  }
  return may_be_unnamed ? unnamed : nullptr;
}

std::vector<const Value*> list_of(const Value& value) {
  if (value.kind != Value::Kind::kList) {
    return {&value};
  }
  std::vector<const Value*> values;
  values.reserve(value.items.size());
  for (const Argument& item : value.items) {
    values.push_back(&item.value);
  }
  return values;
}

std::string mapped_name(const Block& block, const Attribute& attribute, ErrorList& errors) {
  const Value* name = find_argument(attribute, "name", true);
  if (name != nullptr && name->kind == Value::Kind::kString && !name->text.empty()) {
    return printable(name->text);
  }
  errors.add(block.at(attribute.place), shown(attribute.name) + " needs a name in quotes",
             "write it like 'map(\"the_name\")'");
  return {};
}

const Column* find_column(const Draft& draft, std::size_t table, std::string_view field, const Location& where,
                          ErrorList& errors) {
  const auto& members = draft.members[table];
  const Block& block = *draft.blocks[table];
  const auto found = members.find(field);
  if (found != members.end() && !found->second.relation) {
    return &draft.schema.tables[table].columns[found->second.index];
  }
  if (found != members.end()) {
    errors.add(where, fmt::format("{} of {} is a relation, not a column", shown(field), shown(block.name)),
               "name the field that holds its key, as in '@relation(fields: [...])'");
    return nullptr;
  }
  if (block.damaged) {
    return nullptr;  // it may stand in a line that was not understood
  }
  std::vector<std::string> names;
  if (errors.suggests()) {
    for (const Column& column : draft.schema.tables[table].columns) {
      names.push_back(column.field);
    }
  }
  errors.add(where, fmt::format("{} has no field {}", shown(block.name), shown(field)),
             errors.did_you_mean(field, names));
  return nullptr;
}

}  // namespace budgetcheck::prisma
