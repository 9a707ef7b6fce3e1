#include "judge/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_system.h"
#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

BudgetsFile budgets(const std::string& max, const std::string& rest = {}) {
  MemoryFileSystem files;
  files.add("budgets.yml",
            "version: 1\nbudgets:\n  - {id: js, metric: bundle.raw, where: {entry: main}, max: " + max + "}\n" + rest);
  auto file = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(file) << (file ? "" : to_string(file.error().front()));
  return file ? std::move(*file) : BudgetsFile{};
}

Sample bytes(double value) {
  Sample sample;
  sample.metric = "bundle.raw";
  sample.where = Labels{{"entry", "main"}};
  sample.unit = Unit::kBytes;
  sample.value = value;
  return sample;
}

Part package(const std::string& name, double size) {
  Part part;
  part.metric = "bundle.raw";
  part.where = Labels{{"entry", "main"}};
  part.unit = Unit::kBytes;
  part.kind = "package";
  part.name = name;
  part.size = size;
  return part;
}

Results results(double value) {
  Results out;
  out.samples = {bytes(value)};
  return out;
}

Findings found(const std::string& key) {
  Findings out;
  out.all.resize(1);
  out.all[0].key = key;
  out.notes = {"a note of detect"};
  return out;
}

constexpr const char* kToday = "2026-11-23";

TEST(Judge, AVerdictHasTheCausesOfItsGrowth) {
  Facts facts;
  facts.samples = {bytes(150'000)};
  facts.parts = {package("react", 90'000), package("moment", 60'000)};
  Baseline base;
  base.results = results(90'000);
  base.results->parts = {package("react", 90'000)};
  const Judgement judgement = judge(budgets("200 kB"), facts, {}, base, {}, kToday);
  ASSERT_THAT(judgement.verdicts, SizeIs(1));
  EXPECT_EQ(judgement.verdicts[0].code, "REGRESSED");
  ASSERT_THAT(judgement.verdicts[0].causes, SizeIs(1));
  EXPECT_EQ(judgement.verdicts[0].causes[0].name, "moment");
}

TEST(Judge, FindingsHaveTheirStateAndDriftIsAmongThem) {
  Facts facts;
  facts.samples = {bytes(110'000)};
  Baseline base;
  base.results = results(110'000);
  base.results->findings = found("known").all;
  base.records = std::vector<Results>(70, results(100'000));
  const Judgement judgement = judge(budgets("200 kB"), facts, found("known"), base, {}, kToday);
  ASSERT_THAT(judgement.findings.all, SizeIs(2));
  EXPECT_EQ(judgement.findings.all[0].rule, "slow-drift") << "the worst first";
  EXPECT_EQ(judgement.findings.all[0].state, FindingState::kNew);
  EXPECT_EQ(judgement.findings.all[1].key, "known");
  EXPECT_EQ(judgement.findings.all[1].state, FindingState::kSame);
  EXPECT_THAT(judgement.findings.notes, ElementsAre("a note of detect"));
}

TEST(Judge, WhatTheChangeLoosensIsSeenOnlyWithTheBasesBudgets) {
  Facts facts;
  facts.samples = {bytes(150'000)};
  Baseline base;
  base.results = results(150'000);
  const BudgetsFile head = budgets("300 kB");
  EXPECT_EQ(judge(head, facts, {}, base, {}, kToday).verdicts.front().code, "OK");
  base.budgets = budgets("200 kB");
  const Judgement judgement = judge(head, facts, {}, base, {}, kToday);
  ASSERT_THAT(judgement.verdicts, SizeIs(1));
  EXPECT_EQ(judgement.verdicts[0].code, "BUDGET_LOOSENED_NO_REASON");
}

TEST(Judge, WhatWasFoundAboutTheGateStandsAmongTheVerdicts) {
  Facts facts;
  facts.samples = {bytes(150'000)};
  Gate gate;
  gate.verdicts.resize(1);
  gate.verdicts[0].code = "GATE_LOOSENED_NO_REASON";
  gate.verdicts[0].status = Status::kFail;
  gate.remarks = {"it adds a waiver"};
  const Judgement judgement = judge(budgets("200 kB"), facts, {}, {}, std::move(gate), kToday);
  ASSERT_THAT(judgement.verdicts, SizeIs(2));
  EXPECT_EQ(judgement.verdicts[0].code, "GATE_LOOSENED_NO_REASON") << "the worst first";
  EXPECT_THAT(judgement.gate, ElementsAre("it adds a waiver"));
}

}  // namespace
}  // namespace budgetcheck
