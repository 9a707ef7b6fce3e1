#include "judge/ruling.h"

#include <gtest/gtest.h>

#include <limits>

namespace budgetcheck {
namespace {

Ruling ruling(Status status, const std::string& code, const std::string& message) {
  Ruling out;
  out.status = status;
  out.code = code;
  out.message = message;
  return out;
}

TEST(Ruling, TheGraverOfTwoCounts) {
  const Ruling kept = ruling(Status::kPass, "OK", "keeps its limit");
  const Ruling grew = ruling(Status::kFail, "REGRESSED", "grew");
  EXPECT_EQ(worst(kept, grew).code, "REGRESSED");
  EXPECT_EQ(worst(grew, kept).message, "grew");
}

TEST(Ruling, OfTwoEqualOnesBothAreReported) {
  const Ruling kept = ruling(Status::kPass, "OK", "keeps its limit");
  const Ruling grew = ruling(Status::kPass, "GREW_BELOW_FLOOR", "grew a little");
  EXPECT_EQ(worst(kept, grew).code, "GREW_BELOW_FLOOR");
  EXPECT_EQ(worst(kept, grew).message, "keeps its limit; grew a little");
  const Ruling broken = ruling(Status::kFail, "LIMIT_EXCEEDED", "over");
  EXPECT_EQ(worst(broken, ruling(Status::kFail, "REGRESSED", "grew")).message, "over; also grew");
}

TEST(Ruling, SharesHaveOneDigitBelowTenPercent) {
  EXPECT_EQ(percent(0.067), "6.7%");
  EXPECT_EQ(percent(-0.25), "25%");
  EXPECT_EQ(signed_percent(0.067), "+6.7%");
  EXPECT_EQ(signed_percent(-0.5), "-50%");
  EXPECT_EQ(signed_percent(std::numeric_limits<double>::infinity()), "from nothing");
}

TEST(Ruling, AChanceIsOneInARoundNumber) {
  EXPECT_EQ(chance(5.4e-6), "1 in 190 000");
  EXPECT_EQ(chance(0), "less than 1 in a million million");
}

}  // namespace
}  // namespace budgetcheck
