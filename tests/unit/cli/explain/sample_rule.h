#pragma once

#include "model/rule.h"

namespace budgetcheck {

/// A rule with every text and without parameters.
inline Rule many_repeats_rule() {
  Rule rule;
  rule.id = "many-repeats";
  rule.title = "Many repeats";
  rule.short_text = "Something repeats.";
  rule.why = "It costs time.";
  rule.help = "Do it once.";
  rule.limits = "A poller repeats on purpose.";
  return rule;
}

}  // namespace budgetcheck
