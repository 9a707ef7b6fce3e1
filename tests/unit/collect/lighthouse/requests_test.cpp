#include "collect/lighthouse/requests.h"

#include <gtest/gtest.h>

#include <array>

#include "unit/collect/lighthouse/lighthouse_testing.h"

namespace budgetcheck {
namespace {

using testing::collect_text;
using testing::Collected;
using testing::kHomeMobile;
using testing::lhr;

Labels home(const std::string& name, const std::string& value) {
  Labels labels = kHomeMobile;
  labels.set(name, value);
  return labels;
}

std::string request(const std::string& url, const std::string& type, const std::string& bytes,
                    const std::string& entity) {
  return R"({"url":")" + url + R"(","resourceType":")" + type + R"(","transferSize":)" + bytes + R"(,"entity":")" +
         entity + R"("})";
}

/// A shop with a script of its own, a tag manager on two hosts and a favicon.
std::string requests(const std::string& more = "") {
  return R"("network-requests":{"scoreDisplayMode":"informative","details":{"items":[)" +
         request("https://shop.example/?token=s3cret", "Document", "1000", "shop.example") + "," +
         request("https://shop.example/app.js", "Script", "5000", "shop.example") + "," +
         request("https://www.tags.example/gtm.js", "Script", "300", "Tag Manager") + "," +
         request("https://collect.tags.example/hit", "Fetch", "20", "Tag Manager") + "," +
         request("https://shop.example/favicon.ico", "Other", "77", "shop.example") + "," +
         request("data:image/png;base64,AAAA", "Image", "0", "") + more + "]}}";
}

TEST(PageRequests, AreSummedByOriginAndTheOwnIsCalledSelf) {
  const Collected got = collect_text(lhr(requests()));
  EXPECT_EQ(got.value("lighthouse.resource.total.bytes", home("origin", "self")), 6000);
  EXPECT_EQ(got.value("lighthouse.resource.total.requests", home("origin", "self")), 2);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", home("origin", "self")), 5000);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", home("origin", "https://www.tags.example")), 300);
  EXPECT_EQ(got.value("lighthouse.resource.other.requests", home("origin", "https://collect.tags.example")), 1);
  EXPECT_EQ(got.find("lighthouse.resource.image.bytes", home("origin", "self")), nullptr);
}

TEST(PageRequests, AThirdPartyIsOneEntityWithAllItsOrigins) {
  const Collected got = collect_text(lhr(requests()));
  EXPECT_EQ(got.value("lighthouse.resource.third-party.bytes", home("entity", "Tag Manager")), 320);
  EXPECT_EQ(got.value("lighthouse.resource.third-party.requests", home("entity", "Tag Manager")), 2);
  EXPECT_EQ(got.find("lighthouse.resource.third-party.bytes", home("entity", "shop.example")), nullptr);
}

TEST(PageRequests, GiveTheSumsWhereTheSummaryIsLeftOut) {
  const Collected got = collect_text(lhr(requests()));
  EXPECT_EQ(got.value("lighthouse.resource.total.bytes", kHomeMobile), 6320);
  EXPECT_EQ(got.value("lighthouse.resource.total.requests", kHomeMobile), 4);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", kHomeMobile), 5300);
}

TEST(PageRequests, ASizeThatIsNotKnownLeavesItsSumOpen) {
  const Collected got = collect_text(lhr(requests("," + request("https://x.example/", "Script", "-1", "X"))));
  const Labels where = home("origin", "https://x.example");
  EXPECT_EQ(got.value("lighthouse.resource.total.requests", where), 1);
  EXPECT_EQ(got.find("lighthouse.resource.total.bytes", where), nullptr);
  EXPECT_EQ(got.find("lighthouse.resource.total.bytes", kHomeMobile), nullptr);
  const Unmeasured* gap = got.gap("lighthouse.resource.total.bytes");
  ASSERT_NE(gap, nullptr);
  EXPECT_EQ(gap->where, where);
  EXPECT_EQ(gap->reason, "the size of 1 of 1 request is unknown");
}

TEST(PageRequests, TellNothingOfAQueryString) {
  for (const Sample& sample : collect_text(lhr(requests())).facts.samples) {
    EXPECT_EQ(to_string(sample.where).find("s3cret"), std::string::npos);
  }
}

TEST(PageRequests, OfMoreOriginsThanAnyPageHasTheRestIsSaid) {
  std::string more;
  for (std::size_t i = 0; i < PageRequests::kMaxOrigins + 1; ++i) {
    more += "," + request("https://o" + std::to_string(i) + ".example/a.js", "Script", "1", "");
  }
  const Collected got = collect_text(lhr(requests(more)));
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.message.find("4 requests beyond the first 1000 origins left out"), std::string::npos)
      << got.input.message;
}

