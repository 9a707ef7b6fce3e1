#include "judge/gate/telemetry_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

using Scope = TelemetryRequirement::Scope;

std::string_view word_of(TelemetryRequirement::On on) {
  switch (on) {
    case TelemetryRequirement::On::kServer:
      return "server";
    case TelemetryRequirement::On::kConsumer:
      return "consumer";
    case TelemetryRequirement::On::kClient:
      return "client";
    case TelemetryRequirement::On::kDb:
      return "db";
    case TelemetryRequirement::On::kLog:
      break;
  }
  return "log";
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool contains_all(const std::vector<std::string>& all, const std::vector<std::string>& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& one) { return contains(all, one); });
}

/// The routes of a requirement that begin with "!", or the others.
std::vector<std::string> routes_of(const TelemetryRequirement& requirement, bool left_out) {
  std::vector<std::string> routes;
  for (const std::string& route : requirement.routes) {
    if (route.starts_with('!') == left_out) {
      routes.push_back(route);
    }
  }
  return routes;
}

/// Whether `now` holds for every route that `then` holds for, as far as their texts show it.
bool covers_routes(const TelemetryRequirement& now, const TelemetryRequirement& then) {
  const std::vector<std::string> named = routes_of(now, false);
  const std::vector<std::string> named_then = routes_of(then, false);
  const bool wide = named.empty() || (!named_then.empty() && contains_all(named, named_then));
  return wide && contains_all(routes_of(then, true), routes_of(now, true));
}

/// What `now` asks less of `attribute` than `then`; empty: nothing.
std::string lowered(const TelemetryRequirement& now, const TelemetryRequirement& then) {
  if (now.min_percent < then.min_percent) {
    return fmt::format("from {}% to {}%", format_number(then.min_percent), format_number(now.min_percent));
  }
  if (now.scope == Scope::kTrace && then.scope == Scope::kSpan && then.on != TelemetryRequirement::On::kLog) {
    return "from each span to any span of a trace";
  }
  return covers_routes(now, then) ? "" : "for fewer routes";
}

class Comparison {
 public:
  Comparison(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
             std::vector<Verdict>& verdicts, std::vector<std::string>& remarks, std::vector<InputSpec>& more)
      : files_(files),
        head_(head),
        base_(base.telemetry),
        excuses_(excuses),
        verdicts_(verdicts),
        remarks_(remarks),
        more_(more),
        out_(head.telemetry) {}

  Telemetry take() {
    for (const TelemetryRequirement& then : base_.required) {
      compare_requirement(then);
    }
    compare_personal_data();
    compare_retention();
    compare_sampling();
    compare_collector();
    return std::move(out_);
  }

 private:
  bool is_accepted(std::string_view key, const std::vector<std::string>& what, std::string held) {
    if (what.empty()) {
      return true;
    }
    Excuses::Answer answer = excuses_.judge({fmt::format("telemetry.{}", key), "telemetry", join(what, ", "),
                                             std::move(held), Level::kError, excuses_.place_of({"telemetry", key})});
    verdicts_.push_back(std::move(answer.verdict));
    return answer.accepted;
  }

  void compare_requirement(const TelemetryRequirement& then) {
    std::vector<std::string> what;
    for (const std::string& attribute : then.attributes) {
      bool is_there = false;
      std::string less;
      for (const TelemetryRequirement& now : head_.telemetry.required) {
        if (now.on == then.on && contains(now.attributes, attribute)) {
          const std::string lower = lowered(now, then);
          less = is_there && less.empty() ? less : lower;
          is_there = true;
        }
      }
      const std::string name = fmt::format("'{}' on {}", printable(attribute), word_of(then.on));
      if (!is_there) {
        what.push_back(fmt::format("no longer requires {}", name));
      } else if (!less.empty()) {
        what.push_back(fmt::format("requires {} {}", name, less));
      }
    }
    if (is_accepted("required", what, "the base's requirement holds")) {
      return;
    }
    // What the base's covers would be reported twice.
    std::erase_if(out_.required, [&](const TelemetryRequirement& now) {
      return now.on == then.on && contains_all(then.attributes, now.attributes) && covers_routes(then, now) &&
             now.min_percent <= then.min_percent && !(now.scope == Scope::kSpan && then.scope == Scope::kTrace);
    });
    out_.required.push_back(then);
    out_.required.back().location = excuses_.place_of({"telemetry", "required"});
  }

  /// Entries of `now` that `then` has not, as clauses.
  static void added(const std::vector<std::string>& now, const std::vector<std::string>& then, std::string_view text,
                    std::vector<std::string>& what) {
    constexpr std::size_t kShown = 3;
    std::vector<std::string> names;
    std::size_t count = 0;
    for (const std::string& one : now) {
      if (!contains(then, one) && ++count <= kShown) {
        names.push_back("'" + printable(one) + "'");
      }
    }
    if (count > 0) {
      what.push_back(fmt::format("{} {}{}", text, join(names, ", "),
                                 count > kShown ? fmt::format(" and {} more", count - kShown) : ""));
    }
  }

