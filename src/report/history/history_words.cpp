#include <fmt/format.h>

#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "report/history/history.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

std::string percent(double share) {
  return format_rounded(std::fabs(share) * 100, std::fabs(share) < 0.1 ? 1 : 0) + "%";
}

}  // namespace

const std::vector<HistoryFormat>& history_formats() {
  static const std::vector<HistoryFormat> kFormats{
      {"text", render_history_text},
      {"json", render_history_json},
      {"markdown", render_history_markdown},
      {"html", render_history_html},
  };
  return kFormats;
}

std::string series_subject(const BudgetSeries& series) {
  std::string out = name_text(series.metric);
  const std::string where = name_text(to_string(series.where));
  out += where.empty() ? "" : ", " + where;
  return fmt::format("{} ({})", out, to_string(series.stat));
}

std::string series_numbers(const BudgetSeries& series) {
  const double value = series.points.back().value;
  if (!series.limit) {
    return format_quantity(value, series.unit);
  }
  const double room = series.limit_is_min ? value - *series.limit : *series.limit - value;
  std::string out =
      fmt::format("{}, {} {}: ", format_quantity(value, series.unit, *series.limit),
                  series.limit_is_min ? "minimum" : "limit", format_quantity(*series.limit, series.unit, value));
  out += (room < 0 ? "over by " : "") + format_quantity(std::fabs(room), series.unit);
  out += *series.limit == 0 ? "" : " (" + percent(room / *series.limit) + ")";
  return out + (room < 0 ? "" : " left");
}

std::string series_trend(const BudgetSeries& series) {
  if (!series.trend) {
    return series.remark.empty() ? "no trend" : "no trend: " + sentence_text(series.remark);
  }
  const Trend& trend = *series.trend;
  std::string out = fmt::format("{} in 30 days ({} to {})", format_delta(trend.per_30_days, series.unit),
                                format_delta(trend.low, series.unit), format_delta(trend.high, series.unit));
  if (!trend.breach_from.empty() && trend.breach_from == trend.breach_to) {
    out += fmt::format(": reaches its limit on {}", trend.breach_from);
  } else if (!trend.breach_from.empty() && !trend.breach_to.empty()) {
    out += fmt::format(": reaches its limit between {} and {}", trend.breach_from, trend.breach_to);
  } else if (!trend.breach_from.empty()) {
    out += fmt::format(": may reach its limit from {} on", trend.breach_from);
  }
  return out;
}

std::string series_drift(const BudgetSeries& series) {
  if (!series.drift) {
    return {};
  }
  const Drift& drift = *series.drift;
  return fmt::format("{} worse than {} ago: {} → {}", percent(drift.share), counted(drift.records, "record"),
                     format_quantity(drift.before, series.unit, drift.now),
                     format_quantity(drift.now, series.unit, drift.before));
}

}  // namespace budgetcheck
