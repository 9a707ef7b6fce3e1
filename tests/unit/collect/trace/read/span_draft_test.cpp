#include "collect/trace/read/span_draft.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::uint64_t ns(std::string_view text, std::uint64_t per_unit = 1) {
  return nanoseconds_of({json::RawScalar::Type::kString, false, text}, per_unit);
}

TEST(NanosecondsOf, ReadsNumbersInTextOrNot) {
  EXPECT_EQ(ns("1700000000000000001"), 1'700'000'000'000'000'001U) << "all digits";
  EXPECT_EQ(ns("1.7e18"), 1'700'000'000'000'000'000U);
  EXPECT_EQ(ns("12.5", 1000), 12'500U);
}

TEST(NanosecondsOf, WhatIsNoneOrTooManyIsUnknown) {
  for (const std::string_view text :
       {"", "x", "-5", "9x", "1e300", "nan", "inf", "99999999999999999999999", "9000000000000000001", "0x10"}) {
    EXPECT_EQ(ns(text), 0U) << text;
  }
  EXPECT_EQ(ns("9000000000000000", 1000), 9'000'000'000'000'000'000U);
  EXPECT_EQ(ns("9000000000000001", 1000), 0U);
}

}  // namespace
}  // namespace budgetcheck
