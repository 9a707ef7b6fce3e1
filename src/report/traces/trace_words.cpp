#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "report/traces/traces.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kNameWidth = 200;
constexpr std::size_t kMostWaited = 5;

/// Of a driver's span whose statement stands in the span around it: that statement.
std::string statement_above(const TraceView& view, const TraceRow& row) {
  if (!row.is_statement || !row.detail.empty()) {
    return "";
  }
  std::uint32_t depth = row.depth;
  for (const TraceRow* above = &row; above != view.rows.data() && depth > 0;) {
    --above;
    if (above->depth < depth) {
      depth = above->depth;
      if (above->is_statement && !above->detail.empty()) {
        return ", for " + sql_text(above->detail, kNameWidth);
      }
    }
  }
  return "";
}

}  // namespace

std::string time_words(double milliseconds) {
  if (!std::isfinite(milliseconds) || milliseconds <= 0) {
    return "0 ms";
  }
  constexpr double kSecond = 1000;
  if (milliseconds >= kSecond - 0.5) {
    return format_quantity(std::max(milliseconds, kSecond), Unit::kMilliseconds);
  }
  const int digits = milliseconds >= 100 ? 0 : milliseconds >= 10 ? 1 : milliseconds >= 0.1 ? 2 : 3;
  return format_rounded(milliseconds, digits) + " ms";
}

std::string row_words(const TraceRow& row, bool unicode) {
  std::string out = row.spans > 1 ? fmt::format("{} {} ", row.spans, unicode ? "×" : "x") : "";
  out += name_text(row.name.empty() && row.detail.empty() ? "(no name)" : row.name, kNameWidth);
  if (!row.detail.empty()) {
    out += (row.name.empty() ? "" : " ") +
           (row.is_statement ? sql_text(row.detail, kNameWidth) : name_text(row.detail, kNameWidth));
  }
  return out;
}

std::string_view kind_words(SpanKind kind) {
  switch (kind) {
    case SpanKind::kServer:
      return "server";
    case SpanKind::kClient:
      return "client";
    case SpanKind::kProducer:
      return "producer";
    case SpanKind::kConsumer:
      return "consumer";
    case SpanKind::kInternal:
    case SpanKind::kUnknown:
      break;
  }
  return {};
}

std::string trace_words(const TraceView& view, bool with_route) {
  std::string out =
      view.route.empty() || !with_route ? "" : name_text(view.service + " " + view.route, kNameWidth) + ", ";
  out += time_words(view.route.empty() ? view.duration_ms : view.request_ms);
  out += fmt::format(", {} of {}", counted(view.spans, "span"), counted(view.services, "service"));
  if (!view.also.empty()) {
    std::vector<std::string> also;
    for (const std::string& route : view.also) {
      also.push_back(name_text(route, kNameWidth));
    }
    out += "; also the slowest of " + join(also, ", ");
  }
  return out;
}

std::vector<std::string> waited_words(const TraceView& view) {
  std::vector<const TraceRow*> rows;
  double all = 0;
  for (const TraceRow& row : view.rows) {
    all += row.waited_ms;
    if (row.waited_ms > 0) {
      rows.push_back(&row);
    }
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TraceRow* a, const TraceRow* b) { return a->waited_ms > b->waited_ms; });
  std::vector<std::string> out;
  for (const TraceRow* row : rows) {
    const double share = row->waited_ms / all * 100;
    if (out.size() >= kMostWaited || share < 1) {
      break;
    }
    out.push_back(fmt::format("{} ({}%) in {}{}, {}", time_words(row->waited_ms), format_rounded(share, 0),
                              row_words(*row), statement_above(view, *row), name_text(row->service)));
  }
  return out;
}

std::vector<std::string> trace_remarks(const TraceView& view) {
  std::vector<std::string> out;
  const bool moved =
      std::any_of(view.rows.begin(), view.rows.end(), [](const TraceRow& row) { return row.moved && !row.torn; });
  if (moved) {
    out.emplace_back(
        "~ a service's clock does not fit its caller's: such a span is drawn within the call, where exactly is "
        "unknown");
  }
  if (view.torn > 0) {
    out.push_back(fmt::format("? {} a parent that is in no file: pass the files of all services",
                              counted(view.torn, "span names", "spans name")));
  }
  std::uint64_t hidden = view.hidden;
  for (const TraceRow& row : view.rows) {
    hidden += row.hidden;
  }
  if (hidden > 0) {
    out.push_back(fmt::format("{} without a row of their own: those that took longest are shown",
                              counted(hidden, "span is", "spans are")));
  }
  if (view.rings > 0) {
    out.push_back(fmt::format("the parents of {} lead back to themselves", counted(view.rings, "span")));
  }
  if (view.is_rest) {
    out.emplace_back("its other spans came so far before these that they could not be put together");
  }
  return out;
}

}  // namespace budgetcheck
