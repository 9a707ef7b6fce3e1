#include "base/text.h"

#include <gtest/gtest.h>

#include "unit/base/growth.h"

namespace budgetcheck {
namespace {

constexpr const char* kBad = "\xEF\xBF\xBD";

TEST(Text, ValidUtf8LeavesGoodTextAlone) {
  EXPECT_EQ(valid_utf8("plain"), "plain");
  EXPECT_EQ(valid_utf8("Zürich 日本 😀"), "Zürich 日本 😀");
}

TEST(Text, ValidUtf8ReplacesEveryKindOfMalformedSequence) {
  EXPECT_EQ(valid_utf8("a\xFFz"), std::string("a") + kBad + "z");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), std::string(kBad) + kBad);                        // overlong
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), std::string(kBad) + kBad + kBad);             // surrogate
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), std::string(kBad) + kBad + kBad + kBad);  // beyond U+10FFFF
  EXPECT_EQ(valid_utf8("\xE2\x82"), std::string(kBad) + kBad);                        // cut off
}

TEST(Text, PrintableMakesOneHarmlessLine) {
  EXPECT_EQ(printable("a\nb\tc\r"), "a b c ");
  EXPECT_EQ(printable("\x1b[31mred"), std::string(kBad) + "[31mred");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), std::string("a") + kBad + "b");
  EXPECT_EQ(printable("\xC2\x9B"), kBad);  // C1: a one-byte escape introducer on some terminals
  EXPECT_EQ(printable("x\xE2\x80\xAEy"), std::string("x") + kBad + "y");  // right-to-left override
  EXPECT_EQ(printable("\xE2\x81\xA6"), kBad);                             // isolate
  EXPECT_EQ(printable("]]> | `@team` é"), "]]> | `@team` é");
}

TEST(Text, PrintableShowsThatSomethingHidden) {
  for (const char* hidden :
       {"\xD8\x9C", "\xE2\x80\x8F", "\xE2\x80\x8E", "\xC2\xAD", "\xE2\x81\xA0", "\xE2\x80\x8B", "\xE2\x80\x8D",
        "\xEF\xBB\xBF", "\xE2\x80\xA8", "\xF3\xA0\x80\x81", "\xF3\xA0\x81\xBF", "\xE3\x85\xA4", "\xEF\xBE\xA0",
        "\xCD\x8F", "\xE1\xA0\x8E", "\xEF\xBF\xBB", "\xF0\x9F\xBF\xBE"}) {
    EXPECT_EQ(printable(std::string("a") + hidden + "b"), std::string("a") + kBad + "b");
  }
}

TEST(Text, PrintableKeepsAVariationSelectorWhereItShows) {
  EXPECT_EQ(printable("⚠\xEF\xB8\x8F x"), "⚠\xEF\xB8\x8F x");
  EXPECT_EQ(printable("葛\xF3\xA0\x84\x80"), "葛\xF3\xA0\x84\x80");
  EXPECT_EQ(printable(":\xEF\xB8\x8F:"), std::string(":") + kBad + ":");
  EXPECT_EQ(printable("⚠\xEF\xB8\x8F\xEF\xB8\x81"), std::string("⚠\xEF\xB8\x8F") + kBad);
  EXPECT_EQ(printable("\xE2\x80\x8B\xEF\xB8\x8F"), std::string(kBad) + kBad);
}

TEST(Text, DisplayWidthCountsColumns) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("日本"), 4U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);  // combining accent
  EXPECT_EQ(display_width("😀"), 2U);
  EXPECT_EQ(display_width(""), 0U);
}

TEST(Text, ShortenNeverExceedsTheWidth) {
  EXPECT_EQ(shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(shorten("abcdefg", 6), "abcde…");
  EXPECT_EQ(shorten("日本語", 4), "日…");  // a wide character is not cut in half
  for (std::size_t width = 0; width < 12; ++width) {
    for (const std::string_view ellipsis : {"…", "...", ""}) {
      EXPECT_LE(display_width(shorten("abcdef 日本語 xyz", width, ellipsis)), width);
      EXPECT_LE(display_width(shorten_middle("abcdef 日本語 xyz", width, ellipsis)), width);
    }
  }
}

TEST(Text, ShortenMiddleKeepsBothEnds) {
  EXPECT_EQ(shorten_middle("static/chunks/main-abc123.js", 17), "static/c…bc123.js");
  EXPECT_EQ(shorten_middle("short", 17), "short");
}

TEST(Text, AsciiTranscribes) {
  EXPECT_EQ(ascii("a → b…"), "a -> b...");
  EXPECT_EQ(ascii("日"), "?");
  EXPECT_EQ(ascii("\xFF"), "?");
}

TEST(Text, WrapBreaksAtSpacesAndCutsLongWords) {
  EXPECT_EQ(wrap("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("", 20), (std::vector<std::string>{""}));
  EXPECT_EQ(wrap("abcdefghijklmnopqrst x", 8), (std::vector<std::string>{"abcdefgh", "ijklmnop", "qrst x"}));
  EXPECT_EQ(wrap("日日日日日", 8), (std::vector<std::string>{"日日日日", "日"}));
  EXPECT_EQ(wrap("it is 192.5 kB, and 3 s", 12), (std::vector<std::string>{"it is", "192.5 kB,", "and 3 s"}));
}

TEST(Text, WrapOfAHugeWordIsLinear) {
  const auto wrapping = [](std::size_t lines) {
    return [lines, word = std::string(lines * 80, 'x')] { EXPECT_EQ(wrap(word, 80).size(), lines); };
  };
  EXPECT_LT(growth(1'500, wrapping), kLinear);
}

TEST(Text, SplitTrimJoinLowerReplace) {
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(join({"a", "b"}, ", "), "a, b");
  EXPECT_EQ(join({}, ", "), "");
  EXPECT_EQ(lower("ÄbC"), "Äbc");
  EXPECT_TRUE(equals_ignoring_case("LCP", "lcp"));
  EXPECT_FALSE(equals_ignoring_case("LCP", "lcp "));
  EXPECT_EQ(replace_all("a|b|", "|", "\\|"), "a\\|b\\|");
  EXPECT_EQ(replace_all("aaa", "aa", "b"), "ba");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
}

TEST(Text, NearestNamesWhatWasProbablyMeant) {
  const std::vector<std::string> names{"metric", "max", "max_increase", "where"};
  EXPECT_EQ(nearest("metirc", names), "metric");  // one transposition
  EXPECT_EQ(nearest("Where", names), "where");
  EXPECT_EQ(nearest("maks", names), "");  // half of it differs
  EXPECT_EQ(nearest("owner", names), "");
  EXPECT_EQ(nearest("", names), "");
  EXPECT_EQ(nearest(std::string(10'000, 'x'), names), "");
}

TEST(Text, CountedAgreesInNumber) {
  EXPECT_EQ(counted(1, "file"), "1 file");
  EXPECT_EQ(counted(0, "file"), "0 files");
  EXPECT_EQ(counted(2, "query", "queries"), "2 queries");
}

}  // namespace
}  // namespace budgetcheck
