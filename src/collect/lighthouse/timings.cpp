#include "collect/lighthouse/timings.h"

#include <algorithm>

#include "base/text.h"
#include "collect/http/page_label.h"
#include "collect/lighthouse/values.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNames = 1000;
constexpr std::size_t kMaxNameWidth = 100;

}  // namespace

void UserTimings::add(const json::Value& item) {
  const std::string_view raw_name = item.string_or("name", "");
  const double* duration = finite_number(item.find("duration"));
  const bool is_measure =
      equals_ignoring_case(item.string_or("timingType", duration != nullptr ? "measure" : "mark"), "measure");
  const double* ms = is_measure ? duration : finite_number(item.find("startTime"));
  if (raw_name.empty() || ms == nullptr || *ms < 0) {
    return;
  }
  const std::string name = shorten(printable(without_query_strings(raw_name)), kMaxNameWidth);
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) {
    if (by_name_.size() >= kMaxNames) {
      ++left_out_;
    } else {
      by_name_.emplace(name, Timing{*ms, is_measure});
    }
    return;
  }
  Timing& known = found->second;
  if (known.is_measure == is_measure) {
    known.ms = std::max(known.ms, *ms);
  } else if (is_measure) {
    known = {*ms, true};
  }
}

void UserTimings::clear() {
  by_name_.clear();
  left_out_ = 0;
}

}  // namespace budgetcheck
