#include <array>
#include <utility>

#include "base/text.h"
#include "query/prisma/prisma_tables.h"

// The condition of a partial index, from Prisma's words for it (`where`) to SQL.
namespace budgetcheck::prisma {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kComparisons{
    {{"equals", "="}, {"not", "<>"}, {"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}}};

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    out += c == '\'' ? "''" : std::string(1, c);
  }
  return out + "'";
}

/// A constant as SQL writes it; what is neither number nor Boolean is a text, or a value of an enum.
std::string literal(const Value& value) {
  const bool bare =
      value.kind == Value::Kind::kWord && (value.text == "true" || value.text == "false" ||
                                           value.text.find_first_not_of("-.0123456789") == std::string::npos);
  return bare ? value.text : quoted(value.text);
}

bool is_null(const Value& value) { return value.kind == Value::Kind::kWord && value.text == "null"; }
bool is_constant(const Value& value) { return value.kind == Value::Kind::kWord || value.kind == Value::Kind::kString; }

/// "\"deletedAt\" IS NULL"; empty when it is not understood.
std::string comparison(const std::string& column, std::string_view word, const Value& value) {
  if (word == "in" || word == "notIn") {
    std::vector<std::string> values;
    for (const Value* one : list_of(value)) {
      if (!is_constant(*one)) {
        return {};
      }
      values.push_back(literal(*one));
    }
    return values.empty() ? std::string() : column + (word == "in" ? " IN (" : " NOT IN (") + join(values, ", ") + ")";
  }
  if (!is_constant(value)) {
    return {};
  }
  for (const auto& [name, sign] : kComparisons) {
    if (name == word) {
      if (is_null(value)) {
        return word == "equals" ? column + " IS NULL" : word == "not" ? column + " IS NOT NULL" : std::string();
      }
      return column + " " + std::string(sign) + " " + literal(value);
    }
  }
  return {};
}

}  // namespace

std::string predicate_of(const Draft& draft, std::size_t table, const Value& where) {
  if (where.kind == Value::Kind::kString) {
    return where.text;
  }
  if (where.kind == Value::Kind::kCall) {
    const bool raw = where.text == "raw" && !where.items.empty();
    return raw && where.items.front().value.kind == Value::Kind::kString ? where.items.front().value.text : "";
  }
  if (where.kind != Value::Kind::kObject) {
    return {};
  }
  std::vector<std::string> conditions;
  for (const Argument& entry : where.items) {
    const auto member = draft.members[table].find(entry.name);
    if (member == draft.members[table].end() || member->second.relation) {
      return {};
    }
    const std::string column = "\"" + draft.schema.tables[table].columns[member->second.index].name + "\"";
    std::vector<Argument> whole(1);
    whole.front().name = "equals";
    if (entry.value.kind != Value::Kind::kObject) {
      whole.front().value = entry.value;
    }
    for (const Argument& part : entry.value.kind == Value::Kind::kObject ? entry.value.items : whole) {
      conditions.push_back(comparison(column, part.name, part.value));
      if (conditions.back().empty()) {
        return {};
      }
    }
  }
  return join(conditions, " AND ");
}

}  // namespace budgetcheck::prisma
