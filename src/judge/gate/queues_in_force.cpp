#include "judge/gate/queues_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/units.h"

namespace budgetcheck {
namespace {

struct QueueLimit {
  std::string_view name;
  Unit unit;
  std::optional<double> QueueDeclaration::*value;
};
constexpr std::array kLimits{QueueLimit{"max_depth", Unit::kCount, &QueueDeclaration::max_depth},
                             QueueLimit{"max_wait", Unit::kMilliseconds, &QueueDeclaration::max_wait_ms},
                             QueueLimit{"max_utilisation", Unit::kRatio, &QueueDeclaration::max_utilisation}};

/// Of more workers the same load is a smaller share, and without their number it may not be told: either keeps
/// max_utilisation and the rule queue-saturated quiet.
bool says_less_busy(const QueueDeclaration& now, const QueueDeclaration& then) {
  return then.concurrency && (!now.concurrency || *now.concurrency > *then.concurrency);
}

/// What `now` asks less than `then`, as clauses.
std::vector<std::string> loosened_in(const QueueDeclaration& now, const QueueDeclaration& then) {
  std::vector<std::string> what;
  for (const QueueLimit& limit : kLimits) {
    const std::optional<double>& is = now.*limit.value;
    const std::optional<double>& was = then.*limit.value;
    if (was && !is) {
      what.push_back(fmt::format("removes {} of the queue '{}'", limit.name, printable(then.queue)));
    } else if (was && *is > *was) {
      what.push_back(fmt::format("raises {} of the queue '{}' from {} to {}", limit.name, printable(then.queue),
                                 format_quantity(*was, limit.unit, *is), format_quantity(*is, limit.unit, *was)));
    }
  }
  if (says_less_busy(now, then)) {
    const std::string was = format_quantity(*then.concurrency, Unit::kCount);
    what.push_back(
        now.concurrency
            ? fmt::format("declares a concurrency of {} instead of {} for the queue '{}'",
                          format_quantity(*now.concurrency, Unit::kCount), was, printable(then.queue))
            : fmt::format("no longer declares a concurrency of {} for the queue '{}'", was, printable(then.queue)));
  }
  return what;
}

}  // namespace

std::vector<QueueDeclaration> queues_in_force(const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
                                              std::vector<Verdict>& verdicts) {
  std::vector<QueueDeclaration> queues = head.queues;
  for (const QueueDeclaration& then : base.queues) {
    auto now = std::find_if(queues.begin(), queues.end(),
                            [&](const QueueDeclaration& one) { return one.queue == then.queue; });
    const bool is_there = now != queues.end();
    QueueDeclaration nothing;
    nothing.queue = then.queue;
    const std::vector<std::string> what = loosened_in(is_there ? *now : nothing, then);
    if (what.empty()) {
      continue;
    }
    Excuses::Answer answer = excuses.judge({"queues." + then.queue, "queues", join(what, ", "), "the base's hold",
                                            Level::kError, is_there ? now->location : excuses.place_of({"queues"})});
    verdicts.push_back(std::move(answer.verdict));
    if (answer.accepted) {
      continue;
    }
    if (!is_there) {
      queues.push_back(nothing);
      now = std::prev(queues.end());
      now->tier = then.tier;
      now->concurrency = then.concurrency;
      now->location = excuses.place_of({"queues"});
    }
    for (const QueueLimit& limit : kLimits) {
      const std::optional<double>& was = then.*limit.value;
      std::optional<double>& is = (*now).*limit.value;
      is = was && (!is || *is > *was) ? was : is;
    }
    if (says_less_busy(*now, then)) {
      now->concurrency = then.concurrency;
    }
  }
  return queues;
}

}  // namespace budgetcheck
