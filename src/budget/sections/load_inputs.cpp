#include <map>

#include "base/text.h"
#include "budget/sections/loader.h"

namespace budgetcheck {
namespace {

/// The members that its family reads: all but those that every input has.
InputSettings settings_of(const json::Value& value) {
  json::Object settings;
  for (const json::Member& member : *value.object()) {
    if (member.key != "path" && member.key != "optional") {
      settings.push_back(member);
    }
  }
  return InputSettings(json::Value(std::move(settings)));
}

InputSpec read_input(Loading& loading, const json::Value& value) {
  InputSpec input;
  input.location = loading.at(value);
  if (const std::string* path = value.string()) {
    input.path = *path;
    return input;
  }
  input.path = text_of(value, "path");
  const json::Value* optional = value.find("optional");
  input.optional = optional != nullptr && optional->boolean() != nullptr && *optional->boolean();
  if (value.is_object()) {
    input.settings = settings_of(value);
  }
  const json::Value* fields = value.find("fields");
  if (fields != nullptr && fields->is_object() && fields->object()->empty()) {
    loading.error(loading.at(*fields), "'fields' names no field",
                  "name one, such as query: db.statement, or remove it");
  }
  return input;
}

}  // namespace

void load_inputs(Loading& loading, const json::Value& document) {
  const json::Value* inputs = document.find("inputs");
  if (inputs != nullptr && inputs->is_array()) {
    std::map<std::string, Location> seen;
    for (const json::Value& value : *inputs->array()) {
      InputSpec input = read_input(loading, value);
      if (input.path.empty()) {
        continue;  // the schema has said so
      }
      const auto [first, is_new] = seen.emplace(join_path(input.path, ""), input.location);
      if (!is_new) {
        loading.error(input.location, "the input '" + printable(input.path) + "' is listed twice",
                      "it stands in line " + std::to_string(first->second.line) + " already, and would count twice");
      }
      loading.file.inputs.push_back(std::move(input));
    }
  }
  const json::Value* table_rows = document.find("table_rows");
  if (table_rows != nullptr && table_rows->is_string() && !table_rows->string()->empty()) {
    InputSpec input;
    input.path = *table_rows->string();
    input.location = loading.at(*table_rows);
    input.settings.set("table_rows", json::Value(true));
    loading.file.table_rows = std::move(input);
  }
  const json::Value* routes = document.find("routes");
  if (routes != nullptr && routes->is_array()) {
    std::map<std::string, Location> seen;
    for (const json::Value& value : *routes->array()) {
      if (!value.is_string()) {
        continue;
      }
      const auto [first, is_new] = seen.emplace(*value.string(), loading.at(value));
      if (!is_new) {
        loading.error(loading.at(value), "the route '" + printable(*value.string()) + "' is listed twice",
                      "remove one of the two");
      }
      loading.file.routes.push_back(*value.string());
    }
  }
}

}  // namespace budgetcheck
