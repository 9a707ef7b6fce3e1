#include "base/platform/threads.h"

#include <gtest/gtest.h>

#include <atomic>

namespace budgetcheck {
namespace {

TEST(Threads, EachIndexRunsOnceAndAllHaveEnded) {
  std::atomic<unsigned> sum{0};
  run_on_threads(4, [&](unsigned index) { sum += index + 1; });
  EXPECT_EQ(sum, 10U);
  EXPECT_GE(count_cores(), 1U);
}

}  // namespace
}  // namespace budgetcheck
