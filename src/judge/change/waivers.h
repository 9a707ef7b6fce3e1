#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/report.h"

namespace budgetcheck {

/// Applies the waivers to what broke. A whole one that still holds turns a breach up to its ceiling into "waived"; one
/// that has expired, or whose ceiling is passed, says so and lets the failure stand; one that lacks a part is an error.
/// Of several that fit one place the one with more labels counts. `today` is YYYY-MM-DD; the last day counts (UTC).
/// Returns remarks: waivers that end soon, last too long or are needed no more.
std::vector<std::string> apply_waivers(const std::vector<Waiver>& waivers, const std::string& today,
                                       std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
