#include "cli/update/decide_limit.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

struct Fixture {
  BudgetsFile file;
  json::Value written{json::Object{{"max", json::Value(std::string("170 kB")), 0, 0}}};
  Facts facts;
  Baseline base;
  std::string today = "2026-11-30";

  Fixture() {
    Budget budget;
    budget.id = "a";
    budget.metric = Metric{};
    budget.metric->unit = Unit::kBytes;
    budget.max = 170'000;
    file.budgets = {budget};
  }
  Trial trial() const { return Trial(file, 0, written, facts, base, today); }
};

Verdict suggested(std::optional<double> tighter) {
  Verdict verdict;
  verdict.tighter = tighter;
  verdict.message = "kept";
  return verdict;
}

TEST(Tighten, TakesWhatLeavesRoomAtEveryPlace) {
  const Fixture on;
  const LimitDecision decision = decide_tighter(on.trial(), {suggested(120'100), suggested(143'000)});
  ASSERT_EQ(decision.limits.size(), 1U);
  EXPECT_EQ(decision.limits[0].text, "143 kB");
  EXPECT_FALSE(decision.is_looser);
  EXPECT_EQ(decision.text, "a: max 170 kB -> 143 kB (stored results leave 5% of room)");
}

TEST(Tighten, OnePlaceWithoutRoomIsEnoughToLeaveIt) {
  const Fixture on;
  const LimitDecision decision = decide_tighter(on.trial(), {suggested(120'100), suggested(std::nullopt)});
  EXPECT_TRUE(decision.limits.empty());
  EXPECT_EQ(decision.text, "a: nothing to tighten: kept");
  EXPECT_TRUE(decide_tighter(on.trial(), {}).limits.empty());
}

TEST(Tighten, WhatRoundsUpToTheLimitIsNotTighter) {
  const Fixture on;
  EXPECT_TRUE(decide_tighter(on.trial(), {suggested(169'001)}).limits.empty());
  EXPECT_EQ(decide_tighter(on.trial(), {suggested(169'000)}).limits.size(), 1U);
}

}  // namespace
}  // namespace budgetcheck
