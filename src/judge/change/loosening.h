#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "json/value.h"
#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// What a change does to the limit that one sample had at the base.
struct Loosening {
  const Budget* before = nullptr;  ///< the base's budget on this sample
  std::string what;                ///< a clause: "raises its limit from 170 kB to 200 kB"
  bool excused = false;            ///< the change gives reason, owner and a day that is not over
};

/// Compares the limits of a change with those of its base, result by result. So a deleted budget is seen, and one that
/// a wider but more specific budget hides, as well as a number that was edited.
class BaseLimits {
 public:
  /// `head` and `base` outlive this. `samples` are the head's.
  BaseLimits(const BudgetsFile& head, const std::vector<Budget>& base, const std::vector<Sample>& samples,
             std::string today);

  /// What the change loosens for `samples[sample]`, which `owner` owns; nothing when it keeps or tightens its limits.
  /// `reference`: the value that a relative growth is allowed from.
  std::optional<Loosening> loosened(std::size_t sample, const Budget& owner, double reference) const;

  /// The verdict on `samples[sample]` by `owner` under the limits that hold for this change: its own, or, where it
  /// loosens them without an excuse, the stricter ones of the base. `judge` judges by the budget that it is given.
  Verdict judge(std::size_t sample, const Budget& owner, double reference,
                const std::function<Verdict(const Budget&)>& judge) const;

  /// One verdict for each budget of the base whose samples no budget of the head owns any more. `owners`: of each
  /// sample, as Selection has them.
  std::vector<Verdict> removed(const std::vector<Sample>& samples,
                               const std::vector<std::vector<std::size_t>>& owners) const;

 private:
  const Budget* before(std::size_t sample, const Budget& owner) const;

  const BudgetsFile& head_;
  const std::vector<Budget>& base_;
  std::vector<std::vector<std::size_t>> base_owners_;  ///< for each sample
  std::string today_;
};

/// `owner` with the stricter of its own and `before`'s limits, growth (from `reference`), level and start.
Budget stricter(const Budget& owner, const Budget& before, double reference);

/// One note for each input that the base's file names and the head's does not: rules find nothing in what is not
/// read.
std::vector<std::string> dropped_inputs(const json::Value& base, const std::vector<InputSpec>& head);

/// One note for each rule that the base's file set to a higher level than the head's. `base`: the whole document.
std::vector<std::string> loosened_rules(const json::Value& base, const RuleSet& head);

}  // namespace budgetcheck
