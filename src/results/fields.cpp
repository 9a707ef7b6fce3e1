#include "results/fields.h"

#include <algorithm>
#include <cmath>

namespace budgetcheck {

using json::Value;

namespace {

const double* number_of(const Value* value) { return value == nullptr ? nullptr : value->number(); }

}  // namespace

std::string text_at(const Value& object, std::string_view key) { return std::string(object.string_or(key, "")); }

std::optional<double> number_at(const Value& object, std::string_view key, double scale) {
  const double* number = number_of(object.find(key));
  return number != nullptr && std::isfinite(*number * scale) ? std::optional<double>(*number * scale) : std::nullopt;
}

std::optional<std::uint64_t> count_of(const Value* value) {
  // What counts exactly in a double; no honest count is near it.
  constexpr double kMax = 9007199254740992.0;
  const double* number = number_of(value);
  if (number == nullptr || !(*number >= 0) || *number > kMax || *number != std::floor(*number)) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*number);
}

std::uint64_t count_at(const Value& object, std::string_view key) { return count_of(object.find(key)).value_or(0); }

std::uint32_t small_at(const Value& object, std::string_view key) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(count_at(object, key), UINT32_MAX));
}

bool flag_at(const Value& object, std::string_view key) {
  const Value* found = object.find(key);
  return found != nullptr && found->boolean() != nullptr && *found->boolean();
}

UnitName unit_at(const Value& object) {
  return parse_unit(object.string_or("unit", "")).value_or(UnitName{Unit::kNone, 1});
}

Labels labels_at(const Value& object) {
  Labels out;
  const Value* where = object.find("where");
  if (where != nullptr && where->object() != nullptr) {
    for (const json::Member& member : *where->object()) {
      if (member.value.string() != nullptr) {
        out.set(member.key, *member.value.string());
      }
    }
  }
  return out;
}

Location location_at(const Value& object, std::string_view key) {
  const Value* found = object.find(key);
  if (found == nullptr || !found->is_object()) {
    return {};
  }
  return {text_at(*found, "file"), small_at(*found, "line"), small_at(*found, "column"), text_at(*found, "pointer")};
}

}  // namespace budgetcheck
