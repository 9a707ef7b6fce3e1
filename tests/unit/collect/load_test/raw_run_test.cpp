#include "collect/load_test/raw_run.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(RawRun, RoutesAreBounded) {
  RawRun run;
  const std::size_t many = RawRun::kMostRoutes + 2;
  for (std::size_t i = 0; i < many; ++i) {
    const std::string route = "/users/" + std::to_string(i);
    run.add({route, 1, i == 0, 10.0});
  }
  EXPECT_EQ(run.beyond_routes(), 2U);
  const std::vector<LoadPart> parts = run.parts();
  ASSERT_EQ(parts.size(), RawRun::kMostRoutes + 1);
  EXPECT_EQ(parts.front().requests, many);
  EXPECT_EQ(parts.front().failed, 1U);
  EXPECT_EQ(std::get<Distribution>(*parts.front().success_durations).count(), many - 1);
  EXPECT_NEAR(*parts.front().seconds, 0.001, 1e-12);
}

TEST(RawRun, TheTimeIsKnownWhenEachRequestTellsIt) {
  RawRun run;
  run.add({"", 100, false, 0.0});
  run.add({"", 50, true, std::nullopt});
  EXPECT_FALSE(run.parts().front().seconds);
  EXPECT_EQ(std::get<Distribution>(*run.parts().front().durations).count(), 2U);
}

}  // namespace
}  // namespace budgetcheck
