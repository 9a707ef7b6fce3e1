#include "collect/lab/browsertime.h"

#include <gtest/gtest.h>

#include "unit/collect/lab/lab_testing.h"

namespace budgetcheck {
namespace {

using testing::is_recognised;
using testing::LabRead;
using testing::read_lab;

std::string script(const std::string& url, const std::string& load = "1800") {
  return R"({"timings":{"ttfb":210,"pageTimings":{"backEndTime":200,"domContentLoadedTime":1100,"pageLoadTime":)" +
         load +
         R"(},"userTimings":{"marks":[{"name":"hero","startTime":640.5}],"measures":[{"name":"boot","duration":90}]}},)"
         R"("pageinfo":{"url":")" +
         url + R"(","cumulativeLayoutShift":0.02}})";
}
/// A result as the collector of Browsertime builds it: lists with an element for each iteration.
std::string result(const std::string& scripts, const std::string& vitals, const std::string& more = "") {
  return R"({"info":{"browsertime":{"version":"25.0.0"},"url":"https://shop.example/","timestamp":"2026-01-05T10:00:00Z",)"
         R"("connectivity":{"engine":"throttle","profile":"cable"},"extra":{},"browser":{"name":"chrome","userAgent":)"
         R"("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36"}},"files":{},"statistics":{},)" +
         more + R"("browserScripts":[)" + scripts + R"(],"googleWebVitals":[)" + vitals + "]}";
}
const std::string kHome = "https://shop.example/";
const Labels kWhere{{"page", "/"}, {"browser", "chrome"}, {"connectivity", "cable"}, {"device", "desktop"}};
const std::string kVitals =
    R"({"ttfb":210,"firstContentfulPaint":700,"largestContentfulPaint":1500,"cumulativeLayoutShift":0.02,)"
    R"("totalBlockingTime":0})";

TEST(Browsertime, EachIterationIsARun) {
  const std::string one = result(
      script(kHome) + "," + script(kHome, "1900"),
      kVitals + R"(,{"ttfb":220,"firstContentfulPaint":720,"largestContentfulPaint":1600,)"
                R"("cumulativeLayoutShift":0,"totalBlockingTime":35})",
      R"("visualMetrics":[{"SpeedIndex":1000,"LastVisualChange":2000},{"SpeedIndex":1100,"LastVisualChange":2100}],)"
      R"("fullyLoaded":[3000,3100],"errors":[[],[]],)");
  for (const std::string& text : {"[" + one + "]", one}) {
    EXPECT_TRUE(is_recognised(browsertime_format(), text));
    const LabRead got = read_lab(browsertime_format(), text);
    ASSERT_TRUE(got.result);
    EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
    EXPECT_EQ(got.runs("browsertime.lcp", kWhere), (std::vector<double>{1500, 1600}));
    EXPECT_EQ(got.runs("browsertime.cls", kWhere), (std::vector<double>{0.02, 0}));
    EXPECT_EQ(got.runs("browsertime.tbt", kWhere), (std::vector<double>{0, 35}));
    EXPECT_EQ(got.runs("browsertime.load", kWhere), (std::vector<double>{1800, 1900}));
    EXPECT_EQ(got.runs("browsertime.si", kWhere), (std::vector<double>{1000, 1100}));
    EXPECT_EQ(got.runs("browsertime.fully-loaded", kWhere), (std::vector<double>{3000, 3100}));
    EXPECT_EQ(got.runs("browsertime.user-timing.hero", kWhere), (std::vector<double>{640.5, 640.5}));
    EXPECT_EQ(got.runs("browsertime.user-timing.boot", kWhere), (std::vector<double>{90, 90}));
    ASSERT_NE(got.gap("browsertime.inp"), nullptr);
  }
}

TEST(Browsertime, OlderResultsHaveTheirNumbersInTheScripts) {
  const LabRead got = read_lab(browsertime_format(), "[" + result(script(kHome), "") + "]");
  EXPECT_EQ(got.runs("browsertime.ttfb", kWhere), (std::vector<double>{210}));
  EXPECT_EQ(got.runs("browsertime.cls", kWhere), (std::vector<double>{0.02}));
  EXPECT_NE(got.gap("browsertime.lcp"), nullptr);
}

TEST(Browsertime, AnIterationThatFailedOrWasLedElsewhereMeasuresNothing) {
  const LabRead failed = read_lab(
      browsertime_format(),
      "[" +
          result(script(kHome) + "," + script(kHome), kVitals + "," + kVitals,
                 R"("errors":[[],["The server responded with a 500 status code for https://shop.example/?k=v"]],)") +
          "]");
  EXPECT_EQ(failed.input.state, InputState::kIncomplete);
  EXPECT_EQ(failed.runs("browsertime.lcp", kWhere), (std::vector<double>{1500}));
  EXPECT_EQ(failed.input.message.find("k=v"), std::string::npos) << failed.input.message;
  const LabRead led = read_lab(browsertime_format(), result(script("https://shop.example/login"), kVitals));
  EXPECT_EQ(led.input.state, InputState::kIncomplete);
  EXPECT_TRUE(led.facts.samples.empty());
  ASSERT_NE(led.gap("browsertime."), nullptr);
  EXPECT_EQ(*led.gap("browsertime.")->where.find("page"), "/");
  const LabRead same = read_lab(browsertime_format(), result(script("https://www.shop.example"), kVitals));
  EXPECT_EQ(same.input.state, InputState::kRead) << same.input.message;
}

TEST(Browsertime, AFailedTestIsIncomplete) {
  const LabRead marked =
      read_lab(browsertime_format(), result(script(kHome), kVitals, R"("markedAsFailure":1,"failureMessages":["x"],)"));
  EXPECT_EQ(marked.input.state, InputState::kIncomplete);
  const LabRead nothing =
      read_lab(browsertime_format(), R"([{"markedAsFailure":1,"failureMessages":["no browsertime info"]}])");
  EXPECT_EQ(nothing.input.state, InputState::kIncomplete);
  EXPECT_EQ(nothing.input.message, "Browsertime marked the test as failed");
  EXPECT_EQ(read_lab(browsertime_format(), result("", "")).input.state, InputState::kIncomplete);
}

TEST(Browsertime, AnAliasIsAStep) {
  std::string text = result(script(kHome), kVitals);
  text.replace(text.find("\"timestamp\""), 0, R"("alias":"Home",)");
  Labels where = kWhere;
  where.set("step", "Home");
  EXPECT_EQ(read_lab(browsertime_format(), text).runs("browsertime.lcp", where), (std::vector<double>{1500}));
}

TEST(Browsertime, OtherDocumentsAreNot) {
  EXPECT_FALSE(is_recognised(browsertime_format(), R"({"info":{"browsertime":{}}})"));
  EXPECT_FALSE(is_recognised(browsertime_format(), R"([{"info":{"title":"API"}}])"));
  EXPECT_FALSE(is_recognised(browsertime_format(), R"({"info":{},"statistics":{}})"));
}

}  // namespace
}  // namespace budgetcheck
