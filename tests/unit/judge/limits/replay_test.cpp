#include "judge/limits/replay.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

RateLimits limits(std::uint64_t burst = 2) {
  RateLimits out;
  LimitPlan free;
  free.name = "free";
  free.rate = {1, 1, "1/s"};
  free.burst = burst;
  free.prefixes = {"fr_"};
  LimitPlan pro = free;
  pro.name = "pro";
  pro.rate = {600, 60, "600/m"};
  pro.prefixes = {"pr_"};
  out.plans = {free, pro};
  return out;
}

LimitReplay::Request at(double ms, std::string_view key, std::uint64_t line = 1, bool whole = false) {
  return {ms, whole, key, {}, 200, "a.log", line};
}

constexpr double kStart = 1'764'410'400'000;  // 2025-11-29 10:00 UTC

TEST(LimitReplay, SaysWhoWhenAndHowOften) {
  const RateLimits plans = limits();
  LimitReplay replay(plans);
  for (std::uint64_t i = 0; i < 10; ++i) {
    replay.take(at(kStart, "fr_1", 10 + i));
    replay.take(at(kStart, "fr_2", 30 + i));
    replay.take(at(kStart + 3'600'000, "pr_1", 50 + i));
  }
  replay.take(at(kStart, ""));
  replay.take(at(kStart, "xx_1"));
  replay.take(at(-1, "fr_1"));
  const ReplayResult result = replay.finish();
  EXPECT_EQ(result.requests, 33U);
  EXPECT_EQ(result.without_key, 1U);
  EXPECT_EQ(result.of_no_plan, 1U);
  EXPECT_EQ(result.without_time, 1U);
  ASSERT_EQ(result.plans.size(), 2U);
  EXPECT_EQ(result.plans[0].count.requests, 20U);
  EXPECT_EQ(result.plans[0].count.limited, 14U);
  EXPECT_EQ(result.plans[0].count.most, 14U);
  EXPECT_EQ(result.plans[0].keys, 2U);
  EXPECT_EQ(result.plans[0].keys_limited, 2U);
  EXPECT_EQ(result.plans[1].count.limited, 7U);
  ASSERT_EQ(result.hours.size(), 2U);
  EXPECT_EQ(result.hours.begin()->second.limited, 14U);
  ASSERT_EQ(result.worst.size(), 3U);
  EXPECT_EQ(result.worst[0].line, 13U) << "the first that was limited";
  EXPECT_EQ(result.worst[0].file, "a.log");
}

TEST(LimitReplay, WholeSecondsAreARange) {
  const RateLimits plans = limits();
  LimitReplay replay(plans);
  for (int second = 0; second < 10; ++second) {
    for (int i = 0; i < 10; ++i) {
      replay.take(at(kStart + second * 1000, "pr_1", 1, true));
    }
  }
  const ReplayResult result = replay.finish();
  EXPECT_TRUE(result.whole_seconds);
  EXPECT_EQ(result.plans[1].count.requests, 100U);
  EXPECT_EQ(result.plans[1].count.limited, 0U) << "10/s evenly keep 10/s";
  EXPECT_EQ(result.plans[1].count.most, 70U) << "ten at once with a burst of 2: three pass in each second";
}

TEST(LimitReplay, ThePlanMayStandInTheRequest) {
  RateLimits plans = limits(0);
  plans.plan = "$plan";
  LimitReplay replay(plans);
  LimitReplay::Request request = at(kStart, "k");
  request.plan = "pro";
  replay.take(request);
  replay.take(request);
  request.plan = "other";
  replay.take(request);
  const ReplayResult result = replay.finish();
  EXPECT_EQ(result.plans[1].count.requests, 2U);
  EXPECT_EQ(result.plans[1].count.limited, 1U);
  EXPECT_EQ(result.of_no_plan, 1U);
}

TEST(LimitReplay, MemoryIsBounded) {
  const RateLimits plans = limits();
  LimitReplay replay(plans, 2);
  replay.take(at(kStart, "fr_1"));
  replay.take(at(kStart, "fr_2"));
  replay.take(at(kStart, "fr_3"));
  replay.take(at(kStart + 2000, "fr_4"));  // the others are idle by now
  const ReplayResult result = replay.finish();
  EXPECT_EQ(result.not_followed, 1U);
  EXPECT_EQ(result.plans[0].keys, 3U);
}

TEST(LimitReplay, AClockThatGoesBackIsCounted) {
  const RateLimits plans = limits();
  LimitReplay replay(plans);
  replay.take(at(kStart, "fr_1"));
  replay.take(at(kStart - 59'000, "fr_1"));
  replay.take(at(kStart - 61'000, "fr_1"));
  EXPECT_EQ(replay.finish().clock_back, 1U);
}

}  // namespace
}  // namespace budgetcheck
