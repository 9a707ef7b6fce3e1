#include "collect/trace/trace_survey.h"

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {

Location LineFiles::location(std::uint32_t line) const {
  const auto next = std::find_if(files_.begin(), files_.end(), [&](const File& file) { return file.before >= line; });
  if (next == files_.begin()) {
    return {};
  }
  const File& file = *std::prev(next);
  return {file.path, line - file.before, 0, {}};
}

TraceSurvey::TraceSurvey(const SpanNames& names, const AttributeKeys& keys, const CollectContext& context)
    : names_(names),
      routes_(names, context.routes),
      calls_(names),
      survey_(names),
      required_(context.telemetry, keys),
      slow_(names) {}

std::vector<TracedRequest> TraceSurvey::add(const Trace& trace, const TraceTree& tree) {
  counts_.rings += tree.rings();
  counts_.without_trace += trace.id ? 0U : 1U;
  survey_.add(trace);
  count_orphans(trace, tree);
  seen_.add(trace, tree, names_);
  std::vector<TracedRequest> requests = requests_of(trace, tree, routes_);
  counts_.requests += requests.size();
  for (const TracedRequest& request : requests) {
    metrics_.add(trace, tree, request);
    calls_.add(trace, request);
  }
  required_.add(trace, tree, requests, routes_);
  slow_.add(trace, tree, requests);
  for (std::uint32_t i = 0; i < trace.spans.size(); ++i) {
    if (tree.is_statement(i) && tree.request(i) == TraceTree::kNone && counts_.loose_statements++ == 0) {
      counts_.loose_service = trace.spans[i].service;
    }
  }
  return requests;
}

/// Of a trace that had to be closed early the parents may have been there.
void TraceSurvey::count_orphans(const Trace& trace, const TraceTree& tree) {
  for (std::uint32_t i = 0; i < trace.spans.size(); ++i) {
    const Span& span = trace.spans[i];
    Orphans& orphans = orphans_[span.service];
    ++orphans.all;
    if (!tree.is_orphan(i) || trace.was_closed || !trace.id) {
      continue;
    }
    if (orphans.spans++ == 0) {
      orphans.trace = trace.id;
      orphans.route = span.route;
      orphans.line = span.line;
    }
  }
}

void TraceSurvey::report(const LineFiles& files, Facts& facts) const {
  const auto location_of = [&](std::uint32_t line) { return files.location(line); };
  const auto place = [&](std::string service, std::string route, const TraceId& trace, std::uint32_t line) {
    return TracePlace{std::move(service), std::move(route), trace ? to_text(trace) : std::string(),
                      files.location(line)};
  };
  const auto place_of = [&](RouteId route, const TraceId& trace, std::uint32_t line) {
    const TraceRoutes::Route& named = routes_.all()[route];
    return place(named.service, named.route, trace, line);
  };
  metrics_.report(routes_, location_of, facts);
  calls_.report(routes_, place_of, facts.traces);
  required_.report(routes_, place_of, facts.traces);
  slow_.report(routes_, location_of, facts.traces);
  survey_.report(
      [&](NameId service, NameId route, const TraceId& trace, std::uint32_t line) {
        return place(printable(names_[service]), printable(names_[route]), trace, line);
      },
      facts.traces);
  for (const auto& [service, orphans] : orphans_) {
    OrphanSpans& of_service = facts.traces.orphans.emplace_back();
    of_service.service = printable(names_[service]);
    of_service.spans = orphans.spans;
    of_service.all = orphans.all;
    if (orphans.spans > 0) {
      of_service.example = place(of_service.service, printable(names_[orphans.route]), orphans.trace, orphans.line);
    }
  }
  for (const TraceRoutes::Route& route : routes_.all()) {
    facts.traces.routes.push_back({route.service, route.route, route.requests});
  }
  facts.traces.seen = seen_.report();
}

}  // namespace budgetcheck
