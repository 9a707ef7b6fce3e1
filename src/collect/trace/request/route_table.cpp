#include "collect/trace/request/route_table.h"

#include <utility>

#include "base/text.h"
#include "collect/query_log/names.h"
#include "collect/query_log/query_event.h"

namespace budgetcheck {

RouteId TraceRoutes::number_of(const Span& request) {
  const std::uint64_t key = std::uint64_t{request.service} << 32U | request.route;
  if (const auto known = by_names_.find(key); known != by_names_.end()) {
    return known->second;
  }
  Route route{printable(names_[request.service]), shown(request.route), 0};
  if (route.service.empty()) {
    route.service = "unknown";
  }
  std::string text = route.service + '\n' + route.route;
  if (list_.size() >= kMost && !by_text_.contains(text)) {
    route.service = route.route = "(other)";
    text = route.service;
  }
  const auto [at, is_new] = by_text_.try_emplace(std::move(text), static_cast<RouteId>(list_.size()));
  if (is_new) {
    list_.push_back(std::move(route));
  }
  constexpr std::size_t kMostKnown = 200'000;
  if (by_names_.size() < kMostKnown) {
    by_names_.emplace(key, at->second);
  }
  return at->second;
}

std::string TraceRoutes::shown(NameId route) {
  if (route == 0) {
    return std::string(kUnrouted);
  }
  const std::string& text = names_[route];
  if (text.find_first_of(":<{[*(") != std::string::npos && text.find("://") == std::string::npos) {
    return shorten(printable(text), query_log::kMaxName);  // a template, in whichever framework's spelling
  }
  query_log::NamedRoute named = query_log::name_route(text, routes_);
  inferred_ = inferred_ || named.inferred;
  return named.name.empty() ? std::string(kUnrouted) : std::move(named.name);
}

}  // namespace budgetcheck
