#include "detect/rule_findings.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Rule team_rule() {
  Rule rule;
  rule.id = "no-moment";
  rule.level = Level::kError;
  return rule;
}

TEST(KeepFindings, ADetectorMayLowerTheLevelAndNeverRaiseIt) {
  Rule rule = team_rule();
  rule.level = Level::kWarning;
  std::vector<Finding> found(3);
  found[0].level = Level::kError;
  found[1].level = Level::kNote;
  found[2].level = Level::kOff;
  std::vector<Finding> kept;
  keep_findings(rule, found, kept);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].level, Level::kWarning);
  EXPECT_EQ(kept[1].level, Level::kNote);
  EXPECT_EQ(kept[2].level, Level::kNote);
  EXPECT_EQ(kept[0].rule, "no-moment");
}

TEST(KeepFindings, AKeyIsMadeWhereTheDetectorGivesNone) {
  std::vector<Finding> found(3);
  found[0].subject = "a";
  found[1].subject = "b";
  found[2].key = "own";
  std::vector<Finding> kept;
  keep_findings(team_rule(), found, kept);
  EXPECT_EQ(kept[0].key.size(), 32U);
  EXPECT_NE(kept[0].key, kept[1].key);
  EXPECT_EQ(kept[2].key, "own");
}

TEST(KeepFindings, WhatTheBudgetsFileExemptsIsLeftOut) {
  Rule rule = team_rule();
  rule.ignore = {"*-timezone"};
  std::vector<Finding> found(2);
  found[0].subject = "moment";
  found[1].subject = "moment-timezone";
  std::vector<Finding> kept;
  keep_findings(rule, found, kept);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].subject, "moment");
}

TEST(WithWordsOf, AppendsTheRulesSentenceWithoutItsFullStop) {
  Rule rule = team_rule();
  rule.short_text = "Use date-fns. ";
  EXPECT_EQ(with_words_of(rule, "the bundle holds 'moment'"), "the bundle holds 'moment': Use date-fns");
  rule.short_text = "";
  EXPECT_EQ(with_words_of(rule, "fact"), "fact");
}

TEST(Supplier, IsTheFirstReadableInputOfAFamily) {
  Facts facts;
  facts.inputs.resize(2);
  facts.inputs[0].state = InputState::kUnreadable;
  facts.inputs[0].families = {"bundle."};
  facts.inputs[1].families = {"lighthouse.", "bundle."};
  EXPECT_EQ(supplier(facts, {"bundle."}), &facts.inputs[1]);
  EXPECT_EQ(supplier(facts, {"query."}), nullptr);
}

}  // namespace
}  // namespace budgetcheck
