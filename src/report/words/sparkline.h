#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/history.h"

namespace budgetcheck {

/// The values as one character each, low to high: "▁▂▅█", or "_.-^" without Unicode. At most `width` characters: of
/// longer series the newest are shown. A flat series is a line in the middle. Values that are not finite are blanks.
std::string sparkline(const std::vector<double>& values, std::size_t width, bool unicode);

/// The series as an SVG picture with its limit as a dashed line; colours come from the page's CSS (currentColor and the
/// classes `line`, `limit` and `dot`). `label` is read out in place of it. Not for pages without that CSS.
std::string history_svg(const BudgetSeries& series, const std::string& label);

}  // namespace budgetcheck
