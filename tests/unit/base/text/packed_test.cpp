#include "base/text/packed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace budgetcheck {
namespace {

TEST(Packed, WholeNumbersComeBack) {
  const std::vector<std::uint64_t> numbers{0, 1, 127, 128, 300, 1ULL << 32U, std::numeric_limits<std::uint64_t>::max()};
  PackedWriter out;
  for (const std::uint64_t number : numbers) {
    out.whole(number);
    out.hash(number);
  }
  PackedReader in(out.bytes());
  for (const std::uint64_t number : numbers) {
    EXPECT_EQ(in.whole(), number);
    EXPECT_EQ(in.hash(), number);
  }
  EXPECT_TRUE(in.at_end());
  EXPECT_FALSE(in.failed());
}

TEST(Packed, NumbersComeBackToTheBitAndUsualOnesAreShort) {
  PackedWriter out;
  const std::vector<double> numbers{0,    -1,  -2,   0.1,  12.345,  1.0 / 3, 1'795'416'840'000, 1e300,
                                    -0.0, 2.5, 1e15, 1e16, 0.00005, 4.0625,  12.3456789,        9.999};
  for (const double number : numbers) {
    out.number(number);
  }
  PackedReader in(out.bytes());
  for (const double number : numbers) {
    const double read = in.number();
    EXPECT_EQ(read, number);
    EXPECT_EQ(std::signbit(read), std::signbit(number));
  }
  EXPECT_TRUE(in.at_end());
  PackedWriter usual;
  usual.number(-1);
  usual.number(12);
  usual.number(1.5);
  EXPECT_LE(usual.size(), 4U);
}

TEST(Packed, WhatIsNotThereIsAnError) {
  PackedReader empty("");
  EXPECT_EQ(empty.whole(), 0U);
  EXPECT_TRUE(empty.failed());
  PackedReader endless("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
  endless.whole();
  EXPECT_TRUE(endless.failed());
  PackedReader short_text(
      std::string_view("\x05"
                       "abc"));
  EXPECT_EQ(short_text.text(), "");
  EXPECT_TRUE(short_text.failed());
  PackedWriter out;
  out.number(std::numeric_limits<double>::infinity());
  PackedReader infinite(out.bytes());
  infinite.number();
  EXPECT_TRUE(infinite.failed());
  PackedReader most("\x05");
  EXPECT_EQ(most.whole_to(4), 0U);
  EXPECT_TRUE(most.failed());
}

TEST(Base64, ComesBack) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"), std::string("abc"),
                                   std::string("\0\xFF\x10", 3), std::string("Man is distinguished")}) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
  }
  EXPECT_EQ(to_base64("Man"), "TWFu");
  EXPECT_EQ(to_base64("Ma"), "TWE=");
  EXPECT_EQ(from_base64("TWE"), std::nullopt);
  EXPECT_EQ(from_base64("T!Fu"), std::nullopt);
  EXPECT_EQ(from_base64("T==="), std::nullopt);
}

}  // namespace
}  // namespace budgetcheck
