#include "base/pipeline.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

namespace budgetcheck {
namespace {

TEST(OrderedPipelineThreads, TakesPiecesInOrderWhoeverMakesThem) {
  for (const unsigned workers : {1U, 2U, 4U}) {
    std::string taken;
    std::atomic<int> taking{0};
    ordered_pipeline<std::string>(
        200, workers, [](unsigned /*worker*/, std::size_t i) { return std::to_string(i) + " "; },
        [&](const std::string& piece) {
          EXPECT_EQ(++taking, 1);
          taken += piece;
          --taking;
        });
    std::string expected;
    for (int i = 0; i < 200; ++i) {
      expected += std::to_string(i) + " ";
    }
    EXPECT_EQ(taken, expected) << workers << " workers";
  }
}

TEST(OrderedPipelineThreads, MakesNoMoreThanTwoPiecesAWorkerAhead) {
  constexpr unsigned kWorkers = 3;
  std::atomic<std::size_t> taken{0};
  ordered_pipeline<std::size_t>(
      100, kWorkers,
      [&](unsigned /*worker*/, std::size_t i) {
        EXPECT_LT(i, taken.load() + 2 * kWorkers + 1);
        return i;
      },
      [&](std::size_t) { ++taken; });
  EXPECT_EQ(taken.load(), 100U);
}

TEST(OrderedPipelineThreads, ThrowsAgainWhatAWorkerThrew) {
  const auto fails_at = [](std::size_t bad, bool making) {
    ordered_pipeline<std::size_t>(
        50, 3,
        [&](unsigned /*worker*/, std::size_t i) {
          if (making && i == bad) {
            throw std::runtime_error("made");
          }
          return i;
        },
        [&](std::size_t i) {
          if (!making && i == bad) {
            throw std::runtime_error("taken");
          }
        });
  };
  EXPECT_THROW(fails_at(0, true), std::runtime_error);
  EXPECT_THROW(fails_at(20, true), std::runtime_error);
  EXPECT_THROW(fails_at(20, false), std::runtime_error);
  EXPECT_NO_THROW(fails_at(50, true));
}

TEST(OrderedPipelineThreads, NothingToDoIsDone) {
  ordered_pipeline<int>(
      0, 2, [](unsigned, std::size_t) { return 1; }, [](int) { FAIL(); });
}

}  // namespace
}  // namespace budgetcheck
