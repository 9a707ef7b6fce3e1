#include "collect/load_test/text/text_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "collect/account.h"
#include "collect/load_test/text/tool_number.h"

namespace budgetcheck {

tl::unexpected<Error> report_broke_off(const Source& source, std::string_view tool, std::string_view missing) {
  return fail(ErrorKind::kInput, fmt::format("the report of {} broke off: {} is missing", tool, missing),
              Location::of(source.path),
              "let the run end, and see what it printed last: a run that was stopped writes no summary");
}

tl::unexpected<Error> several_reports(const Source& source, std::string_view tool, std::uint32_t line) {
  return fail(ErrorKind::kInput,
              fmt::format("a second report of {} begins here, and they may be of different loads", tool),
              {source.path, line, 0, {}},
              "write each run into a file of its own; files with the same setting 'test' are runs of one test");
}

void say_broken_lines(std::uint64_t broken, Input& input) {
  if (broken > 0) {
    Account(input).incomplete(fmt::format("{} cannot be read", counted(broken, "line")), kWriteAgain);
  }
}

void ReportRoutes::add(std::string route, LoadPart part) {
  if (routes_.size() >= kMost) {
    ++beyond_;
    return;
  }
  part.route = std::move(route);
  routes_.push_back(std::move(part));
}

void ReportRoutes::move_to(LoadResult& result, Input& input, std::string_view names) {
  std::move(routes_.begin(), routes_.end(), std::back_inserter(result.parts));
  if (beyond_ > 0) {
    Account(input).note(fmt::format("only the first {} routes are kept, {} in the whole run only", kMost,
                                    counted(beyond_, "more is", "more are")),
                        names);
  }
}

void add_percentile(KnownQuantiles& quantiles, double percent, double ms) {
  constexpr std::array kUsual{10.0, 25.0, 50.0, 66.0, 75.0, 80.0, 90.0, 95.0, 97.5, 98.0, 99.0, 99.9, 99.99, 99.999};
  constexpr double kHundred = 100;
  if (!std::isfinite(percent) || !std::isfinite(ms) || ms < 0) {
    return;
  }
  if (percent <= 0) {
    quantiles.min = ms;
  } else if (percent >= kHundred) {
    quantiles.max = ms;
  } else {
    constexpr double kNear = 1e-7;  // of a number that was written with digits enough
    const auto* usual =
        std::find_if(kUsual.begin(), kUsual.end(), [&](double one) { return std::abs(one - percent) < kNear; });
    if (usual != kUsual.end()) {
      quantiles.add(*usual / kHundred, ms);
    }
  }
}

double percent_of(std::string_view text) {
  while (text.ends_with('%')) {
    text.remove_suffix(1);
  }
  return tool_number(text).value_or(-1);
}

void mark_as_least(Facts& facts, std::size_t first, std::string_view metric, const std::string& reason) {
  for (std::size_t i = first; i < facts.samples.size(); ++i) {
    Sample& sample = facts.samples[i];
    if (sample.metric == metric) {
      sample.lower_bound = true;
      sample.lower_bound_reason = reason;
    }
  }
}

}  // namespace budgetcheck
