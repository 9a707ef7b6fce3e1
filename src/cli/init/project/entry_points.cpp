#include "cli/init/project/entry_points.h"

#include <algorithm>

#include "base/path.h"

namespace budgetcheck {
namespace {

bool names_file_in(const json::Value& value, const std::string& start, std::size_t depth) {
  constexpr std::size_t kDeepest = 8;
  if (value.string() != nullptr) {
    return join_path("", *value.string()).starts_with(start);
  }
  return value.is_object() && depth < kDeepest &&
         std::any_of(value.object()->begin(), value.object()->end(),
                     [&](const json::Member& member) { return names_file_in(member.value, start, depth + 1); });
}

}  // namespace

bool has_entry_point_in(const json::Value& package, const std::string& folder) {
  for (const char* key : {"exports", "main", "module"}) {
    const json::Value* value = package.find(key);
    if (value != nullptr && names_file_in(*value, folder + "/", 0)) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
