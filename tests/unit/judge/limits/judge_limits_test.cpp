#include "judge/limits/judge_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

BudgetsFile file(const std::string& capacity, const std::string& plans, const std::string& more = {}) {
  MemoryFileSystem files;
  files.add(
      "budgets.yml",
      "version: 1\nbudgets:\n  - { id: cap, metric: load.duration, where: { test: cap }, stat: p95, max: 400 ms }\n"
      "limits:\n  capacity: { " +
          capacity + " }\n  plans:\n" + plans + more);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

Facts throughput(double per_second) {
  Facts facts;
  Sample sample;
  sample.metric = "load.throughput";
  sample.where = {{"test", "cap"}};
  sample.value = per_second;
  sample.location = Location::of("cap.json");
  facts.samples.push_back(std::move(sample));
  return facts;
}

std::vector<Verdict> verdict(Status status = Status::kPass, std::string code = "OK") {
  Verdict one;
  one.budget = "cap";
  one.where = {{"test", "cap"}};
  one.status = status;
  one.code = std::move(code);
  return {one};
}

std::vector<std::string> rules(const LimitsJudgement& judged) {
  std::vector<std::string> ids;
  for (const Finding& finding : judged.findings) {
    ids.push_back(finding.rule);
  }
  return ids;
}

std::string detail(const Finding& finding, const std::string& name) {
  for (const auto& [key, value] : finding.evidence.details) {
    if (key == name) {
      return value;
    }
  }
  return "none";
}

constexpr const char* kThird = "budget: cap, headroom: 30%";

TEST(JudgeLimits, ExactlyWhatIsUsableIsKept) {
  const std::string plan = "    free: { rate: 7/s, burst: 2, tenants: 1000, active: 10% }\n";
  const LimitsJudgement kept = judge_limits(file(kThird, plan), throughput(1000), verdict());
  EXPECT_THAT(kept.findings, IsEmpty());
  EXPECT_THAT(kept.verdicts, IsEmpty());
  ASSERT_EQ(kept.notes.size(), 1U);
  EXPECT_THAT(kept.notes[0], HasSubstr("the plans need 700/s at the peak, 100% of the 700/s usable of 1000/s"));
  const LimitsJudgement over = judge_limits(file(kThird, plan), throughput(999.99), verdict());
  EXPECT_THAT(rules(over), ElementsAre("limit-over-capacity"));
  EXPECT_EQ(over.findings[0].location.line, 7U);
  EXPECT_EQ(over.findings[0].level, Level::kError);
  EXPECT_EQ(detail(over.findings[0], "peak"), "700");
  EXPECT_EQ(detail(over.findings[0], "oversubscription"), "7.0001");
}

TEST(JudgeLimits, WhatIsAdvisedWouldDoAndWhatDiffersLooksDifferent) {
  const std::string plan = "    pro: { rate: 7/s, burst: 2, tenants: 1000, active: 10% }\n";
  const LimitsJudgement just = judge_limits(file(kThird, plan), throughput(999.99), verdict());
  ASSERT_EQ(just.findings.size(), 1U);
  EXPECT_THAT(just.findings[0].message, HasSubstr("let through 700/s at the expected peak, and 699.99/s of the"));
  EXPECT_THAT(just.findings[0].message, HasSubstr("100.001%"));
  EXPECT_THAT(just.findings[0].fix.text, HasSubstr("serve 1000/s within"));
  const std::string few = "    pro: { rate: 13/s, burst: 3, tenants: 40, active: 10% }\n";
  const LimitsJudgement over = judge_limits(file("budget: cap, headroom: 30%", few), throughput(24.55), verdict());
  ASSERT_EQ(over.findings.size(), 3U);
  EXPECT_THAT(over.findings[0].fix.text, HasSubstr("serve 74.29/s within"));                // 52 / 0.7 = 74.285…
  EXPECT_THAT(over.findings[1].fix.text, HasSubstr("rate of 'pro' to 12.27/s or less"));    // 24.55 / 2 = 12.275
  EXPECT_THAT(over.findings[2].fix.text, HasSubstr("12 of 12 requests, and 9 would fit"));  // 24.55 × 0.4 = 9.82
}

TEST(JudgeLimits, ABudgetThatIsRaisedWithAReasonProvesTheCapacity) {
  const BudgetsFile budgets = file(kThird, "    free: { rate: 7/s, burst: 2, tenants: 1000, active: 10% }\n");
  std::vector<Verdict> raised = verdict(Status::kWarn, "BUDGET_LOOSENED");
  raised[0].value = 450;
  EXPECT_THAT(judge_limits(budgets, throughput(1000), raised).verdicts, IsEmpty());
  raised[0].status = Status::kFail;
  raised[0].code = "BUDGET_LOOSENED_NO_REASON";
  const LimitsJudgement unknown = judge_limits(budgets, throughput(1000), raised);
  ASSERT_EQ(unknown.verdicts.size(), 1U);
  EXPECT_THAT(unknown.verdicts[0].message, HasSubstr("'cap' is loosened by this change without a reason"));
}

TEST(JudgeLimits, LimitsOfEachInstanceAreMultiplied) {
  const std::string plans =
      "    free: { rate: 4/s, burst: 8, tenants: 900, active: 6% }\n    pro: { rate: 30/s, burst: 60, tenants: 10, "
      "active: "
      "50% }\n";
  const LimitsJudgement each = judge_limits(file("budget: cap, headroom: 30%, instances: 3, per_instance: true", plans),
                                            throughput(1000), verdict());
  EXPECT_THAT(rules(each), ElementsAre("limit-over-capacity", "limit-burst-backlog"));
  EXPECT_EQ(detail(each.findings[0], "peak"), "1098");
  EXPECT_EQ(detail(each.findings[0], "instances"), "3");
  EXPECT_EQ(detail(each.findings[1], "burst_backlog_s"), "2.196");
  const LimitsJudgement all =
      judge_limits(file("budget: cap, headroom: 30%, instances: 3", plans), throughput(1000), verdict());
  EXPECT_THAT(rules(all), ElementsAre("limit-burst-backlog"));
}

TEST(JudgeLimits, OneCustomerMayTakeHalf) {
  const std::string plan = "    whale: { rate: 500/s, tenants: 2, active: 50% }\n";
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(1000), verdict()).findings, IsEmpty());
  const LimitsJudgement over = judge_limits(file(kThird, plan), throughput(999), verdict());
  EXPECT_THAT(rules(over), ElementsAre("limit-tenant-share"));
  EXPECT_EQ(over.findings[0].subject, "limits.whale");
  EXPECT_EQ(over.findings[0].level, Level::kWarning);
  EXPECT_THAT(judge_limits(file(kThird, plan, "rules: { limit-tenant-share: { max_share: 60% } }\n"), throughput(999),
                           verdict())
                  .findings,
              IsEmpty());
}

