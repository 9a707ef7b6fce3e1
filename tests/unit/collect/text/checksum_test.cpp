#include "collect/text/checksum.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Checksum, IsTheSumOfTheLinesHoweverTheyLie) {
  EXPECT_EQ(checksum_of("a\nb\n\nc\n"), checksum_of("c\n\n") + checksum_of("b\na\n"));
  EXPECT_EQ(checksum_of("a\nb"), checksum_of("a\nb\n"));
  EXPECT_NE(checksum_of("a\nb\n"), checksum_of("a\nc\n"));
  EXPECT_NE(checksum_of("a\n"), checksum_of("a\n\n"));
  EXPECT_EQ(checksum_of(""), 0U);
}

TEST(Checksum, NumbersBeforeLinesAreNoPartOfThem) {
  std::uint64_t size = 0;
  EXPECT_EQ(checksum_of_numbered("7\tab\n12\t\n", size), checksum_of("ab\n\n"));
  EXPECT_EQ(size, 4U);
  EXPECT_EQ(without_numbers("7\tab\n12\tc"), "ab\nc");
}

TEST(Checksum, WhatIsNoNumberStays) {
  std::uint64_t number = 3;
  EXPECT_EQ(without_number("{\"a\":1}", number), "{\"a\":1}");
  EXPECT_EQ(without_number("12 a", number), "12 a");
  EXPECT_EQ(without_number("\ta", number), "\ta");
  EXPECT_EQ(without_number("1234567890123456\ta", number), "1234567890123456\ta") << "more than a double holds";
  EXPECT_EQ(number, 3U);
  EXPECT_EQ(without_number("42\ta\tb", number), "a\tb");
  EXPECT_EQ(number, 42U);
}

}  // namespace
}  // namespace budgetcheck
