#include "collect/lab/lab_run.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(LabValue, FollowsKeys) {
  const json::Value run(json::Object{{"a", json::Value(json::Object{{"b.c", json::Value(3.0)}})}});
  ASSERT_NE(lab_value(run, "a/b.c"), nullptr);
  EXPECT_EQ(*lab_value(run, "a/b.c")->number(), 3.0);
  EXPECT_EQ(lab_value(run, "a/x"), nullptr);
  EXPECT_EQ(lab_value(run, "x/b.c"), nullptr);
}

TEST(AddLabMetrics, TakesTheFirstNumberAndLeavesTheRestOpen) {
  const std::vector<LabMetric> metrics{{"t.first", {"x", "a"}},
                                       {"t.zero", {"zero"}},
                                       {"t.shift", {"zero"}, Unit::kNone, false},
                                       {"t.negative", {"negative"}},
                                       {"t.text", {"text"}}};
  const json::Value values(json::Object{{"a", json::Value(5.0)},
                                        {"zero", json::Value(0.0)},
                                        {"negative", json::Value(-1.0)},
                                        {"text", json::Value(std::string("7"))}});
  Facts facts;
  add_lab_metrics(metrics, values, {"f", "/r", "s", {{"page", "/"}}}, "film it", facts);
  ASSERT_EQ(facts.samples.size(), 2U);
  EXPECT_EQ(facts.samples[0].metric, "t.first");
  EXPECT_EQ(std::get<Runs>(facts.samples[0].value), Runs{5.0});
  EXPECT_EQ(facts.samples[1].metric, "t.shift");
  ASSERT_EQ(facts.unmeasured.size(), 3U);
  EXPECT_EQ(facts.unmeasured[0].metric, "t.zero");
  EXPECT_EQ(facts.unmeasured[0].hint, "film it");
  EXPECT_TRUE(facts.unmeasured[0].input_at_fault);
}

TEST(DeviceOfAgent, IsWhatTheBrowserSays) {
  EXPECT_EQ(device_of_agent(""), "");
  EXPECT_EQ(device_of_agent("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36"), "desktop");
  EXPECT_EQ(device_of_agent("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148"), "mobile");
}

}  // namespace
}  // namespace budgetcheck
