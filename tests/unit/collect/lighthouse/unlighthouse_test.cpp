#include "collect/lighthouse/unlighthouse.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;

bool is_recognised(const std::string& text) {
  const auto content = content_from_string(text);
  return unlighthouse_format().recognises(sniff("ci-result.json", *content, true));
}

TEST(Unlighthouse, ScoresOfEachPage) {
  const std::string text =
      R"([{"path":"/","score":0.98,"performance":0.57,"accessibility":1,"best-practices":1,"seo":0.92},)"
      R"({"path":"/blog","score":0.97,"performance":1,"accessibility":0.97,"best-practices":1,"seo":0.92}])";
  EXPECT_TRUE(is_recognised(text));
  const Collected got = collect_text(text, unlighthouse_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("lighthouse.score.performance", {{"page", "/"}}), 57);
  EXPECT_EQ(got.value("lighthouse.score.best-practices", {{"page", "/blog"}}), 100);
  EXPECT_EQ(got.facts.samples.size(), 8U);
  EXPECT_EQ(got.first("lighthouse.score.performance")->unit, Unit::kPoints);
}

TEST(Unlighthouse, TheExpandedReportHasMetricsToo) {
  const std::string text =
      R"({"summary":{"score":0.98,"categories":{"performance":{"averageScore":0.9}},"metrics":{}},"routes":[{"path":"/",)"
      R"("score":0.98,"categories":{"performance":{"score":0.9}},"metrics":{"largest-contentful-paint":)"
      R"({"numericValue":1234.5,"displayValue":"1.2 s"},"cumulative-layout-shift":{"numericValue":0.01,)"
      R"("displayValue":"0.01"},"max-potential-fid":{"numericValue":null}}}],"metadata":{"metrics":{},"categories":{}}})";
  EXPECT_TRUE(is_recognised(text));
  const Collected got = collect_text(text, unlighthouse_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("lighthouse.score.performance", {{"page", "/"}}), 90);
  EXPECT_EQ(got.value("lighthouse.lcp", {{"page", "/"}}), 1234.5);
  EXPECT_EQ(got.value("lighthouse.cls", {{"page", "/"}}), 0.01);
  EXPECT_EQ(got.first("lighthouse.cls")->unit, Unit::kNone);
  ASSERT_NE(got.gap("lighthouse.max-potential-fid"), nullptr);
  EXPECT_EQ(got.first("lighthouse.lcp")->location.pointer, "/routes/0");
}

TEST(Unlighthouse, ScoresThatAreNoneAreOpen) {
  for (const char* score : {"null", "\"?\"", "1.01", "-0.01"}) {
    const Collected got = collect_text(
        std::string(R"([{"path":"/","score":null,"performance":)") + score + R"(,"seo":1}])", unlighthouse_format());
    EXPECT_EQ(got.first("lighthouse.score.performance"), nullptr) << score;
    ASSERT_NE(got.gap("lighthouse.score.performance"), nullptr) << score;
    EXPECT_TRUE(got.gap("lighthouse.score.performance")->input_at_fault);
    EXPECT_EQ(got.value("lighthouse.score.seo", {{"page", "/"}}), 100);
  }
}

TEST(Unlighthouse, AScanWithoutPagesIsIncomplete) {
  EXPECT_EQ(collect_text(R"({"summary":{},"routes":[],"metadata":{}})", unlighthouse_format()).input.state,
            InputState::kIncomplete);
  EXPECT_EQ(collect_text(R"([{"path":"/","score":null}])", unlighthouse_format()).input.state, InputState::kIncomplete);
}

TEST(Unlighthouse, OtherListsAreNot) {
  EXPECT_FALSE(is_recognised(R"([{"path":"/","score":0.9}])"));
  EXPECT_FALSE(is_recognised(R"([{"name":"a","performance":1}])"));
  EXPECT_FALSE(is_recognised(R"({"routes":[],"summary":{}})"));
}

}  // namespace
}  // namespace budgetcheck
