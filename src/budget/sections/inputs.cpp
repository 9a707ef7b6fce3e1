#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "budget/sections/loading.h"

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

void load_inputs(Loading& loading, const json::Value& inputs) {
  std::map<std::string, std::uint32_t> seen;  // and the line of each
  for (const json::Value& value : *inputs.array()) {
    InputSpec input = read_input(loading, value);
    if (input.path.empty()) {
      continue;  // the schema has reported it
    }
    const auto [first, is_new] = seen.emplace(join_path(input.path, ""), input.location.line);
    if (!is_new) {
      loading.error(input.location, fmt::format("the input '{}' is listed twice", printable(input.path)),
                    fmt::format("it is in line {} already, and would count twice", first->second));
    }
    loading.file.inputs.push_back(std::move(input));
  }
}

}  // namespace budgetcheck
