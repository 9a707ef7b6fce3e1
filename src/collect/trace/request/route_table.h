#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "collect/trace/span.h"
#include "collect/trace/span_names.h"
#include "model/route.h"

namespace budgetcheck {

/// Service and route of a request, as a number.
using RouteId = std::uint32_t;

/// The routes of all services, as reports name them: http.route as the program writes it, or the template of the
/// budgets file that fits it. "unrouted": the request's span names none.
class TraceRoutes {
 public:
  TraceRoutes(const SpanNames& names, const RouteTable* routes) : names_(names), routes_(routes) {}

  static constexpr std::size_t kMost = 2'000;  ///< what comes after goes into one route, "(other)"
  static constexpr std::string_view kUnrouted = "unrouted";

  struct Route {
    std::string service;
    std::string route;
    std::uint64_t requests = 0;
  };

  RouteId number_of(const Span& request);
  Route& operator[](RouteId id) { return list_[id]; }
  const std::vector<Route>& all() const { return list_; }

 private:
  std::string shown(NameId route);

  const SpanNames& names_;
  const RouteTable* routes_;
  std::unordered_map<std::uint64_t, RouteId> by_names_;
  std::unordered_map<std::string, RouteId> by_text_;
  std::vector<Route> list_;
};

}  // namespace budgetcheck
