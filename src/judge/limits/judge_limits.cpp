#include "judge/limits/judge_limits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "detect/rule_findings.h"
#include "judge/limits/capacity.h"

namespace budgetcheck {
namespace {

/// 1000 * (1 - 0.3) and 7 * 1000 * 0.1 differ in the last digits.
constexpr double kRounding = 1e-9;
constexpr double kSecond = 1000;

bool is_above(double value, double limit) { return value > limit * (1 + kRounding); }

int digits_of(double per_second) {
  constexpr double kWhole = 100;
  return per_second >= kWhole ? 0 : 2;
}

std::string rate(double per_second) { return fmt::format("{}/s", format_rounded(per_second, digits_of(per_second))); }

/// A number that is to be kept, on its near side: what is advised has to do.
double rounded_to(double value, int digits, double (*round)(double)) {
  const double steps = std::pow(10, digits);
  const double nearest = std::round(value * steps);
  const bool is_whole = std::fabs(value * steps - nearest) <= kRounding * nearest;
  return (is_whole ? nearest : round(value * steps)) / steps;
}
double down(double value) { return std::floor(value); }
double up(double value) { return std::ceil(value); }

std::string rate_at_most(double per_second) { return rate(rounded_to(per_second, digits_of(per_second), down)); }
std::string rate_at_least(double per_second) { return rate(rounded_to(per_second, digits_of(per_second), up)); }

/// What is above something else, with as many digits as show it.
std::string rate_above(double per_second, double other) {
  constexpr int kMostDigits = 4;
  int digits = digits_of(per_second);
  while (digits < kMostDigits && format_rounded(per_second, digits) == format_rounded(other, digits)) {
    ++digits;
  }
  return fmt::format("{}/s", format_rounded(per_second, digits));
}

std::string share(double value) {
  constexpr int kMostDigits = 4;
  int digits = 1;
  while (digits < kMostDigits && value != 1 && format_rounded(value * 100, digits) == "100") {
    ++digits;
  }
  return fmt::format("{}%", format_rounded(value * 100, digits));
}
std::string times(double value) { return format_rounded(value, value < 10 ? 1 : 0); }
std::string figure(double value) { return format_rounded(value, 4); }

class Review {
 public:
  Review(const BudgetsFile& budgets, const RateLimits& limits, const LimitCapacity& stated, ProvenCapacity proven)
      : budgets_(budgets), limits_(limits), stated_(stated), proven_(std::move(proven)) {
    usable_ = proven_.per_second * (1 - stated.headroom);
    for (const LimitPlan& plan : limits.plans) {
      peak_ += peak_of(plan);
      all_ += plan.rate.per_second() * static_cast<double>(plan.tenants) * stated.multiplier();
      burst_ += burst_of(plan);
    }
  }

  void over_capacity(const Rule& rule, std::vector<Finding>& findings) const {
    if (!is_above(peak_, usable_)) {
      return;
    }
    const LimitPlan& most = biggest([&](const LimitPlan& plan) { return peak_of(plan); });
    Finding finding = begin(rule, most, "plans");
    finding.message = fmt::format(
        "the plans let through {} at the expected peak, and {} of the {} that the load test '{}' proved are usable: "
        "{} (with everybody at the limit at once {} times the capacity)",
        rate_above(peak_, usable_), rate_above(usable_, peak_), proven(), printable(proven_.test),
        share(peak_ / usable_), times(all_ / proven_.per_second));
    finding.magnitude = peak_;
    finding.fix.text = fmt::format(
        "Lower rates: '{}' brings most, {} of {}{}. Or make the service serve {} within '{}', and let its load test "
        "prove it.",
        most.name, rate(peak_of(most)), rate(peak_),
        stated_.per_instance ? fmt::format(", on {} instances", stated_.instances) : "",
        rate_at_least(peak_ / (1 - stated_.headroom)), printable(stated_.budget));
    finding.key = finding_key(rule.id, {"plans"});
    add_numbers(finding);
    keep_findings(rule, {std::move(finding)}, findings);
  }

