#pragma once

#include <string>
#include <vector>

#include "model/report.h"

namespace budgetcheck {

/// "+72 kB of source: moment (new package, imported by src/date.ts)": one printable line of bounded length, not yet
/// escaped for any format.
std::string cause_words(const Cause& cause);

/// The same of all causes of a verdict that has something to explain: it fails, warns, is unclear, or passes and is
/// worse than its base. Else empty.
std::vector<std::string> cause_lines(const Verdict& verdict);

}  // namespace budgetcheck
