#include "collect/lighthouse/list.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;
using testing::kHomeMobile;
using testing::lhr;
using testing::numeric;

std::string run(const std::string& lcp) { return lhr(numeric("largest-contentful-paint", lcp)); }

std::vector<double> values(const Collected& got) {
  std::vector<double> out;
  for (const Sample& sample : got.facts.samples) {
    if (sample.metric == "lighthouse.lcp" && sample.where == kHomeMobile) {
      out.push_back(std::get<Runs>(sample.value).front());
    }
  }
  return out;
}

bool is_recognised(const std::string& text) {
  const auto content = content_from_string(text);
  return lighthouse_list_format().recognises(sniff("f.json", *content, false));
}

TEST(LighthouseList, EachElementIsARun) {
  const std::string text = "[" + run("2100") + ",{\"lhr\":" + run("2200") + ",\"report\":\"{}\"}," +
                           "{\"lighthouseResult\":" + run("2300") + "}]";
  EXPECT_TRUE(is_recognised(text));
  const Collected got = collect_text(text, lighthouse_list_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(values(got), (std::vector<double>{2100, 2200, 2300}));
  EXPECT_EQ(got.facts.samples.front().location.pointer, "/0/audits/largest-contentful-paint/numericValue");
}

TEST(LighthouseList, TablesOfOneRunDoNotReachTheNext) {
  const std::string timed =
      lhr(R"("user-timings":{"scoreDisplayMode":"informative","details":{"items":[{"name":"ready","timingType":"Mark",)"
          R"("startTime":5}]}})");
  const Collected got = collect_text("[" + timed + "," + run("1") + "]", lighthouse_list_format());
  EXPECT_EQ(std::count_if(got.facts.samples.begin(), got.facts.samples.end(),
                          [](const Sample& s) { return s.metric == "lighthouse.user-timing.ready"; }),
            1);
}

TEST(LighthouseList, AnElementWithoutAResultIsIncomplete) {
  const Collected got = collect_text("[" + run("2100") + R"(,{"error":"timeout"}])", lighthouse_list_format());
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.input.message, "'/1' has no Lighthouse result");
  EXPECT_EQ(values(got), (std::vector<double>{2100}));
}

TEST(LighthouseList, OtherListsAreNot) {
  EXPECT_FALSE(is_recognised(R"([{"path":"/","score":0.9}])"));
  EXPECT_FALSE(is_recognised("[]"));
  EXPECT_FALSE(is_recognised(run("1")));
}

TEST(LighthouseList, WhatNodeReturnsIsOneResult) {
  const std::string text = "{\"lhr\":" + run("2100") + R"(,"report":"{}","artifacts":{}})";
  const auto content = content_from_string(text);
  EXPECT_TRUE(lighthouse_format().recognises(sniff("f.json", *content, false)));
  const Collected got = collect_text(text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(values(got), (std::vector<double>{2100}));
  EXPECT_EQ(got.facts.samples.front().location.pointer, "/lhr/audits/largest-contentful-paint/numericValue");
  const auto flow = content_from_string("{\"steps\":[],\"lhr\":{}}");
  EXPECT_FALSE(lighthouse_format().recognises(sniff("f.json", *flow, false)));
}

}  // namespace
}  // namespace budgetcheck
