#include "collect/http/time_text.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

TEST(TimeText, ADurationNamesItsUnits) {
  EXPECT_DOUBLE_EQ(duration_with_unit("120ms"), 120);
  EXPECT_DOUBLE_EQ(duration_with_unit(" 12.5 ms "), 12.5);
  EXPECT_DOUBLE_EQ(duration_with_unit("0.12s"), 120);
  EXPECT_DOUBLE_EQ(duration_with_unit("1m2.5s"), 62500);
  EXPECT_DOUBLE_EQ(duration_with_unit("1h0m0s"), 3.6e6);
  EXPECT_DOUBLE_EQ(duration_with_unit("350us"), 0.35);
  EXPECT_DOUBLE_EQ(duration_with_unit("350\xC2\xB5s"), 0.35);
  EXPECT_DOUBLE_EQ(duration_with_unit("350\\u00b5s"), 0.35);
  EXPECT_DOUBLE_EQ(duration_with_unit("5ns"), 5e-6);
  for (const char* text : {"", "120", "ms", "-5ms", "1.2.3s", "5 apples", "1e400s", "5ms5", ".ms", "9e9h"}) {
    EXPECT_LT(duration_with_unit(text), 0) << text;
  }
  EXPECT_LT(duration_with_unit(std::string(400, '9') + "s"), 0);
}

TEST(TimeText, ANumberKeepsItsDecimals) {
  EXPECT_EQ(logged_number("0.120").decimals, 3);
  EXPECT_EQ(logged_number("0.120").value, 0.12);
  EXPECT_EQ(logged_number("7").decimals, 0);
  EXPECT_EQ(logged_number("-").decimals, LoggedNumber::kAbsent);
  for (const char* text : {"", "-1", "1.", ".5", "1e5", "1.2.3", "0x10", "inf", "1,5"}) {
    EXPECT_FALSE(logged_number(text).is_number()) << text;
  }
  EXPECT_FALSE(logged_number("0." + std::string(300, '1')).is_number());
}

}  // namespace
}  // namespace budgetcheck
