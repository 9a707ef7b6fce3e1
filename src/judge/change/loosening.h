#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/budget.h"
#include "model/report.h"
#include "model/sample.h"

namespace budgetcheck {

/// What a change does to the limit that one sample had at the base.
struct Loosening {
  const Budget* before = nullptr;  ///< the base's budget on this sample
  std::string what;                ///< a clause: "raises its limit from 170 kB to 200 kB"
  bool excused = false;            ///< the change gives reason, owner and a day that is not over
  bool is_old_reason = false;      ///< the base's budget has the very same one: it was for an earlier change
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

  /// The base's budgets that have no equal any more, and nothing to judge: clauses that say so.
  std::vector<std::string> removed_with_measurements() const;

 private:
  const Budget* before(std::size_t sample, const Budget& owner) const;

  const BudgetsFile& head_;
  const std::vector<Budget>& base_;
  std::vector<std::vector<std::size_t>> base_owners_;  ///< for each sample
  std::string today_;
};

/// `owner` with the stricter of its own and `before`'s limits, growth (from `reference`), level and start.
Budget stricter(const Budget& owner, const Budget& before, double reference);

}  // namespace budgetcheck