TEST(JudgeLimits, ABacklogAsLongAsTheBudgetIsKept) {
  const std::string plan = "    free: { rate: 1/s, burst: 40, tenants: 100, active: 10% }\n";
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(1000), verdict()).findings, IsEmpty());
  EXPECT_THAT(rules(judge_limits(file(kThird, plan), throughput(999), verdict())), ElementsAre("limit-burst-backlog"));
}

TEST(JudgeLimits, WithoutAKeptBudgetNothingIsKnown) {
  const std::string plan = "    free: { rate: 1/s, tenants: 1 }\n";
  for (const auto& [status, code, words] : std::vector<std::tuple<Status, std::string, std::string>>{
           {Status::kFail, "LIMIT_EXCEEDED", "is broken"},
           {Status::kWarn, "PREEXISTING_BREACH", "is broken"},
           {Status::kWaived, "WAIVED", "only waived"},
           {Status::kInconclusive, "TOO_FEW_RUNS", "is not decided"},
           {Status::kError, "NO_MATCH", "judged nothing"}}) {
    const LimitsJudgement judged = judge_limits(file(kThird, plan), throughput(1000), verdict(status, code));
    ASSERT_EQ(judged.verdicts.size(), 1U) << code;
    EXPECT_EQ(judged.verdicts[0].status, Status::kInconclusive);
    EXPECT_EQ(judged.verdicts[0].code, "CAPACITY_UNKNOWN");
    EXPECT_THAT(judged.verdicts[0].message, HasSubstr(words));
    EXPECT_NE(judged.verdicts[0].hint, "");
    EXPECT_EQ(judged.verdicts[0].location.line, 5U);
  }
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(1000), verdict(Status::kWarn, "GROWTH_NOT_JUDGED")).verdicts,
              IsEmpty());
  EXPECT_EQ(judge_limits(file(kThird, plan), throughput(1000), {}).verdicts.size(), 1U);
  EXPECT_THAT(judge_limits(file(kThird, plan), Facts(), verdict()).verdicts[0].message,
              HasSubstr("no throughput was measured of the load test 'cap'"));
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(0), verdict()).verdicts[0].message,
              HasSubstr("no request of the load test 'cap' succeeded"));
  std::vector<Verdict> two = verdict();
  two.push_back(two[0]);
  two[1].where.set("test", "other");
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(1000), two).verdicts[0].message, HasSubstr("at once"));
}

