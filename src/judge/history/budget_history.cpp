#include "judge/history/budget_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>
#include <utility>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "budget/select.h"
#include "judge/history/drift.h"
#include "judge/history/trend.h"

namespace budgetcheck {
namespace {

constexpr double kDaysOfTrend = 30;
constexpr long kFarthestDays = 5 * 365;
constexpr double kSecondsOfDay = 86'400;

/// How much of its day had passed at "2026-11-23T10:00:00Z".
double part_of_day(std::string_view time) {
  constexpr std::size_t kHours = 11;
  constexpr std::size_t kLength = 19;
  if (time.size() < kLength) {
    return 0;
  }
  const auto part = [&](std::size_t at) { return parse_number(time.substr(kHours + at, 2)).value_or(0); };
  return (part(0) * 3600 + part(3) * 60 + part(6)) / kSecondsOfDay;
}

void add_trend(const std::vector<TrendPoint>& points, long today, BudgetSeries& series) {
  const std::optional<Slope> slope = theil_sen(points);
  if (!slope) {
    series.remark = fmt::format("{} {} too few", counted(points.size(), "record"), points.size() == 1 ? "is" : "are");
    return;
  }
  if (!is_trend(*slope)) {
    series.remark = "it does not stand out from the noise, or is below 2%";
    return;
  }
  Trend trend{slope->per_unit * kDaysOfTrend, slope->low * kDaysOfTrend, slope->high * kDaysOfTrend, {}, {}};
  const std::optional<Breach> breach =
      series.limit ? projected_breach(points, *series.limit, series.limit_is_min) : std::nullopt;
  const auto day = [&](double at) { return std::max(static_cast<long>(std::floor(at)), today); };
  if (breach && breach->earliest < static_cast<double>(today + kFarthestDays)) {
    trend.breach_from = date_text(day(breach->earliest));
    if (breach->latest && *breach->latest < static_cast<double>(today + kFarthestDays)) {
      trend.breach_to = date_text(day(*breach->latest));
    }
  }
  series.trend = std::move(trend);
}

/// The side that growth runs into.
void set_limit(const Budget& budget, BudgetSeries& series) {
  const bool prefers_min = series.higher_is_better || !budget.max;
  series.limit = prefers_min && budget.min ? budget.min : budget.max ? budget.max : budget.min;
  series.limit_is_min = series.limit && budget.min && series.limit == budget.min && prefers_min;
}

double room_of(const BudgetSeries& series) {
  if (!series.limit || *series.limit == 0) {
    return HUGE_VAL;
  }
  const double value = series.points.back().value;
  return (series.limit_is_min ? value - *series.limit : *series.limit - value) / std::fabs(*series.limit);
}

/// Broken first, then by the day of the breach, then what drifted, then by the room that is left.
bool comes_first(const BudgetSeries& a, const BudgetSeries& b) {
  const auto rank = [](const BudgetSeries& s) {
    const bool has_date = s.trend && !s.trend->breach_from.empty();
    const int kind = room_of(s) < 0 ? 0 : has_date ? 1 : s.drift ? 2 : 3;
    return std::tuple(kind, kind == 1 ? s.trend->breach_from : std::string(), room_of(s));
  };
  return rank(a) < rank(b);
}

struct Record {
  const Results* results;
  SamplesByKey samples;
  double at;  ///< days since 1970
};

/// Oldest first. Records without a usable time are left out.
std::vector<Record> records_in_time(const std::vector<const Results*>& newest_first, long today,
                                    BudgetHistory& history) {
  std::vector<Record> records;
  std::size_t ahead = 0;
  std::size_t undated = 0;
  for (auto results = newest_first.rbegin(); results != newest_first.rend(); ++results) {
    const std::optional<long> day = day_number((*results)->measured_at);
    undated += day ? 0U : 1U;
    ahead += day && *day > today + 1 ? 1U : 0U;
    if (day && *day <= today + 1) {
      records.push_back({*results, samples_by_key((*results)->samples),
                         static_cast<double>(*day) + part_of_day((*results)->measured_at)});
    }
  }
  const auto note = [&](std::size_t count, const std::string& why) {
    if (count > 0) {
      history.notes.push_back(
          fmt::format("{} {} left out: {}", counted(count, "record"), count == 1 ? "is" : "are", why));
    }
  };
  note(ahead, "dated after today, so the clock that wrote them, or this one, is wrong");
  note(undated, "without a date");
  std::stable_sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.at < b.at; });
  return records;
}

}  // namespace

BudgetHistory build_history(const BudgetsFile& budgets, const std::vector<const Results*>& newest_first,
                            const std::string& today) {
  BudgetHistory history;
  history.project = budgets.project;
  const long now = day_number(today).value_or(0);
  const std::vector<Record> records = records_in_time(newest_first, now, history);
  history.records = records.size();
  if (records.empty()) {
    return history;
  }
  const std::vector<Sample>& newest = records.back().results->samples;
  const Selection selection = select_samples(budgets.budgets, newest);
  for (std::size_t i = 0; i < newest.size(); ++i) {
    for (const std::size_t owner : selection.owners[i]) {
      const Budget& budget = budgets.budgets[owner];
      if (!budget.metric) {
        continue;
      }
      BudgetSeries series;
      series.budget = budget.id;
      series.metric = budget.metric_id;
      series.where = newest[i].where;
      series.unit = newest[i].unit;
      series.stat = budget.stat;
      series.higher_is_better = budget.metric->direction == Direction::kHigherIsBetter;
      set_limit(budget, series);
      std::vector<const Sample*> samples;
      std::vector<TrendPoint> points;
      for (const Record& record : records) {
        const auto found = record.samples.find(SampleKey{newest[i].metric, newest[i].where});
        const double value = found == record.samples.end() || !tells(*found->second, budget.stat)
                                 ? HUGE_VAL
                                 : aggregate(*found->second, budget.stat);
        if (std::isfinite(value)) {
          samples.push_back(found->second);
          points.push_back({record.at, value});
          series.points.push_back(
              {record.results->commit, record.results->measured_at, static_cast<long>(std::floor(record.at)), value});
        }
      }
      if (!points.empty()) {
        add_trend(points, now, series);
        series.drift = drift_of(budget, samples);
        history.series.push_back(std::move(series));
      }
    }
  }
  std::stable_sort(history.series.begin(), history.series.end(), comes_first);
  return history;
}

}  // namespace budgetcheck
