#include "collect/lighthouse/answer.h"

#include <gtest/gtest.h>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;
using testing::numeric;

Collected navigation(const std::string& asked, const std::string& reached, const std::string& mode = "navigation",
                     const std::string& more_audits = "") {
  return collect_text(R"({"lighthouseVersion":"13.0.0","gatherMode":")" + mode + R"(","requestedUrl":")" + asked +
                      R"(","mainDocumentUrl":")" + reached + R"(","finalDisplayedUrl":")" + reached +
                      R"(","configSettings":{"formFactor":"mobile"},"audits":{)" +
                      numeric("largest-contentful-paint", "2100") + more_audits + "}}");
}

TEST(LighthouseAnswer, ALoginInThePlaceOfThePageMeasuresNothing) {
  const Collected got = navigation("https://shop.example/account", "https://shop.example/login?next=%2Faccount");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.message.find("'/account' led to '/login?~"), std::string::npos) << got.input.message;
  EXPECT_EQ(got.input.message.find("next="), std::string::npos) << got.input.message;
  EXPECT_TRUE(got.facts.samples.empty());
  ASSERT_NE(got.gap("lighthouse."), nullptr);
  EXPECT_EQ(*got.gap("lighthouse.")->where.find("page"), "/account");
  EXPECT_TRUE(got.gap("lighthouse.")->input_at_fault);
}

TEST(LighthouseAnswer, AScriptThatLeadsToAnotherPageCountsToo) {
  const Collected got =
      collect_text(R"({"lighthouseVersion":"13.0.0","requestedUrl":"https://shop.example/account","mainDocumentUrl":)"
                   R"("https://shop.example/account","finalDisplayedUrl":"https://shop.example/login","audits":{)" +
                   numeric("largest-contentful-paint", "2100") + "}}");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
}

TEST(LighthouseAnswer, TheSamePageUnderAnotherSpellingIsThePage) {
  for (const auto& [asked, reached] : std::vector<std::pair<std::string, std::string>>{
           {"https://shop.example/about", "https://shop.example/about/"},
           {"http://shop.example/about", "https://shop.example/about"},
           {"https://shop.example/about", "https://www.shop.example/about"},
           {"https://shop.example/", "https://shop.example/en"},
           {"https://shop.example/about?a=1", "https://shop.example/about"},
           {"https://shop.example/about", ""},
           {"https://shop.example/about", "chrome-error://chromewebdata/"},
       }) {
    const Collected got = navigation(asked, reached);
    EXPECT_EQ(got.input.state, InputState::kRead) << asked << " " << reached << " " << got.input.message;
    EXPECT_NE(got.first("lighthouse.lcp"), nullptr) << asked << " " << reached;
  }
}

TEST(LighthouseAnswer, ATimespanMayEndElsewhere) {
  const Collected got = navigation("https://shop.example/cart", "https://shop.example/done", "timespan");
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_NE(got.first("lighthouse.lcp"), nullptr);
}

TEST(LighthouseAnswer, AnErrorPageMeasuresNothing) {
  const auto status = [](const std::string& score, const std::string& shown) {
    return R"(,"http-status-code":{"scoreDisplayMode":"binary","score":)" + score + R"(,"displayValue":")" + shown +
           "\"}";
  };
  const std::string page = "https://shop.example/";
  const Collected missing = navigation(page, page, "navigation", status("0", "404"));
  EXPECT_EQ(missing.input.state, InputState::kIncomplete);
  EXPECT_NE(missing.input.message.find("answered with 404"), std::string::npos) << missing.input.message;
  EXPECT_TRUE(missing.facts.samples.empty());
  EXPECT_EQ(navigation(page, page, "navigation", status("0", "400")).input.state, InputState::kIncomplete);
  EXPECT_EQ(navigation(page, page, "navigation", status("0", "399")).input.state, InputState::kRead);
  EXPECT_EQ(navigation(page, page, "navigation", status("1", "")).input.state, InputState::kRead);
  EXPECT_EQ(navigation(page, page, "navigation", status("null", "")).input.state, InputState::kRead);
}

TEST(LighthouseAnswer, TheRequestsSayTheStatusWhereTheAuditWasLeftOut) {
  const auto requests = [](const std::string& url, int status, const std::string& type) {
    return R"(,"network-requests":{"scoreDisplayMode":"informative","details":{"items":[{"url":")" + url +
           R"(","resourceType":")" + type + R"(","transferSize":100,"statusCode":)" + std::to_string(status) + "}]}}";
  };
  const std::string page = "https://shop.example/";
  const auto state = [&](const std::string& more) { return navigation(page, page, "navigation", more).input.state; };
  EXPECT_EQ(state(requests(page, 503, "Document")), InputState::kIncomplete);
  EXPECT_EQ(state(requests(page, 400, "Document")), InputState::kIncomplete);
  EXPECT_EQ(state(requests(page, 399, "Document")), InputState::kRead);
  EXPECT_EQ(state(requests("https://ads.example/frame", 404, "Document")), InputState::kRead);
  EXPECT_EQ(state(requests(page, 404, "Fetch")), InputState::kRead);
}

}  // namespace
}  // namespace budgetcheck
