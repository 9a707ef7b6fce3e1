#include "judge/noise/circumstances.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/date.h"
#include "base/distribution.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kDateLength = 10;  // YYYY-MM-DD
constexpr long kMostDays = 14;
constexpr double kSpeedRatio = 1.2;

/// "'a' here, 'b' on the base", where both are known and differ.
std::string difference(const std::string& head, const std::string& base) {
  constexpr std::size_t kWidth = 60;
  if (head.empty() || base.empty() || head == base) {
    return {};
  }
  return "'" + shorten(printable(head), kWidth) + "' here, '" + shorten(printable(base), kWidth) + "' on the base";
}

/// Of the part `name`, or of any that begins with it ("throttling mobile").
std::string part_difference(const Circumstances& c, const std::string& name) {
  for (const auto& [part, head] : c.head.parts) {
    const bool fits = part == name || part.starts_with(name + " ");
    const auto base = fits ? c.base.parts.find(part) : c.base.parts.end();
    std::string what = base == c.base.parts.end() ? "" : difference(head, base->second);
    if (!what.empty()) {
      return what;
    }
  }
  return {};
}

ComparisonObstacle obstacle_of_tools(const std::string& metric, const Circumstances& c) {
  struct Part {
    const char* name;
    const char* words;
  };
  static constexpr std::array<Part, 3> kParts{{{"lighthouse", "by different Lighthouse versions"},
                                               {"throttling", "with different throttling"},
                                               {"browser", "in different browsers"}}};
  if (!metric.starts_with("lighthouse.")) {
    return {};
  }
  for (const Part& part : kParts) {
    if (const std::string what = part_difference(c, part.name); !what.empty()) {
      return {"ENV_MISMATCH", fmt::format("base and head were measured {} ({})", part.words, what),
              "measure the base again with the tools of this change"};
    }
  }
  return {};
}

ComparisonObstacle obstacle_of_age(const Circumstances& c) {
  const std::optional<long> base = day_number(c.base_measured_at);
  const std::optional<long> today = day_number(c.today);
  if (!base || !today) {
    return {};
  }
  const std::string day = c.base_measured_at.substr(0, kDateLength);
  // Two clocks that are right may be on two sides of midnight.
  if (*base > *today + 1) {
    return {"STALE_BASE",
            fmt::format("the base is dated {}, after today: the clock that measured it, or this one, is wrong", day),
            "correct that clock and measure the base again"};
  }
  if (*today - *base > kMostDays) {
    return {"STALE_BASE",
            fmt::format("the base was measured on {}, {} days ago: its times are not comparable after {} days", day,
                        *today - *base, kMostDays),
            "measure the base again, best in one job with this change, taking turns (--paired)"};
  }
  return {};
}

ComparisonObstacle obstacle_of_machine(const Circumstances& c) {
  const std::string hint = "measure base and head in one job, taking turns (--paired), or pass such runs with --rerun";
  if (const std::string what = difference(c.head.key, c.base.key); !what.empty()) {
    return {"ENV_MISMATCH", fmt::format("base and head were measured on different machines ({})", what), hint};
  }
  const double head = quantile(c.head.benchmark_index, 0.5);
  const double base = quantile(c.base.benchmark_index, 0.5);
  if (head > 0 && base > 0 && std::fabs(std::log(head / base)) > std::log(kSpeedRatio)) {
    return {
        "ENV_MISMATCH",
        fmt::format("base and head were measured on machines of different speed (benchmark index {} here, {} on the "
                    "base)",
                    format_rounded(head, 0), format_rounded(base, 0)),
        hint};
  }
  return {};
}

/// A test with another number of users is another test.
ComparisonObstacle obstacle_of_load(const std::string& metric, const Labels& where, const Circumstances& c) {
  const std::string* test = metric.starts_with("load.") ? where.find("test") : nullptr;
  if (test == nullptr) {
    return {};
  }
  const std::string part = "load " + *test;
  const auto head = c.head.parts.find(part);
  const auto base = c.base.parts.find(part);
  const std::string what =
      head == c.head.parts.end() || base == c.base.parts.end() ? "" : difference(head->second, base->second);
  if (what.empty()) {
    return {};
  }
  return {"ENV_MISMATCH", fmt::format("base and head were measured under different loads ({})", what),
          "measure the base again with the load of this change"};
}

}  // namespace

ComparisonObstacle obstacle_to_timing(const std::string& metric, const Labels& where, const Circumstances& c) {
  if (ComparisonObstacle load = obstacle_of_load(metric, where, c); !load.code.empty()) {
    return load;
  }
  if (!c.paired()) {
    if (ComparisonObstacle age = obstacle_of_age(c); !age.code.empty()) {
      return age;
    }
    if (ComparisonObstacle machine = obstacle_of_machine(c); !machine.code.empty()) {
      return machine;
    }
  }
  return obstacle_of_tools(metric, c);
}

ComparisonObstacle obstacle_to_size(const std::string& metric, const Circumstances& c) {
  for (const char* compressor : {"gzip", "brotli"}) {
    if (metric != std::string("bundle.") + compressor) {
      continue;
    }
    if (const std::string what = part_difference(c, compressor); !what.empty()) {
      return {"NO_BASE", fmt::format("the base was compressed differently ({}), so the sizes are not comparable", what),
              "measure the base again with this version"};
    }
  }
  return {};
}

}  // namespace budgetcheck
