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

}  // namespace
}  // namespace budgetcheck
