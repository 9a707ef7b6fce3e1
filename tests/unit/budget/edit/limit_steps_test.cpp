#include "budget/edit/limit_steps.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string raised(std::string_view written, Unit unit, double value) {
  const auto steps = LimitSteps::like(written, unit, value);
  return steps ? steps->text(steps->at_least(value)) : "none";
}

std::string lowered(std::string_view written, Unit unit, double value) {
  const auto steps = LimitSteps::like(written, unit, value);
  return steps ? steps->text(steps->at_most(value)) : "none";
}

TEST(LimitSteps, KeepsUnitAndPrecision) {
  EXPECT_EQ(raised("24 kB", Unit::kBytes, 25'930), "26 kB");
  EXPECT_EQ(raised("2.5 s", Unit::kMilliseconds, 2810), "2.9 s");
  EXPECT_EQ(raised("24kB", Unit::kBytes, 25'930), "26kB");
  EXPECT_EQ(raised("170.5 kB", Unit::kBytes, 181'234), "181.3 kB");
  EXPECT_EQ(raised("24 KiB", Unit::kBytes, 25'930), "26 KiB");
  EXPECT_EQ(raised("5%", Unit::kRatio, 0.123), "13%");
  EXPECT_EQ(raised(" 24 kB ", Unit::kBytes, 25'930), "26 kB");
}

TEST(LimitSteps, AValueOnAStepStaysThere) {
  EXPECT_EQ(raised("24 kB", Unit::kBytes, 26'000), "26 kB");
  EXPECT_EQ(raised("24 kB", Unit::kBytes, 26'000.01), "27 kB");
  EXPECT_EQ(raised("2.5 s", Unit::kMilliseconds, 2900), "2.9 s");
  EXPECT_EQ(raised("0.1", Unit::kNone, 0.3), "0.3");
  EXPECT_EQ(lowered("90", Unit::kPoints, 87), "87");
}

TEST(LimitSteps, AMinimumGoesDown) {
  EXPECT_EQ(lowered("90", Unit::kPoints, 87.4), "87");
  EXPECT_EQ(lowered("99%", Unit::kRatio, 0.9765), "97%");
  EXPECT_EQ(lowered("5", Unit::kPoints, 0), "0");
}

TEST(LimitSteps, AreFinerWhereAStepWouldBeMoreThanATenth) {
  EXPECT_EQ(raised("1 MB", Unit::kBytes, 1'020'000), "1.1 MB");
  EXPECT_EQ(raised("0.1", Unit::kNone, 0.123), "0.13");
  EXPECT_EQ(raised("1%", Unit::kRatio, 0.0123), "1.3%");
  EXPECT_EQ(raised("10 s", Unit::kMilliseconds, 10'010), "11 s");  // a step is 9.99 %
  EXPECT_EQ(raised("9 s", Unit::kMilliseconds, 9'910), "10 s");    // 9.9 s would be 10.09 %: tenths
  EXPECT_EQ(raised("0 ms", Unit::kMilliseconds, 0.0003), "0.0003 ms");
}

TEST(LimitSteps, WholeNumbersHaveThreeDigits) {
  EXPECT_EQ(raised("9000 ms", Unit::kMilliseconds, 9123), "9130 ms");
  EXPECT_EQ(raised("250000 B", Unit::kBytes, 251'337), "252000 B");
  EXPECT_EQ(raised("999 kB", Unit::kBytes, 999'100), "1000 kB");
  EXPECT_EQ(raised("1500.5 kB", Unit::kBytes, 1'612'340), "1612.4 kB");
}

TEST(LimitSteps, CountsGoUpOneByOne) {
  EXPECT_EQ(raised("12", Unit::kCount, 14), "14");
  EXPECT_EQ(raised("1200", Unit::kCount, 1234), "1234");
  EXPECT_EQ(raised("1", Unit::kCount, 1.5), "2");
}

TEST(LimitSteps, KeepsSeparators) {
  EXPECT_EQ(raised("250_000 B", Unit::kBytes, 1'251'337), "1_260_000 B");
  EXPECT_EQ(raised("1_0 kB", Unit::kBytes, 25'930), "26 kB");
}

TEST(LimitSteps, OfWhatIsNoQuantityThereAreNone) {
  EXPECT_EQ(raised("24 s", Unit::kBytes, 25'930), "none");
  EXPECT_EQ(raised("", Unit::kBytes, 25'930), "none");
  EXPECT_EQ(raised("1 us", Unit::kMilliseconds, 1e300), "none");
}

TEST(LimitSteps, ALimitIsReadAsItIsWritten) {
  const auto steps = LimitSteps::like("2.5 s", Unit::kMilliseconds, 2810);
  ASSERT_TRUE(steps);
  EXPECT_EQ(steps->value(29), 2900);
  EXPECT_EQ(steps->text(30), "3 s");
  EXPECT_EQ(steps->text(0), "0 s");
}

}  // namespace
}  // namespace budgetcheck
