#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/number.h"
#include "base/text.h"
#include "report/html/html_frame.h"
#include "report/traces/traces.h"
#include "report/words/markup.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::uint32_t kMostIndent = 12;  ///< levels

constexpr std::string_view kHeads[] = {"requests",       "p50",           "p95",       "p99", "errors",
                                       "database calls", "database time", "HTTP calls"};

constexpr std::string_view kLegend =
    "<p class=\"legend\"><span class=\"s-document\">request</span><span class=\"s-fetch\">call</span><span "
    "class=\"s-script\">statement</span><span class=\"s-stylesheet\">message</span><span class=\"s-other\">inside a "
    "service</span><span class=\"s-held\">critical path</span></p>\n";

std::string_view class_of(const TraceRow& row) {
  if (row.is_statement) {
    return "t-script";
  }
  switch (row.kind) {
    case SpanKind::kServer:
      return "t-document";
    case SpanKind::kClient:
      return "t-fetch";
    case SpanKind::kProducer:
    case SpanKind::kConsumer:
      return "t-stylesheet";
    case SpanKind::kInternal:
    case SpanKind::kUnknown:
      break;
  }
  return "t-other";
}

std::string bars_of(const TraceRow& row, double whole) {
  constexpr double kLeast = 0.4;
  std::string bars;
  std::string under;
  for (const TraceRow::Bar& bar : row.bars) {
    const double width = whole > 0 ? std::clamp((bar.end_ms - bar.start_ms) / whole * 100, kLeast, 100.0) : 100;
    const double at = std::clamp(whole > 0 ? bar.start_ms / whole * 100 : 0, 0.0, 100 - width);
    const std::string x = format_rounded(at, 2);
    const std::string across = format_rounded(width, 2);
    bars += fmt::format("M{} 1h{}v7h-{}z", x, across, across);
    under += fmt::format("M{} 9h{}v3h-{}z", x, across, across);
  }
  std::string out = "<svg class=\"bar wf\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  out += fmt::format("<path class=\"{}\" d=\"{}\"/>", class_of(row), bars);
  return out + (row.on_path ? fmt::format("<path class=\"held\" d=\"{}\"/>", under) : "") + "</svg>";
}

std::string row_of(const TraceRow& row, double whole, bool same_service) {
  std::string out = row.on_path ? "<tr class=\"crit\">" : "<tr>";
  out += fmt::format("<td class=\"path\"><div class=\"d{}\">", std::min(row.depth, kMostIndent));
  out += row.spans > 1 ? fmt::format("<b>{} ×</b> ", row.spans) : "";
  out += html_text(name_text(row.name.empty() && row.detail.empty() ? "(no name)" : row.name, 120), 120);
  if (!row.detail.empty()) {
    out += row.is_statement ? " <code>" + html_text(sql_text(row.detail, 240), 240) + "</code>"
                            : " " + html_text(name_text(row.detail, 160), 160);
  }
  std::vector<std::string> said;
  if (!same_service) {
    said.push_back(html_text(name_text(row.service, 60), 60));
  }
  if (const std::string_view kind = kind_words(row.kind); !kind.empty()) {
    said.emplace_back(kind);
  }
  if (row.moved && !row.torn) {
    said.emplace_back("moved into its call");
  }
  if (row.torn) {
    said.emplace_back("its parent is in no file");
  }
  if (row.hidden > 0) {
    said.push_back(counted(row.hidden, "more span") + " below");
  }
  out += said.empty() ? "" : " <span class=\"quiet\">" + join(said, ", ") + "</span>";
  out += row.failed ? " <span class=\"bad\">failed</span>" : "";
  out += "</div></td><td class=\"num\">" + html_text(time_words(row.total_ms)) + (row.spans > 1 ? " in all" : "") +
         "</td><td class=\"num\">" +
         (row.waited_ms > 0 ? "<span class=\"lbl\">waited for</span> " + html_text(time_words(row.waited_ms)) : "") +
         "</td><td class=\"wf\">" + bars_of(row, whole) + "</td></tr>\n";
  return out;
}

}  // namespace

