#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "report/traces/traces.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr double kLeastFactor = 1.1;
constexpr std::size_t kMostRoutes = 40;

struct Number {
  std::string_view name;
  double RouteTraffic::*value;
  bool is_time;
};
/// Counts first: they are the same on every machine.
constexpr Number kNumbers[] = {
    {"database calls", &RouteTraffic::db_calls, false},
    {"HTTP calls", &RouteTraffic::http_calls, false},
    {"spans", &RouteTraffic::spans, false},
    {"database time", &RouteTraffic::db_time, true},
    {"p50", &RouteTraffic::p50, true},
    {"p95", &RouteTraffic::p95, true},
};

std::string number_words(double value, bool is_time) { return is_time ? time_words(value) : format_rounded(value, 1); }

void find_difference(ComparedRoute& route) {
  if (!route.here || !route.there) {
    return;
  }
  for (const Number& number : kNumbers) {
    const double here = (*route.here).*number.value;
    const double there = (*route.there).*number.value;
    const double factor = (std::max(here, there) + 1) / (std::min(here, there) + 1);  // 0 and 1 differ by little
    if (factor >= kLeastFactor && factor > route.factor) {
      route.factor = factor;
      route.difference = fmt::format("{}: {} and {}", number.name, number_words(here, number.is_time),
                                     number_words(there, number.is_time));
    }
  }
}

using Key = std::pair<std::string, std::string>;

std::map<Key, RouteTraffic> by_key(const std::vector<Sample>& samples, bool with_service) {
  std::map<Key, RouteTraffic> out;
  for (RouteTraffic& route : route_traffic(samples)) {
    Key key{with_service ? route.service : "", route.route};
    const auto [at, is_new] = out.emplace(std::move(key), route);
    if (!is_new && !with_service) {  // two services have it: they are told apart, and so alone
      out.emplace(Key{route.service, route.route}, route);
    }
  }
  return out;
}

bool share_a_service(const std::vector<Sample>& here, const std::vector<Sample>& there) {
  const std::vector<RouteTraffic> a = route_traffic(here);
  const std::vector<RouteTraffic> b = route_traffic(there);
  return std::any_of(a.begin(), a.end(), [&](const RouteTraffic& x) {
    return std::any_of(b.begin(), b.end(), [&](const RouteTraffic& y) { return x.service == y.service; });
  });
}

class ComparisonText {
 public:
  ComparisonText(const TracesComparison& comparison, const Rendering& rendering) : c_(comparison), page_(rendering) {}

  std::string render() {
    const std::size_t shown = std::min(c_.routes.size(), kMostRoutes);
    if (!is_narrow()) {
      page_.line({{std::string(kSide, ' ') + cells("requests", "p50", "p95", "db calls", "db time", "calls", "spans"),
                   Paint::kDim}});
    }
    for (std::size_t i = 0; i < shown; ++i) {
      route(c_.routes[i]);
    }
    page_.gap();
    if (shown < c_.routes.size()) {
      page_.paragraph(0, "", Paint::kPlain,
                      fmt::format("and {}, none differs by more", counted(c_.routes.size() - shown, "more route")), 0);
    }
    for (const std::string& note : c_.notes) {
      page_.paragraph(0, "note", Paint::kDim, sentence_text(note), 0);
    }
    page_.paragraph(0, "", Paint::kPlain,
                    "Calls, their times and spans are medians of a route's requests, in its own service.", 0,
                    Paint::kDim);
    return page_.take();
  }

 private:
  static constexpr std::size_t kSide = 22;
  static constexpr std::size_t kTable = 80;

  bool is_narrow() const { return page_.width() < kTable; }

  static std::string cells(std::string_view requests, std::string_view p50, std::string_view p95, std::string_view db,
                           std::string_view db_time, std::string_view calls, std::string_view spans) {
    return fmt::format("{:>9}{:>9}{:>9}{:>9}{:>9}{:>6}{:>6}", requests, p50, p95, db, db_time, calls, spans);
  }

  void side(const std::string& name, const std::optional<RouteTraffic>& traffic) {
    if (!traffic) {
      page_.paragraph(2, "", Paint::kPlain, name_text(name, 40) + ": no requests", 2, Paint::kDim);
      return;
    }
    const RouteTraffic& t = *traffic;
    if (is_narrow()) {
      page_.paragraph(2, "", Paint::kPlain,
                      fmt::format("{}: {}, p50 {}, p95 {}, {} database calls in {}, {} calls, {} spans",
                                  name_text(name, 40), counted(t.requests, "request"), time_words(t.p50),
                                  time_words(t.p95), format_rounded(t.db_calls, 1), time_words(t.db_time),
                                  format_rounded(t.http_calls, 1), format_rounded(t.spans, 1)),
                      2);
      return;
    }
    const std::string shown = name_text(name, kSide - 3);
    page_.line({{"  " + shown + std::string(kSide - 2 - std::min(kSide - 2, display_width(shown)), ' ')},
                {cells(std::to_string(t.requests), time_words(t.p50), time_words(t.p95), format_rounded(t.db_calls, 1),
                       time_words(t.db_time), format_rounded(t.http_calls, 1), format_rounded(t.spans, 1))}});
  }

  void route(const ComparedRoute& route) {
    page_.gap();
    page_.paragraph(0, "", Paint::kPlain, name_text(route.service + " " + route.route), 0, Paint::kBold);
    side(c_.here, route.here);
    side(c_.there, route.there);
    if (!route.difference.empty()) {
      page_.paragraph(2, "", Paint::kPlain, "differs most in " + route.difference, 2,
                      route.factor >= 2 ? Paint::kYellow : Paint::kPlain);
    }
  }

  const TracesComparison& c_;
  Page page_;
};

}  // namespace

TracesComparison compare_routes(const std::vector<Sample>& here, const std::vector<Sample>& there) {
  const bool with_service = share_a_service(here, there);  // else they are named after their places
  std::map<Key, RouteTraffic> mine = by_key(here, with_service);
  std::map<Key, RouteTraffic> theirs = by_key(there, with_service);
  TracesComparison comparison;
  for (auto& [key, traffic] : mine) {
    ComparedRoute route{traffic.service, traffic.route, traffic, std::nullopt, "", 1};
    if (const auto other = theirs.find(key); other != theirs.end()) {
      route.there = other->second;
      theirs.erase(other);
    }
    find_difference(route);
    comparison.routes.push_back(std::move(route));
  }
  for (auto& [key, traffic] : theirs) {
    comparison.routes.push_back({traffic.service, traffic.route, std::nullopt, traffic, "", 1});
  }
  std::stable_sort(comparison.routes.begin(), comparison.routes.end(),
                   [](const ComparedRoute& a, const ComparedRoute& b) {
                     const auto rank = [](const ComparedRoute& r) { return r.here && r.there ? 0 : 1; };
                     return std::make_pair(rank(a), -a.factor) < std::make_pair(rank(b), -b.factor);
                   });
  return comparison;
}

std::string render_traces_comparison(const TracesComparison& comparison, const Rendering& rendering) {
  return ComparisonText(comparison, rendering).render();
}

}  // namespace budgetcheck
