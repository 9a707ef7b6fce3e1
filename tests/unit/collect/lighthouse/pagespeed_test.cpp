#include "collect/lighthouse/pagespeed.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;
using testing::kHomeMobile;

/// As the API's documentation shows it.
std::string experience(const std::string& more, const std::string& metrics) {
  return "{" + more + R"("metrics":{)" + metrics + R"(},"overall_category":"FAST"})";
}
std::string metric(const std::string& name, const std::string& percentile) {
  return "\"" + name + R"(":{"percentile":)" + percentile +
         R"(,"distributions":[{"min":0,"max":2500,"proportion":0.9}],"category":"FAST"})";
}
std::string answer(const std::string& members) {
  return R"({"captchaResult":"CAPTCHA_NOT_NEEDED","kind":"pagespeedonline#result","id":"https://shop.example/",)" +
         members + R"(,"analysisUTCTimestamp":"2026-01-05T10:00:00.000Z"})";
}
const std::string kLab =
    R"("lighthouseResult":)" + testing::lhr(testing::numeric("largest-contentful-paint", "2100.5"));

double single(const Collected& got, const std::string& name, const Labels& where) {
  const Sample* sample = got.find(name, where);
  const Single* value = sample == nullptr ? nullptr : std::get_if<Single>(&sample->value);
  return value == nullptr ? -1 : *value;
}

TEST(PageSpeed, LabAndFieldAreApart) {
  const std::string text =
      answer(R"("loadingExperience":)" +
             experience(R"("id":"https://shop.example/",)", metric("LARGEST_CONTENTFUL_PAINT_MS", "2400") + "," +
                                                                metric("CUMULATIVE_LAYOUT_SHIFT_SCORE", "5") + "," +
                                                                metric("INTERACTION_TO_NEXT_PAINT", "180")) +
             R"(,"originLoadingExperience":)" +
             experience(R"("id":"https://shop.example",)", metric("LARGEST_CONTENTFUL_PAINT_MS", "1900")) + "," + kLab);
  const auto content = content_from_string(text);
  EXPECT_TRUE(pagespeed_format().recognises(sniff("psi.json", *content, false)));
  const Collected got = collect_text(text, pagespeed_format());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("lighthouse.lcp", kHomeMobile), 2100.5);
  EXPECT_EQ(single(got, "crux.lcp", kHomeMobile), 2400);
  EXPECT_EQ(single(got, "crux.inp", kHomeMobile), 180);
  EXPECT_DOUBLE_EQ(single(got, "crux.cls", kHomeMobile), 0.05);
  EXPECT_EQ(single(got, "crux.lcp", {{"origin", "https://shop.example"}, {"device", "mobile"}}), 1900);
  EXPECT_EQ(got.find("crux.lcp", kHomeMobile)->unit, Unit::kMilliseconds);
  EXPECT_EQ(got.find("crux.lcp", kHomeMobile)->location.pointer,
            "/loadingExperience/metrics/LARGEST_CONTENTFUL_PAINT_MS/percentile");
  ASSERT_NE(got.gap("crux.fcp"), nullptr);
  EXPECT_TRUE(got.gap("crux.fcp")->input_at_fault);
}

TEST(PageSpeed, TheOriginIsNotThePage) {
  const Collected got = collect_text(
      answer(R"("loadingExperience":)" +
             experience(R"("id":"https://shop.example/cart","origin_fallback":true,)",
                        metric("LARGEST_CONTENTFUL_PAINT_MS", "2400")) +
             R"(,"originLoadingExperience":)" +
             experience(R"("id":"https://shop.example",)", metric("LARGEST_CONTENTFUL_PAINT_MS", "2400")) + "," + kLab),
      pagespeed_format());
  EXPECT_EQ(got.find("crux.lcp", {{"page", "/cart"}, {"device", "mobile"}}), nullptr);
  EXPECT_EQ(single(got, "crux.lcp", {{"origin", "https://shop.example"}, {"device", "mobile"}}), 2400);
  ASSERT_NE(got.gap("crux.lcp"), nullptr);
  EXPECT_EQ(*got.gap("crux.lcp")->where.find("page"), "/cart");
}

TEST(PageSpeed, APageThatTooFewVisitHasNoFieldData) {
  const Collected got = collect_text(answer(R"("loadingExperience":{"initial_url":"https://shop.example/"},)" + kLab),
                                     pagespeed_format());
  EXPECT_EQ(got.value("lighthouse.lcp", kHomeMobile), 2100.5);
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_NE(got.input.message.find("no field data"), std::string::npos);
  ASSERT_NE(got.gap("crux.lcp"), nullptr);
}

TEST(PageSpeed, FieldDataAloneNamesNoDevice) {
  const Collected got =
      collect_text(answer(R"("loadingExperience":)" + experience("", metric("LARGEST_CONTENTFUL_PAINT_MS", "2400"))),
                   pagespeed_format());
  EXPECT_EQ(single(got, "crux.lcp", {{"page", "/"}}), 2400);
}

TEST(PageSpeed, ALabRunThatFailedIsIncomplete) {
  const Collected got =
      collect_text(answer(R"("lighthouseResult":)" + testing::lhr(testing::numeric("largest-contentful-paint", "1"),
                                                                  R"("runtimeError":{"code":"NO_FCP"},)")),
                   pagespeed_format());
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
}

}  // namespace
}  // namespace budgetcheck