  void tenant_share(const Rule& rule, std::vector<Finding>& findings) const {
    std::vector<Finding> found;
    for (const LimitPlan& plan : limits_.plans) {
      const double alone = plan.rate.per_second() * stated_.multiplier();
      if (!is_above(alone, proven_.per_second * rule.param("max_share"))) {
        continue;
      }
      Finding finding = begin(rule, plan, plan.name);
      finding.message =
          fmt::format("one customer of '{}' may send {}, {} of the {} that the load test '{}' proved", plan.name,
                      rate(alone), share(alone / proven_.per_second), proven(), printable(proven_.test));
      finding.magnitude = alone;
      finding.fix.text =
          fmt::format("Lower the rate of '{}' to {} or less, or give such customers instances of their own.", plan.name,
                      rate_at_most(proven_.per_second * rule.param("max_share") / stated_.multiplier()));
      finding.key = finding_key(rule.id, {plan.name});
      finding.evidence.details.emplace_back("plan", plan.name);
      finding.evidence.details.emplace_back("tenant_rate", figure(alone));
      finding.evidence.details.emplace_back("share", figure(alone / proven_.per_second));
      finding.evidence.details.emplace_back("capacity", figure(proven_.per_second));
      found.push_back(std::move(finding));
    }
    keep_findings(rule, std::move(found), findings);
  }

  /// A note when the budget has no latency.
  void burst_backlog(const Rule& rule, std::vector<Finding>& findings, std::vector<std::string>& notes) const {
    const auto budget = std::find_if(budgets_.budgets.begin(), budgets_.budgets.end(),
                                     [&](const Budget& one) { return one.id == stated_.budget; });
    if (budget == budgets_.budgets.end() || budget->metric_id != "load.duration" || !budget->max) {
      notes.push_back(fmt::format(
          "limits: whether bursts wait too long is not judged, as the budget '{}' has no latency (name one on "
          "load.duration with max under limits.capacity)",
          printable(stated_.budget)));
      return;
    }
    const double backlog_ms = burst_ / proven_.per_second * kSecond;
    if (!is_above(backlog_ms, *budget->max)) {
      return;
    }
    const LimitPlan& most = biggest([&](const LimitPlan& plan) { return burst_of(plan); });
    Finding finding = begin(rule, most, "plans");
    finding.message =
        fmt::format("bursts of all active customers at once are {} requests, which take {}{} at {}, and '{}' allows {}",
                    format_rounded(burst_, 0), proven_.at_most ? "at least " : "",
                    format_quantity(backlog_ms, Unit::kMilliseconds, *budget->max), rate(proven_.per_second),
                    printable(stated_.budget), format_quantity(*budget->max, Unit::kMilliseconds, backlog_ms));
    finding.magnitude = backlog_ms;
    finding.fix.text = fmt::format(
        "Lower the bursts: '{}' brings most, {} of {} requests, and {} would fit. Or let them wait: a burst without "
        "nodelay is spread over its rate.",
        most.name, format_rounded(burst_of(most), 0), format_rounded(burst_, 0),
        format_rounded(rounded_to(*budget->max / kSecond * proven_.per_second, 0, down), 0));
    finding.key = finding_key(rule.id, {"plans"});
    finding.evidence.details.emplace_back("burst_requests", figure(burst_));
    finding.evidence.details.emplace_back("burst_backlog_s", figure(backlog_ms / kSecond));
    finding.evidence.details.emplace_back("latency_budget_s", figure(*budget->max / kSecond));
    finding.evidence.details.emplace_back("capacity", figure(proven_.per_second));
    keep_findings(rule, {std::move(finding)}, findings);
  }

  std::string fit() const {
    return fmt::format(
        "limits: the plans need {} at the peak, {} of the {} usable of {} that the load test '{}' proved; {} times the "
        "capacity is sold",
        rate(peak_), share(peak_ / usable_), rate(usable_), rate(proven_.per_second), printable(proven_.test),
        times(all_ / proven_.per_second));
  }

 private:
  std::string proven() const { return (proven_.at_most ? "at most " : "") + rate(proven_.per_second); }
  double peak_of(const LimitPlan& plan) const {
    return plan.rate.per_second() * static_cast<double>(plan.tenants) * plan.active * stated_.multiplier();
  }
  double burst_of(const LimitPlan& plan) const {
    return static_cast<double>(plan.burst) * static_cast<double>(plan.tenants) * plan.active * stated_.multiplier();
  }

  template <class Measure>
  const LimitPlan& biggest(const Measure& measure) const {
    return *std::max_element(limits_.plans.begin(), limits_.plans.end(),
                             [&](const LimitPlan& a, const LimitPlan& b) { return measure(a) < measure(b); });
  }

