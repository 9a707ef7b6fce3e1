#pragma once

#include <string>
#include <vector>

#include "model/budget.h"
#include "model/report.h"

namespace budgetcheck {

/// One setting that a change loosens.
struct LoosenedSetting {
  std::string setting;          ///< as `loosened:` names it: "rules.n-plus-one"
  std::string whole = {};       ///< another name that covers it: "rules_dir"; may be empty
  std::string what;             ///< a clause that follows "this change": "turns the rule 'n-plus-one' off"
  std::string held = {};        ///< what holds instead, without a reason: "the base's rule holds"; may be empty
  Level level = Level::kError;  ///< how much it counts at the base
  Location location;
};

/// Which settings a change loosens with owner and reason: the entries of its `loosened:` that are its own (the base has
/// no equal one) and not over.
class Excuses {
 public:
  Excuses(const BudgetsFile& head, const BudgetsFile& base, std::string today)
      : head_(head), base_(base), today_(std::move(today)) {}

  struct Answer {
    bool accepted = false;  ///< the change's own value holds
    Verdict verdict;        ///< GATE_LOOSENED or GATE_LOOSENED_NO_REASON
  };
  Answer judge(const LoosenedSetting& loosened) const;

  /// Where the head's file has the member at `path`; the file itself when it has none.
  Location place_of(std::initializer_list<std::string_view> path) const;

 private:
  const Loosened* entry_for(const LoosenedSetting& loosened) const;
  bool is_of_the_base(const Loosened& entry) const;

  const BudgetsFile& head_;
  const BudgetsFile& base_;
  std::string today_;
};

}  // namespace budgetcheck
