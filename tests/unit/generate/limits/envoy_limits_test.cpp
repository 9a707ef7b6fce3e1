#include "generate/limits/envoy_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const GeneratedTarget kTarget{"envoy-limits", "ops/limits.yaml", {"budgets.yml", 2, 1, {}}};

ExpectedAll<std::string> generated(const std::string& limits) {
  MemoryFileSystem files;
  files.add("budgets.yml",
            "version: 1\nbudgets: [{ id: cap, metric: load.duration, where: { test: cap }, max: 400 ms }]\n" + limits);
  const auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? envoy_limits(*loaded, kTarget) : ExpectedAll<std::string>("");
}

std::string refused(const std::string& limits) {
  const auto text = generated(limits);
  std::string out;
  for (const Error& error : text ? Errors() : text.error()) {
    out += to_string(error) + "\n";
  }
  return out;
}

LimitPlan plan(double requests, std::uint32_t seconds, std::uint64_t burst) {
  LimitPlan one;
  one.rate = {requests, seconds, ""};
  one.burst = burst;
  return one;
}

TEST(EnvoyLimits, BucketsHaveTheRateAndFillNoFasterThanEnvoyCan) {
  for (const auto& [requests, seconds] : std::vector<std::pair<double, std::uint32_t>>{
           {1, 1}, {5, 1}, {7, 1}, {50, 1}, {333, 1}, {1000, 1}, {90, 60}, {7, 3600}}) {
    const TokenBucket bucket = token_bucket(plan(requests, seconds, 10));
    EXPECT_GE(bucket.fill_ms, 50U) << requests;
    EXPECT_GE(bucket.max_tokens, bucket.tokens_per_fill);
    const double per_second =
        1000.0 * static_cast<double>(bucket.tokens_per_fill) / static_cast<double>(bucket.fill_ms);
    EXPECT_NEAR(per_second / (requests / seconds), 1, 0.001) << requests;
  }
  EXPECT_EQ(token_bucket(plan(5, 1, 10)).max_tokens, 11U) << "the burst and one";
  EXPECT_EQ(token_bucket(plan(1000, 1, 0)).max_tokens, 50U) << "what comes with one fill";
}

TEST(EnvoyLimits, IsAFilterWithABucketForEachPlanAndKey) {
  const auto text = generated(
      "limits: { key: $http_x_api_key, plans: { free: { rate: 5/s, burst: 10, tenants: 30, prefix: "
      "[a_, b_] }, pro: { rate: 50/s, tenants: 4, prefix: p } } }\n");
  ASSERT_TRUE(text);
  const auto document = json::read_yaml("x.yaml", *text);
  ASSERT_TRUE(document) << to_string(document.error().front());
  const json::Value& config = *document->find("typed_config");
  EXPECT_EQ(config.find("descriptors")->array()->size(), 2U);
  EXPECT_EQ(config.find("rate_limits")->array()->size(), 3U) << "one for each prefix";
  EXPECT_EQ(*config.find("max_dynamic_descriptors")->number(), 34);
  EXPECT_EQ(*config.at({"filter_enforced", "default_value", "numerator"})->number(), 100);
  EXPECT_EQ(*config.find("always_consume_default_token_bucket")->boolean(), false);
  EXPECT_THAT(*text, HasSubstr("\"prefix\": \"a_\""));
  EXPECT_THAT(*text, HasSubstr("\"header_name\": \"x-api-key\""));
}

TEST(EnvoyLimits, TakesAHeaderWithThePlanOrAnAddress) {
  const auto by_header =
      generated("limits: { key: $http_k, plan: $http_x_plan, plans: { free: { rate: 5/s, tenants: 30 } } }\n");
  ASSERT_TRUE(by_header);
  EXPECT_THAT(*by_header, HasSubstr("\"name\": \"x-plan\""));
  EXPECT_THAT(*by_header, HasSubstr("\"exact\": \"free\""));
  const auto by_address = generated("limits: { key: $remote_addr, plans: { free: { rate: 5/s, tenants: 30 } } }\n");
  ASSERT_TRUE(by_address);
  EXPECT_THAT(*by_address, HasSubstr("\"remote_address\": {}"));
}

TEST(EnvoyLimits, RefusesWhatItCannotDo) {
  EXPECT_THAT(refused("limits: { key: $cookie_a, plans: { a: { rate: 1/s, tenants: 1 } } }\n"),
              HasSubstr("Envoy cannot limit by '$cookie_a'"));
  EXPECT_THAT(refused("limits: { key: $http_k, plan: $plan, plans: { a: { rate: 1/s, tenants: 1 } } }\n"),
              HasSubstr("Envoy cannot read the plan from '$plan'"));
  EXPECT_THAT(
      refused("limits: { key: $http_k, capacity: { budget: cap, headroom: 1%, instances: 3 }, plans: { a: { rate: "
              "1/s, tenants: 1 } } }\n"),
      HasSubstr("Envoy counts on each instance, so 3 of them let through 3 times as much"));
}

}  // namespace
}  // namespace budgetcheck