// A real run of Lighthouse 13.5 on a Next.js page: its requests, and what its own `resource-summary` says of them.
TEST(PageRequests, EqualWhatLighthouseSummedItself) {
  struct Row {
    const char* path;
    const char* type;
    int bytes;
  };
  constexpr std::array<Row, 10> kRows{{
      {"/dashboard", "Document", 2361},
      {"/_next/static/css/af98c6805632eb25.css", "Stylesheet", 370},
      {"/_next/static/chunks/webpack-b441c9bd076b679e.js", "Script", 2116},
      {"/_next/static/chunks/4bd1b696-c7408084347438ae.js", "Script", 64494},
      {"/_next/static/chunks/794-268803444e87b940.js", "Script", 67674},
      {"/_next/static/chunks/main-app-1f2f6d3b941deb9d.js", "Script", 860},
      {"/_next/static/chunks/e37a0b60-6f87d29067b8a0f9.js", "Script", 25526},
      {"/_next/static/chunks/271-1f4e530a09f2712b.js", "Script", 97906},
      {"/_next/static/chunks/app/dashboard/page-2fc824247ce67bcd.js", "Script", 843},
      {"/favicon.ico", "Other", 293},
  }};
  std::string items;
  for (const Row& row : kRows) {
    items += (items.empty() ? "" : ",") + request("https://shop.example" + std::string(row.path), row.type,
                                                  std::to_string(row.bytes), "shop.example");
  }
  const Collected got =
      collect_text(lhr(R"("network-requests":{"scoreDisplayMode":"informative","details":{"items":[)" + items + "]}}"));
  const Labels self = home("origin", "self");
  EXPECT_EQ(got.value("lighthouse.resource.total.requests", self), 9);
  EXPECT_EQ(got.value("lighthouse.resource.total.bytes", self), 262150);
  EXPECT_EQ(got.value("lighthouse.resource.script.requests", self), 7);
  EXPECT_EQ(got.value("lighthouse.resource.script.bytes", self), 259419);
  EXPECT_EQ(got.value("lighthouse.resource.document.bytes", self), 2361);
  EXPECT_EQ(got.value("lighthouse.resource.stylesheet.bytes", self), 370);
}

std::string insight(const std::string& id, const std::string& mode, const std::string& rest) {
  return "\"" + id + R"(":{"scoreDisplayMode":")" + mode + "\"" + rest + "}";
}

TEST(LighthouseSavings, OfAnInsightAreMeasured) {
  const Collected got = collect_text(lhr(
      insight("render-blocking-insight", "metricSavings", R"(,"score":0,"metricSavings":{"FCP":150,"LCP":0})") + "," +
      insight("image-delivery-insight", "metricSavings",
              R"(,"metricSavings":{"LCP":0},"details":{"debugData":{"wastedBytes":181656}})") +
      "," + insight("cls-culprits-insight", "numeric", R"(,"metricSavings":{"CLS":0.2})") + "," +
      insight("bootup-time", "metricSavings", R"(,"metricSavings":{"TBT":50})")));
  EXPECT_EQ(got.value("lighthouse.savings.render-blocking-insight.fcp", kHomeMobile), 150);
  EXPECT_EQ(got.value("lighthouse.savings.render-blocking-insight.lcp", kHomeMobile), 0);
  EXPECT_EQ(got.value("lighthouse.savings.image-delivery-insight.bytes", kHomeMobile), 181656);
  EXPECT_EQ(got.first("lighthouse.savings.cls-culprits-insight.cls"), nullptr);
  EXPECT_EQ(got.first("lighthouse.savings.bootup-time.tbt"), nullptr);
  EXPECT_EQ(got.answer("lighthouse.render-blocking-insight"),
            "the audit 'render-blocking-insight' has no number in Lighthouse 13.5.0 | budget what it says could be "
            "saved, 'lighthouse.savings.render-blocking-insight.lcp' | budget");
}

TEST(LighthouseSavings, OfAnInsightThatDidNotApplyAreOpen) {
  const Collected got = collect_text(lhr(insight("lcp-discovery-insight", "notApplicable", "") + "," +
                                         insight("font-display-insight", "error", R"(,"errorMessage":"boom")")));
  ASSERT_NE(got.gap("lighthouse.savings.lcp-discovery-insight."), nullptr);
  EXPECT_FALSE(got.gap("lighthouse.savings.lcp-discovery-insight.")->input_at_fault);
  ASSERT_NE(got.gap("lighthouse.savings.font-display-insight."), nullptr);
  EXPECT_TRUE(got.gap("lighthouse.savings.font-display-insight.")->input_at_fault);
}

}  // namespace
}  // namespace budgetcheck
