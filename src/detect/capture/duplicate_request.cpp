#include "detect/capture/duplicate_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"
#include "base/units.h"
#include "detect/capture/page_load.h"
#include "model/exchange.h"

namespace budgetcheck {
namespace {

using Requests = std::vector<const Exchange*>;

bool is_write(const Exchange& exchange) {
  return exchange.method != "GET" && exchange.method != "HEAD" && exchange.method != "OPTIONS";
}

/// What is asked by POST and only read, by the name of its last segment. Beacons and forms have other names.
bool reads_by_post(const Exchange& exchange) {
  static constexpr std::array<std::string_view, 4> kNames{"graphql", "gql", "query", "search"};
  const std::string_view path = exchange.path;
  const std::string name = lower(path.substr(path.rfind('/') + 1));
  return exchange.method == "POST" && is_json(exchange.mime_type) &&
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool may_repeat(const Exchange& exchange) {
  constexpr int kOk = 200;
  constexpr int kPartial = 206;
  constexpr int kRedirect = 300;
  const bool reads = exchange.method == "GET" || reads_by_post(exchange);
  const bool whole = exchange.status >= kOk && exchange.status < kRedirect && exchange.status != kPartial;
  const bool framework =
      is_framework_data(exchange.path) || exchange.mime_type == "text/x-component";  // links, and not the page's own
  return exchange.request_key != 0 && reads && whole && !exchange.from_cache && !exchange.prefetch &&
         exchange.type == "fetch" && !framework && exchange.mime_type != "text/event-stream";
}

/// Something was changed after `a` was asked and before `b` was: then `b` asks again for good reason.
bool written_between(const PageLoad& load, const Exchange& a, const Exchange& b) {
  return std::any_of(load.requests.begin(), load.requests.end(), [&](const Exchange* other) {
    return is_write(*other) && !reads_by_post(*other) && end_of(*other) >= a.start_ms && other->start_ms <= b.start_ms;
  });
}

/// One after the other, at equal intervals.
bool polls(const Requests& repeats) {
  constexpr std::size_t kFewest = 3;
  constexpr double kShortest = 100;
  constexpr double kEqual = 1.5;
  if (repeats.size() < kFewest) {
    return false;
  }
  double shortest = 1e300;
  double longest = 0;
  for (std::size_t i = 1; i < repeats.size(); ++i) {
    if (repeats[i]->start_ms < end_of(*repeats[i - 1])) {
      return false;
    }
    const double gap = repeats[i]->start_ms - repeats[i - 1]->start_ms;
    shortest = std::min(shortest, gap);
    longest = std::max(longest, gap);
  }
  return shortest >= kShortest && longest <= kEqual * shortest;
}

Requests worst_repeats(const PageLoad& load, const Requests& same, double within) {
  Requests worst;
  for (std::size_t begin = 0; begin < same.size();) {
    Requests repeats{same[begin]};
    for (++begin; begin < same.size(); ++begin) {
      const Exchange& before = *repeats.back();
      const Exchange& next = *same[begin];
      const bool soon = next.start_ms - before.start_ms <= within || next.start_ms < end_of(before);
      if (!soon || written_between(load, before, next)) {
        break;
      }
      repeats.push_back(&next);
    }
    if (repeats.size() > worst.size() && !polls(repeats)) {
      worst = std::move(repeats);
    }
  }
  return worst;
}

struct Worst {
  Requests repeats;
  std::uint64_t loads = 0;
};

Finding finding_of(const Rule& rule, const std::string& page, const Worst& worst) {
  const Exchange& second = *worst.repeats[1];
  double wasted = 0;
  for (std::size_t i = 1; i < worst.repeats.size(); ++i) {
    const Exchange& repeat = *worst.repeats[i];
    wasted += std::max({repeat.transfer_bytes, repeat.body_bytes, 0.0});
  }
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = second.route;
  finding.message =
      fmt::format("'{}' sends the same request to '{}' {} times", page, second.route, worst.repeats.size());
  if (wasted > 0) {
    finding.message += fmt::format(", {} for nothing", format_quantity(wasted, Unit::kBytes));
  }
  if (worst.loads > 1) {
    finding.message += fmt::format(" (in {})", counted(worst.loads, "load"));
  }
  finding.location = second.location;
  finding.evidence.count = worst.repeats.size();
  finding.evidence.route = second.route;
  finding.evidence.input = second.location.file;
  finding.evidence.details = {
      {"first request", worst.repeats.front()->location.pointer}, {"page", page}, {"host", second.host}};
  finding.fix.text =
      "Send it once and share the answer: one query key (TanStack Query, SWR and Apollo join equal requests that are "
      "under way), or fetch in the parent and pass it down.";
  finding.magnitude = static_cast<double>(worst.repeats.size());
  finding.key = finding_key(rule.id, {page, second.route});
  return finding;
}

}  // namespace

void detect_duplicate_request(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  const double min_repeats = rule.param("min_repeats");
  const double within = rule.param("within");
  std::map<std::pair<std::string, std::string>, Worst> by_place;
  for (const PageLoad& load : page_loads(facts)) {
    if (load.page.empty()) {
      continue;  // what a test requests twice says nothing about a page
    }
    std::map<std::uint64_t, Requests> by_key;
    for (const Exchange* exchange : load.requests) {
      if (may_repeat(*exchange) && !is_ignored(rule, *exchange, exchange->route)) {
        by_key[exchange->request_key].push_back(exchange);
      }
    }
    std::map<std::string, Requests> of_route;
    for (const auto& [key, same] : by_key) {
      Requests repeats = worst_repeats(load, same, within);
      const bool enough = static_cast<double>(repeats.size()) >= min_repeats;
      Requests& worst = of_route[same.front()->route];
      if (enough && (repeats.size() > worst.size() ||
                     (repeats.size() == worst.size() && repeats.front()->start_ms < worst.front()->start_ms))) {
        worst = std::move(repeats);
      }
    }
    for (auto& [route, repeats] : of_route) {
      if (repeats.empty()) {
        continue;
      }
      Worst& worst = by_place[{load.page, route}];
      ++worst.loads;
      if (repeats.size() > worst.repeats.size()) {
        worst.repeats = std::move(repeats);
      }
    }
  }
  for (const auto& [place, worst] : by_place) {
    findings.push_back(finding_of(rule, place.first, worst));
  }
}

}  // namespace budgetcheck
