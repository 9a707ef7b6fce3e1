#include "judge/change/ratchet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"

namespace budgetcheck {
namespace {

constexpr std::uint64_t kRecords = 10;
constexpr double kRoomAbove = 1.05;    // what a new limit leaves over the worst result
constexpr double kMustBeBelow = 0.95;  // of the present limit, or tightening is not worth a change

/// Three digits are enough for a limit, and they are rounded up.
double rounded_up(double value) {
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 2);
  return std::ceil(value / step - 1e-9) * step;
}

}  // namespace

void suggest_ratchet(const Budget& budget, const Sample& base, Verdict& verdict) {
  const bool fits = verdict.code == "OK" && budget.metric && is_exact(budget.metric->metric_class) && budget.max &&
                    verdict.value && base.history && base.history->records >= kRecords && base.history->max &&
                    budget.metric->direction == Direction::kLowerIsBetter;
  if (!fits) {
    return;
  }
  const double worst = std::max(*base.history->max, *verdict.value);
  if (!(worst > 0) || !(worst * kRoomAbove < *budget.max * kMustBeBelow)) {
    return;
  }
  const double proposed = rounded_up(worst * kRoomAbove);
  if (!(proposed < *budget.max)) {
    return;
  }
  verdict.code = "RATCHET_SUGGESTED";
  verdict.tighter = proposed;
  verdict.message +=
      fmt::format("; of the last {} results none was above {}: the limit could be {}", base.history->records,
                  format_quantity(worst, verdict.unit), format_quantity(proposed, verdict.unit));
  verdict.hint = fmt::format("tighten it in a change of its own: max: {}", format_quantity(proposed, verdict.unit));
}

}  // namespace budgetcheck
