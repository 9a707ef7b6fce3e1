#include "judge/unmeasured.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Budget budget_on_bytes(Labels where = {{"entry", "main"}}) {
  Budget budget;
  budget.id = "js";
  budget.metric_id = "bundle.raw";
  budget.metric = Metric{};
  budget.metric->id = "bundle.raw";
  budget.where = std::move(where);
  return budget;
}

Facts measured(const std::vector<std::string>& entries) {
  Facts facts;
  for (const std::string& entry : entries) {
    Sample sample;
    sample.metric = "bundle.raw";
    sample.where = Labels{{"entry", entry}};
    facts.samples.push_back(sample);
  }
  return facts;
}

Facts with_input(InputState state, std::vector<std::string> families) {
  Facts facts;
  Input input;
  input.path = "stats.json";
  input.state = state;
  input.message = "the file is empty";
  input.families = std::move(families);
  facts.inputs = {input};
  return facts;
}

TEST(JudgeUnmeasured, NamesTheNearestPlaceThatWasMeasured) {
  const Verdict verdict = judge_unmeasured(budget_on_bytes({{"entry", "mian"}}), measured({"main"}), false);
  EXPECT_EQ(verdict.status, Status::kError);
  EXPECT_EQ(verdict.code, "NO_MATCH");
  EXPECT_THAT(verdict.hint, HasSubstr("'main'"));
}

TEST(JudgeUnmeasured, ListsSomeOfWhatIsThereWhenNothingIsNear) {
  const Verdict verdict =
      judge_unmeasured(budget_on_bytes({{"entry", "checkout"}}), measured({"1", "2", "3", "4", "5", "6", "7"}), false);
  EXPECT_THAT(verdict.hint, HasSubstr("'1', '2', '3', '4', '5' and 2 more"));
}

TEST(JudgeUnmeasured, ABrokenInputLeavesTheQuestionOpen) {
  const Verdict verdict = judge_unmeasured(budget_on_bytes(), with_input(InputState::kUnreadable, {}), false);
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_THAT(verdict.message, HasSubstr("stats.json: the file is empty"));
}

TEST(JudgeUnmeasured, ABrokenInputOfAnotherFamilyExcusesNothing) {
  const Facts facts = with_input(InputState::kIncomplete, {"lighthouse."});
  EXPECT_EQ(judge_unmeasured(budget_on_bytes(), facts, false).status, Status::kError);
}

TEST(JudgeUnmeasured, AMetricThatCanNeverBeMeasuredIsAnErrorWithItsReason) {
  Facts facts;
  facts.unmeasured = {{"bundle.raw", {}, "this version has no such audit", "use the successor", {}, false}};
  const Verdict verdict = judge_unmeasured(budget_on_bytes(), facts, false);
  EXPECT_EQ(verdict.status, Status::kError);
  EXPECT_THAT(verdict.message, HasSubstr("no such audit"));
  EXPECT_EQ(verdict.hint, "use the successor");
}

TEST(JudgeUnmeasured, AGapOfOtherLabelsDoesNotExplainAMisspeltOne) {
  Facts facts = measured({"main"});
  facts.samples[0].where.set("type", "js");
  facts.unmeasured = {
      {"bundle.", {{"entry", "main"}, {"initial", "false"}}, "what it loads later is not told", "", {}, false}};
  const Verdict misspelt = judge_unmeasured(budget_on_bytes({{"entry", "main"}, {"type", "javascript"}}), facts, false);
  EXPECT_EQ(misspelt.status, Status::kError);
  EXPECT_THAT(misspelt.hint, HasSubstr("no type 'javascript' was measured, only 'js'"));
  const Verdict later = judge_unmeasured(budget_on_bytes({{"entry", "main"}, {"initial", "false"}}), facts, false);
  EXPECT_THAT(later.message, HasSubstr("what it loads later is not told"));
}

TEST(JudgeUnmeasured, AReasonThatTheInputIsToBlameForCountsMost) {
  Facts facts;
  facts.unmeasured = {{"bundle.raw", {}, "no such audit", "", {}, false},
                      {"bundle.", {}, "its build failed", "", {"stats.json", 1, 1, ""}, true}};
  const Verdict verdict = judge_unmeasured(budget_on_bytes(), facts, false);
  EXPECT_EQ(verdict.status, Status::kInconclusive);
  EXPECT_THAT(verdict.message, HasSubstr("stats.json: its build failed"));
}

TEST(JudgeUnmeasured, AMetricThatOnlyTheBaseHasDisappeared) {
  EXPECT_EQ(judge_unmeasured(budget_on_bytes(), Facts{}, true).code, "METRIC_DISAPPEARED");
  EXPECT_EQ(judge_unmeasured(budget_on_bytes(), Facts{}, false).code, "NO_MATCH");
}

