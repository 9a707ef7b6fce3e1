#include "detect/capture/static_cache_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "detect/capture/uncompressed_response.h"
#include "unit/detect/capture/page_rules_testing.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

Rule rule() {
  Rule rule = rule_with("static-cache-headers", "min_bytes", 1000);
  add_param(rule, "min_age", 30.0 * 86'400'000);
  return rule;
}

std::vector<Finding> found(std::vector<Exchange> exchanges) {
  return findings_of(detect_static_cache_headers, rule(), std::move(exchanges));
}

Exchange file(const std::string& path, const std::string& cache_control, bool validator = true) {
  Exchange exchange = json_exchange("GET " + path, 5000);
  exchange.type = "script";
  exchange.mime_type = "text/javascript";
  exchange.cache_control = cache_control;
  exchange.has_validator = validator;
  return exchange;
}
const std::string kHashed = "/assets/index-BfA6cGt_.js";

TEST(StaticCacheHeaders, HashedFilesMustBeKeptForLong) {
  for (const char* good :
       {"public, max-age=31536000, immutable", "max-age=2592000", "immutable", "max-age=\"31536000\""}) {
    EXPECT_TRUE(found({file(kHashed, good)}).empty()) << good;
  }
  for (const char* bad : {"", "max-age=2591999", "no-cache", "max-age=31536000, no-cache", "no-store", "public",
                          "s-maxage=31536000", "max-age=-1", "max-age=x"}) {
    EXPECT_EQ(found({file(kHashed, bad)}).size(), 1U) << bad;
  }
}

TEST(StaticCacheHeaders, OneFindingForAFolderSaysWhatIsWrong) {
  const auto findings = found({file(kHashed, "max-age=0"), file("/assets/Home-HjW0ssLa.js", "max-age=0"),
                               file(kHashed, "max-age=0"), file("/other/x-0db6c1d5.js", "")});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "/assets/");
  EXPECT_EQ(findings[0].message,
            "2 files with a hash in their name below '/assets/' may not be kept for long: max-age is 0 "
            "('/assets/index-*.js' and others, 10 kB)");
  EXPECT_THAT(findings[1].message, HasSubstr("1 file with a hash in its name below '/other/'"));
  EXPECT_THAT(findings[1].message, HasSubstr("there is no Cache-Control"));
  EXPECT_EQ(findings[0].key, found({file("/assets/index-DRniB9A_.js", "no-store")})[0].key);
}

TEST(StaticCacheHeaders, FilesWithoutAHashNeedAnyHeader) {
  EXPECT_EQ(found({file("/logo.js", "", false)}).size(), 1U);
  EXPECT_TRUE(found({file("/logo.js", "", true)}).empty());
  EXPECT_TRUE(found({file("/logo.js", "no-store", false)}).empty());
  Exchange small = file("/logo.js", "", false);
  small.transfer_bytes = small.body_bytes = small.decoded_bytes = 999;
  EXPECT_TRUE(found({small}).empty());
  small.decoded_bytes = 1000;
  EXPECT_EQ(found({small}).size(), 1U);
}

TEST(StaticCacheHeaders, KeepsStillWhereNothingIsKnown) {
  const auto with = [](const std::function<void(Exchange&)>& change) {
    Exchange exchange = file(kHashed, "");
    change(exchange);
    return found({exchange}).size();
  };
  EXPECT_EQ(with([](Exchange&) {}), 1U);
  EXPECT_EQ(with([](Exchange& e) { e.headers_known = false; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.status = 304; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.status = 404; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.status = 0; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.type = "fetch"; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.type = "document"; }), 0U);
  EXPECT_EQ(with([](Exchange& e) { e.method = "POST"; }), 0U);
}

TEST(StaticCacheHeaders, FilesOfOthersAreTheirs) {
  Load load("/");
  load.document(0).host = "www.shop.example";
  Exchange own = file(kHashed, "");
  own.host = "cdn.shop.example:8443";
  Exchange other = file(kHashed, "");
  other.host = "cdn.other.example";
  EXPECT_EQ(found(together(load.exchanges, {own})).size(), 1U);
  EXPECT_TRUE(found(together(load.exchanges, {other})).empty());
  EXPECT_EQ(found({other}).size(), 1U) << "no page tells whose it is";
  const auto findings = findings_of(detect_uncompressed_response, rule_with("uncompressed-response", "min_bytes", 1400),
                                    together(load.exchanges, {own, other}));
  ASSERT_EQ(findings.size(), 1U) << "one name";
  Exchange elsewhere = file("/x.js", "");
  elsewhere.host = "cdn.other.example";
  const auto foreign = findings_of(detect_uncompressed_response, rule_with("uncompressed-response", "min_bytes", 1400),
                                   together(load.exchanges, {elsewhere}));
  ASSERT_EQ(foreign.size(), 1U);
  EXPECT_EQ(foreign[0].level, Level::kNote);
  EXPECT_THAT(foreign[0].message, HasSubstr("from another site"));
}

TEST(ContentHashInName, IsOneOnlyBeyondDoubt) {
  for (const char* hashed :
       {"/assets/index-BfA6cGt_.js", "/assets/discussion-Ck5Lem5-.js", "/main.0db6c1d5.js", "/small-KWLEAB6D.js",
        "/lazy-chart.c320aaa9.chunk.js", "/_next/static/chunks/main-app-1f2f6d3b941deb9d.js",
        "/_next/static/chunks/0cz1d0mv5g_q7.js", "/assets/logo-DFLFuckZ1.4f3b2a1c.png", "/1f2f6d3b941deb9d.css"}) {
    EXPECT_TRUE(has_content_hash(hashed)) << hashed;
  }
  for (const char* name : {"/roboto-v30-latin-regular.woff2", "/photo-20240101.jpg", "/banner-1920x1080.png",
                           "/jquery-3.7.1.min.js", "/UserProfileCard-TabPanelView.js", "/mockServiceWorker.js",
                           "/app.bundle.js", "/main-es2015.js", "/x-v1-latin.woff2", "/settings.js", "/styles", "",
                           "/bootstrap.min.css", "/IMG_20240101_123456.jpg", "/deadbeef.js", "/icon-192x192.png"}) {
    EXPECT_FALSE(has_content_hash(name)) << name;
  }
}

}  // namespace
}  // namespace budgetcheck
