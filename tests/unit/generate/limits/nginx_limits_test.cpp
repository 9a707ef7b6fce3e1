#include "generate/limits/nginx_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const GeneratedTarget kTarget{"nginx-limits", "ops/limits.conf", {"budgets.yml", 2, 1, {}}};

BudgetsFile file(const std::string& limits) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + limits);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

std::string written(const std::string& limits) {
  const auto text = nginx_limits(file(limits), kTarget);
  EXPECT_TRUE(text) << (text ? "" : to_string(text.error().front()));
  return text ? *text : "";
}

std::string refused(const std::string& limits) {
  const auto text = nginx_limits(file(limits), kTarget);
  std::string out;
  for (const Error& error : text ? Errors() : text.error()) {
    out += to_string(error) + "\n";
  }
  return out;
}

RequestRate rate(double requests, std::uint32_t seconds) { return {requests, seconds, ""}; }

TEST(NginxLimits, RatesAreWholeNumbersInASecondOrAMinute) {
  EXPECT_EQ(nginx_rate(rate(5, 1)), "5r/s");
  EXPECT_EQ(nginx_rate(rate(0.5, 1)), "30r/m");
  EXPECT_EQ(nginx_rate(rate(90, 60)), "90r/m");
  EXPECT_EQ(nginx_rate(rate(600, 3600)), "10r/m");
  EXPECT_EQ(nginx_rate(rate(3600, 3600)), "60r/m");
  EXPECT_FALSE(nginx_rate(rate(90, 3600)));
  EXPECT_FALSE(nginx_rate(rate(0.01, 1)));
  EXPECT_THAT(refused("limits: { key: $http_k, plans: { a: { rate: 90/h, tenants: 1 } } }\n"),
              AllOf(HasSubstr("the rate of 'a' is 90/h"), HasSubstr("write 1/m or 2/m")));
  EXPECT_THAT(refused("limits: { key: $http_k, plans: { a: { rate: 30/h, tenants: 1 } } }\n"), HasSubstr("write 1/m"));
}

TEST(NginxLimits, AZoneForEachPlan) {
  const std::string text = written(R"(limits:
  key: $http_x_api_key
  plans:
    free: { rate: 5/s, burst: 10, tenants: 1200, prefix: [fr_, f.r+] }
    pro-plus: { rate: 50/s, tenants: 5000, prefix: pr_ }
)");
  EXPECT_THAT(text, HasSubstr("# Written by budgetcheck generate nginx-limits from limits in budgets.yml.\n"));
  EXPECT_THAT(text,
              HasSubstr("map $http_x_api_key $limit_free {\n    default \"\";\n    \"~^fr_\" $http_x_api_key;\n    "
                        "\"~^f\\.r\\+\" $http_x_api_key;\n}\n"));
  EXPECT_THAT(text, HasSubstr("limit_req_zone $limit_free zone=limit_free:1m rate=5r/s;\n"));
  EXPECT_THAT(text, HasSubstr("limit_req_zone $limit_pro_plus zone=limit_pro_plus:2m rate=50r/s;\n")) << "by tenants";
  EXPECT_THAT(text, HasSubstr("limit_req_status 429;\nlimit_req zone=limit_free burst=10 nodelay;\n"
                              "limit_req zone=limit_pro_plus;\n"));
}

TEST(NginxLimits, APlanMayStandInAVariableOrBeTheOnlyOne) {
  EXPECT_THAT(written("limits: { key: $http_k, plan: $plan, plans: { a: { rate: 1/s, tenants: 1 }, b: { rate: 2/s, "
                      "tenants: 1 } } }\n"),
              HasSubstr("map $plan $limit_a {\n    default \"\";\n    \"~^a$\" $http_k;\n}\n"));
  const std::string only = written("limits: { key: $binary_remote_addr, plans: { a: { rate: 1/s, tenants: 1 } } }\n");
  EXPECT_THAT(only, HasSubstr("limit_req_zone $binary_remote_addr zone=limit_a:1m rate=1r/s;"));
  EXPECT_THAT(only, Not(HasSubstr("map ")));
}

TEST(NginxLimits, SaysWhatIsMissing) {
  EXPECT_THAT(refused(""), HasSubstr("written from limits, and the file has none"));
  EXPECT_THAT(
      refused("limits: { plans: { a: { rate: 1/s, tenants: 1 }, b: { rate: 2/s, tenants: 1, prefix: b } } }\n"),
      AllOf(HasSubstr("needs what tells customers apart"), HasSubstr("cannot know which requests have the plan 'a'")));
}

}  // namespace
}  // namespace budgetcheck
