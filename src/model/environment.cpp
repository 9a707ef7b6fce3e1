#include "model/environment.h"

#include <algorithm>
#include <string_view>

namespace budgetcheck {
namespace {

void join_text(std::string& to, const std::string& more) {
  constexpr std::string_view kOr = " or ";
  if (to.empty()) {
    to = more;
  } else if (!more.empty() && to != more && to.find(kOr) == std::string::npos) {
    to = std::min(to, more) + std::string(kOr) + std::max(to, more);
  }
}

}  // namespace

void add_environment(Environment& to, const Environment& more) {
  join_text(to.key, more.key);
  to.paired = to.paired || more.paired;
  to.benchmark_index.insert(to.benchmark_index.end(), more.benchmark_index.begin(), more.benchmark_index.end());
  for (const auto& [name, text] : more.parts) {
    join_text(to.parts[name], text);
  }
}

}  // namespace budgetcheck
