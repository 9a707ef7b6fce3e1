#include "collect/lighthouse/crux.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;

/// As https://developer.chrome.com/docs/crux/api shows an answer.
std::string answer(const std::string& key, const std::string& metrics) {
  return R"({"record":{"key":{)" + key + R"(},"metrics":{)" + metrics +
         R"(},"collectionPeriod":{"firstDate":{"year":2026,"month":1,"day":1},"lastDate":{"year":2026,"month":1,)"
         R"("day":28}}},"urlNormalizationDetails":{"originalUrl":"https://shop.example/",)"
         R"("normalizedUrl":"https://shop.example/"}})";
}
const std::string kMetrics =
    R"("largest_contentful_paint":{"histogram":[{"start":0,"end":2500,"density":0.9}],"percentiles":{"p75":1800}},)"
    R"("interaction_to_next_paint":{"histogram":[],"percentiles":{"p75":150}},)"
    R"("cumulative_layout_shift":{"histogram":[{"start":"0.00","end":"0.10","density":0.9}],"percentiles":{"p75":"0.07"}},)"
    R"("experimental_time_to_first_byte":{"histogram":[],"percentiles":{"p75":600}},)"
    R"("form_factors":{"fractions":{"desktop":0.2,"phone":0.7,"tablet":0.1}})";
const std::string kPhone = R"("formFactor":"PHONE","url":"https://shop.example/")";

double single(const Collected& got, const std::string& name, const Labels& where) {
  const Sample* sample = got.find(name, where);
  const Single* value = sample == nullptr ? nullptr : std::get_if<Single>(&sample->value);
  return value == nullptr ? -1 : *value;
}

bool is_recognised(const std::string& text) {
  const auto content = content_from_string(text);
  return crux_format().recognises(sniff("f.json", *content, false));
}

TEST(Crux, APageOnPhones) {
  const std::string text = answer(kPhone, kMetrics);
  EXPECT_TRUE(is_recognised(text));
  const Collected got = collect_text(text, crux_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  const Labels where{{"page", "/"}, {"device", "mobile"}};
  EXPECT_EQ(single(got, "crux.lcp", where), 1800);
  EXPECT_EQ(single(got, "crux.inp", where), 150);
  EXPECT_EQ(single(got, "crux.cls", where), 0.07);
  EXPECT_EQ(single(got, "crux.ttfb", where), 600);
  EXPECT_EQ(got.find("crux.cls", where)->unit, Unit::kNone);
  ASSERT_NE(got.gap("crux.fcp"), nullptr);
  EXPECT_EQ(got.gap("crux.fcp")->where, where);
  EXPECT_TRUE(got.gap("crux.fcp")->input_at_fault);
}

TEST(Crux, AnOriginOnAllDevices) {
  const Collected got = collect_text(answer(R"("origin":"https://shop.example")", kMetrics), crux_format());
  EXPECT_EQ(single(got, "crux.lcp", {{"origin", "https://shop.example"}}), 1800);
}

TEST(Crux, ListsAndLinesAreRecordsOfTheirOwn) {
  const std::string desktop = answer(R"("formFactor":"DESKTOP","url":"https://shop.example/a")", kMetrics);
  for (const std::string& text :
       {"[" + answer(kPhone, kMetrics) + "," + desktop + "]", answer(kPhone, kMetrics) + "\n" + desktop + "\n"}) {
    EXPECT_TRUE(is_recognised(text));
    const Collected got = collect_text(text, crux_format());
    ASSERT_TRUE(got.result) << to_string(got.result.error());
    EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
    EXPECT_EQ(single(got, "crux.lcp", {{"page", "/"}, {"device", "mobile"}}), 1800);
    EXPECT_EQ(single(got, "crux.lcp", {{"page", "/a"}, {"device", "desktop"}}), 1800);
  }
}

TEST(Crux, OfAHistoryTheNewestPeriodCounts) {
  const std::string text =
      answer(kPhone, R"("largest_contentful_paint":{"percentilesTimeseries":{"p75s":[2000,1900,1850]}},)"
                     R"("first_contentful_paint":{"percentilesTimeseries":{"p75s":[1000,null]}})");
  EXPECT_TRUE(is_recognised(text));
  const Collected got = collect_text(text, crux_format());
  EXPECT_EQ(single(got, "crux.lcp", {{"page", "/"}, {"device", "mobile"}}), 1850);
  EXPECT_EQ(got.first("crux.fcp"), nullptr);
  EXPECT_NE(got.gap("crux.fcp"), nullptr);
}

TEST(Crux, ValuesThatAreNoNumbersAreOpen) {
  for (const char* value : {"null", "-1", "\"\"", "\"1e999\"", "{}"}) {
    const Collected got =
        collect_text(answer(kPhone, std::string(R"("largest_contentful_paint":{"percentiles":{"p75":)") + value + "}}"),
                     crux_format());
    EXPECT_EQ(got.first("crux.lcp"), nullptr) << value;
    EXPECT_NE(got.gap("crux.lcp"), nullptr) << value;
    EXPECT_EQ(got.input.state, InputState::kIncomplete) << value;
  }
  const Collected zero =
      collect_text(answer(kPhone, R"("cumulative_layout_shift":{"percentiles":{"p75":"0.00"}})"), crux_format());
  EXPECT_EQ(single(zero, "crux.cls", {{"page", "/"}, {"device", "mobile"}}), 0);
}

TEST(Crux, AnAnswerWithoutARecordIsIncomplete) {
  const Collected got =
      collect_text("[" + answer(kPhone, kMetrics) +
                       R"(,{"error":{"code":404,"message":"chrome ux report data not found","status":"NOT_FOUND"}}])",
                   crux_format());
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.input.message, "'/1' has no record");
  EXPECT_EQ(single(got, "crux.lcp", {{"page", "/"}, {"device", "mobile"}}), 1800);
}

TEST(Crux, ABrokenLineIsAnErrorWithItsPlace) {
  const Collected got =
      collect_text(answer(kPhone, kMetrics) + "\n" + answer(kPhone, kMetrics) + "\n{\"record\":\n", crux_format());
  ASSERT_FALSE(got.result);
  EXPECT_EQ(got.result.error().location.line, 3U);
}

TEST(Crux, OtherDocumentsAreNot) {
  EXPECT_FALSE(is_recognised(R"({"record":{"id":1}})"));
  EXPECT_FALSE(is_recognised(R"({"percentiles":{"p75":1}})"));
}

}  // namespace
}  // namespace budgetcheck
