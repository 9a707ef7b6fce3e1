#include <fmt/format.h>

#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {

void load_routes(Loading& loading, const json::Value& routes) {
  std::set<std::string> seen;
  for (const json::Value& value : *routes.array()) {
    const std::string* route = value.string();
    if (route == nullptr) {
      continue;
    }
    if (!seen.insert(*route).second) {
      loading.error(loading.at(value), fmt::format("the route '{}' is listed twice", printable(*route)),
                    "remove one of the two");
    }
    loading.file.routes.push_back(*route);
  }
}

}  // namespace budgetcheck
