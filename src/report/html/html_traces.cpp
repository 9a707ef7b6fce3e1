#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/html/html_sections.h"
#include "report/traces/traces.h"
#include "report/words/markup.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostTrafficRows = 50;
constexpr std::size_t kMostWaterfalls = 10;

}  // namespace

std::string html_traces(const HtmlReport& html) {
  const std::vector<RouteTraffic> routes = route_traffic(html.report.samples);
  if (routes.empty() && html.report.traces.empty()) {
    return "";
  }
  std::string out = section_begin("traces", "Traces", counted(routes.size(), "route"),
                                  "What requests of each route took, and what they took it for. Calls and their times "
                                  "are medians. Statements are shapes, and URLs have neither queries nor ids.");
  if (!routes.empty()) {
    out += "<div class=\"group\">" + html_routes(routes, kMostTrafficRows) + "</div>\n";
  }
  std::vector<const TraceView*> views;
  for (const TraceView& view : html.report.traces) {
    views.push_back(&view);
  }
  std::stable_sort(views.begin(), views.end(),
                   [](const TraceView* a, const TraceView* b) { return a->request_ms > b->request_ms; });
  views.resize(std::min(views.size(), kMostWaterfalls));
  for (std::size_t i = 0; i < views.size(); ++i) {
    const TraceView& view = *views[i];
    out += fmt::format(
        "<details class=\"group\"{}><summary><b>{}</b> <span class=\"quiet\">the slowest: {}{}</span></summary>\n{}"
        "</details>\n",
        i == 0 ? " open" : "", html_text(name_text(view.service + " " + view.route, 160), 160),
        html_text(trace_words(view, false), 500),
        view.id.empty() ? "" : ", <code>budgetcheck trace FILE --trace " + view.id.substr(0, 8) + "</code>",
        html_waterfall(view, fmt::format("trace-{}", i)));
  }
  return out + std::string(kSectionEnd);
}

}  // namespace budgetcheck
