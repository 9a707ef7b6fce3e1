#include "collect/logs/load_balancer_log.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

std::string application(const std::string& times, const std::string& status = "200", const std::string& type = "https",
                        const std::string& request = "GET https://www.example.com:443/a?token=s3cr3t HTTP/1.1") {
  return type + " 2026-07-02T22:23:00.186641Z app/my-lb/50dc6c495c0c9188 192.0.2.39:2817 10.0.0.1:80 " + times + " " +
         status + " " + status + R"( 0 57 ")" + request +
         R"(" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x "Root=1-58337281" "www.example.com" "arn:aws:acm" 1 2026-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.0.1:80" "200" "-" "-")" +
         "\n";
}

TEST(LoadBalancerLog, TheTimeIsTheSumOfItsThreeParts) {
  const std::string text = application("0.001 0.048 0.002");
  const Read read = access(text);
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  ASSERT_EQ(read.values("payload.time", "GET /a").size(), 1U);
  EXPECT_DOUBLE_EQ(read.values("payload.time", "GET /a")[0], 51);
  EXPECT_THAT(read.values("payload.transfer", "GET /a"), ElementsAre(57));
  EXPECT_NE(read.gap("payload.body"), nullptr);
  EXPECT_EQ(format_of(text), "access-log");
}

TEST(LoadBalancerLog, WhatNoTargetAnsweredHasNoTime) {
  const Read read = access(application("0.000 0.048 0.000") + application("-1 -1 -1", "502"));
  EXPECT_EQ(read.requests("GET /a"), 2);
  EXPECT_TRUE(read.route("payload.time", "GET /a")->lower_bound);
}

TEST(LoadBalancerLog, WebSocketsAndBrokenRequestsAreNotCounted) {
  const Read read = access(application("0.000 0.048 0.000") + application("0.000 0.001 0.000", "101", "wss") +
                           application("-1 -1 -1", "400", "http", "- http://www.example.com:80- "));
  EXPECT_EQ(read.requests("GET /a"), 1);
  EXPECT_THAT(read.input.message, HasSubstr("2 lines not about an HTTP request"));
}

TEST(LoadBalancerLog, TheClassicOneHasNoType) {
  const Read read = access(
      R"(2026-05-13T23:39:43.945958Z my-loadbalancer 192.0.2.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80/a HTTP/1.1" "curl/7.38.0" - -)"
      "\n");
  ASSERT_EQ(read.values("payload.time", "GET /a").size(), 1U);
  EXPECT_NEAR(read.values("payload.time", "GET /a")[0], 1.178, 1e-9);
  EXPECT_THAT(read.values("payload.body", "GET /a"), ElementsAre(29));
}

}  // namespace
}  // namespace budgetcheck
