#include "base/date.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace budgetcheck
