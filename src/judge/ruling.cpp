#include "judge/ruling.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {

int severity(Status status) {
  switch (status) {
    case Status::kPass:
      return 0;
    case Status::kWaived:
      return 1;
    case Status::kWarn:
      return 2;
    case Status::kInconclusive:
      return 3;
    case Status::kFail:
      return 4;
    case Status::kError:
      return 5;
  }
  return 5;
}

Ruling worst(Ruling limit, Ruling growth) {
  if (severity(growth.status) > severity(limit.status)) {
    return growth;
  }
  const auto add = [&](const std::string& joint) {
    limit.message = limit.message.empty() ? growth.message : limit.message + joint + growth.message;
  };
  if (growth.message.empty()) {
    return limit;
  }
  if (limit.status == Status::kPass && growth.status == Status::kPass) {
    limit.code = limit.code == "OK" ? growth.code : limit.code;
    add("; ");
  } else if (limit.status == growth.status) {
    add("; also ");
  }
  return limit;
}

std::string percent(double share) {
  const double percent = std::fabs(share) * 100;
  return format_rounded(percent, percent < 10 ? 1 : 0) + "%";
}

std::string signed_percent(double share) {
  if (!std::isfinite(share)) {
    return "from nothing";
  }
  const std::string text = percent(share);
  return (text == "0%" ? "±" : share < 0 ? "-" : "+") + text;
}

std::string distance(double value, double reference, Unit unit) {
  const double gap = std::fabs(value - reference);
  std::string text = format_quantity(gap, unit);
  if (reference != 0) {
    text += " (" + percent(gap / reference) + ")";
  }
  return text;
}

std::string chance(double p) {
  constexpr double kMost = 1e12;
  constexpr int kGroup = 3;
  if (!(p > 1 / kMost)) {
    return "less than 1 in a million million";
  }
  // Two digits: "1 in 180 000".
  const double one_in = 1 / p;
  const double step = std::pow(10, std::max(0.0, std::floor(std::log10(one_in)) - 1));
  std::string digits = format_rounded(std::round(one_in / step) * step, 0);
  for (std::size_t at = digits.size(); at > kGroup;) {
    at -= kGroup;
    digits.insert(at, " ");
  }
  return "1 in " + digits;
}

std::string of_runs(const Budget& budget, const Sample& sample) {
  const std::uint64_t runs = run_count(sample);
  if (std::holds_alternative<Single>(sample.value)) {
    return {};
  }
  if (const auto* rate = std::get_if<Rate>(&sample.value)) {
    return fmt::format(" ({} of {})", rate->events, rate->n);
  }
  return runs == 1 ? " (1 run)" : fmt::format(" ({} of {})", to_string(budget.stat), runs);
}

std::string change(double base, double value, Unit unit) {
  return fmt::format("{} → {}", format_quantity(base, unit, value), format_quantity(value, unit, base));
}

std::string advice_on_limit(const Metric& metric, bool is_min) {
  return !metric.advice.empty() ? metric.advice : is_min ? "raise the value" : "make it smaller";
}

std::string advice_on_growth(const Metric& metric) { return metric.advice.empty() ? "find what grew" : metric.advice; }

std::string allowed_increase(const Budget& budget, Unit unit) {
  if (!budget.max_increase) {
    return "what a metric of this kind may grow in one change";
  }
  std::vector<std::string> parts;
  if (budget.max_increase->relative) {
    parts.push_back(percent(*budget.max_increase->relative));
  }
  if (budget.max_increase->absolute) {
    parts.push_back(format_quantity(*budget.max_increase->absolute, unit));
  }
  return "the allowed " + join(parts, " and ");
}

Ruling limit_kept(const Sample& sample, const Limit& limit, double value, const std::string& runs) {
  return {Status::kPass, "OK",
          fmt::format("{}{} keeps its {} of {}", format_quantity(value, sample.unit, limit.value), runs,
                      limit.is_min ? "minimum" : "limit", format_quantity(limit.value, sample.unit, value)),
          ""};
}

Ruling limit_broken(const Metric& metric, const Sample& sample, const Limit& limit, double value,
                    const std::string& runs) {
  return {Status::kFail, "LIMIT_EXCEEDED",
          fmt::format("{}{} is {} {} of {}", format_quantity(value, sample.unit, limit.value), runs,
                      distance(value, limit.value, sample.unit), limit.is_min ? "below the minimum" : "over the limit",
                      format_quantity(limit.value, sample.unit, value)),
          advice_on_limit(metric, limit.is_min)};
}

}  // namespace budgetcheck
