#include "model/labels.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "model/reading_order.h"

namespace budgetcheck {

Labels::Labels(std::initializer_list<std::pair<std::string, std::string>> labels) {
  for (const auto& [name, value] : labels) {
    set(name, value);
  }
}

void Labels::set(std::string_view name, std::string value) {
  const auto at = std::lower_bound(items_.begin(), items_.end(), name,
                                   [](const auto& item, std::string_view key) { return item.first < key; });
  if (at != items_.end() && at->first == name) {
    at->second = std::move(value);
  } else {
    items_.emplace(at, std::string(name), std::move(value));
  }
}

void Labels::erase(std::string_view name) {
  std::erase_if(items_, [&](const auto& item) { return item.first == name; });
}

const std::string* Labels::find(std::string_view name) const {
  const auto at = std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.first == name; });
  return at == items_.end() ? nullptr : &at->second;
}

bool Labels::subset_of(const Labels& other) const {
  return std::all_of(items_.begin(), items_.end(), [&](const auto& item) {
    const std::string* value = other.find(item.first);
    return value != nullptr && *value == item.second;
  });
}

std::vector<std::pair<std::string, std::string>> in_reading_order(const Labels& labels) {
  static constexpr std::array<std::string_view, 8> kFirst{"app",   "page",  "route",     "entry",
                                                          "asset", "model", "operation", "package"};
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string_view name : kFirst) {
    std::copy_if(labels.begin(), labels.end(), std::back_inserter(out),
                 [&](const auto& item) { return item.first == name; });
  }
  std::copy_if(labels.begin(), labels.end(), std::back_inserter(out),
               [](const auto& item) { return std::find(kFirst.begin(), kFirst.end(), item.first) == kFirst.end(); });
  return out;
}

std::string to_string(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : in_reading_order(labels)) {
    out += (out.empty() ? "" : ", ") + name + "=" + value;
  }
  return out;
}

}  // namespace budgetcheck
