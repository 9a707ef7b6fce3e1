#include "detect/capture/n_plus_one_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/text.h"
#include "detect/capture/page_load.h"
#include "model/exchange.h"
#include "model/routes/offsets.h"

namespace budgetcheck {
namespace {

/// A program sends the next request at once: all together, or each as soon as one before it was answered. Whoever
/// clicks is slower.
constexpr double kTogetherMs = 250;
constexpr double kAtOnceMs = 30;
/// Browsers and limiters have no more than so many under way.
constexpr std::size_t kUnderWay = 8;

bool is_variable(std::string_view segment) {
  return segment.starts_with(':') || segment.starts_with('[') || segment.starts_with('{');
}

/// The route has ids, and they are not the numbers of pages or tiles.
bool asks_for_things(std::string_view route) {
  static constexpr std::array<std::string_view, 24> kNotThings{
      "page",  "pages", "p",     "offset", "cursor", "chunks", "chunk", "tile", "tiles", "skip",   "start", "from",
      "since", "until", "limit", "date",   "day",    "week",   "month", "year", "lang",  "locale", "to",    "version"};
  constexpr std::size_t kTileNumbers = 3;
  const auto is_not_thing = [](std::string_view word) {
    return std::find(kNotThings.begin(), kNotThings.end(), word) != kNotThings.end();
  };
  std::size_t in_a_row = 0;
  bool any = false;
  std::string_view before;
  for (const std::string_view segment : split(route.substr(std::min(route.find('/'), route.size())), '/')) {
    in_a_row = is_variable(segment) ? in_a_row + 1 : 0;
    if (in_a_row >= kTileNumbers || (in_a_row > 0 && is_not_thing(before))) {
      return false;
    }
    const std::size_t name = segment.find_first_not_of(":[{");
    any = any || (in_a_row > 0 && !is_not_thing(segment.substr(name, segment.find_first_of("]}", name) - name)));
    before = segment;
  }
  return any;
}

bool may_repeat(const Exchange& exchange) {
  constexpr int kServerError = 500;
  constexpr int kPartial = 206;
  return exchange.method == "GET" && !failed(exchange) && exchange.status < kServerError &&
         exchange.status != kPartial && !exchange.from_cache && !exchange.prefetch && is_routed(exchange) &&
         exchange.type != "document" && is_json(exchange.mime_type) && !exchange.path.ends_with(".json") &&
         !is_framework_data(exchange.path) && asks_for_things(exchange.route);
}

bool goes_on(const std::vector<const Exchange*>& burst, const Exchange& next) {
  if (next.start_ms - burst.back()->start_ms <= kTogetherMs) {
    return true;
  }
  const std::size_t looked = std::min(burst.size(), kUnderWay);
  return std::any_of(burst.end() - static_cast<std::ptrdiff_t>(looked), burst.end(), [&](const Exchange* earlier) {
    const double wait = next.start_ms - end_of(*earlier);
    return wait >= 0 && wait <= kAtOnceMs;
  });
}

/// The requests differ in more than how far to skip a list, or which day to show.
bool differ_in_ids(const std::vector<const Exchange*>& requests) {
  std::vector<std::string_view> paths;
  for (const Exchange* exchange : requests) {
    paths.emplace_back(exchange->path);
  }
  return !differ_in_offsets(paths);
}

/// Ids that are private stand as ":id" in paths, so that many paths look like one.
std::size_t distinct_paths(const std::vector<const Exchange*>& requests) {
  std::set<std::uint64_t> paths;
  for (const Exchange* exchange : requests) {
    paths.insert(exchange->path_hash != 0 ? exchange->path_hash : hash64(exchange->path));
  }
  return paths.size();
}

/// The burst of most different paths.
std::vector<const Exchange*> worst_burst(const std::vector<const Exchange*>& requests) {
  std::vector<const Exchange*> worst;
  std::size_t most = 0;
  for (std::size_t begin = 0; begin < requests.size();) {
    std::vector<const Exchange*> burst{requests[begin]};
    for (++begin; begin < requests.size() && goes_on(burst, *requests[begin]); ++begin) {
      burst.push_back(requests[begin]);
    }
    const std::size_t paths = distinct_paths(burst);
    if (paths > most) {
      most = paths;
      worst = std::move(burst);
    }
  }
  return worst;
}

/// The answer that the ids can be from: one whose path the ids' path begins with, else the last JSON, else the
/// document.
const Exchange* source_of(const PageLoad& load, const Exchange& first) {
  const Exchange* nearest = nullptr;
  const Exchange* list = nullptr;
  const Exchange* document = nullptr;
  for (const Exchange* other : load.requests) {
    const bool answered = !failed(*other) && other->route != first.route && end_of(*other) <= first.start_ms;
    if (!answered || other->method == "OPTIONS") {
      continue;
    }
    if (other->type == "document" && !is_json(other->mime_type)) {
      document = other;
    } else if (is_routed(*other) && is_json(other->mime_type)) {
      const bool above = first.path.starts_with(other->path) && first.path.size() > other->path.size() &&
                         first.path[other->path.size()] == '/';
      list = above && (list == nullptr || other->path.size() >= list->path.size()) ? other : list;
      nearest = nearest == nullptr || end_of(*other) >= end_of(*nearest) ? other : nearest;
    }
  }
  return list != nullptr ? list : nearest != nullptr ? nearest : document;
}

struct Worst {
  std::vector<const Exchange*> burst;
  std::size_t distinct = 0;
  const Exchange* source = nullptr;
  std::uint64_t loads = 0;
};

Finding finding_of(const Rule& rule, const std::string& page, const Worst& worst) {
  const Exchange& first = *worst.burst.front();
  const bool by_document = worst.source->type == "document" && !is_json(worst.source->mime_type);
  const std::string list = "'" + worst.source->route + "'";
  Finding finding;
  finding.rule = rule.id;
  finding.level = by_document || page.empty() ? std::min(rule.level, Level::kNote) : rule.level;
  finding.subject = first.route;
  finding.message = fmt::format("{} requests '{}' for {} different ids in one burst, right after {}",
                                page.empty() ? "the capture" : "'" + page + "'", first.route, worst.distinct,
                                by_document ? "its document" : list);
  if (worst.loads > 1) {
    finding.message += fmt::format(" (in {})", counted(worst.loads, "load"));
  }
  finding.location = first.location;
  finding.evidence.count = worst.burst.size();
  finding.evidence.route = first.route;
  finding.evidence.input = first.location.file;
  finding.evidence.details = {{"after", worst.source->route}, {"page", page}, {"host", first.host}};
  if (page.empty()) {
    finding.evidence.details.erase(finding.evidence.details.begin() + 1);
  }
  finding.fix.text =
      by_document ? "Request all of them at once: add a route that takes a list of ids, or send what the page shows "
                    "with its document."
                  : fmt::format(
                        "Let {} answer with what each row shows (as an option, such as ?include=), or add a "
                        "route that takes a list of ids.",
                        list);
  finding.magnitude = static_cast<double>(worst.distinct);
  finding.key = finding_key(rule.id, {page, first.route});
  return finding;
}

}  // namespace

void detect_n_plus_one_api(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double min_repeats = rule.param("min_repeats");
  std::map<std::pair<std::string, std::string>, Worst> by_place;
  for (const PageLoad& load : page_loads(facts)) {
    std::map<std::string_view, std::vector<const Exchange*>> by_route;
    for (const Exchange* exchange : load.requests) {
      if (may_repeat(*exchange) && !is_ignored(rule, *exchange, exchange->route)) {
        by_route[exchange->route].push_back(exchange);
      }
    }
    for (const auto& [route, requests] : by_route) {
      std::vector<const Exchange*> burst = worst_burst(requests);
      const std::size_t distinct = distinct_paths(burst);
      const bool counts = static_cast<double>(distinct) >= min_repeats && differ_in_ids(burst);
      const Exchange* source = counts ? source_of(load, *burst.front()) : nullptr;
      if (source == nullptr) {
        continue;
      }
      Worst& worst = by_place[{load.page, std::string(route)}];
      ++worst.loads;
      if (distinct > worst.distinct) {
        worst.burst = std::move(burst);
        worst.distinct = distinct;
        worst.source = source;
      }
    }
  }
  for (const auto& [place, worst] : by_place) {
    findings.push_back(finding_of(rule, place.first, worst));
  }
}

}  // namespace budgetcheck
