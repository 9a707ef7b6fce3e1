#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "judge/judge.h"
#include "model/budget.h"
#include "model/facts.h"
#include "model/report.h"

namespace budgetcheck {

/// A limit that could stand in a budget, as it is written.
struct NewLimit {
  std::string key;   ///< "max", "min" or "max_increase"
  std::string part;  ///< of a growth in a mapping: "percent" or "absolute"; else empty
  std::string text;  ///< "26 kB"
};

/// One budget alone with the measurements that it judges, for trying other limits on it. Its level and enforce_from do
/// not soften what is said of it, and waivers do not count.
class Trial {
 public:
  /// `written`: the budget in the file's document. All outlive this.
  Trial(const BudgetsFile& file, std::size_t index, const json::Value& written, const Facts& facts,
        const Baseline& base, const std::string& today);

  /// The worst verdict on it as it is.
  Verdict judge() const { return judge(budget_); }
  /// The worst verdict on its limits alone, without growth.
  Verdict judge_limits() const { return judge_limits(budget_); }

  /// The nearest limit that passes, for the broken one of its minimum and maximum. Nothing: none does, for too little
  /// was measured. `verdict`: of judge_limits(), and no pass.
  std::optional<NewLimit> passing_limit(const Verdict& verdict) const;
  /// The nearest growth that passes. Nothing: none does. `verdict`: of judge(); the budget has a max_increase.
  std::optional<NewLimit> passing_growth(const Verdict& verdict) const;

  /// The budget with another limit. Errors (kUsage): the text is no quantity that fits.
  Expected<Budget> with(const NewLimit& limit) const;
  Verdict judge(const Budget& budget) const;
  Verdict judge_limits(Budget budget) const;

  /// How the limit stands in the file: "24 kB"; empty: it has none.
  std::string written(std::string_view key, std::string_view part = {}) const;
  const Budget& budget() const { return budget_; }
  /// More specific budgets judge all that it selects.
  bool is_idle() const { return is_idle_; }

 private:
  Budget budget_;
  const json::Value& written_;
  BudgetsFile alone_;  ///< with no budget
  Facts facts_;
  const Baseline& base_;
  const std::string& today_;
  bool is_idle_ = false;
};

}  // namespace budgetcheck
