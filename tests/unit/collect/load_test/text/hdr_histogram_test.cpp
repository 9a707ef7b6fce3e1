#include "collect/load_test/text/hdr_histogram.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kText =
    "       Value     Percentile TotalCount 1/(1-Percentile)\n\n       2.934  0.000000000          1           1.00\n"
    "      10.455  0.500000000        600           2.00\n    1088.962  0.950000000       1140          20.00\n"
    "    1322.393  0.987500000       1185          80.00\n    1364.438  0.990625000       1189         106.67\n"
    "    1405.942  1.000000000       1200       Infinity\n#[Mean    =      174.936, StdDeviation   =      352.183]\n"
    "#[Max     =     1405.942, Total count    =       1200]\n";

TEST(HdrHistogram, ItsUnitIsAskedFor) {
  EXPECT_EQ(load_text_is_read_by(kText), "hdr-histogram");
  const LoadText got = read_load_text(hdr_histogram_format(), kText);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 1200);
  EXPECT_EQ(got.find("load.duration"), nullptr);
  EXPECT_NE(got.gap("load.duration").find("unit"), std::string::npos);
}

TEST(HdrHistogram, OnlyWhatHasARowIsKnown) {
  const LoadText got = read_load_text(hdr_histogram_format(), kText, "ms");
  EXPECT_EQ(got.duration(Stat::kMedian), 10.455);
  EXPECT_EQ(got.duration(Stat::kP95), 1088.962);
  EXPECT_EQ(got.duration(Stat::kMean), 174.936);
  EXPECT_EQ(got.duration(Stat::kMax), 1405.942);
  EXPECT_FALSE(got.duration(Stat::kP99));
  EXPECT_EQ(read_load_text(hdr_histogram_format(), kText, "s").duration(Stat::kMedian), 10455);
  EXPECT_NEAR(*read_load_text(hdr_histogram_format(), kText, "us").duration(Stat::kMedian), 0.010455, 1e-12);
  EXPECT_NEAR(*read_load_text(hdr_histogram_format(), kText, "ns").duration(Stat::kMedian), 0.000010455, 1e-15);
}

TEST(HdrHistogram, AsCsvAndCutOff) {
  const std::string csv =
      "\"Value\",\"Percentile\",\"TotalCount\",\"1/(1-Percentile)\"\n10.455,0.500000000000,600,2.00\n"
      "1405.942,1.000000000000,1200,Infinity\n";
  EXPECT_EQ(load_text_is_read_by(csv), "hdr-histogram");
  EXPECT_EQ(read_load_text(hdr_histogram_format(), csv, "ms").duration(Stat::kMedian), 10.455);
  EXPECT_NE(read_load_text(hdr_histogram_format(), kText.substr(0, kText.find("    1405")), "ms").error(), "");
  EXPECT_NE(read_load_text(hdr_histogram_format(), kText + kText, "ms").error(), "");
}

}  // namespace
}  // namespace budgetcheck
