#include "json/value.h"

#include <algorithm>

namespace budgetcheck::json {

Value::Value(Array value) : data_(std::move(value)) {}
Value::Value(Object value) : data_(std::move(value)) {}

const Value* Value::find(std::string_view key) const {
  if (const Object* members = object()) {
    for (const Member& member : *members) {
      if (member.key == key) {
        return &member.value;
      }
    }
  }
  return nullptr;
}

const Value* Value::at(std::initializer_list<std::string_view> keys) const {
  const Value* value = this;
  for (const std::string_view key : keys) {
    value = value == nullptr ? nullptr : value->find(key);
  }
  return value;
}

std::string_view Value::string_or(std::string_view key, std::string_view fallback) const {
  const Value* value = find(key);
  const std::string* text = value == nullptr ? nullptr : value->string();
  return text == nullptr ? fallback : std::string_view(*text);
}

std::string_view type_name(Value::Type type) {
  switch (type) {
    case Value::Type::kNull:
      return "null";
    case Value::Type::kBool:
      return "true or false";
    case Value::Type::kNumber:
      return "a number";
    case Value::Type::kString:
      return "a string";
    case Value::Type::kArray:
      return "a list";
    case Value::Type::kObject:
      return "a mapping";
  }
  return "a value";
}

Location location_of(const std::string& file, const Value& value) { return {file, value.line, value.column, {}}; }

Location location_of(const std::string& file, const Member& member) { return {file, member.line, member.column, {}}; }

bool same_value(const Value& a, const Value& b) {
  if (a.type() != b.type()) {
    return false;
  }
  if (const Array* items = a.array()) {
    return items->size() == b.array()->size() &&
           std::equal(items->begin(), items->end(), b.array()->begin(), same_value);
  }
  if (const Object* members = a.object()) {
    return members->size() == b.object()->size() &&
           std::all_of(members->begin(), members->end(), [&](const Member& member) {
             const Value* other = b.find(member.key);
             return other != nullptr && same_value(member.value, *other);
           });
  }
  if (const std::string* text = a.string()) {
    return *text == *b.string();
  }
  if (const double* number = a.number()) {
    return *number == *b.number();
  }
  return a.boolean() == nullptr || *a.boolean() == *b.boolean();
}

}  // namespace budgetcheck::json
