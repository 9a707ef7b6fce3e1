#include "collect/query_log/fields/log_fields.h"

namespace budgetcheck {
namespace {

double milliseconds_of(std::string_view unit) {
  return unit == "ns" ? 1e-6 : unit == "us" ? 1e-3 : unit == "s" ? 1e3 : 1;
}

}  // namespace

LogFields read_log_fields(const InputSettings& settings) {
  LogFields fields;
  const json::Value* given = settings.find("fields");
  if (given == nullptr) {
    return fields;
  }
  fields.query = given->string_or("query", "");
  fields.params = given->string_or("params", "");
  fields.request = given->string_or("request", "");
  fields.trace = given->string_or("trace", "");
  fields.route = given->string_or("route", "");
  fields.service = given->string_or("service", "");
  const json::Value* duration = given->find("duration");
  if (duration != nullptr && duration->is_object()) {
    fields.duration = duration->string_or("field", "");
    fields.duration_ms = milliseconds_of(duration->string_or("unit", ""));
  } else {
    fields.duration = given->string_or("duration", "");
  }
  return fields;
}

}  // namespace budgetcheck
