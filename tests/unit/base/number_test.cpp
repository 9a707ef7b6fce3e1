#include "base/number.h"

#include <gtest/gtest.h>

#include <charconv>
#include <cstdint>
#include <limits>
#include <random>

namespace budgetcheck {
namespace {

TEST(ParseNumber, TakesOnlyWholeFiniteDecimals) {
  EXPECT_EQ(parse_number("1.5"), 1.5);
  EXPECT_EQ(parse_number("+2"), 2.0);
  EXPECT_EQ(parse_number("-3e2"), -300.0);
  EXPECT_EQ(parse_number(".5"), 0.5);
  for (const char* text :
       {"", "+", "-", "+-5", "1x", " 1", "1 ", "inf", "-inf", "nan", "-nan", "0x10", "1e400", "1,5"}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(LeadingNumber, IsWhatFromCharsReads) {
  std::mt19937_64 random(7);
  const auto compare = [](const std::string& text) {
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    const LeadingNumber number = leading_number(text);
    ASSERT_EQ(number.end, code == std::errc() ? end : nullptr) << text;
    if (number.end != nullptr) {
      ASSERT_EQ(number.value, value) << text;
    }
  };
  for (const char* text :
       {"", ".", "1.", "1.e5", "1.2.3", "1e5", "1e", "-1.5", "-", "0", "00012.50", "9007199254740993",
        "123456789012345", "1234567890123456", "0.123456789012345", "12ms", "1.5 s", "1E+3x"}) {
    compare(text);
  }
  constexpr std::string_view kSigns = "0123456789012345678901234567890123456789....eE-+ m";
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (std::size_t size = random() % 20; text.size() < size;) {
      text += kSigns[random() % kSigns.size()];
    }
    compare(text);
  }
}

TEST(FormatNumber, ReadsBackExactly) {
  for (const double value : {0.1, 1.0 / 3, 123456789.123456789, 1e-7, 1e15, 1e300, 5e-324, -2.5, 170000.0}) {
    EXPECT_EQ(parse_number(format_number(value)), value) << format_number(value);
  }
  EXPECT_EQ(format_number(170000), "170000");
  EXPECT_EQ(format_number(999999999999999), "999999999999999");
  EXPECT_EQ(format_number(-0.0), "0");
}

TEST(FormatNumber, RoundsAndDropsTrailingZeros) {
  EXPECT_EQ(format_rounded(1.25, 1), "1.3");
  EXPECT_EQ(format_rounded(2.0, 2), "2");
  EXPECT_EQ(format_rounded(-0.04, 1), "0");
  EXPECT_EQ(format_rounded(1e308, 6), format_number(1e308));
}

TEST(SaturatingAdd, SticksAtTheTop) {
  EXPECT_EQ(saturating_add(1, 2), 3U);
  EXPECT_EQ(saturating_add(UINT64_MAX, 1), UINT64_MAX);
}

}  // namespace
}  // namespace budgetcheck
