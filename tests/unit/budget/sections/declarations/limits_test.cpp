#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kBudget =
    "budgets: [{ id: cap-p95, metric: load.duration, where: { test: cap }, stat: p95, max: 400 ms }]\n";

ExpectedAll<BudgetsFile> loaded(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  return load_budgets(files, "budgets.yml");
}

std::string refused(const std::string& limits, const std::string& budgets = kBudget) {
  const auto file = loaded(budgets + limits);
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kUsage);
      out += to_string(error) + "\n";
    }
  }
  return out;
}

std::string plan(const std::string& of) { return "limits: { plans: { free: { " + of + " } } }\n"; }

TEST(LimitsSection, ReadsEveryKey) {
  const auto file = loaded(std::string(kBudget) + R"(limits:
  capacity: { budget: cap-p95, headroom: 30%, instances: 3, per_instance: true }
  key: $http_x_api_key
  nginx: [ops/a.conf, "ops/b/*.conf"]
  plans:
    free: { rate: 90/m, burst: 10, tenants: 1200, active: 2%, prefix: fr_ }
    pro: { rate: 2.5 / s, tenants: 40, prefix: [pr_, px.] }
)");
  ASSERT_TRUE(file) << to_string(file.error().front());
  const RateLimits& limits = *file->limits;
  EXPECT_EQ(limits.capacity->budget, "cap-p95");
  EXPECT_DOUBLE_EQ(limits.capacity->headroom, 0.3);
  EXPECT_EQ(limits.capacity->multiplier(), 3);
  EXPECT_EQ(limits.key, "$http_x_api_key");
  EXPECT_THAT(limits.nginx, ElementsAre("ops/a.conf", "ops/b/*.conf"));
  ASSERT_EQ(limits.plans.size(), 2U);
  EXPECT_EQ(limits.plans[0].name, "free");
  EXPECT_DOUBLE_EQ(limits.plans[0].rate.per_second(), 1.5);
  EXPECT_EQ(limits.plans[0].rate.text, "90/m");
  EXPECT_EQ(limits.plans[0].burst, 10U);
  EXPECT_EQ(limits.plans[0].tenants, 1200U);
  EXPECT_DOUBLE_EQ(limits.plans[0].active, 0.02);
  EXPECT_EQ(limits.plans[0].location.line, 8U);
  EXPECT_EQ(limits.plans[1].rate.text, "2.5/s");
  EXPECT_EQ(limits.plans[1].burst, 0U);
  EXPECT_DOUBLE_EQ(limits.plans[1].active, 1);
  EXPECT_THAT(limits.plans[1].prefixes, ElementsAre("pr_", "px."));
}

TEST(LimitsSection, APlanIsWhole) {
  EXPECT_THAT(refused(plan("rate: 0/s, tenants: 1")), HasSubstr("budgets.yml:3:34: the rate of 'free' is 0"));
  EXPECT_THAT(refused(plan("rate: 5, tenants: 1")), HasSubstr("a rate such as 5/s"));
  EXPECT_THAT(refused(plan("rate: 5/d, tenants: 1")), HasSubstr("a rate such as 5/s"));
  EXPECT_THAT(refused(plan("rate: 5/s")), HasSubstr("needs 'tenants'"));
  EXPECT_THAT(refused(plan("rate: 5/s, tenants: 0")), HasSubstr("must be 1 or more"));
  EXPECT_THAT(refused(plan("rate: 5/s, tenants: 1, active: 0%")), HasSubstr("no customer of 'free' is active"));
  EXPECT_THAT(refused(plan("rate: 5/s, tenants: 1, active: 120%")), HasSubstr("not between 0% and 100%"));
  EXPECT_THAT(refused(plan("rate: 5/s, tenants: 1, active: 20")), HasSubstr("which is more than all"));
  EXPECT_THAT(refused("limits: { plans: {} }\n"), HasSubstr("'plans' names none"));
  EXPECT_THAT(refused("limits: { plans: { a-b: { rate: 1/s, tenants: 1, prefix: a }, A_b: { rate: 1/s, tenants: 1, "
                      "prefix: b } } }\n"),
              HasSubstr("the plans 'a-b' and 'A_b' have one name in nginx"));
}

TEST(LimitsSection, CapacityNeedsALoadBudgetThatHasALimit) {
  const auto capacity = [](const std::string& of) {
    return "limits: { capacity: { " + of + " }, plans: { free: { rate: 1/s, tenants: 1 } } }\n";
  };
  EXPECT_EQ(refused(capacity("budget: cap-p95, headroom: 30%")), "");
  EXPECT_THAT(
      refused(capacity("budget: cap-95, headroom: 30%")),
      AllOf(HasSubstr("budgets.yml:3:31: no budget has the id 'cap-95'"), HasSubstr("did you mean 'cap-p95'?")));
  EXPECT_THAT(refused(capacity("budget: cap-p95, headroom: 100%")), HasSubstr("leaves nothing for the plans"));
  EXPECT_THAT(refused(capacity("budget: cap-p95")), HasSubstr("needs 'headroom'"));
  EXPECT_THAT(refused(capacity("budget: cap-p95, headroom: 30%, per_instance: true")),
              HasSubstr("'per_instance' needs the number of instances"));
  EXPECT_THAT(refused(capacity("budget: js, headroom: 30%"), "budgets: [{ id: js, metric: bundle.gzip, max: 1 kB }]\n"),
              HasSubstr("the budget 'js' is on 'bundle.gzip', and only a load test proves a capacity"));
  EXPECT_THAT(refused(capacity("budget: js, headroom: 30%"),
                      "budgets: [{ id: js, metric: load.duration, max_increase: 5% }]\n"),
              HasSubstr("limits growth only"));
}

TEST(LimitsSection, ABudgetWithAnErrorIsNotUnknownToo) {
  const std::string said = refused(
      "limits: { capacity: { budget: js, headroom: 30% }, plans: { a: { rate: 1/s, "
      "tenants: 1 } } }\n",
      "budgets: [{ id: js, metrc: bundle.gzip, max: 1 kB }]\n");
  EXPECT_THAT(said, HasSubstr("metrc"));
  EXPECT_THAT(said, Not(HasSubstr("no budget has the id")));
  EXPECT_THAT(refused("limits: { capacity: { budget: js, headroom: 30% }, plans: { a: { rate: 1/s, tenants: 1 } } }\n",
                      "budgets: [{ id: js, metric: load.duration, max: x }]\n"),
              Not(HasSubstr("limits growth only")));
}

TEST(LimitsSection, AKeyHasOnePlan) {
  EXPECT_THAT(
      refused("limits: { plans: { a: { rate: 1/s, tenants: 1, prefix: tk }, b: { rate: 1/s, tenants: 1, prefix: "
              "[x, tk-1] } } }\n"),
      HasSubstr("keys that begin with 'tk-1' belong to 'a' and to 'b'"));
  EXPECT_THAT(refused("limits: { plan: $plan, plans: { a: { rate: 1/s, tenants: 1, prefix: tk } } }\n"),
              HasSubstr("'a' has a prefix, but 'plan' says which plan a request has"));
  EXPECT_THAT(refused("limits: { key: x-api-key, plans: { a: { rate: 1/s, tenants: 1 } } }\n"),
              HasSubstr("a variable of nginx"));
}

}  // namespace
}  // namespace budgetcheck
