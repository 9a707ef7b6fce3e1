#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "report/traces/traces.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kTimeWidth = 8;
constexpr std::size_t kWidestBar = 40;
constexpr std::size_t kLeastBar = 12;
constexpr std::size_t kMostIndent = 12;  ///< levels

struct Columns {
  std::size_t name = 0;
  std::size_t bar = 0;  ///< 0: none
};

Columns columns_of(const Page& page, const std::vector<std::string>& names) {
  constexpr std::size_t kUsual = 100;
  const std::size_t width = page.width() == Page::kUnlimited ? kUsual : page.width();
  Columns columns;
  columns.bar = page.narrow() ? 0 : std::clamp(width / 3, kLeastBar, kWidestBar);
  const std::size_t rest = width - std::min(width, kTimeWidth + 1 + (columns.bar > 0 ? columns.bar + 2 : 0));
  std::size_t widest = 0;
  for (const std::string& name : names) {
    widest = std::max(widest, display_width(name));
  }
  columns.name = std::max<std::size_t>(std::min(widest, rest), 10);
  return columns;
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return text + std::string(width - std::min(width, taken), ' ');
}

/// Eighths of a column would be finer, but few fonts of terminals have all of them.
std::string bar_of(const TraceRow& row, double whole, std::size_t width, bool unicode) {
  std::vector<bool> filled(width, false);
  for (const TraceRow::Bar& bar : row.bars) {
    if (whole <= 0) {
      continue;
    }
    const auto at = [&](double ms) { return ms / whole * static_cast<double>(width); };
    const auto first =
        static_cast<std::size_t>(std::clamp(std::floor(at(bar.start_ms)), 0.0, static_cast<double>(width - 1)));
    const auto last = static_cast<std::size_t>(
        std::clamp(std::round(at(bar.end_ms)), static_cast<double>(first + 1), static_cast<double>(width)));
    std::fill(filled.begin() + static_cast<std::ptrdiff_t>(first), filled.begin() + static_cast<std::ptrdiff_t>(last),
              true);
  }
  while (!filled.empty() && !filled.back()) {
    filled.pop_back();
  }
  const std::string_view mark = row.on_path ? (unicode ? "█" : "#") : (unicode ? "░" : "-");
  std::string out;
  for (const bool is_filled : filled) {
    out += is_filled ? mark : " ";
  }
  return out;
}

Paint paint_of(const TraceRow& row) { return row.failed ? Paint::kRed : row.on_path ? Paint::kCyan : Paint::kDim; }

std::string signs(const TraceRow& row) {
  return std::string(row.torn ? "? " : row.moved ? "~ " : "") + (row.failed ? "! " : "");
}

}  // namespace

