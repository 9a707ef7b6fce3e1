#include "collect/merge_samples.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Sample runs(double value, const std::string& file) {
  Sample sample;
  sample.metric = "lighthouse.lcp";
  sample.where = {{"page", "/"}};
  sample.value = Runs{value};
  sample.location.file = file;
  return sample;
}

TEST(MergeSamples, ConcatenatesRunsInOrder) {
  Facts facts;
  facts.samples = {runs(3, "a"), runs(1, "b"), runs(2, "c")};
  merge_samples(facts);
  ASSERT_EQ(facts.samples.size(), 1U);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value), (Runs{3, 1, 2}));
  EXPECT_EQ(facts.samples[0].location.file, "a");
}

TEST(MergeSamples, TwoValuesForOneThingMakeTheSecondInputIncomplete) {
  Facts facts;
  facts.inputs.resize(2);
  facts.inputs[0].path = "a";
  facts.inputs[1].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  facts.samples[0].value = 1.0;
  facts.samples[1].value = 2.0;
  merge_samples(facts);
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  EXPECT_EQ(facts.inputs[1].state, InputState::kIncomplete);
  EXPECT_NE(facts.inputs[1].message.find("another value"), std::string::npos);
}

TEST(MergeSamples, RunsOfKnownQuantilesHaveToTellSomethingInCommon) {
  Facts facts;
  facts.inputs.resize(3);
  facts.inputs[0].path = "a";
  facts.inputs[1].path = "b";
  facts.inputs[2].path = "c";
  KnownQuantiles run;
  run.add(0.5, 9);
  facts.samples = {runs(1, "a"), runs(2, "b"), runs(3, "c")};
  facts.samples[0].value = QuantileRuns{run};
  facts.samples[0].failures_within = Rate{1, 10};
  facts.samples[1].value = QuantileRuns{run};
  facts.samples[1].failures_within = Rate{2, 10};
  KnownQuantiles other;
  other.add(0.99, 60);
  facts.samples[2].value = QuantileRuns{other};
  merge_samples(facts);
  ASSERT_EQ(facts.samples.size(), 1U);
  EXPECT_EQ(facts.samples[0].failures_within, (Rate{3, 20}));
  EXPECT_EQ(facts.inputs[1].state, InputState::kRead);
  EXPECT_EQ(facts.inputs[2].state, InputState::kIncomplete);
}

TEST(MergeSamples, OnePageInTwoCapturesIsTwoVisits) {
  Facts facts;
  facts.inputs.resize(1);
  facts.inputs[0].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  for (Sample& sample : facts.samples) {
    sample.metric = "payload.transfer";
    const double value = std::get<Runs>(sample.value).front();
    sample.value = value;
  }
  merge_samples(facts);
  ASSERT_EQ(facts.samples.size(), 1U);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value), (Runs{1, 2}));
  EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
}

TEST(MergeSamples, RequestsOfARouteAddUp) {
  for (const double second : {3.0, 2.0}) {  // equal numbers are not the same requests
    Facts facts;
    facts.inputs.resize(1);
    facts.inputs[0].path = "b";
    facts.samples = {runs(1, "a"), runs(1, "b")};
    for (Sample& sample : facts.samples) {
      sample.metric = "payload.requests";
      sample.where = {{"route", "GET /a"}};
    }
    facts.samples[0].value = 2.0;
    facts.samples[1].value = second;
    merge_samples(facts);
    ASSERT_EQ(facts.samples.size(), 1U);
    EXPECT_EQ(std::get<Single>(facts.samples[0].value), 2 + second);
    EXPECT_EQ(facts.inputs[0].state, InputState::kRead);
  }
}

TEST(MergeSamples, RunsOfAnotherOriginAreNotTheSamePage) {
  Facts facts;
  facts.inputs.resize(1);
  facts.inputs[0].path = "b";
  facts.samples = {runs(1, "a"), runs(2, "b")};
  facts.samples[1].source = "https://elsewhere.example";
  merge_samples(facts);
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value).size(), 1U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