TEST(JudgeGaps, APlaceThatABrokenInputLeftOpenIsReportedOnce) {
  Facts facts = measured({"main"});
  facts.unmeasured = {{"bundle.", {{"entry", "admin"}}, "its build failed", "fix the build", {}, true},
                      {"bundle.raw", {{"entry", "admin"}}, "its build failed", "fix the build", {}, true},
                      {"bundle.", {{"entry", "main"}}, "one of its builds failed", "", {}, true}};
  const std::vector<Verdict> verdicts = judge_gaps(budget_on_bytes({{"entry", "*"}}), facts);
  ASSERT_THAT(verdicts, SizeIs(1));
  EXPECT_EQ(verdicts[0].status, Status::kInconclusive);
  EXPECT_EQ(*verdicts[0].where.find("entry"), "admin");
  EXPECT_THAT(judge_gaps(budget_on_bytes(), facts), IsEmpty()) << "it does not ask for admin";
}

TEST(JudgeGaps, WhatOnlyItsNameOpensLeavesGlobsThatAreAnswered) {
  Facts facts = measured({"main"});
  Unmeasured gap;
  gap.metric = "bundle.raw";
  gap.where = {{"entry", "admin"}};
  gap.reason = "each of 3 responses is an error (404)";
  gap.only_when_named = true;
  facts.unmeasured = {gap};
  EXPECT_THAT(judge_gaps(budget_on_bytes({{"entry", "*"}}), facts), IsEmpty());
  EXPECT_THAT(judge_gaps(budget_on_bytes({{"entry", "admin"}}), facts), SizeIs(1));
  EXPECT_EQ(judge_unmeasured(budget_on_bytes({{"entry", "adm*"}}), facts, false).status, Status::kInconclusive);
  facts.unmeasured[0].only_when_named = false;
  EXPECT_THAT(judge_gaps(budget_on_bytes({{"entry", "*"}}), facts), SizeIs(1));
}

/// Durations of a load test, measured as `where` says and not as `missing` says.
Facts load_test(Labels where, Labels missing) {
  Facts facts;
  facts.samples.resize(1);
  facts.samples[0].metric = "load.duration";
  facts.samples[0].where = std::move(where);
  Unmeasured gap;
  gap.metric = "load.duration";
  gap.where = std::move(missing);
  gap.reason = "no request succeeded";
  facts.unmeasured = {gap};
  return facts;
}

Budget budget_on_load(Labels where) {
  Budget budget = budget_on_bytes(std::move(where));
  budget.metric_id = "load.duration";
  return budget;
}

TEST(JudgeGaps, AWholeLoadTestStandsForItsRoutes) {
  const Facts facts = load_test({{"test", "t"}, {"status", "success"}}, {{"test", "t"}, {"route", "/a"}});
  EXPECT_THAT(judge_gaps(budget_on_load({}), facts), IsEmpty());
  EXPECT_THAT(judge_gaps(budget_on_load({{"test", "*"}}), facts), IsEmpty());
  EXPECT_THAT(judge_gaps(budget_on_load({{"route", "*"}}), facts), SizeIs(1));
  EXPECT_THAT(judge_gaps(budget_on_load({}), load_test({{"test", "u"}}, {{"test", "t"}, {"route", "/a"}})), SizeIs(1))
      << "of another test";
}

TEST(JudgeGaps, AFailedRunIsNotMadeUpForByOthers) {
  EXPECT_THAT(judge_gaps(budget_on_load({}), load_test({{"test", "t"}}, {{"test", "t"}})), SizeIs(1));
  EXPECT_THAT(judge_gaps(budget_on_load({{"route", "/a"}}),
                         load_test({{"test", "t"}, {"route", "/a"}}, {{"test", "t"}, {"route", "/a"}})),
              IsEmpty())
      << "a rare request that failed in one run";
}

TEST(JudgeGaps, AGapWhoseLabelsAreAllKnownIsNoneOfAnotherPlace) {
  Facts facts = measured({"main"});
  facts.unmeasured.push_back({"bundle.raw", {{"type", "css"}}, "the size of 1 of 1 file is unknown", "", {}, true});
  EXPECT_THAT(judge_gaps(budget_on_bytes(), facts), SizeIs(1)) << "it may be of that entry";
  facts.unmeasured.back().where_is_whole = true;
  EXPECT_THAT(judge_gaps(budget_on_bytes(), facts), IsEmpty());
  EXPECT_THAT(judge_gaps(budget_on_bytes({{"type", "css"}}), facts), SizeIs(1));
}

}  // namespace
}  // namespace budgetcheck