  void compare_personal_data() {
    const auto& then = base_.personal_data;
    if (!then) {
      return;
    }
    std::vector<std::string> what;
    if (!out_.personal_data) {
      what.emplace_back("no longer looks for personal data");
    } else {
      added(out_.personal_data->allow, then->allow, "takes as no personal data", what);
      added(out_.personal_data->ignore_fields, then->ignore_fields, "looks for no personal data in", what);
    }
    if (!is_accepted("personal_data", what, "the base's holds")) {
      out_.personal_data = then;
    }
  }

  void compare_days(double now, double then, std::string_view name, std::vector<std::string>& what) {
    if (then > 0 && now == 0) {
      what.push_back(fmt::format("no longer says how long {} are kept", name));
    } else if (then > 0 && now > then) {
      what.push_back(fmt::format("keeps {} for {} days instead of {}", name, format_number(now), format_number(then)));
    } else if (now > 0 && now < then) {
      remarks_.push_back(
          fmt::format("it keeps {} for {} days instead of {}", name, format_number(now), format_number(then)));
    }
  }

  void compare_retention() {
    const auto& then = base_.retention;
    if (!then) {
      return;
    }
    const Retention now = out_.retention.value_or(Retention());
    std::vector<std::string> what;
    if (!out_.retention) {
      what.emplace_back("no longer says how long telemetry is kept");
    } else {
      compare_days(now.traces_days, then->traces_days, "traces", what);
      compare_days(now.logs_days, then->logs_days, "logs", what);
      if (!then->approved_by.empty() && now.approved_by.empty()) {
        what.emplace_back("no longer says who agreed to the retention");
      }
      if (!then->review_by.empty() && now.review_by.empty()) {
        what.emplace_back("no longer says when the retention is reviewed");
      } else if (now.review_by > then->review_by && !then->review_by.empty()) {
        // That is what a review ends with; who agreed stands beside it.
        remarks_.push_back(fmt::format("it moves the review of the retention from {} to {} (approved by {})",
                                       then->review_by, now.review_by,
                                       now.approved_by.empty() ? "nobody" : printable(now.approved_by)));
      }
    }
    if (!is_accepted("retention", what, "the base's holds")) {
      out_.retention = then;
      out_.retention->review_location = excuses_.place_of({"telemetry", "retention"});
      out_.retention->location = out_.retention->review_location;
    }
  }

  void compare_sampling() {
    const auto& then = base_.sampling;
    if (!then) {
      return;
    }
    const Sampling now = out_.sampling.value_or(Sampling());
    std::vector<std::string> what;
    if (then->keep_errors && !now.keep_errors) {
      what.emplace_back("no longer keeps every trace with an error");
    }
    if (then->keep_slower_than_ms > 0 && now.keep_slower_than_ms <= 0) {
      what.emplace_back("no longer keeps every slow trace");
    } else if (then->keep_slower_than_ms > 0 && now.keep_slower_than_ms > then->keep_slower_than_ms) {
      what.push_back(
          fmt::format("keeps every trace above {} instead of {}",
                      format_quantity(now.keep_slower_than_ms, Unit::kMilliseconds, then->keep_slower_than_ms),
                      format_quantity(then->keep_slower_than_ms, Unit::kMilliseconds, now.keep_slower_than_ms)));
    }
    if (then->baseline_min_percent && now.baseline_min_percent.value_or(0) < *then->baseline_min_percent) {
      what.push_back(fmt::format("keeps at least {}% of the other traces instead of {}%",
                                 format_number(now.baseline_min_percent.value_or(0)),
                                 format_number(*then->baseline_min_percent)));
    }
    if (then->baseline_max_percent && now.baseline_max_percent.value_or(100) > *then->baseline_max_percent) {
      what.push_back(fmt::format("keeps up to {}% of the other traces instead of {}%",
                                 format_number(now.baseline_max_percent.value_or(100)),
                                 format_number(*then->baseline_max_percent)));
    }
    if (!is_accepted("sampling", what, "the base's holds")) {
      out_.sampling = then;
    }
  }

  void compare_collector() {
    const auto& then = base_.collector;
    if (!then || (out_.collector && join_path(out_.collector->path, "") == join_path(then->path, ""))) {
      return;
    }
    const std::string path = printable(then->path);
    if (out_.collector && files_.kind(join_path(head_.folder, then->path)) == FileKind::kMissing) {
      remarks_.push_back(fmt::format("it reads the collector's configuration from '{}' instead of '{}', which is gone",
                                     printable(out_.collector->path), path));
      return;
    }
    if (!is_accepted("collector", {fmt::format("no longer looks at the collector's configuration '{}'", path)},
                     "that file is looked at all the same, if it is there")) {
      more_.push_back(*then);
      more_.back().optional = true;
    }
  }

  const FileSystem& files_;
  const BudgetsFile& head_;
  const Telemetry& base_;
  const Excuses& excuses_;
  std::vector<Verdict>& verdicts_;
  std::vector<std::string>& remarks_;
  std::vector<InputSpec>& more_;
  Telemetry out_;
};

}  // namespace

Telemetry telemetry_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                             const Excuses& excuses, std::vector<Verdict>& verdicts, std::vector<std::string>& remarks,
                             std::vector<InputSpec>& more) {
  return Comparison(files, head, base, excuses, verdicts, remarks, more).take();
}

}  // namespace budgetcheck
