#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/units.h"
#include "budget/import/write_budgets.h"
#include "model/facts.h"
#include "model/metric.h"

namespace budgetcheck {

/// Limits that today's numbers keep.
struct Limits {
  std::vector<DraftBudget> budgets;
  std::vector<DraftRule> rules;  ///< rules that fail today, as warnings
  std::vector<std::string> remarks;
};

/// A budget for what matters in each family of metrics, with room above today's value: 5 % for bytes (of builds at most
/// 25 kB) and at least what no regression is made of (1 KiB), up to 10 % for counts, the larger of 10 % and four
/// standard errors for times; rounded to a readable value on the far side. What was measured in part only gets none.
/// Builds of `libraries` (values of the label app; "": those without one) get a budget for each file: who uses them
/// loads one of their formats. Of a build with one entry, whose numbers are those of the whole, only the whole gets
/// any.
Limits limits_of(const Facts& facts, const std::set<std::string>& libraries = {});

/// The limit for one value of which `runs` are known: readable, and never on the wrong side of the value.
double limit_for(const Metric& metric, double value, const Runs& runs);

/// The smallest of 10, 10.5, 11, … 50, 51, … 99 times a power of ten that is at least `value`; 0 for 0 and less.
double readable_above(double value);
/// A limit with its unit, as the budgets file writes it: "4.05 kB", "2.2 s", "0.03".
std::string limit_text(double value, Unit unit);

}  // namespace budgetcheck
