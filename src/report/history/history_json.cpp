#include "json/writer.h"
#include "report/history/history.h"
#include "results/write.h"

namespace budgetcheck {
namespace {

using json::Writer;

void write_series(Writer& w, const BudgetSeries& series) {
  w.begin_object();
  w.member("budget", series.budget).member("metric", series.metric);
  write_where(w, series.where);
  w.member("unit", unit_symbol(series.unit)).member("stat", to_string(series.stat));
  if (series.limit) {
    w.member("limit", *series.limit).member("limit_is", series.limit_is_min ? "min" : "max");
  }
  if (series.trend) {
    const Trend& trend = *series.trend;
    w.key("trend").begin_object();
    w.member("per_30_days", trend.per_30_days);
    w.key("interval").begin_array().number(trend.low).number(trend.high).end_array();
    if (!trend.breach_from.empty()) {
      w.member("breach_from", trend.breach_from);
    }
    if (!trend.breach_to.empty()) {
      w.member("breach_to", trend.breach_to);
    }
    w.end_object();
  }
  if (series.drift) {
    w.key("drift").begin_object();
    w.member("share", series.drift->share).member("before", series.drift->before).member("now", series.drift->now);
    w.end_object();
  }
  if (!series.remark.empty()) {
    w.member("remark", series.remark);
  }
  w.key("points").begin_array();
  for (const HistoryPoint& point : series.points) {
    w.begin_object();
    w.member("commit", point.commit).member("measured_at", point.measured_at).member("value", point.value);
    w.end_object();
  }
  w.end_array();
  w.end_object();
}

}  // namespace

std::string render_history_json(const BudgetHistory& history, const Rendering& /*rendering*/) {
  Writer w(Writer::Style::kPretty);
  w.begin_object();
  w.member("version", 1).member("project", history.project).member("app", history.app).member("from", history.from);
  w.member("records", static_cast<std::uint64_t>(history.records));
  w.key("series").begin_array();
  for (const BudgetSeries& series : history.series) {
    write_series(w, series);
  }
  w.end_array();
  w.key("notes").begin_array();
  for (const std::string& note : history.notes) {
    w.string(note);
  }
  w.end_array();
  w.end_object();
  return w.take();
}

}  // namespace budgetcheck