std::string html_waterfall(const TraceView& view, const std::string& id) {
  const std::string name = view.route.empty() ? "trace " + view.id : view.service + " " + view.route;
  std::string out = fmt::format(
      "<div class=\"scroll\" id=\"{}\" tabindex=\"0\" role=\"region\" aria-label=\"Spans of {}\">"
      "<table class=\"requests timed spans\"><thead><tr><th scope=\"col\">span</th><th scope=\"col\" "
      "class=\"num\">time</th><th scope=\"col\" class=\"num\">waited for</th><th scope=\"col\" class=\"wf\">0 to "
      "{}</th></tr></thead><tbody>\n",
      id, html_text(name_text(name, 120), 120), html_text(time_words(view.duration_ms)));
  std::vector<std::string_view> services;  // of the rows above, by depth
  for (const TraceRow& row : view.rows) {
    services.resize(std::min<std::size_t>(services.size(), row.depth));
    out += row_of(row, view.duration_ms, !services.empty() && services.back() == row.service);
    services.push_back(row.service);
  }
  out += "</tbody></table></div>\n";
  out += kLegend;
  const std::vector<std::string> waited = waited_words(view);
  if (!waited.empty()) {
    out += "<p class=\"about\">Critical path (underlined): " + html_text(join(waited, "; "), 1200) + ".</p>\n";
  }
  for (const std::string& remark : trace_remarks(view)) {
    const bool has_sign = remark.starts_with("~ ") || remark.starts_with("? ");
    out += "<p class=\"about\">" + html_text(has_sign ? std::string_view(remark).substr(2) : remark) + "</p>\n";
  }
  return out;
}

std::string html_routes(const std::vector<RouteTraffic>& routes, std::size_t most) {
  std::string out =
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Routes\"><table class=\"routes\"><thead><tr>"
      "<th scope=\"col\">route</th>";
  for (const std::string_view head : kHeads) {
    out += fmt::format("<th scope=\"col\" class=\"num\">{}</th>", head);
  }
  out += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < std::min(routes.size(), most); ++i) {
    const RouteTraffic& route = routes[i];
    out += "<tr><td>" + html_text(name_text(route.route, 100), 100) + " <span class=\"quiet\">" +
           html_text(name_text(route.service, 60), 60) + "</span></td>";
    const std::string cells[] = {std::to_string(route.requests),
                                 time_words(route.p50),
                                 time_words(route.p95),
                                 time_words(route.p99),
                                 route.errors > 0 ? format_rounded(route.errors * 100, 1) + "%" : std::string("0"),
                                 format_rounded(route.db_calls, 1),
                                 time_words(route.db_time),
                                 format_rounded(route.http_calls, 1)};
    for (std::size_t k = 0; k < std::size(cells); ++k) {
      out += fmt::format("<td class=\"num\"><span class=\"lbl\">{}</span> {}</td>", kHeads[k], html_text(cells[k]));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  return out + (routes.size() > most ? fmt::format("<p class=\"about\">{} not shown, all faster</p>\n",
                                                   counted(routes.size() - most, "more route"))
                                     : "");
}

std::string render_traces_html(const ShownTraces& traces) {
  const TraceView& first = traces.views.front();
  const std::string title = first.route.empty() ? "trace " + first.id : first.service + " " + first.route;
  std::string out = page_head(name_text(title, 80) + " - budgetcheck trace", {"base.css", "report.css"}, {});
  out += "<header class=\"top\"><p class=\"brand\">budgetcheck<span class=\"quiet\"> trace</span></p></header>\n";
  out += "<main id=\"main\">\n";
  for (std::size_t i = 0; i < traces.views.size(); ++i) {
    const TraceView& view = traces.views[i];
    out += fmt::format("<section aria-labelledby=\"h{}\">\n<h2 id=\"h{}\">{}</h2>\n<p class=\"about\">{}{}</p>\n", i, i,
                       html_text(view.route.empty() ? "Trace without a request" : view.service + " " + view.route, 160),
                       html_text(trace_words(view, false), 400),
                       view.id.empty() ? "" : ", <code>" + html_text(view.id, 40) + "</code>");
    out += "<div class=\"group\">" + html_waterfall(view, fmt::format("t{}", i)) + "</div>\n</section>\n";
  }
  for (const std::string& note : traces.notes) {
    out += "<p class=\"about\">" + html_text(note) + "</p>\n";
  }
  out += "</main>\n<footer><p>budgetcheck " + html_text(traces.tool_version, 40) +
         ", one file that needs no network.</p></footer>\n";
  return out + "</body>\n</html>\n";
}

}  // namespace budgetcheck
