#include "base/platform/threads.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

namespace budgetcheck {
namespace {

TEST(Threads, EachIndexRunsOnceAndAllHaveEnded) {
  std::atomic<unsigned> sum{0};
  run_on_threads(4, [&](unsigned index) { sum += index + 1; });
  EXPECT_EQ(sum, 10U);
  EXPECT_GE(count_cores(), 1U);
}

void run_where_no_thread_is_allowed() {
  const rlimit none{1, 1};
  constexpr uid_t kNobody = 65534;
  const bool limited = ::setrlimit(RLIMIT_NPROC, &none) == 0 && (::getuid() != 0 || ::setuid(kNobody) == 0);
  std::atomic<unsigned> sum{0};
  run_on_threads(4, [&](unsigned index) { sum += index + 1; });
  std::_Exit(limited && sum == 10 ? 0 : 1);
}

TEST(ThreadsDeathTest, WhereNoneIsAllowedTheOneThereIsDoesAll) {
  EXPECT_EXIT(run_where_no_thread_is_allowed(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace budgetcheck