void write_waterfall(Page& page, const TraceView& view, const Rendering& rendering) {
  const std::string id = view.id.empty() ? "a trace without an id" : "trace " + view.id;
  page.paragraph(0, "", Paint::kPlain, id, 0, Paint::kBold);
  page.paragraph(0, "", Paint::kPlain, trace_words(view), 0);
  if (!view.location.file.empty()) {
    page.paragraph(0, "", Paint::kPlain, name_text(to_string(view.location)), 0, Paint::kDim);
  }
  page.gap();
  std::vector<std::string> names;
  std::vector<std::string_view> services;  // of the rows above, by depth
  for (const TraceRow& row : view.rows) {
    std::string name(std::min<std::size_t>(row.depth, kMostIndent) * (page.narrow() ? 1 : 2), ' ');
    services.resize(std::min<std::size_t>(services.size(), row.depth));
    const bool is_known = !services.empty() && services.back() == row.service;
    name += signs(row) + (is_known ? "" : name_text(row.service, 40) + ": ");
    names.push_back(name + row_words(row, rendering.unicode));
    services.push_back(row.service);
  }
  const Columns columns = columns_of(page, names);
  if (columns.bar > 0) {
    const std::string end = time_words(view.duration_ms);
    const std::size_t gap = columns.bar - std::min(columns.bar, display_width(end) + 1);
    const std::string head(columns.name + kTimeWidth + 3, ' ');
    page.line({{head, Paint::kPlain}, {"0" + std::string(gap, ' ') + end, Paint::kDim}});
  }
  for (std::size_t i = 0; i < view.rows.size(); ++i) {
    const TraceRow& row = view.rows[i];
    const std::string name = padded(shorten(names[i], columns.name, rendering.unicode ? "…" : "..."), columns.name);
    const std::string time = time_words(row.total_ms);
    const std::string shown = " " + std::string(kTimeWidth - std::min(kTimeWidth, time.size()), ' ') + time;
    const std::string bar = columns.bar > 0 ? bar_of(row, view.duration_ms, columns.bar, rendering.unicode) : "";
    page.line({{name, row.failed    ? Paint::kRed
                      : row.on_path ? Paint::kPlain
                                    : Paint::kDim},
               {shown, Paint::kPlain},
               {bar.empty() ? "" : "  ", Paint::kPlain},
               {bar, paint_of(row)}});
  }
  page.gap();
  const std::vector<std::string> waited = waited_words(view);
  if (!waited.empty()) {
    page.paragraph(0, "", Paint::kPlain, "The critical path, by what was waited for longest", 0, Paint::kBold);
    for (const std::string& words : waited) {
      page.paragraph(2, "", Paint::kPlain, words, 2);
    }
  }
  page.gap();
  std::string legend = columns.bar == 0    ? ""
                       : rendering.unicode ? "█ critical path, ░ beside it"
                                           : "# critical path, - beside it";
  const auto any = [&](auto holds) { return std::any_of(view.rows.begin(), view.rows.end(), holds); };
  if (any([](const TraceRow& row) { return row.spans > 1; })) {
    legend += std::string(legend.empty() ? "" : "; ") + (rendering.unicode ? "n ×" : "n x") +
              ": spans that say the same, their times added up";
  }
  if (any([](const TraceRow& row) { return row.failed; })) {
    legend += std::string(legend.empty() ? "" : "; ") + "! failed";
  }
  if (!legend.empty()) {
    page.paragraph(0, "", Paint::kPlain, legend, 0, Paint::kDim);
  }
  for (const std::string& remark : trace_remarks(view)) {
    page.paragraph(0, "", Paint::kPlain, remark, 2, Paint::kDim);
  }
}

void write_routes(Page& page, const std::vector<RouteTraffic>& routes, std::size_t most) {
  for (std::size_t i = 0; i < std::min(routes.size(), most); ++i) {
    const RouteTraffic& route = routes[i];
    std::string words = fmt::format("{}, p50 {}, p95 {}, p99 {}", counted(route.requests, "request"),
                                    time_words(route.p50), time_words(route.p95), time_words(route.p99));
    if (route.db_calls > 0) {
      words += fmt::format(", {} database call{} in {}", format_rounded(route.db_calls, 1),
                           route.db_calls == 1 ? "" : "s", time_words(route.db_time));
    }
    if (route.http_calls > 0) {
      words += fmt::format(", {} HTTP call{}", format_rounded(route.http_calls, 1), route.http_calls == 1 ? "" : "s");
    }
    if (route.errors > 0) {
      words += fmt::format(", {}% errors", format_rounded(route.errors * 100, 1));
    }
    page.paragraph(2, "", Paint::kPlain, name_text(route.service + " " + route.route), 0);
    page.paragraph(4, "", Paint::kPlain, words, 0, Paint::kDim);
  }
  if (routes.size() > most) {
    page.paragraph(2, "", Paint::kPlain, fmt::format("and {}, all faster", counted(routes.size() - most, "more route")),
                   2);
  }
}

std::string render_traces_text(const ShownTraces& traces, const Rendering& rendering) {
  Page page(rendering);
  for (const TraceView& view : traces.views) {
    page.gap();
    write_waterfall(page, view, rendering);
  }
  if (!traces.notes.empty()) {
    page.gap();
  }
  for (const std::string& note : traces.notes) {
    page.paragraph(0, "note", Paint::kDim, sentence_text(note), 0);
  }
  return page.take();
}

}  // namespace budgetcheck
