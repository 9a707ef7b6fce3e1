#include "detect/capture/uncompressed_response.h"

#include <gtest/gtest.h>

#include "unit/detect/capture/exchange_rule_testing.h"

namespace budgetcheck {
namespace {

std::vector<Finding> found(std::vector<Exchange> exchanges) {
  return findings_of(detect_uncompressed_response, rule_with("uncompressed-response", "min_bytes", 1400),
                     std::move(exchanges));
}

TEST(UncompressedResponse, FiresOncePerRouteWithTheNumbers) {
  Exchange second = json_exchange("GET /api/users", 17000);
  second.location.pointer = "/log/entries/7";
  const auto findings = found({json_exchange("GET /api/users", 3000), second, json_exchange("GET /api/posts", 90000)});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "GET /api/posts");  // worst first
  EXPECT_EQ(findings[1].message,
            "'GET /api/users' sends 17 kB of application/json without compression (2 responses, 20 kB in all)");
  EXPECT_EQ(findings[1].location.pointer, "/log/entries/7");
  EXPECT_EQ(findings[1].evidence.count, 2U);
  EXPECT_EQ(findings[1].evidence.route, "GET /api/users");
  EXPECT_EQ(findings[1].magnitude, 17000);
  EXPECT_NE(findings[1].fix.text.find("application/json"), std::string::npos);
  EXPECT_NE(findings[0].key, findings[1].key);
}

TEST(UncompressedResponse, TheLimitItselfFiresAndOneByteLessDoesNot) {
  EXPECT_EQ(found({json_exchange("GET /a", 1400)}).size(), 1U);
  EXPECT_TRUE(found({json_exchange("GET /a", 1399)}).empty());
}

TEST(UncompressedResponse, KeepsStillWhereNothingWentUncompressed) {
  Exchange compressed = json_exchange("GET /gzip", 17000);
  compressed.content_encoding = "gzip";
  compressed.body_bytes = 3000;
  Exchange header_lost = json_exchange("GET /lost", 17000);
  header_lost.body_bytes = 3000;
  Exchange cached = json_exchange("GET /cached", 17000);
  cached.from_cache = true;
  Exchange image = json_exchange("GET /logo", 17000);
  image.mime_type = "image/png";
  Exchange font = json_exchange("GET /font", 17000);
  font.mime_type = "font/woff2";
  Exchange events = json_exchange("GET /events", 17000);
  events.mime_type = "text/event-stream";
  Exchange error = json_exchange("GET /error", 17000);
  error.status = 500;
  Exchange part = json_exchange("GET /part", 17000);
  part.status = 206;
  Exchange unknown = json_exchange("GET /unknown", 17000);
  unknown.decoded_bytes = -1;
  Exchange unsized = json_exchange("GET /unsized", 17000);
  unsized.body_bytes = -1;
  unsized.transfer_bytes = -1;
  const auto findings = found({compressed, header_lost, cached, image, font, events, error, part, unknown, unsized});
  EXPECT_TRUE(findings.empty()) << findings[0].message;
}

TEST(UncompressedResponse, SeesIdentityAndTheTransferSizeWhereTheBodysIsMissing) {
  Exchange identity = json_exchange("GET /a", 17000);
  identity.content_encoding = "identity";
  identity.body_bytes = -1;
  identity.transfer_bytes = 17100;
  EXPECT_EQ(found({identity}).size(), 1U);
}

TEST(UncompressedResponse, AHashedFileHasTheSameKeyAfterTheNextBuild) {
  Exchange before = json_exchange("GET /assets/index-BfA6cGt_.js", 90000);
  before.type = "script";
  before.mime_type = "text/javascript";
  Exchange after = before;
  after.path = "/assets/index-DRniB9A_.js";
  const auto first = found({before});
  const auto second = found({after});
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(first[0].subject, "/assets/index-BfA6cGt_.js");
  EXPECT_EQ(first[0].key, second[0].key);
}

TEST(UncompressedResponse, IgnoresWhatTheBudgetsFileExempts) {
  Rule rule = rule_with("uncompressed-response", "min_bytes", 1400);
  for (const char* glob : {"GET /api/users", "/api/*", "localhost*"}) {
    rule.ignore = {glob};
    EXPECT_TRUE(findings_of(detect_uncompressed_response, rule, {json_exchange("GET /api/users", 17000)}).empty());
  }
  rule.ignore = {"/other"};
  EXPECT_EQ(findings_of(detect_uncompressed_response, rule, {json_exchange("GET /api/users", 17000)}).size(), 1U);
}

}  // namespace
}  // namespace budgetcheck