TEST(JudgeLimits, WhatDoesNotFitAnUndecidedCapacityFitsNone) {
  const std::string plan = "    free: { rate: 7/s, burst: 2, tenants: 1000, active: 10% }\n";
  const LimitsJudgement over =
      judge_limits(file(kThird, plan), throughput(999), verdict(Status::kInconclusive, "TOO_FEW_RUNS"));
  EXPECT_THAT(rules(over), ElementsAre("limit-over-capacity"));
  EXPECT_THAT(over.findings[0].message, HasSubstr("of the at most 999/s"));
  EXPECT_EQ(over.verdicts.size(), 1U);
  const LimitsJudgement open =
      judge_limits(file(kThird, plan), throughput(1000), verdict(Status::kInconclusive, "TOO_FEW_RUNS"));
  EXPECT_THAT(open.findings, IsEmpty());
  EXPECT_THAT(open.notes, IsEmpty());
  EXPECT_EQ(open.verdicts.size(), 1U);
  EXPECT_THAT(judge_limits(file(kThird, plan), throughput(1), verdict(Status::kFail, "LIMIT_EXCEEDED")).findings,
              IsEmpty())
      << "an overload serves less than the service can";
}

TEST(JudgeLimits, ABrokenBudgetOfALowLevelProvesNothing) {
  BudgetsFile budgets = file(kThird, "    free: { rate: 1/s, tenants: 1 }\n");
  budgets.budgets[0].level = Level::kNote;
  EXPECT_EQ(judge_limits(budgets, throughput(1000), verdict(Status::kPass, "LIMIT_EXCEEDED")).verdicts.size(), 1U);
  EXPECT_THAT(judge_limits(budgets, throughput(1000), verdict()).verdicts, IsEmpty());
}

TEST(JudgeLimits, TheRouteOfTheBudgetIsThatOfTheCapacity) {
  const BudgetsFile budgets = file(kThird, "    free: { rate: 1/s, tenants: 1 }\n");
  std::vector<Verdict> of_route = verdict();
  of_route[0].where.set("route", "GET /a");
  Facts facts = throughput(1000);
  EXPECT_THAT(judge_limits(budgets, facts, of_route).verdicts[0].message, HasSubstr("of 'GET /a' in the load test"));
  facts.samples[0].where.set("route", "GET /a");
  EXPECT_THAT(judge_limits(budgets, facts, of_route).verdicts, IsEmpty());
  // What was kept in one stage of the load proves nothing of the whole run or of another stage.
  of_route[0].where.set("stage", "1");
  EXPECT_EQ(judge_limits(budgets, facts, of_route).verdicts.size(), 1U);
  facts.samples[0].where.set("stage", "1");
  EXPECT_THAT(judge_limits(budgets, facts, of_route).verdicts, IsEmpty());
}

TEST(JudgeLimits, WhatIsOffOrNotAskedIsNotJudged) {
  const std::string plan = "    free: { rate: 9999/s, burst: 9999, tenants: 1 }\n";
  const LimitsJudgement off = judge_limits(
      file(kThird, plan, "rules: { limit-over-capacity: off, limit-tenant-share: off, limit-burst-backlog: off }\n"),
      Facts(), {});
  EXPECT_THAT(off.findings, IsEmpty());
  EXPECT_THAT(off.verdicts, IsEmpty());
  const LimitsJudgement warned =
      judge_limits(file(kThird, plan, "rules: { limit-over-capacity: warning }\n"), Facts(), {});
  EXPECT_THAT(warned.verdicts, IsEmpty());
  ASSERT_EQ(warned.notes.size(), 1U);
  BudgetsFile none = file(kThird, plan);
  none.limits->capacity.reset();
  EXPECT_THAT(judge_limits(none, Facts(), {}).notes[0], HasSubstr("is not judged"));
  EXPECT_THAT(judge_limits(BudgetsFile(), Facts(), {}).notes, IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
