#include "collect/load_test/point_times.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(PointTimes, OneAfterTheOther) {
  PointTimes times;
  const double first = times.of_text("2026-11-29T00:32:25.057895Z");
  EXPECT_NEAR(times.of_text("2026-11-29T00:32:26.057895Z") - first, 1000, 1e-3);
  EXPECT_NEAR(times.of_text("2026-11-29T00:33:25Z") - first, 60'000 - 57.895, 1e-3);
  EXPECT_NEAR(times.of_text("2026-11-29T01:32:25.057895+01:00"), first, 1e-3);
  EXPECT_NEAR(times.of_text("2026-11-29T00:32:25.057895Z"), first, 1e-3);
}

TEST(PointTimes, WhatIsNoTime) {
  PointTimes times;
  for (const char* text : {"", "yesterday", "2026-11-29", "2026-11-29T00:32:", "2026-13-29T00:32:25Z",
                           "2026-11-29T00:32:xxZ", "2026-11-29T00:32:25 now"}) {
    EXPECT_LT(times.of_text(text), 0) << text;
  }
}

TEST(PointTimes, NumbersBySize) {
  for (const double value : {1795912345.0, 1795912345e3, 1795912345e6, 1795912345e9}) {
    EXPECT_DOUBLE_EQ(PointTimes::of_number(value), 1795912345e3) << value;
  }
  EXPECT_LT(PointTimes::of_number(0), 0);
  EXPECT_LT(PointTimes::of_number(-5), 0);
}

}  // namespace
}  // namespace budgetcheck
