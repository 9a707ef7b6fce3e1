#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "budget/catalogue.h"
#include "model/facts.h"
#include "model/finding.h"
#include "unit/detect/evidence_testing.h"

namespace budgetcheck {

/// A place in traces of the service shop-web.
inline TracePlace shop_place(const std::string& route = "/cart") {
  return {"shop-web", route, "4bf92f3577b34da6a3ce929d0e0e4736", {"traces.jsonl", 7, 0, {}}};
}

/// What a rule finds in facts on traces, with the numbers and the level that it is shipped with.
inline std::vector<Finding> found_in_traces(void (*detect)(const Facts&, const Rule&, std::vector<Finding>&),
                                            std::string_view id, TraceFacts traces,
                                            std::vector<std::string> ignore = {}) {
  const Rule* shipped = shipped_rules().find(id);
  EXPECT_NE(shipped, nullptr) << id;
  Rule rule = shipped == nullptr ? Rule{} : *shipped;
  rule.ignore = std::move(ignore);
  Facts facts;
  facts.traces = std::move(traces);
  std::vector<Finding> findings;
  detect(facts, rule, findings);
  return findings;
}

}  // namespace budgetcheck
