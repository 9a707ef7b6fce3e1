#include "collect/lab/webpagetest.h"

#include <gtest/gtest.h>

#include "unit/collect/lab/lab_testing.h"

namespace budgetcheck {
namespace {

using testing::is_recognised;
using testing::LabRead;
using testing::read_lab;

/// As jsonResult.php writes a view: numbers, and the requests with texts for numbers.
std::string view(const std::string& numbers, const std::string& statuses = "\"200\"") {
  std::string requests;
  std::string rest = statuses;
  for (std::size_t at = 0; at != std::string::npos;) {
    const std::size_t end = rest.find(' ');
    requests +=
        std::string(requests.empty() ? "" : ",") + R"({"method":"GET","responseCode":)" + rest.substr(0, end) + "}";
    at = end;
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  return R"({"URL":"https://shop.example/","TTFB":400,"render":900,"bytesIn":210877,"requestsFull":14,"result":0,)" +
         numbers + R"("requests":[)" + requests + "]}";
}
std::string test(const std::string& runs, const std::string& more = "") {
  return R"({"data":{"id":"1","url":"https://shop.example/","testUrl":"https://shop.example/","location":"Dulles:Chrome",)"
         R"("connectivity":"Cable","mobile":0,)" +
         more + R"("runs":{)" + runs +
         R"(},"median":{"firstView":{"TTFB":1}}},"statusCode":200,"statusText":"Test Complete"})";
}
const Labels kFirst{{"page", "/"}, {"device", "desktop"}, {"connectivity", "Cable"}, {"view", "first"}};
const Labels kRepeat{{"page", "/"}, {"device", "desktop"}, {"connectivity", "Cable"}, {"view", "repeat"}};
const std::string kNumbers =
    R"("loadTime":1205,"fullyLoaded":1266,"SpeedIndex":902,"visualComplete":1100,"firstContentfulPaint":890,)"
    R"("chromeUserTiming.LargestContentfulPaint":1000,"chromeUserTiming.CumulativeLayoutShift":0,)"
    R"("TotalBlockingTime":0,"userTimes":{"logoTime":772},)";

TEST(WebPageTest, RunsAndViewsAreApart) {
  const std::string text = test(R"("1":{"firstView":)" + view(kNumbers, "\"301\" \"200\"") + R"(,"repeatView":)" +
                                view(R"("loadTime":905,)", "\"304\"") + R"(},"2":{"firstView":)" +
                                view(R"("loadTime":1300,)") + R"(,"repeatView":[]})");
  EXPECT_TRUE(is_recognised(webpagetest_format(), text));
  const LabRead got = read_lab(webpagetest_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.runs("wpt.load", kFirst), (std::vector<double>{1205, 1300}));
  EXPECT_EQ(got.runs("wpt.load", kRepeat), (std::vector<double>{905}));
  EXPECT_EQ(got.runs("wpt.ttfb", kFirst), (std::vector<double>{400, 400}));
  EXPECT_EQ(got.runs("wpt.lcp", kFirst), (std::vector<double>{1000}));
  EXPECT_EQ(got.runs("wpt.cls", kFirst), (std::vector<double>{0}));
  EXPECT_EQ(got.runs("wpt.tbt", kFirst), (std::vector<double>{0}));
  EXPECT_EQ(got.runs("wpt.bytes", kFirst), (std::vector<double>{210877, 210877}));
  EXPECT_EQ(got.runs("wpt.requests", kFirst), (std::vector<double>{14, 14}));
  EXPECT_EQ(got.runs("wpt.user-timing.logoTime", kFirst), (std::vector<double>{772}));
  ASSERT_NE(got.gap("wpt.lcp"), nullptr);
}

TEST(WebPageTest, WithoutVideoThereIsNoSpeedIndex) {
  const LabRead got = read_lab(webpagetest_format(),
                               test(R"("1":{"firstView":)" + view(R"("SpeedIndex":0,"visualComplete":0,)") + "}"));
  EXPECT_TRUE(got.runs("wpt.si", kFirst).empty());
  ASSERT_NE(got.gap("wpt.si"), nullptr);
  EXPECT_TRUE(got.gap("wpt.si")->input_at_fault);
}

TEST(WebPageTest, ADataMemberAloneIsAResultToo) {
  const std::string whole = test(R"("1":{"firstView":)" + view(kNumbers) + "}");
  const std::size_t begin = whole.find("{\"id\"");
  const std::string text = whole.substr(begin, whole.find(",\"statusCode\"") - begin);
  EXPECT_TRUE(is_recognised(webpagetest_format(), text));
  EXPECT_EQ(read_lab(webpagetest_format(), text).runs("wpt.load", kFirst), (std::vector<double>{1205}));
}

TEST(WebPageTest, StepsAreApart) {
  const auto step = [](const std::string& name, const std::string& url, const std::string& load) {
    return R"({"eventName":")" + name + R"(","URL":")" + url + R"(","result":0,"loadTime":)" + load + "}";
  };
  const LabRead got = read_lab(webpagetest_format(), test(R"("1":{"firstView":{"numSteps":2,"steps":[)" +
                                                          step("Home", "https://shop.example/", "1000") + "," +
                                                          step("Cart", "https://shop.example/cart", "2000") + "]}}"));
  Labels cart = kFirst;
  cart.set("page", "/cart");
  cart.set("step", "Cart");
  EXPECT_EQ(got.runs("wpt.load", cart), (std::vector<double>{2000}));
}

TEST(WebPageTest, WhatFailedMeasuresNothing) {
  const auto state = [](const std::string& one) {
    const LabRead got = read_lab(webpagetest_format(), test(R"("1":{"firstView":)" + one + "}"));
    EXPECT_EQ(got.input.state == InputState::kIncomplete, got.facts.samples.empty()) << one;
    EXPECT_TRUE(got.input.state == InputState::kRead || got.gap("wpt.") != nullptr) << one;
    return got.input.state;
  };
  EXPECT_EQ(state(view(kNumbers)), InputState::kRead);
  EXPECT_EQ(state(view(kNumbers, "\"404\"")), InputState::kIncomplete);
  EXPECT_EQ(state(view(kNumbers, "302 500")), InputState::kIncomplete);
  EXPECT_EQ(state(view(kNumbers, "400")), InputState::kIncomplete);
  EXPECT_EQ(state(view(kNumbers, "200 404")), InputState::kRead);
  EXPECT_EQ(state(view(kNumbers + R"("final_url":"https://shop.example/login",)")), InputState::kIncomplete);
  EXPECT_EQ(state(view(kNumbers + R"("final_url":"https://www.shop.example",)")), InputState::kRead);
  const std::string timed_out = R"({"URL":"https://shop.example/","result":99998,"loadTime":1000})";
  EXPECT_EQ(state(timed_out), InputState::kIncomplete);
  EXPECT_EQ(state(R"({"URL":"https://shop.example/","result":99999,"loadTime":1000})"), InputState::kRead);
  EXPECT_EQ(state("{}"), InputState::kIncomplete);
}

TEST(WebPageTest, ATestWithoutAResultIsIncomplete) {
  const std::string missing =
      R"({"data":{"statusCode":400,"statusText":"Test not found","id":"1"},"statusCode":400,"statusText":"Test not found"})";
  EXPECT_TRUE(is_recognised(webpagetest_format(), missing));
  const LabRead got = read_lab(webpagetest_format(), missing);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.input.message, "WebPageTest has no result: 'Test not found'");
  ASSERT_NE(got.gap("wpt."), nullptr);
  EXPECT_EQ(read_lab(webpagetest_format(), test("")).input.state, InputState::kIncomplete);
}

TEST(WebPageTest, OtherDocumentsAreNot) {
  EXPECT_FALSE(is_recognised(webpagetest_format(), R"({"data":{},"statusCode":200})"));
  EXPECT_FALSE(is_recognised(webpagetest_format(), R"({"runs":{}})"));
  EXPECT_FALSE(is_recognised(webpagetest_format(), R"([{"testUrl":"a","runs":{}}])"));
}

}  // namespace
}  // namespace budgetcheck
