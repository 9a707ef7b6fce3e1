#pragma once

#include <vector>

#include "model/report.h"
#include "report/words/order.h"

namespace budgetcheck {

/// One problem: the verdicts and findings that have one cause, so that one change mends all of them. Never empty.
struct Group {
  Gravity gravity = Gravity::kPasses;    ///< the worst in it
  std::vector<const Verdict*> verdicts;  ///< worst first
  std::vector<const Finding*> findings;  ///< worst first
  /// Nothing ties them together but the budget or the rule that says the same of each: one paragraph, many places.
  bool is_list = false;
};

/// Nothing was measured, for a reason that the message tells: an input is missing, a run failed.
bool is_unmeasured(const Verdict& verdict);

/// What did not pass, worst first: verdicts that fail, are errors, unclear or warnings, but for those that the heading
/// kGateHeading has, and findings that are new or worse. Each is in exactly one group. They point into `report`.
///
/// Two belong together when
/// - one reason keeps both from being measured;
/// - they measure one quantity: a size before and after compression, the images of a page by two tools;
/// - one rule found both at one place;
/// - a finding's rule says that it drives the metric up (Rule::explains), and both are about one route or bundle;
/// - one is a part of the other, and its part of the excess is all of it;
/// - else, when neither has company: the same budget failed in the same way, or the same rule asks for the same step.
std::vector<Group> problem_groups(const Report& report);

}  // namespace budgetcheck
