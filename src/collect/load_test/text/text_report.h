#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "collect/format.h"
#include "collect/load_test/load_result.h"
#include "collect/text/text_lines.h"

// What the readers of load tools' plain texts share.
namespace budgetcheck {

/// The report ended before what it is judged by: `missing` is a line of it, in words.
tl::unexpected<Error> report_broke_off(const Source& source, std::string_view tool, std::string_view missing);

/// A second report begins in `line`. Two runs of one file could be of different loads or pages, so neither is used.
tl::unexpected<Error> several_reports(const Source& source, std::string_view tool, std::uint32_t line);

/// Reads a report line by line, whatever the tool: `Report` takes each line trimmed (false: a second report begins with
/// it) and says at the end whether it is whole. `missing` as above.
template <class Report>
Expected<Report> read_text_report(const Source& source, std::string_view tool, std::string_view missing) {
  Report report;
  for (TextLines lines(*source.content); lines.next();) {
    if (!report.take(trim(lines.line()))) {
      return several_reports(source, tool, lines.number());
    }
  }
  if (!report.ended()) {
    return report_broke_off(source, tool, missing);
  }
  return report;
}

/// Says how many lines of a table cannot be read; nothing of none.
void say_broken_lines(std::uint64_t broken, Input& input);

/// The routes of a table that is read as a whole, as many as are kept.
class ReportRoutes {
 public:
  static constexpr std::size_t kMost = 1000;

  void add(std::string route, LoadPart part);
  /// Puts them behind the whole run, and says of the others that they are not kept. `names` says what to do about it.
  void move_to(LoadResult& result, Input& input, std::string_view names);

 private:
  std::vector<LoadPart> routes_;
  std::uint64_t beyond_ = 0;
};

/// `percent` (0 to 100) as a quantile. Those that nobody sets a limit on, such as every step of a spectrum, are left
/// out, so that messages which list what is told stay readable; 0 and 100 are the extremes.
void add_percentile(KnownQuantiles& quantiles, double percent, double ms);

/// "90%", "99.999%": the number before the sign; negative: not a percentage.
double percent_of(std::string_view text);

/// Says of the samples of `metric` that were added since `first` that the real values are these or more.
void mark_as_least(Facts& facts, std::size_t first, std::string_view metric, const std::string& reason);

}  // namespace budgetcheck
