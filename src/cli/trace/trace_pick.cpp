#include "cli/trace/trace_pick.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/text/suggestion.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostRows = 200;
constexpr std::size_t kMostBars = 4'000;
constexpr std::size_t kMostIds = 50'000;
constexpr std::size_t kMostNames = 2'000;
constexpr std::size_t kIdDigits = 32;

const TracedRequest* longest(const ClosedTrace& closed, const TraceChoice& choice) {
  const TracedRequest* found = nullptr;
  for (const TracedRequest& request : closed.requests) {
    const TraceRoutes::Route& route = closed.routes.all()[request.route];
    const bool is_meant = (choice.route.empty() || route.route == choice.route) &&
                          (choice.service.empty() || route.service == choice.service);
    const Span& span = closed.trace.spans[request.span];
    if (is_meant && (found == nullptr || span.milliseconds() > closed.trace.spans[found->span].milliseconds())) {
      found = &request;
    }
  }
  return found;
}

std::size_t shared_beginning(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

Error no_such(std::string_view what, const std::string& name, const std::set<std::string>& known) {
  std::vector<std::string> names(known.begin(), known.end());
  std::string near = nearest(name, names);
  if (near.empty()) {  // half of it typed
    const auto begins =
        std::find_if(names.begin(), names.end(), [&](const std::string& one) { return one.starts_with(name); });
    near = begins == names.end() ? "" : *begins;
  }
  constexpr std::size_t kShown = 8;
  const std::size_t more = names.size() > kShown ? names.size() - kShown : 0;
  names.resize(std::min(names.size(), kShown));
  std::string hint = did_you_mean(name, near);
  hint += hint.empty()
              ? fmt::format("there are: {}{}", join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "")
              : "";
  return {ErrorKind::kUsage, fmt::format("no request has the {} '{}'", what, printable(name)), {}, hint};
}

}  // namespace

void TracePick::learn(const ClosedTrace& closed) {
  spans_ += closed.trace.spans.size();
  for (const Span& span : closed.trace.spans) {
    if (known_services_.size() < kMostNames && known_services_.insert(span.service).second) {
      services_.insert(printable(closed.names[span.service]));
    }
  }
  for (const TracedRequest& request : closed.requests) {
    const TraceRoutes::Route& route = closed.routes.all()[request.route];
    if (routes_.size() < kMostNames && (choice_.service.empty() || route.service == choice_.service)) {
      routes_.insert(route.route);
    }
  }
}

void TracePick::take(const ClosedTrace& closed) {
  learn(closed);
  if (!choice_.id.empty()) {
    take_id(closed);
    return;
  }
  const TracedRequest* request = longest(closed, choice_);
  if (request != nullptr) {
    keep(closed, request, closed.trace.spans[request->span].milliseconds());
    return;
  }
  if (!choice_.route.empty()) {
    return;
  }
  double milliseconds = -1;  // of a trace without a request: a job, or a page
  for (const Span& span : closed.trace.spans) {
    if (choice_.service.empty() || printable(closed.names[span.service]) == choice_.service) {
      milliseconds = std::max(milliseconds, span.milliseconds());
    }
  }
  if (milliseconds >= 0) {
    keep(closed, nullptr, milliseconds);
  }
}

void TracePick::take_id(const ClosedTrace& closed) {
  if (!closed.trace.id) {
    return;
  }
  const std::string id = to_text(closed.trace.id);
  if (all_ids_.size() < kMostIds) {
    all_ids_.push_back(id);
  }
  const std::string asked = lower(choice_.id);
  const bool is_whole = asked.size() >= kIdDigits || choice_.id.ends_with('=');
  // Half of the digits may be the whole of it: Zipkin and Jaeger leave zeros in front out.
  const bool is_meant = trace_id_of(choice_.id) == closed.trace.id || (!is_whole && id.starts_with(asked));
  if (!is_meant) {
    return;
  }
  if (std::find(ids_.begin(), ids_.end(), id) == ids_.end() && ids_.size() < kMostNames) {
    ids_.push_back(id);
  }
  // Spans that came late are a second part of the trace: the bigger one is shown.
  keep(closed, longest(closed, {"", choice_.route, choice_.service}), static_cast<double>(closed.trace.spans.size()));
}

void TracePick::keep(const ClosedTrace& closed, const TracedRequest* request, double milliseconds) {
  const std::size_t most = choice_.id.empty() ? choice_.slowest : 1;
  if (picked_.size() >= most && milliseconds <= picked_.back().milliseconds) {
    return;
  }
  Picked picked{milliseconds, view_of(closed.trace, closed.tree, closed.names, {kMostRows, kMostBars})};
  const Span& first = closed.trace.spans[request == nullptr ? 0 : request->span];
  picked.view.location = closed.lines.location(first.line);
  if (request != nullptr) {
    const TraceRoutes::Route& route = closed.routes.all()[request->route];
    picked.view.service = route.service;
    picked.view.route = route.route;
    picked.view.request_ms = first.milliseconds();
  }
  const auto at = std::find_if(picked_.begin(), picked_.end(),
                               [&](const Picked& other) { return other.milliseconds < milliseconds; });
  picked_.insert(at, std::move(picked));
  picked_.resize(std::min(picked_.size(), most));
}

Error TracePick::unknown_id() const {
  const std::string asked = lower(choice_.id);
  std::string near;
  std::size_t most = 0;
  for (const std::string& id : all_ids_) {
    if (const std::size_t shared = shared_beginning(asked, id); shared > most) {
      most = shared;
      near = id;
    }
  }
  return {ErrorKind::kUsage,
          fmt::format("no trace has the id '{}'", printable(choice_.id)),
          {},
          most > 0 ? fmt::format("the nearest is '{}'", near)
          : all_ids_.empty()
              ? "the spans name no traces"
              : fmt::format("leave --trace out to see the slowest of {}", counted(all_ids_.size(), "trace"))};
}

ExpectedAll<std::vector<TraceView>> TracePick::views() const {
  constexpr std::size_t kShown = 5;
  if (ids_.size() > 1) {
    std::vector<std::string> ids = ids_;
    std::sort(ids.begin(), ids.end());
    const std::string more = ids.size() > kShown ? fmt::format(" and {} more", ids.size() - kShown) : "";
    ids.resize(std::min(ids.size(), kShown));
    return tl::unexpected(
        Errors{{ErrorKind::kUsage,
                fmt::format("the ids of {} begin with '{}'", counted(ids_.size(), "trace"), printable(choice_.id)),
                {},
                fmt::format("give more of it: {}{}", join(ids, ", "), more)}});
  }
  if (picked_.empty()) {
    const bool is_service = !choice_.service.empty() && !services_.contains(choice_.service);
    return tl::unexpected(Errors{!choice_.id.empty() ? unknown_id()
                                 : is_service        ? no_such("service", choice_.service, services_)
                                                     : no_such("route", choice_.route, routes_)});
  }
  std::vector<TraceView> views;
  for (const Picked& picked : picked_) {
    views.push_back(picked.view);
  }
  return views;
}

}  // namespace budgetcheck