  Finding begin(const Rule& rule, const LimitPlan& plan, std::string subject) const {
    Finding finding;
    finding.rule = rule.id;
    finding.level = rule.level;
    finding.subject = "limits." + std::move(subject);
    finding.location = plan.location;
    finding.evidence.input = proven_.location.file;
    return finding;
  }

  void add_numbers(Finding& finding) const {
    auto& details = finding.evidence.details;
    details.emplace_back("budget", stated_.budget);
    details.emplace_back("capacity", figure(proven_.per_second));
    details.emplace_back("headroom", figure(stated_.headroom));
    details.emplace_back("usable", figure(usable_));
    details.emplace_back("peak", figure(peak_));
    details.emplace_back("peak_share_of_usable", figure(peak_ / usable_));
    details.emplace_back("all_at_limit", figure(all_));
    details.emplace_back("oversubscription", figure(all_ / proven_.per_second));
    if (stated_.per_instance) {
      details.emplace_back("instances", std::to_string(stated_.instances));
    }
    for (const LimitPlan& plan : limits_.plans) {
      details.emplace_back("peak " + plan.name, figure(peak_of(plan)));
    }
  }

  const BudgetsFile& budgets_;
  const RateLimits& limits_;
  const LimitCapacity& stated_;
  ProvenCapacity proven_;
  double usable_ = 0;
  double peak_ = 0;
  double all_ = 0;
  double burst_ = 0;
};

Verdict capacity_unknown(const LimitCapacity& stated, Error reason) {
  Verdict verdict;
  verdict.budget = "limits";
  verdict.metric = "load.throughput";
  verdict.status = Status::kInconclusive;
  verdict.code = "CAPACITY_UNKNOWN";
  verdict.message = "whether the plans fit cannot be judged: " + std::move(reason.message);
  verdict.hint = std::move(reason.hint);
  verdict.location = stated.location;
  verdict.sample_location = std::move(reason.location);
  return verdict;
}

const Rule* rule_that_looks(const BudgetsFile& budgets, std::string_view id) {
  const Rule* rule = budgets.rules.find(id);
  return rule == nullptr || rule->level == Level::kOff ? nullptr : rule;
}

}  // namespace

LimitsJudgement judge_limits(const BudgetsFile& budgets, const Facts& facts, const std::vector<Verdict>& verdicts) {
  LimitsJudgement out;
  const Rule* over = rule_that_looks(budgets, "limit-over-capacity");
  const Rule* tenant = rule_that_looks(budgets, "limit-tenant-share");
  const Rule* burst = rule_that_looks(budgets, "limit-burst-backlog");
  if (!budgets.limits || budgets.limits->plans.empty() || (over == nullptr && tenant == nullptr && burst == nullptr)) {
    return out;
  }
  const RateLimits& limits = *budgets.limits;
  if (!limits.capacity) {
    out.notes.emplace_back(
        "limits: whether the service can serve what the plans promise is not judged (name the budget of a load test "
        "under limits.capacity)");
    return out;
  }
  const auto look = [&](ProvenCapacity proven) {
    const Review review(budgets, limits, *limits.capacity, std::move(proven));
    if (over != nullptr) {
      review.over_capacity(*over, out.findings);
    }
    if (tenant != nullptr) {
      review.tenant_share(*tenant, out.findings);
    }
    if (burst != nullptr) {
      review.burst_backlog(*burst, out.findings, out.notes);
    }
    return review.fit();
  };
  Expected<ProvenCapacity> proven = proven_capacity(budgets, *limits.capacity, facts, verdicts);
  if (!proven) {
    // A budget that is not decided proves this throughput or less: what does not fit it fits nothing.
    if (Expected<ProvenCapacity> most = proven_capacity(budgets, *limits.capacity, facts, verdicts, true)) {
      (void)look(std::move(*most));
    }
    Verdict unknown = capacity_unknown(*limits.capacity, std::move(proven.error()));
    if (over != nullptr && over->level == Level::kError) {
      out.verdicts.push_back(std::move(unknown));
    } else {  // what would only warn leaves no run undecided
      out.notes.push_back(fmt::format("limits: {} ({})", unknown.message, unknown.hint));
    }
    return out;
  }
  std::string fit = look(std::move(*proven));
  if (out.findings.empty()) {
    out.notes.push_back(std::move(fit));
  }
  return out;
}

}  // namespace budgetcheck
