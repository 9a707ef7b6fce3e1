#include "collect/load_test/text/tool_number.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ToolNumber, CountsWithAndWithoutSeparators) {
  EXPECT_EQ(tool_count("2858"), 2858U);
  EXPECT_EQ(tool_count("10,420"), 10420U);
  EXPECT_EQ(tool_count("10.420"), 10420U);
  EXPECT_EQ(tool_count("1'010'420"), 1010420U);
  EXPECT_EQ(tool_count("10\xE2\x80\xAF"
                       "420"),
            10420U);
  EXPECT_EQ(tool_count("2.62k"), 2620U);
  for (const char* wrong : {"", "1,0", "10.42", "1,2345", "-1", "1e3", "abc", "12a", ",100", "99999999999999999999"}) {
    EXPECT_FALSE(tool_count(wrong)) << wrong;
  }
}

TEST(ToolNumber, DecimalCommasOfLocales) {
  EXPECT_EQ(tool_number("14.1"), 14.1);
  EXPECT_EQ(tool_number("14,1"), 14.1);
  EXPECT_EQ(tool_number("0,0081"), 0.0081);
  EXPECT_EQ(tool_number("1,234.5"), 1234.5);
  EXPECT_EQ(tool_number("1.234,5"), 1234.5);
  EXPECT_EQ(tool_number("1,234,567"), 1234567);
  for (const char* wrong : {"", "-1", "1,23,456", "x", "inf", "nan"}) {
    EXPECT_FALSE(tool_number(wrong)) << wrong;
  }
}

TEST(ToolNumber, DurationsInTheToolsOwnWords) {
  EXPECT_EQ(tool_duration_ms("8.86ms"), 8.86);
  EXPECT_EQ(tool_duration_ms("1.36s"), 1360);
  EXPECT_EQ(tool_duration_ms("1.2m"), 72000);
  EXPECT_EQ(tool_duration_ms("175us"), 0.175);
  EXPECT_NEAR(*tool_duration_ms("481.574\xC2\xB5s"), 0.481574, 1e-12);
  EXPECT_NEAR(*tool_duration_ms("481.574\xCE\xBCs"), 0.481574, 1e-12);
  EXPECT_EQ(tool_duration_ms("1m2.5s"), 62500);
  EXPECT_EQ(tool_duration_ms("1h2m"), 3720000);
  EXPECT_EQ(tool_duration_ms("0.0081 secs"), 8.1);
  EXPECT_EQ(tool_duration_ms("1,462 seconds"), 1462);
  EXPECT_EQ(tool_duration_ms("12", 1e3), 12000);
  for (const char* wrong : {"", "12", "ms", "8 apples", "1.2mb", "-3ms", "1..2s", "5m?"}) {
    EXPECT_FALSE(tool_duration_ms(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace budgetcheck
