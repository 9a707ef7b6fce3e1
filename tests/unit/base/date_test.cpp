#include "base/date.h"

#include <gtest/gtest.h>

#include <limits>

namespace budgetcheck {
namespace {

TEST(Date, KnowsWhichDaysExist) {
  for (const char* good : {"2026-12-31", "2028-02-29", "2000-02-29", "2026-01-01"}) {
    EXPECT_TRUE(is_date(good)) << good;
  }
  for (const char* bad : {"2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01",
                          "2026/01/01", "2026-01-01 ", "", "2026-01-0a", "-026-01-01"}) {
    EXPECT_FALSE(is_date(bad)) << bad;
  }
}

TEST(DayNumber, CountsDaysAndReadsTimes) {
  EXPECT_EQ(day_number("1970-01-01"), 0);
  EXPECT_EQ(day_number("1970-02-01"), 31);
  EXPECT_EQ(day_number("2024-03-01").value() - day_number("2024-02-28").value(), 2) << "a leap year";
  EXPECT_EQ(day_number("2026-11-23T23:59:59Z"), day_number("2026-11-23"));
  EXPECT_FALSE(day_number("2026-11-23x"));
  EXPECT_FALSE(day_number("2026-02-30"));
  EXPECT_FALSE(day_number(""));
}

TEST(DayNumber, DateTextIsTheInverse) {
  for (const char* day : {"1970-01-01", "2024-02-29", "2026-11-23", "9999-12-31"}) {
    EXPECT_EQ(date_text(day_number(day).value()), day);
  }
}

TEST(Times, AreReadAsMillisecondsWithTheirOffset) {
  EXPECT_EQ(time_ms("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(time_ms("2026-11-23T06:45:42.871Z"), 1795416342871.0);
  EXPECT_EQ(time_ms("2026-11-23T07:45:42.871+01:00"), 1795416342871.0);
  EXPECT_EQ(time_ms("2026-11-23T01:15:42.871-0530"), 1795416342871.0);
  EXPECT_EQ(time_ms("2026-11-23T06:45:42"), 1795416342000.0);
  for (const char* bad : {"", "2026-11-23", "2026-11-23T", "2026-11-23T25:00:00Z", "2026-13-23T06:45:42Z",
                          "2026-11-23T06:45:42X", "2026-11-23T06:45:42+1:00", "2026-11-23 06-45-42"}) {
    EXPECT_FALSE(time_ms(bad)) << bad;
  }
}

TEST(Times, OfHttpHeadersAreRead) {
  EXPECT_EQ(http_time_ms("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777000.0);
  for (const char* bad : {"", "0", "-1", "Sun, 06 Now 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
                          "Sun, 31 Feb 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "x, "}) {
    EXPECT_FALSE(http_time_ms(bad)) << bad;
  }
}

TEST(Date, AnOffsetMayBeHoursAlone) {
  EXPECT_EQ(time_ms("2026-11-23T07:45:42.5+01"), time_ms("2026-11-23T06:45:42.5Z"));
  EXPECT_EQ(time_ms("2026-11-23T07:45:42+1"), std::nullopt);
  EXPECT_EQ(time_ms("2026-11-23T07:45:42+01:"), std::nullopt);
}

TEST(Date, NumbersSince1970) {
  for (const double number : {1795912345.0, 1795912345e3, 1795912345e6, 1795912345e9}) {
    EXPECT_DOUBLE_EQ(since_1970_ms(number).value_or(-1), 1795912345e3) << number;
  }
  EXPECT_EQ(since_1970_ms(0), 0);
  EXPECT_EQ(since_1970_ms(-1), std::nullopt);
  EXPECT_EQ(since_1970_ms(std::numeric_limits<double>::infinity()), std::nullopt);
  EXPECT_EQ(since_1970_ms(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
}

}  // namespace
}  // namespace budgetcheck
