#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/units.h"
#include "model/labels.h"
#include "model/sample.h"

namespace budgetcheck {

/// One record of the main branch, as one budget sees it.
struct HistoryPoint {
  std::string commit;
  std::string measured_at;  ///< RFC 3339, UTC
  long day = 0;             ///< since 1970-01-01
  double value = 0;         ///< in the unit of the series
};

/// Where a series is going. Only made when the trend is real: not what noise alone would draw.
struct Trend {
  double per_30_days = 0;  ///< in the unit of the series
  double low = 0;          ///< 90 % interval of the same
  double high = 0;
  /// First and last day on which the limit would be reached if it went on like this; empty: not within five years, or
  /// there is no limit on that side. `breach_to` alone may be empty: the slow end of the interval never reaches it.
  std::string breach_from;
  std::string breach_to;
};

/// The newest records against those of 40 to 70 records ago: growth that no single change shows.
struct Drift {
  double share = 0;  ///< 0.07: 7 % worse than then
  double before = 0;
  double now = 0;
  std::size_t records = 0;  ///< how many lie between the two
};

/// How one budget developed at one place.
struct BudgetSeries {
  std::string budget;
  std::string metric;
  Labels where;
  Unit unit = Unit::kNone;
  Stat stat = Stat::kMedian;
  bool higher_is_better = false;
  std::optional<double> limit;
  bool limit_is_min = false;
  std::vector<HistoryPoint> points;  ///< oldest first, never empty
  std::optional<Trend> trend;
  std::optional<Drift> drift;
  std::string remark;  ///< why there is no trend: a clause; empty with one
};

/// What `budgetcheck history` shows.
struct BudgetHistory {
  std::string project;
  std::string app;
  std::string from;  ///< which commit was followed, and how it was chosen
  std::size_t records = 0;
  std::vector<BudgetSeries> series;  ///< the nearest to a breach first
  std::vector<std::string> notes;
};

}  // namespace budgetcheck
