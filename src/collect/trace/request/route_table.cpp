#include "collect/trace/request/route_table.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/query_log/names.h"

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
  // A path in place of a template is told as it is, but for what looks private: unbounded-names says what to do about
  // it.
  const std::string path = without_private_segments(text.substr(0, text.find('?')));
  if (routes_ != nullptr && path.starts_with('/')) {
    const RouteTable::Match match = routes_->match(path, {});
    if (match.given) {
      return shorten(printable(match.route), query_log::kMaxName);
    }
  }
  return path.empty() ? std::string(kUnrouted) : shorten(printable(path), query_log::kMaxName);
}

}  // namespace budgetcheck
