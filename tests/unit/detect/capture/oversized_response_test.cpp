#include "detect/capture/oversized_response.h"

#include <gtest/gtest.h>

#include "unit/detect/capture/exchange_rule_testing.h"

namespace budgetcheck {
namespace {

std::vector<Finding> found(std::vector<Exchange> exchanges) {
  return findings_of(detect_oversized_response, rule_with("oversized-response", "max_bytes", 1e6),
                     std::move(exchanges));
}

TEST(OversizedResponse, FiresOncePerRouteWithTheNumbers) {
  const auto findings = found({json_exchange("GET /api/users", 1.5e6), json_exchange("GET /api/users", 2.5e6),
                               json_exchange("GET /api/posts", 3e6)});
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "GET /api/posts");
  EXPECT_EQ(findings[1].message,
            "'GET /api/users' answers with 2.5 MB of JSON, more than 1 MB (2 responses, 4 MB in all)");
  EXPECT_EQ(findings[1].magnitude, 2.5e6);
  EXPECT_FALSE(findings[1].fix.text.empty());
}

TEST(OversizedResponse, TheLimitItselfIsFineAndOneByteMoreIsNot) {
  EXPECT_TRUE(found({json_exchange("GET /a", 1e6)}).empty());
  const auto findings = found({json_exchange("GET /a", 1e6 + 1)});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].message.find("answers with 1 MB of"), std::string::npos) << findings[0].message;
}

TEST(OversizedResponse, CompressionDoesNotHideIt) {
  Exchange compressed = json_exchange("GET /a", 2e6);
  compressed.content_encoding = "br";
  compressed.body_bytes = 90'000;
  EXPECT_EQ(found({compressed}).size(), 1U);
}

TEST(OversizedResponse, KeepsStillForWhatIsNoJsonOfTheApplication) {
  Exchange script = json_exchange("GET /app.js", 5e6);
  script.type = "script";
  script.mime_type = "text/javascript";
  Exchange page = json_exchange("GET /", 5e6);
  page.type = "document";
  page.mime_type = "text/html";
  Exchange broken = json_exchange("GET /a", 5e6);
  broken.status = 0;
  Exchange unknown = json_exchange("GET /b", 5e6);
  unknown.decoded_bytes = -1;
  unknown.body_bytes = -1;
  EXPECT_TRUE(found({script, page, broken, unknown}).empty());
}

TEST(OversizedResponse, SaysAtLeastWhenOnlyTheWireSizeIsKnown) {
  Exchange exchange = json_exchange("GET /a", 2e6);
  exchange.decoded_bytes = -1;
  const auto findings = found({exchange});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_NE(findings[0].message.find("at least 2 MB"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
