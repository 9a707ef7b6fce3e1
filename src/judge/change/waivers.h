#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/report.h"

namespace budgetcheck {

/// Applies the waivers to what broke. A complete one that is still valid turns a breach up to its ceiling into
/// "waived". One that has expired, or whose ceiling is passed, says so and lets the failure stand. An incomplete one is
/// an error. Of several that fit one place the one with more labels counts. `today` is YYYY-MM-DD; the last day counts
/// (UTC). Returns notes: waivers that end soon, last too long or are no longer needed.
std::vector<std::string> apply_waivers(const std::vector<Waiver>& waivers, const std::string& today,
                                       std::vector<Verdict>& verdicts);

}  // namespace budgetcheck
