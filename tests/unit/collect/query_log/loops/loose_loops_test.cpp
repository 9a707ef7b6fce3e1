#include "collect/query_log/loops/loose_loops.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Execution execution_of(std::uint64_t stream, std::uint32_t shape, std::uint64_t key) {
  Execution execution;
  execution.stream = stream;
  execution.shape = shape;
  execution.verb = Verb::kSelect;
  execution.route = Execution::kNoRoute;
  execution.params.known = true;
  execution.params.all = execution.params.keys = execution.params.unpaged = execution.params.rest = key;
  return execution;
}

TEST(LooseLoops, EachStreamHasLoopsOfItsOwn) {
  LooseLoops loops;
  for (std::uint64_t stream = 1; stream <= 2; ++stream) {
    loops.execute(execution_of(stream, static_cast<std::uint32_t>(10 * stream), 99));
  }
  for (std::uint64_t i = 0; i < 5; ++i) {
    loops.execute(execution_of(1, 7, 2 * i));
    loops.execute(execution_of(2, 7, 2 * i + 1));
    loops.execute(execution_of(2, 8, 2 * i + 1));
  }
  loops.finish();
  ASSERT_EQ(loops.found().all().size(), 2U);
  const Repeat& shared = loops.found().all()[0].repeat;
  EXPECT_EQ(shared.count, 5U) << "not both together";
  EXPECT_EQ(shared.evidence.foreign, 0U);
  EXPECT_EQ(loops.found().all()[0].executions, 10U);
}

TEST(LooseLoops, TheLongestUntouchedStreamEndsFirst) {
  LooseLoops loops;
  for (std::uint64_t i = 0; i < 4; ++i) {
    loops.execute(execution_of(1, 7, i + 1));
  }
  for (std::uint64_t stream = 2; stream <= LooseLoops::kMaxStreams + 1; ++stream) {
    loops.execute(execution_of(stream, 1, 1));
  }
  ASSERT_EQ(loops.found().all().size(), 1U);
  loops.execute(execution_of(1, 7, 9));
  loops.finish();
  EXPECT_EQ(loops.found().all()[0].executions, 4U) << "what came after is another";
}

}  // namespace
}  // namespace budgetcheck
