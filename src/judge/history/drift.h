#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/location.h"
#include "model/budget.h"
#include "model/history.h"
#include "model/sample.h"
#include "results/read.h"

namespace budgetcheck {

// Growth on the main branch that no single change shows: the newest values against those of 40 to 70 records ago.

using SampleKey = std::pair<std::string, Labels>;
using SamplesByKey = std::map<SampleKey, const Sample*>;

/// By metric and labels. Partial values (lower bounds) are left out.
SamplesByKey samples_by_key(const std::vector<Sample>& samples);

/// How far the newest of `samples` has drifted to the worse; nothing when it has not, as far as one can tell.
/// `samples`: of one place, oldest first.
std::optional<Drift> drift_of(const Budget& budget, const std::vector<const Sample*>& samples);

/// A metric of the main branch that grew over many changes, none of which shows it.
struct DriftedMetric {
  std::string budget;
  std::string metric;
  Labels where;
  Unit unit = Unit::kNone;
  Drift drift;
  Location location;  ///< of the budget
};

/// Every result that a budget owns and that drifted. `now`: just measured. `newest_first`: the records before it.
std::vector<DriftedMetric> find_drift(const BudgetsFile& budgets, const std::vector<Sample>& now,
                                      const std::vector<Results>& newest_first);

/// Records that find_drift looks at.
constexpr std::size_t kDriftRecords = 75;

}  // namespace budgetcheck
