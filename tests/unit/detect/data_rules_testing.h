#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "budget/catalogue.h"
#include "detect/detect.h"

namespace budgetcheck {

inline Rule rule_of(const std::string& rest) {
  const auto rule =
      read_rule("rules/x.json", R"({"title":"T","short":"Words of the team.","help":"Fix it.",)" + rest + "}");
  EXPECT_TRUE(rule) << (rule ? "" : to_string(rule.error().front()));
  return rule ? *rule : Rule{};
}

inline Rule no_moment() {
  return rule_of(
      R"json("id":"no-moment","kind":"pattern","on":"package","pattern":"^moment(-|$)","level":"error")json");
}

inline Rule big_asset(const std::string& extra = R"(,"where":{"asset":"*"})") {
  return rule_of(R"("id":"big-asset","kind":"threshold","metric":"bundle.raw","limit":"250 kB")" + extra);
}

inline Facts build() {
  Facts facts;
  facts.inputs.push_back({"dist/stats.json", "webpack", 10, InputState::kRead, "", "", {"bundle."}});
  return facts;
}

inline Sample bytes(Labels where, double value) {
  Sample sample{"bundle.raw", std::move(where), Unit::kBytes, value, false, "", {"dist/stats.json", 1, 1, ""}};
  return sample;
}

inline std::vector<std::string> subjects(const std::vector<Finding>& findings) {
  std::vector<std::string> out;
  for (const Finding& finding : findings) {
    out.push_back(finding.subject);
  }
  return out;
}

inline std::vector<Finding> find(const Facts& facts, const RuleSet& rules) { return detect(facts, rules).all; }

}  // namespace budgetcheck
