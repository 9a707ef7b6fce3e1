#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

double milliseconds_of(std::string_view unit) {
  return unit == "ns" ? 1e-6 : unit == "us" ? 1e-3 : unit == "s" ? 1e3 : 1;
}

LogFields read_fields(Loading& loading, const json::Value& value) {
  LogFields fields;
  fields.query = text_of(value, "query");
  fields.params = text_of(value, "params");
  fields.request = text_of(value, "request");
  fields.trace = text_of(value, "trace");
  fields.route = text_of(value, "route");
  fields.service = text_of(value, "service");
  const json::Value* duration = value.find("duration");
  if (duration != nullptr && duration->is_object()) {
    fields.duration = text_of(*duration, "field");
    fields.duration_ms = milliseconds_of(text_of(*duration, "unit"));
  } else {
    fields.duration = text_of(value, "duration");
  }
  if (value.is_object() && value.object()->empty()) {
    loading.error(loading.at(value), "'fields' names no field", "name one, such as query: db.statement, or remove it");
  }
  return fields;
}

InputSpec read_input(Loading& loading, const json::Value& value) {
  InputSpec input;
  input.location = loading.at(value);
  if (const std::string* path = value.string()) {
    input.path = *path;
    return input;
  }
  input.path = text_of(value, "path");
  input.root = text_of(value, "root");
  input.schema = text_of(value, "schema");
  if (const json::Value* fields = value.find("fields"); fields != nullptr) {
    input.fields = read_fields(loading, *fields);
  }
  const auto is_set = [&](std::string_view key) {
    const json::Value* flag = value.find(key);
    return flag != nullptr && flag->is_bool() && *flag->boolean();
  };
  input.optional = is_set("optional");
  input.precompressed = is_set("precompressed");
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
