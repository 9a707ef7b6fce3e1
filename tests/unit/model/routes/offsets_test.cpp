#include "model/routes/offsets.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Offsets, StepsAndDaysAreCounted) {
  EXPECT_TRUE(differ_in_offsets({"/feed/20", "/feed/40", "/feed/60", "/feed/80"}));
  EXPECT_TRUE(differ_in_offsets({"/feed/80", "/feed/20", "/feed/20", "/feed/160"})) << "some are missing";
  EXPECT_TRUE(differ_in_offsets({"/feed/1", "/feed/21", "/feed/41"}));
  EXPECT_TRUE(differ_in_offsets({"/feed/2", "/feed/4", "/feed/6"}));
  EXPECT_TRUE(differ_in_offsets(
      {"/prices/1700000000/1700003600", "/prices/1700003600/1700007200", "/prices/1700007200/1700010800"}));
  EXPECT_TRUE(differ_in_offsets({"/stats/2026-01-01", "/stats/2026-01-02", "/stats/2026-01-05"}));
  EXPECT_TRUE(differ_in_offsets({"/stats/2024", "/stats/2025", "/stats/2026"}));
  EXPECT_TRUE(differ_in_offsets({"/stats/2026-W01", "/stats/2026-W02", "/stats/2026-W04"}));
  EXPECT_TRUE(differ_in_offsets({"/stats/20260101", "/stats/20260102", "/stats/20260104"}));
}

TEST(Offsets, RowsAreNot) {
  EXPECT_FALSE(differ_in_offsets({"/users/1", "/users/2", "/users/3"}));
  EXPECT_FALSE(differ_in_offsets({"/users/2", "/users/4", "/users/8"})) << "gaps of any size";
  EXPECT_FALSE(differ_in_offsets({"/users/17", "/users/40", "/users/81"}));
  EXPECT_FALSE(differ_in_offsets({"/users/a1", "/users/b2", "/users/c3"}));
  EXPECT_FALSE(
      differ_in_offsets({"/users/7/days/2026-01-01", "/users/9/days/2026-01-02", "/users/10/days/2026-01-03"}));
  EXPECT_FALSE(differ_in_offsets({"/users/99999999999999999999", "/users/20", "/users/40"})) << "beyond a number";
}

TEST(Offsets, TwoAreTooFew) {
  EXPECT_FALSE(differ_in_offsets({}));
  EXPECT_FALSE(differ_in_offsets({"/feed/20", "/feed/40"}));
  EXPECT_FALSE(differ_in_offsets({"/feed/20", "/feed/20", "/feed/20"}));
  EXPECT_FALSE(differ_in_offsets({"/feed/20", "/feed/40/x", "/feed/60"}));
}

}  // namespace
}  // namespace budgetcheck
