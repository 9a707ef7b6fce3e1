#include "detect/capture/page_load.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/glob.h"

namespace budgetcheck {

std::vector<PageLoad> page_loads(const Facts& facts) {
  std::map<std::pair<std::string_view, std::uint32_t>, std::size_t> index;
  std::vector<PageLoad> loads;
  for (const Exchange& exchange : facts.capture.exchanges) {
    if (exchange.start_ms < 0) {
      continue;
    }
    const auto [at, is_new] = index.try_emplace({exchange.location.file, exchange.visit}, loads.size());
    if (is_new) {
      loads.emplace_back();
    }
    PageLoad& load = loads[at->second];
    load.page = exchange.visit == 0 ? std::string() : exchange.page;
    load.requests.push_back(&exchange);
  }
  for (PageLoad& load : loads) {
    std::stable_sort(load.requests.begin(), load.requests.end(),
                     [](const Exchange* a, const Exchange* b) { return a->start_ms < b->start_ms; });
  }
  return loads;
}

double end_of(const Exchange& exchange) { return exchange.start_ms + std::max(exchange.time_ms, 0.0); }

bool is_framework_data(std::string_view path) {
  return path.find("/_next/data/") != std::string_view::npos || path.ends_with("/page-data.json") ||
         path.ends_with("/_payload.json") || path.ends_with("/__data.json");
}

bool is_ignored(const Rule& rule, const Exchange& exchange, std::string_view subject) {
  return std::any_of(rule.ignore.begin(), rule.ignore.end(), [&](const std::string& glob) {
    return label_glob_matches(glob, subject) || label_glob_matches(glob, exchange.path) ||
           label_glob_matches(glob, exchange.host);
  });
}

}  // namespace budgetcheck
