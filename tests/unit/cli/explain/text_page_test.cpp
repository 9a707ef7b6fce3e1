#include "cli/explain/text_page.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "budget/catalogue.h"

namespace budgetcheck {
namespace {

TEST(TextPage, WrapsAndHangs) {
  TextPage page;
  page.field("Name", std::string(100, 'a') + " b");
  page.text("one\n\ntwo " + std::string(90, 'c'), 2);
  page.hang("  - ", "{ a: 1, " + std::string(70, 'd') + ": 2 }", 6);
  for (const std::string_view line : split(page.str(), '\n')) {
    EXPECT_LE(display_width(line), TextPage::kWidth) << line;
  }
  EXPECT_EQ(page.str().find('\t'), std::string::npos);
  EXPECT_NE(page.str().find("\n  one\n\n  two\n"), std::string::npos);
}

TEST(TextPage, MakesEverythingSafeToPrint) {
  TextPage page;
  page.line("a\x1b[31m");
  page.field("n\x1b", "t\x07");
  page.text("x\x1b\ny");
  EXPECT_EQ(page.str().find_first_of("\x1b\x07"), std::string::npos);
}

TEST(ExactQuantity, RoundsNothing) {
  EXPECT_EQ(exact_quantity(10'000, Unit::kBytes), "10 kB");
  EXPECT_EQ(exact_quantity(1024, Unit::kBytes), "1024 B");
  EXPECT_EQ(exact_quantity(2500, Unit::kMilliseconds), "2.5 s");
  EXPECT_EQ(exact_quantity(0.05, Unit::kRatio), "5%");
  EXPECT_EQ(exact_quantity(0.01, Unit::kRatio), "1%");
  EXPECT_EQ(exact_quantity(5, Unit::kCount), "5");
  EXPECT_EQ(exact_quantity(12345.6789, Unit::kCount), "12345.6789");
  for (const double value : {1.0, 999.0, 1000.0, 1001.0, 123456.0, 1e9}) {
    EXPECT_EQ(parse_quantity(exact_quantity(value, Unit::kBytes), Unit::kBytes).value_or(-1), value);
    EXPECT_EQ(parse_quantity(exact_quantity(value, Unit::kMilliseconds), Unit::kMilliseconds).value_or(-1), value);
  }
}

TEST(ComparisonOf, NamesTheFloorsThatThereAre) {
  EXPECT_NE(comparison_of(*shipped_metrics().find("bundle.gzip"))
                .find("Growth of less than 1024 B, or of less than 1% of the base, is never a regression."),
            std::string::npos);
  EXPECT_NE(
      comparison_of(*shipped_metrics().find("queries.count")).find("Growth of less than 1 is never a regression."),
      std::string::npos);
  EXPECT_NE(comparison_of(*shipped_metrics().find("lighthouse.score.seo"))
                .find("A loss of less than 3 points is never a regression."),
            std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
