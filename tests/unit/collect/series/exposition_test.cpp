#include "collect/series/exposition.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace budgetcheck {
namespace {

std::vector<Series> read_text(std::string_view text, ExpositionCounts& counts) {
  std::vector<Series> all;
  counts =
      read_exposition(*content_from_string(text), [&](Series&& one, std::uint32_t) { all.push_back(std::move(one)); });
  return all;
}

TEST(Exposition, ReadsLabelsTimesAndEscapes) {
  ExpositionCounts counts;
  const auto all = read_text(
      "# TYPE a gauge\na{q=\"x\", s=\"y\\\"\\n\"} 3 1795827600000\nb 1e3\nc{} NaN\nd +Inf\ne 1 1795827600 # {x=\"y\"} "
      "2\n",
      counts);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].name, "a");
  EXPECT_EQ(all[0].label("q"), "x");
  EXPECT_EQ(all[0].label("s"), "y\"\n");
  EXPECT_EQ(all[0].at.at(0), 1795827600000);
  EXPECT_EQ(all[1].value.at(0), 1000);
  EXPECT_TRUE(all[1].at.empty());
  EXPECT_TRUE(std::isnan(all[2].value.at(0)));
  EXPECT_TRUE(std::isinf(all[3].value.at(0)));
  EXPECT_EQ(all[4].at.at(0), 1795827600000);  // OpenMetrics has seconds
}

TEST(Exposition, BrokenLinesAreCounted) {
  ExpositionCounts counts;
  read_text("a 1\nb{q=\"x} 2\nc\nd{q=x} 1\ne 1 2 3\n", counts);
  EXPECT_EQ(counts.samples, 1U);
  EXPECT_EQ(counts.broken, 4U);
  EXPECT_EQ(counts.first_broken, 2U);
}

TEST(Exposition, IsToldByItsComments) {
  EXPECT_TRUE(is_exposition("# HELP a b\n# TYPE a gauge\na 1\n"));
  EXPECT_FALSE(is_exposition("a 1\n"));
  EXPECT_FALSE(is_exposition("# TYPE a gauge\n"));
  EXPECT_FALSE(is_exposition("# HELP me\nthis is prose\n"));
}

}  // namespace
}  // namespace budgetcheck
