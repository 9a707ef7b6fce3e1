#include "judge/change/finding_states.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

FindingState state_of(double magnitude, const Results* base) {
  Finding finding;
  finding.key = "k";
  finding.magnitude = magnitude;
  std::vector<Finding> findings{finding};
  compare_findings(findings, base);
  return findings[0].state;
}

TEST(CompareFindings, AFindingOfTheSameKeyIsComparedByItsMagnitude) {
  Finding known;
  known.key = "k";
  known.magnitude = 30;
  Results base;
  base.findings = {known};
  EXPECT_EQ(state_of(30, &base), FindingState::kSame);
  EXPECT_EQ(state_of(31, &base), FindingState::kWorse);
  EXPECT_EQ(state_of(29, &base), FindingState::kBetter);
  base.findings[0].key = "another";
  EXPECT_EQ(state_of(30, &base), FindingState::kNew);
}

TEST(CompareFindings, WithoutABaseEverythingIsNew) { EXPECT_EQ(state_of(30, nullptr), FindingState::kNew); }

}  // namespace
}  // namespace budgetcheck
