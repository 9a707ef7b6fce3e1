#include "judge/limits/leaky_bucket.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

/// How many of `count` requests pass, `step_ms` apart.
int passed(std::int64_t rate, std::int64_t burst, int count, std::int64_t step_ms) {
  LeakyBucket bucket;
  int passes = 0;
  for (int i = 0; i < count; ++i) {
    passes += bucket.take(1'000'000 + i * step_ms, rate, burst) ? 1 : 0;
  }
  return passes;
}

TEST(LeakyBucket, TakesTheBurstAndOneAtOnce) {
  EXPECT_EQ(passed(5000, 10, 100, 0), 11);
  EXPECT_EQ(passed(5000, 0, 100, 0), 1);
}

TEST(LeakyBucket, TakesTheRateInTheLongRun) {
  EXPECT_EQ(passed(4000, 8, 5001, 1), 8 + 1 + 20);  // 4/s for 5 s
  EXPECT_EQ(passed(1500, 0, 10'001, 1), 1 + 14);    // 90/m for 10 s: each 667 ms
  EXPECT_EQ(passed(1000, 0, 10, 1000), 10);         // just as fast
  EXPECT_EQ(passed(1000, 0, 10, 999), 5);           // a little too fast: each second one
}

TEST(LeakyBucket, AClockThatGoesBackStandsStill) {
  LeakyBucket bucket;
  EXPECT_TRUE(bucket.take(100'000, 1000, 1));
  EXPECT_TRUE(bucket.take(99'000, 1000, 1));
  EXPECT_FALSE(bucket.take(98'000, 1000, 1));
  EXPECT_FALSE(bucket.take(100'500, 1000, 1));
  EXPECT_TRUE(bucket.take(101'000, 1000, 1));
  // More than a minute: it was set anew, and counts from there.
  EXPECT_FALSE(bucket.take(1'000, 1000, 1));
  EXPECT_TRUE(bucket.take(102'000, 1000, 1));
}

TEST(LeakyBucket, KnowsWhenItIsEmpty) {
  LeakyBucket bucket;
  EXPECT_TRUE(bucket.is_empty(0, 1000));
  bucket.take(10'000, 1000, 5);
  bucket.take(10'000, 1000, 5);
  EXPECT_FALSE(bucket.is_empty(11'999, 1000));
  EXPECT_TRUE(bucket.is_empty(12'000, 1000));
  EXPECT_TRUE(bucket.is_empty(INT64_MAX / 2, 1000)) << "no overflow";
}

}  // namespace
}  // namespace budgetcheck
