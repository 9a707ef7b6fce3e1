#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_fixture;
using testing::collect_text;
using testing::Collected;
using testing::lhr;
using testing::numeric;

const Labels kCold{{"page", "/"}, {"device", "mobile"}, {"step", "Cold load"}};
const Labels kOpen{
    {"page", "/report"}, {"device", "mobile"}, {"mode", "timespan"}, {"step", "Open"}, {"throttling", "devtools"}};
const Labels kAfter{{"page", "/report"}, {"device", "mobile"}, {"mode", "snapshot"}, {"step", "After"}};
const Labels kWarm{{"page", "/"}, {"device", "mobile"}, {"step", "Warm load"}};

std::string gap_in(const Collected& got, const std::string& metric, const Labels& where) {
  for (const Unmeasured& gap : got.facts.unmeasured) {
    if (gap.metric == metric && gap.where == where) {
      return gap.reason + (gap.input_at_fault ? " | input" : " | budget");
    }
  }
  return "none";
}

std::string flow(const std::string& steps, const std::string& name = "checkout") {
  return R"({"steps":[)" + steps + R"(],"name":")" + name + "\"}";
}

std::string step(const std::string& name, const std::string& result) {
  return R"({"lhr":)" + result + R"(,"name":")" + name + "\"}";
}

TEST(LighthouseFlow, EachStepOfARealFlowIsMeasured) {
  const Collected got = collect_fixture("lh13-user-flow", lighthouse_flow_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_EQ(got.value("lighthouse.lcp", kCold), 1888.0264);
  EXPECT_EQ(got.value("lighthouse.tbt", kCold), 16.5);
  EXPECT_EQ(got.value("lighthouse.score.performance", kCold), 99);
  EXPECT_EQ(got.value("lighthouse.tbt", kOpen), 25.65000000000009);
  EXPECT_EQ(got.value("lighthouse.inp", kOpen), 50.262);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", kOpen), 30463);
  EXPECT_EQ(got.value("lighthouse.score.seo", kAfter), 75);
  EXPECT_EQ(got.value("lighthouse.lcp", kWarm), 870.1142815307617);
  EXPECT_EQ(got.facts.notes.size(), 1U);  // the step Open ran at a benchmark index of 990.5
  EXPECT_EQ(got.first("lighthouse.lcp")->location.pointer, "/steps/0/lhr/audits/largest-contentful-paint/numericValue");
}

// A timespan has no LCP and a snapshot no metrics at all, but Lighthouse writes performance: 0 for the snapshot.
TEST(LighthouseFlow, WhatAStepCannotMeasureIsExplained) {
  const Collected got = collect_fixture("lh13-user-flow", lighthouse_flow_format());
  EXPECT_EQ(gap_in(got, "lighthouse.lcp", kOpen),
            "a timespan does not run the audit 'largest-contentful-paint' | budget");
  EXPECT_EQ(gap_in(got, "lighthouse.tbt", kAfter), "a snapshot does not run the audit 'total-blocking-time' | budget");
  EXPECT_EQ(gap_in(got, "lighthouse.resource.", kAfter),
            "a snapshot does not run the audit 'resource-summary' | budget");
  EXPECT_EQ(got.find("lighthouse.score.performance", kAfter), nullptr);
  EXPECT_EQ(gap_in(got, "lighthouse.score.performance", kAfter),
            "the category 'performance' has nothing to weigh in a snapshot | budget");
  EXPECT_EQ(gap_in(got, "lighthouse.score.seo", kOpen), "a timespan does not score the category 'seo' | budget");
}

TEST(LighthouseFlow, TwoStepsOfOneNameAreNotTwoRuns) {
  const std::string one = lhr(numeric("redirects", "1"));
  const Collected got = collect_text(flow(step("Load", one) + "," + step("Load", lhr(numeric("redirects", "2"))) + "," +
                                          step("Load (2)", one) + "," + step("", one)),
                                     lighthouse_flow_format());
  std::vector<std::string> names;
  for (const Sample& sample : got.facts.samples) {
    names.push_back(*sample.where.find("step"));
  }
  EXPECT_EQ(names, (std::vector<std::string>{"Load", "Load (2)", "Load (2) (2)", "step 4"}));
}

TEST(LighthouseFlow, StepsOfOtherFlowsAreToldApart) {
  const std::string steps = step("Load", lhr(numeric("redirects", "1")));
  const Collected one = collect_text(flow(steps, "a"), lighthouse_flow_format());
  const Collected two = collect_text(flow(steps, "b"), lighthouse_flow_format());
  EXPECT_EQ(one.facts.samples.at(0).where, two.facts.samples.at(0).where);
  EXPECT_NE(one.facts.samples.at(0).source, two.facts.samples.at(0).source);
}

TEST(LighthouseFlow, UserTimingsStayInTheirStep) {
  const std::string timings =
      R"("user-timings":{"scoreDisplayMode":"informative","details":{"items":[{"name":"a","timingType":"Mark","startTime":7}]}})";
  const Collected got = collect_text(
      flow(step("one", lhr(timings)) + "," + step("two", lhr(numeric("redirects", "1")))), lighthouse_flow_format());
  EXPECT_EQ(std::count_if(got.facts.samples.begin(), got.facts.samples.end(),
                          [](const Sample& sample) { return sample.metric == "lighthouse.user-timing.a"; }),
            1);
}

TEST(LighthouseFlow, AStepThatFailedLeavesTheOthers) {
  const Collected got = collect_text(
      flow(step("good", lhr(numeric("redirects", "1"))) + "," +
           step("bad", lhr(numeric("redirects", "9"), R"("runtimeError":{"code":"NO_FCP","message":"m"},)")) +
           R"(,{"name":"empty"},null,7)"),
      lighthouse_flow_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.facts.samples.size(), 1U);
  EXPECT_NE(got.input.message.find("step 'bad': the Lighthouse run failed with NO_FCP"), std::string::npos);
  EXPECT_NE(got.input.message.find("step 'empty' has no Lighthouse result"), std::string::npos);
}

TEST(LighthouseFlow, NoStepsAreIncomplete) {
  const Collected got = collect_text(flow(""), lighthouse_flow_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_FALSE(collect_text(R"({"steps":[{"lhr":{)", lighthouse_flow_format()).result);
}

TEST(LighthouseFlow, StepsAreBounded) {
  const auto flow_of = [](std::size_t n) {
    std::string steps;
    for (std::size_t i = 0; i < n; ++i) {
      steps += (i == 0 ? "" : ",") + step("same", lhr(numeric("redirects", "1")));
    }
    return collect_text(flow(steps), lighthouse_flow_format());
  };
  EXPECT_EQ(flow_of(1000).facts.samples.size(), 1000U);
  EXPECT_FALSE(flow_of(1001).result);
}

TEST(LighthouseFlow, ANameIsSafeToShow) {
  const Collected got =
      collect_text(flow(step("go to https://a.example/?t=secret\\u001b[1m", lhr(numeric("redirects", "1")))),
                   lighthouse_flow_format());
  const std::string name = *got.facts.samples.at(0).where.find("step");
  EXPECT_EQ(name.find("secret"), std::string::npos);
  EXPECT_EQ(name.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
