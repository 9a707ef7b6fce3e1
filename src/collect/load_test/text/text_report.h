#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "collect/format.h"
#include "collect/load_test/load_result.h"

// What the readers of load tools' plain texts share.
namespace budgetcheck {

/// The report ended before what it is judged by: `missing` is a line of it, in words.
tl::unexpected<Error> report_broke_off(const Source& source, std::string_view tool, std::string_view missing);

/// A second report begins in `line`. Two runs of one file could be of different loads or pages, so neither is used.
tl::unexpected<Error> several_reports(const Source& source, std::string_view tool, std::uint32_t line);

/// `percent` (0 to 100) as a quantile. Those that nobody sets a limit on, such as every step of a spectrum, are left
/// out, so that messages which list what is told stay readable; 0 and 100 are the extremes.
void add_percentile(KnownQuantiles& quantiles, double percent, double ms);

/// "90%", "99.999%": the number before the sign; negative: not a percentage.
double percent_of(std::string_view text);

/// Says of the samples of `metric` that were added since `first` that the real values are these or more.
void mark_as_least(Facts& facts, std::size_t first, std::string_view metric, const std::string& reason);

}  // namespace budgetcheck
