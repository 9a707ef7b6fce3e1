#include "collect/lighthouse/html_page.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;
using testing::kHomeMobile;

std::string page(const std::string& script, const std::string& title = "Lighthouse Report") {
  return "<!--\n@license\n-->\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>" + title +
         "</title>\n</head>\n<body>\n<script>" + script + "</script>\n<script>console.log(1);</script></body></html>\n";
}

std::string run(const std::string& audits = testing::numeric("largest-contentful-paint", "2100")) {
  return "window.__LIGHTHOUSE_JSON__ = " + testing::lhr(audits) + ";";
}

TEST(LighthousePage, TheResultIsInTheScript) {
  const std::string text = page(run());
  const auto content = content_from_string(text);
  EXPECT_TRUE(lighthouse_page_format().recognises(sniff("report.html", *content, false)));
  const Collected got = collect_text(text, lighthouse_page_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("lighthouse.lcp", kHomeMobile), 2100);
}

TEST(LighthousePage, ARealResultGivesTheSameNumbersAsItsJson) {
  const std::string json = testing::fixture("lh13-home-mobile-1");
  std::string escaped;
  for (const char c : json) {  // as Lighthouse's own generator writes it
    escaped += c == '<' ? std::string("\\u003c") : std::string(1, c);
  }
  const Collected got = collect_text(page("window.__LIGHTHOUSE_JSON__ = " + escaped + ";"), lighthouse_page_format());
  const Collected wanted = collect_text(json);
  ASSERT_TRUE(got.result) << to_string(got.result.error());
  ASSERT_EQ(got.facts.samples.size(), wanted.facts.samples.size());
  for (std::size_t i = 0; i < wanted.facts.samples.size(); ++i) {
    EXPECT_EQ(aggregate(got.facts.samples[i], Stat::kMedian), aggregate(wanted.facts.samples[i], Stat::kMedian))
        << wanted.facts.samples[i].metric;
  }
}

TEST(LighthousePage, AFlowIsReadAsAFlow) {
  const std::string text =
      page("window.__LIGHTHOUSE_FLOW_JSON__ = {\"name\":\"Shop\",\"steps\":[{\"name\":\"Open\",\"lhr\":" +
               testing::lhr(testing::numeric("largest-contentful-paint", "2100")) + "}]};",
           "Lighthouse Flow Report");
  const auto content = content_from_string(text);
  EXPECT_TRUE(lighthouse_page_format().recognises(sniff("report.html", *content, false)));
  const Collected got = collect_text(text, lighthouse_page_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("lighthouse.lcp", {{"page", "/"}, {"device", "mobile"}, {"step", "Open"}}), 2100);
}

TEST(LighthousePage, APageThatIsCutOffOrEmptyIsAnError) {
  const std::string whole = page(run());
  const std::size_t middle = whole.find("numericValue");
  const Collected cut = collect_text(whole.substr(0, middle), lighthouse_page_format());
  ASSERT_FALSE(cut.result);
  EXPECT_NE(cut.result.error().message.find("cut off"), std::string::npos);
  const Collected empty = collect_text(page("var x = 1;"), lighthouse_page_format());
  ASSERT_FALSE(empty.result);
  EXPECT_NE(empty.result.error().hint.find("--output=json"), std::string::npos);
}

TEST(LighthousePage, OtherPagesAreNot) {
  const auto content = content_from_string(page("var x = 1;", "Shop"));
  EXPECT_FALSE(lighthouse_page_format().recognises(sniff("index.html", *content, false)));
}

}  // namespace
}  // namespace budgetcheck
