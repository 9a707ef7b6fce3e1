#include "collect/trace/view/slow_traces.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "collect/trace/view/trace_view.h"

namespace budgetcheck {

void SlowTraces::add(const Trace& trace, const TraceTree& tree, const std::vector<TracedRequest>& requests) {
  std::optional<TraceView> view;
  for (const TracedRequest& request : requests) {
    const Span& own = trace.spans[request.span];
    const double milliseconds = own.milliseconds();
    auto at = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.route == request.route; });
    if (at == kept_.end() && kept_.size() < kMostRoutes) {
      at = kept_.insert(at, Kept());
    } else if (at == kept_.end()) {
      at = std::min_element(kept_.begin(), kept_.end(),
                            [](const Kept& a, const Kept& b) { return a.milliseconds < b.milliseconds; });
    }
    const bool is_new = at->view.rows.empty();
    if (!is_new && milliseconds <= at->milliseconds) {
      continue;
    }
    if (!view) {
      view = view_of(trace, tree, names_, {kMostRows, kMostBars});
    }
    *at = {request.route, milliseconds, own.line, *view};
  }
}

std::vector<SlowTraces::Kept> SlowTraces::sorted() const {
  std::vector<Kept> all = kept_;
  std::stable_sort(all.begin(), all.end(),
                   [](const Kept& a, const Kept& b) { return a.milliseconds > b.milliseconds; });
  return all;
}

void SlowTraces::report(const Kept& kept, const TraceRoutes& routes, const Location& location,
                        std::vector<TraceView>& slowest) {
  const TraceRoutes::Route& route = routes.all()[kept.route];
  const auto same = std::find_if(slowest.begin(), slowest.end(), [&](const TraceView& view) {
    return !view.id.empty() && view.id == kept.view.id && view.spans == kept.view.spans;
  });
  if (same != slowest.end()) {
    same->also.push_back(route.service + " " + route.route);
    return;
  }
  slowest.push_back(kept.view);
  slowest.back().service = route.service;
  slowest.back().route = route.route;
  slowest.back().request_ms = kept.milliseconds;
  slowest.back().location = location;
}

}  // namespace budgetcheck
