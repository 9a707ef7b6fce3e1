#include "base/units.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ParseQuantity, KnowsItsUnits) {
  EXPECT_EQ(parse_quantity("170 kB", Unit::kBytes), 170'000.0);
  EXPECT_EQ(parse_quantity("170 KiB", Unit::kBytes), 174'080.0);
  EXPECT_EQ(parse_quantity("1.5MB", Unit::kBytes), 1'500'000.0);
  EXPECT_EQ(parse_quantity("1 MiB", Unit::kBytes), 1'048'576.0);
  EXPECT_EQ(parse_quantity("2.5 s", Unit::kMilliseconds), 2500.0);
  EXPECT_EQ(parse_quantity("250 us", Unit::kMilliseconds), 0.25);
  EXPECT_EQ(parse_quantity("1_000 ms", Unit::kMilliseconds), 1000.0);
  EXPECT_EQ(parse_quantity("1e3 B", Unit::kBytes), 1000.0);
  EXPECT_EQ(parse_quantity("12", Unit::kCount), 12.0);
  EXPECT_EQ(parse_quantity("10%", Unit::kRatio), 0.1);
  EXPECT_EQ(parse_quantity(" 0.1 ", Unit::kNone), 0.1);
  EXPECT_EQ(parse_quantity("0", Unit::kBytes), 0.0);  // nothing is nothing in every unit
}

TEST(ParseQuantity, RefusesWithTheUnitsThatFit) {
  for (const auto& [text, unit] : std::vector<std::pair<std::string, Unit>>{
           {"15O kB", Unit::kBytes}, {"170", Unit::kBytes},      {"2500", Unit::kMilliseconds},
           {"170 KB", Unit::kBytes}, {"2 s", Unit::kBytes},      {"10%", Unit::kBytes},
           {"3 kB", Unit::kCount},   {"-1 kB", Unit::kBytes},    {"-1", Unit::kCount},
           {"", Unit::kBytes},       {"kB", Unit::kBytes},       {"1 eB", Unit::kBytes},
           {"NaN", Unit::kNone},     {"inf", Unit::kNone},       {"0x10", Unit::kCount},
           {"1e400", Unit::kCount},  {"1e308 GB", Unit::kBytes}, {"12 1", Unit::kCount},
           {"1 2 kB", Unit::kBytes}, {"1,5 kB", Unit::kBytes}}) {
    const auto got = parse_quantity(text, unit);
    ASSERT_FALSE(got) << text;
    EXPECT_EQ(got.error().kind, ErrorKind::kUsage) << text;
    EXPECT_FALSE(got.error().hint.empty()) << text;
  }
  EXPECT_NE(parse_quantity("170", Unit::kBytes).error().hint.find("KiB (1024)"), std::string::npos);
  EXPECT_NE(parse_quantity("170 KB", Unit::kBytes).error().hint.find("did you mean 'kB'"), std::string::npos);
}

TEST(ParseQuantity, QuotesNothingHarmful) {
  const auto got = parse_quantity("1 \x1b[31m", Unit::kBytes);
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().message.find('\x1b'), std::string::npos);
}

TEST(ParseUnit, ReadsNamesAndRefusesOthers) {
  EXPECT_EQ(parse_unit("KiB")->scale, 1024);
  EXPECT_EQ(parse_unit("min")->scale, 60'000);
  EXPECT_FALSE(parse_unit("kb/s"));
  EXPECT_FALSE(parse_unit(""));
}

TEST(FormatQuantity, IsShortAndRound) {
  EXPECT_EQ(format_quantity(170'000, Unit::kBytes), "170 kB");
  EXPECT_EQ(format_quantity(151'312, Unit::kBytes), "151.3 kB");
  EXPECT_EQ(format_quantity(999, Unit::kBytes), "999 B");
  EXPECT_EQ(format_quantity(1'234'567, Unit::kBytes), "1.23 MB");
  EXPECT_EQ(format_quantity(2010, Unit::kMilliseconds), "2.01 s");
  EXPECT_EQ(format_quantity(0.25, Unit::kMilliseconds), "250 µs");
  EXPECT_EQ(format_quantity(0.9827, Unit::kMilliseconds), "983 µs");
  EXPECT_EQ(format_quantity(0.0042, Unit::kMilliseconds), "4.2 µs");
  EXPECT_EQ(format_quantity(0, Unit::kMilliseconds), "0 ms");
  EXPECT_EQ(format_quantity(12, Unit::kCount), "12");
  EXPECT_EQ(format_quantity(0.05, Unit::kNone), "0.05");
  EXPECT_EQ(format_quantity(93, Unit::kPoints), "93 points");
  EXPECT_EQ(format_quantity(1, Unit::kPoints), "1 point");
  EXPECT_EQ(format_quantity(-1, Unit::kPoints), "-1 point");
  EXPECT_EQ(format_quantity(1.5, Unit::kPoints), "1.5 points");
  EXPECT_EQ(format_quantity(0.015, Unit::kRatio), "1.5%");
}

TEST(FormatQuantity, ShowsTheDifferenceFromALimit) {
  EXPECT_EQ(format_quantity(170'001, Unit::kBytes, 170'000), "170.001 kB");
  EXPECT_EQ(format_quantity(170'000, Unit::kBytes, 170'000), "170 kB");
  EXPECT_EQ(format_quantity(1'000'001, Unit::kBytes, 1'000'000), "1.000001 MB");
  EXPECT_EQ(format_quantity(2500.4, Unit::kMilliseconds, 2500), "2.5004 s");
}

TEST(FormatQuantity, DeltasCarryTheirSign) {
  EXPECT_EQ(format_delta(3200, Unit::kBytes), "+3.2 kB");
  EXPECT_EQ(format_delta(-3200, Unit::kBytes), "-3.2 kB");
  EXPECT_EQ(format_delta(0, Unit::kCount), "0");
}

}  // namespace
}  // namespace budgetcheck
