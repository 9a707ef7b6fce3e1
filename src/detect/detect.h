#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// One coded rule: looks at facts and appends findings, whose rule and level come from `rule`. A detector may set a
/// lower level where its evidence is weaker, and says why in the message. It never sets a higher one.
struct Detector {
  std::string_view rule;
  std::vector<FactKind> needs;  ///< all of these; empty: it is not on inputs
  /// Null: the rule is on more than facts, and judge looks for it.
  void (*detect)(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) = nullptr;
  /// What the rule could not look at, for the notes of the report; null: it has nothing to say about that.
  void (*note_gaps)(const Facts& facts, const Rule& rule, std::vector<std::string>& notes) = nullptr;
};

/// Every coded rule. A test compares it with rules/.
const std::vector<Detector>& detectors();

struct Findings {
  std::vector<Finding> all;        ///< in the order of comes_first(), each with a key
  std::vector<std::string> notes;  ///< what rules could not look at
  Errors unanswered;               ///< rules that must not break and could not look: the run cannot be judged
};

/// Runs every rule that is not off: coded ones, then pattern and threshold rules.
Findings detect(const Facts& facts, const RuleSet& rules);

/// The order of findings: by level, then magnitude, then place.
bool comes_first(const Finding& a, const Finding& b);

}  // namespace budgetcheck
