#include "judge/gate/limits_in_force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "judge/gate/gate.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kBudgets =
    "budgets: [{ id: cap, metric: load.duration, where: { test: cap }, max: 400 ms }, { id: other, metric: "
    "load.duration, where: { test: other }, max: 9 s }]\n";

BudgetsFile file(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + std::string(kBudgets) + text);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << text << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

Gate gate(const std::string& base, const std::string& head, const FileSystem& files = MemoryFileSystem()) {
  const BudgetsFile then = file(base);
  return gate_in_force(files, file(head), {then, nullptr}, {false, false, "2026-11-23"});
}

std::string said(const Gate& of) {
  std::string out;
  for (const Verdict& verdict : of.verdicts) {
    out += verdict.budget + " " + verdict.code + ": " + verdict.message + "\n";
  }
  return out;
}

std::string limits(const std::string& capacity, const std::string& plans) {
  return "limits: { capacity: { " + capacity + " }, plans: { " + plans + " } }\n";
}

constexpr const char* kCapacity = "budget: cap, headroom: 30%, instances: 3, per_instance: true";
constexpr const char* kPlans =
    "free: { rate: 5/s, burst: 10, tenants: 1000, active: 2% }, pro: { rate: 50/s, burst: 10, tenants: 10 }";

TEST(LimitsInForce, TheSameAgainAndAStricterOneAreNoLoss) {
  EXPECT_THAT(gate(limits(kCapacity, kPlans), limits(kCapacity, kPlans)).verdicts, IsEmpty());
  EXPECT_THAT(gate("", limits(kCapacity, kPlans)).verdicts, IsEmpty());
  const Gate stricter = gate(
      limits(kCapacity, kPlans),
      limits("budget: cap, headroom: 40%, instances: 4, per_instance: true",
             "free: { rate: 5/s, burst: 10, tenants: 500, active: 4% }, pro: { rate: 50/s, burst: 10, tenants: 11 }"));
  EXPECT_THAT(stricter.verdicts, IsEmpty()) << "as many customers are active";
  EXPECT_THAT(stricter.remarks, IsEmpty());
  EXPECT_EQ(stricter.limits->plans[0].tenants, 500U);
}

TEST(LimitsInForce, ACapacityIsNotLoosenedInSilence) {
  const Gate held =
      gate(limits(kCapacity, kPlans), limits("budget: other, headroom: 20%, instances: 2, per_instance: true", kPlans));
  EXPECT_THAT(said(held), HasSubstr("limits.capacity GATE_LOOSENED_NO_REASON: this change takes the capacity from the "
                                    "load test of 'other' instead of 'cap', keeps 20% of the capacity free instead of "
                                    "30%, counts 2 instances instead of 3"));
  EXPECT_EQ(held.limits->capacity->budget, "cap");
  EXPECT_EQ(held.limits->capacity->instances, 3U);
  EXPECT_THAT(said(gate(limits(kCapacity, kPlans), limits("budget: cap, headroom: 30%", kPlans))),
              HasSubstr("takes limits of each instance for limits of all of them"));
  EXPECT_THAT(said(gate(limits(kCapacity, kPlans), "limits: { plans: { " + std::string(kPlans) + " } }\n")),
              HasSubstr("no longer compares the plans with a capacity"));
}

TEST(LimitsInForce, CustomersDoNotVanish) {
  const Gate held =
      gate(limits(kCapacity, kPlans), limits(kCapacity, "free: { rate: 6/s, burst: 20, tenants: 999, active: 2% }"));
  EXPECT_THAT(said(held), HasSubstr("limits.plans.free GATE_LOOSENED_NO_REASON: this change counts 19.98 active "
                                    "customers of 'free' instead of 20"));
  EXPECT_THAT(said(held),
              HasSubstr("limits.plans.pro GATE_LOOSENED_NO_REASON: this change no longer counts the plan 'pro'"));
  ASSERT_EQ(held.limits->plans.size(), 2U);
  EXPECT_EQ(held.limits->plans[0].tenants, 1000U);
  EXPECT_EQ(held.limits->plans[0].rate.text, "6/s") << "a raised rate is what the check is for";
  EXPECT_THAT(held.remarks, ElementsAre("it raises the rate of the plan 'free' from 5/s to 6/s",
                                        "it raises the burst of the plan 'free' from 10 to 20"));
}

TEST(LimitsInForce, WithAReasonTheChangeHolds) {
  const Gate excused = gate(limits(kCapacity, kPlans),
                            limits(kCapacity, "free: { rate: 5/s, burst: 10, tenants: 10, active: 2% }") +
                                "loosened: [{ setting: limits.plans, owner: x, reason: the plan was sold }]\n");
  EXPECT_THAT(said(excused), HasSubstr("limits.plans.pro GATE_LOOSENED:"));
  EXPECT_EQ(excused.limits->plans.size(), 1U);
  const Gate gone = gate(limits(kCapacity, kPlans), "");
  EXPECT_THAT(said(gone), HasSubstr("limits GATE_LOOSENED_NO_REASON: this change no longer says what the plans are"));
  ASSERT_TRUE(gone.limits);
}

TEST(LimitsInForce, FilesGoOnBeingCompared) {
  MemoryFileSystem files;
  files.add("ops/nginx.conf", "");
  files.add("ops/limits.conf", "");
  const std::string base =
      "limits: { nginx: ops/nginx.conf, plans: { free: { rate: 1/s, tenants: 1 } } }\n"
      "generate: { nginx-limits: ops/limits.conf }\n";
  const std::string head = "limits: { plans: { free: { rate: 1/s, tenants: 1 } } }\n";
  const Gate held = gate(base, head, files);
  EXPECT_THAT(said(held), HasSubstr("limits.nginx GATE_LOOSENED_NO_REASON: this change no longer compares "
                                    "'ops/nginx.conf' with the plans"));
  EXPECT_THAT(said(held), HasSubstr("generate.nginx-limits GATE_LOOSENED_NO_REASON"));
  EXPECT_THAT(held.limits->nginx, ElementsAre("ops/nginx.conf"));
  EXPECT_THAT(gate(base, head).verdicts, IsEmpty()) << "the files are gone as well";
}

}  // namespace
}  // namespace budgetcheck
