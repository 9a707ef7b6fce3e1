#include "base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace budgetcheck {
namespace {

TEST(Parallel, RunsEveryJobOnce) {
  for (const unsigned threads : {0U, 1U, 4U}) {
    std::vector<std::atomic<int>> runs(1000);
    parallel_for(
        runs.size(), [&](std::size_t i) { ++runs[i]; }, threads);
    for (const auto& run : runs) {
      ASSERT_EQ(run.load(), 1);
    }
  }
  parallel_for(0, [](std::size_t) { FAIL(); });
}

TEST(Parallel, AnExceptionStopsTheHandOutAndIsThrownAgain) {
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<int> runs{0};
    const auto job = [&](std::size_t i) {
      ++runs;
      if (i == 3) {
        throw std::runtime_error("three");
      }
    };
    EXPECT_THROW(parallel_for(1'000'000, job, threads), std::runtime_error);
    EXPECT_LT(runs.load(), 1'000'000);
  }
}

}  // namespace
}  // namespace budgetcheck
