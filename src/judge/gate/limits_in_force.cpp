#include "judge/gate/limits_in_force.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/glob.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

std::string percent(double share) { return format_rounded(share * 100, 4) + "%"; }

class LimitsComparison {
 public:
  LimitsComparison(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base, const Excuses& excuses,
                   std::vector<Verdict>& verdicts, std::vector<std::string>& remarks)
      : files_(files),
        head_(head),
        base_(base),
        excuses_(excuses),
        verdicts_(verdicts),
        remarks_(remarks),
        out_(head.limits) {}

  std::optional<RateLimits> take() {
    if (base_.limits) {
      compare(*base_.limits);
    }
    for (const GeneratedTarget& then : base_.generate) {
      compare_target(then);
    }
    return std::move(out_);
  }

 private:
  bool is_accepted(std::string setting, std::initializer_list<std::string_view> place,
                   const std::vector<std::string>& what, std::string held, std::string whole = "limits") {
    if (what.empty()) {
      return true;
    }
    Excuses::Answer answer = excuses_.judge({std::move(setting), std::move(whole), join(what, ", "), std::move(held),
                                             Level::kError, excuses_.place_of(place)});
    verdicts_.push_back(std::move(answer.verdict));
    return answer.accepted;
  }

  void compare(const RateLimits& then) {
    if (!out_) {
      if (!is_accepted("limits", {"limits"}, {"no longer says what the plans are"}, "the base's plans are checked",
                       "")) {
        out_ = then;
        move_to({"limits"});
      }
      return;
    }
    compare_capacity(then);
    for (const LimitPlan& plan : then.plans) {
      compare_plan(plan);
    }
    compare_nginx(then);
  }

  /// What is the base's stands nowhere in the head's file.
  void move_to(std::initializer_list<std::string_view> place) {
    const Location at = excuses_.place_of(place);
    out_->location = at;
    out_->nginx_location = at;
    for (LimitPlan& plan : out_->plans) {
      plan.location = at;
    }
    if (out_->capacity) {
      out_->capacity->location = at;
    }
  }

  void compare_capacity(const RateLimits& limits) {
    if (!limits.capacity) {
      return;
    }
    const LimitCapacity& then = *limits.capacity;
    std::vector<std::string> what;
    if (!out_->capacity) {
      what.emplace_back("no longer compares the plans with a capacity");
    } else {
      const LimitCapacity& now = *out_->capacity;
      if (now.budget != then.budget) {
        what.push_back(fmt::format("takes the capacity from the load test of '{}' instead of '{}'",
                                   printable(now.budget), printable(then.budget)));
      }
      if (now.headroom < then.headroom) {
        what.push_back(
            fmt::format("keeps {} of the capacity free instead of {}", percent(now.headroom), percent(then.headroom)));
      }
      if (then.per_instance && !now.per_instance) {
        what.emplace_back("takes limits of each instance for limits of all of them");
      } else if (then.per_instance && now.instances < then.instances) {
        what.push_back(fmt::format("counts {} instances instead of {}", now.instances, then.instances));
      }
    }
    const bool is_known = std::any_of(head_.budgets.begin(), head_.budgets.end(),
                                      [&](const Budget& budget) { return budget.id == then.budget; });
    if (!is_accepted("limits.capacity", {"limits", "capacity"}, what,
                     is_known ? "the base's holds" : "nothing else holds, as its budget is gone") &&
        is_known) {
      out_->capacity = then;
      out_->capacity->location = excuses_.place_of({"limits", "capacity"});
    }
  }

  void compare_plan(const LimitPlan& then) {
    const auto now = std::find_if(out_->plans.begin(), out_->plans.end(),
                                  [&](const LimitPlan& plan) { return plan.name == then.name; });
    std::vector<std::string> what;
    if (now == out_->plans.end()) {
      what.push_back(fmt::format("no longer counts the plan '{}'", then.name));
    } else {
      const double customers = static_cast<double>(now->tenants) * now->active;
      const double before = static_cast<double>(then.tenants) * then.active;
      if (customers < before * (1 - 1e-9)) {
        what.push_back(fmt::format("counts {} active customers of '{}' instead of {}", format_rounded(customers, 2),
                                   then.name, format_rounded(before, 2)));
      }
      if (now->rate.per_second() > then.rate.per_second()) {
        remarks_.push_back(fmt::format("it raises the rate of the plan '{}' from {} to {}", then.name, then.rate.text,
                                       now->rate.text));
      }
      if (now->burst > then.burst) {
        remarks_.push_back(
            fmt::format("it raises the burst of the plan '{}' from {} to {}", then.name, then.burst, now->burst));
      }
    }
    if (is_accepted("limits.plans." + then.name, {"limits", "plans", then.name}, what, "the base's customers count",
                    "limits.plans")) {
      return;
    }
    if (now == out_->plans.end()) {
      out_->plans.push_back(then);
      out_->plans.back().location = excuses_.place_of({"limits", "plans"});
    } else {
      now->tenants = then.tenants;
      now->active = then.active;
    }
  }

  void compare_nginx(const RateLimits& then) {
    std::vector<std::string> what;
    std::vector<std::string> gone;
    for (const std::string& glob : then.nginx) {
      const bool is_there = std::find(out_->nginx.begin(), out_->nginx.end(), glob) != out_->nginx.end();
      if (!is_there && !expand_path_glob(files_, head_.folder, glob, 1).empty()) {
        what.push_back(fmt::format("no longer compares '{}' with the plans", printable(glob)));
        gone.push_back(glob);
      }
    }
    if (!is_accepted("limits.nginx", {"limits", "nginx"}, what, "it is compared all the same")) {
      out_->nginx.insert(out_->nginx.end(), gone.begin(), gone.end());
    }
  }

  void compare_target(const GeneratedTarget& then) {
    const auto now = std::find_if(head_.generate.begin(), head_.generate.end(),
                                  [&](const GeneratedTarget& one) { return one.target == then.target; });
    const bool same = now != head_.generate.end() && join_path("", now->path) == join_path("", then.path);
    if (same || files_.kind(join_path(head_.folder, then.path)) == FileKind::kMissing) {
      return;
    }
    if (now != head_.generate.end()) {
      remarks_.push_back(fmt::format("it writes {} to '{}' instead of '{}', which is still there", then.target,
                                     printable(now->path), printable(then.path)));
      return;
    }
    (void)is_accepted("generate." + then.target, {"generate"},
                      {fmt::format("no longer says that '{}' is what {} writes", printable(then.path), then.target)},
                      {}, "");
  }

  const FileSystem& files_;
  const BudgetsFile& head_;
  const BudgetsFile& base_;
  const Excuses& excuses_;
  std::vector<Verdict>& verdicts_;
  std::vector<std::string>& remarks_;
  std::optional<RateLimits> out_;
};

}  // namespace

std::optional<RateLimits> limits_in_force(const FileSystem& files, const BudgetsFile& head, const BudgetsFile& base,
                                          const Excuses& excuses, std::vector<Verdict>& verdicts,
                                          std::vector<std::string>& remarks) {
  return LimitsComparison(files, head, base, excuses, verdicts, remarks).take();
}

}  // namespace budgetcheck
