#include "collect/bundle/bundlers/stats_values.h"

#include <cmath>

#include "base/number.h"

namespace budgetcheck {

std::optional<double> whole_number(const json::Value* value) {
  constexpr double kLargest = 9007199254740992.0;
  const double* number = value == nullptr ? nullptr : value->number();
  if (number == nullptr || *number < 0 || *number > kLargest || *number != std::floor(*number)) {
    return std::nullopt;
  }
  return *number;
}

std::uint64_t whole_count_at(const json::Value& value, std::string_view key) {
  return static_cast<std::uint64_t>(whole_number(value.find(key)).value_or(0));
}

bool flag_at(const json::Value& value, std::initializer_list<std::string_view> keys) {
  const json::Value* found = value.at(keys);
  const bool* flag = found == nullptr ? nullptr : found->boolean();
  return flag != nullptr && *flag;
}

bool is_array_at(const json::Value& value, std::string_view key) {
  const json::Value* found = value.find(key);
  return found != nullptr && found->is_array();
}

double module_bytes(const json::Value& module) {
  const json::Value* value = module.find("size");
  const double* size = value == nullptr ? nullptr : value->number();
  return size != nullptr && std::isfinite(*size) && *size >= 0 ? *size : -1;
}

std::string chunk_id(const json::Value* value) {
  if (value == nullptr || value->string() != nullptr) {
    return value == nullptr ? std::string() : *value->string();
  }
  return value->number() == nullptr ? std::string() : format_number(*value->number());
}

}  // namespace budgetcheck
