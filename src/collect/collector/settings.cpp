#include "collect/collector/settings.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck::collector {

bool is_variable(const json::Value& value) {
  const std::string* text = value.string();
  if (text == nullptr) {
    return false;
  }
  for (std::size_t at = text->find('$'); at != std::string::npos; at = text->find('$', at + 1)) {
    if (at + 1 >= text->size()) {
      return false;
    }
    const char next = (*text)[at + 1];
    if (next == '$') {  // an escaped one
      ++at;
      continue;
    }
    // $NAME is the form of versions before 0.118.
    if (next == '{' || next == '_' || (next >= 'A' && next <= 'Z')) {
      return true;
    }
  }
  return false;
}

std::optional<bool> truth_of(const json::Value* value, bool fallback) {
  if (value == nullptr || value->is_null()) {
    return fallback;
  }
  if (const bool* truth = value->boolean()) {
    return *truth;
  }
  const std::string word = value->string() == nullptr ? "" : lower(*value->string());
  return word == "true" ? std::optional(true) : word == "false" ? std::optional(false) : std::nullopt;
}

std::optional<double> number_of(const json::Value* value, double fallback) {
  if (value == nullptr || value->is_null()) {
    return fallback;
  }
  if (const double* number = value->number()) {
    return *number;
  }
  return value->string() == nullptr ? std::nullopt : parse_number(*value->string());
}

std::string_view text_of(const json::Value* value) {
  const std::string* text = value == nullptr || is_variable(*value) ? nullptr : value->string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

const json::Array& entries_of(const json::Value* value) {
  static const json::Array kNone;
  return value == nullptr || value->array() == nullptr ? kNone : *value->array();
}

std::optional<std::size_t> length_of(const json::Value* value) {
  if (value == nullptr || value->is_null()) {
    return 0;
  }
  const json::Array* list = value->array();
  if (list == nullptr ||
      std::any_of(list->begin(), list->end(), [](const json::Value& one) { return is_variable(one); })) {
    return std::nullopt;
  }
  return list->size();
}

Location place_of(const std::string& file, const json::Value& object, std::string_view key, const Location& otherwise) {
  const json::Object* members = object.object();
  if (members == nullptr) {
    return otherwise;
  }
  const auto found =
      std::find_if(members->begin(), members->end(), [&](const json::Member& member) { return member.key == key; });
  return found == members->end() ? otherwise : json::location_of(file, *found);
}

}  // namespace budgetcheck::collector
