#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/location.h"
#include "base/units.h"
#include "json/value.h"
#include "model/labels.h"

namespace budgetcheck {

// Members of a results file's objects. What is missing or of another type is empty, 0 or nothing.

std::string text_at(const json::Value& object, std::string_view key);
/// Times `scale`; nothing when the product is not finite.
std::optional<double> number_at(const json::Value& object, std::string_view key, double scale = 1);
/// A whole number from 0 that a double represents exactly.
std::optional<std::uint64_t> count_of(const json::Value* value);
std::uint64_t count_at(const json::Value& object, std::string_view key);
/// The same, at most UINT32_MAX.
std::uint32_t small_at(const json::Value& object, std::string_view key);
bool flag_at(const json::Value& object, std::string_view key);
/// `unit`, and what the object's numbers are to be multiplied with.
UnitName unit_at(const json::Value& object);
/// `where`; values that are not texts are left out.
Labels labels_at(const json::Value& object);
Location location_at(const json::Value& object, std::string_view key);

/// `use(item)` for each item of a list.
template <class Use>
void each_at(const json::Value& object, std::string_view key, const Use& use) {
  const json::Value* list = object.find(key);
  if (list != nullptr && list->array() != nullptr) {
    for (const json::Value& item : *list->array()) {
      use(item);
    }
  }
}

}  // namespace budgetcheck
