#pragma once

#include <vector>

#include "model/facts.h"
#include "model/finding.h"
#include "model/rule.h"

namespace budgetcheck {

/// One coded rule: looks at facts and appends findings, whose rule and level come from `rule`. A detector may set a
/// lower level where its evidence is weaker, and says why in the message; never a higher one.
struct Detector {
  std::string_view rule;
  void (*detect)(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) = nullptr;
};

/// Every coded rule. A test holds it against rules/.
const std::vector<Detector>& detectors();

/// Runs every rule that is not off: coded ones, then pattern and threshold rules. Sorted: level, then magnitude,
/// then place. Every finding has a key.
std::vector<Finding> detect(const Facts& facts, const RuleSet& rules);

}  // namespace budgetcheck
