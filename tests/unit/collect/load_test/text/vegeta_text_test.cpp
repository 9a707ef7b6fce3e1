#include "collect/load_test/text/vegeta_text.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kText =
    "Requests      [total, rate, throughput]         360, 58.46, 53.86\n"
    "Duration      [total, attack, wait]             1m6.5s, 1m6.158s, 24.836ms\n"
    "Latencies     [min, mean, 50, 90, 95, 99, max]  481.574\xC2\xB5s, 21.428ms, 20.805ms, 33.689ms, 35.806ms, 1.2m, "
    "1m20s\n"
    "Bytes In      [total, mean]                     188904, 524.73\n"
    "Success       [ratio]                           92.50%\n"
    "Status Codes  [code:count]                      0:4  200:333  429:7  503:16  \nError Set:\n429 Too Many "
    "Requests\n";

TEST(VegetaText, MixedUnitsInOneLine) {
  EXPECT_EQ(load_text_is_read_by(kText), "vegeta-text");
  const LoadText got = read_load_text(vegeta_text_format(), kText);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{27, 360}));
  EXPECT_NEAR(got.number("load.throughput"), 333 / 66.5, 1e-9);
  EXPECT_NEAR(*got.duration(Stat::kMin), 0.481574, 1e-12);
  EXPECT_EQ(got.duration(Stat::kP95), 35.806);
  EXPECT_EQ(got.duration(Stat::kP99), 72000);
  EXPECT_EQ(got.duration(Stat::kMax), 80000);
  EXPECT_FALSE(got.duration(Stat::kP75));
}

TEST(VegetaText, BrokenOffOrSeveral) {
  EXPECT_NE(read_load_text(vegeta_text_format(), kText.substr(0, kText.find("Status Codes"))).error(), "");
  EXPECT_NE(read_load_text(vegeta_text_format(), kText.substr(0, kText.find("  429:7"))).error(), "");
  EXPECT_NE(read_load_text(vegeta_text_format(), kText + kText).error(), "");
}

const std::string kBuckets =
    "Bucket           #    %       Histogram\n[0s,    10ms]   32   8.89%  ######\n[10ms,  25ms]   212  58.89%  ####\n"
    "[25ms,  50ms]   115  32.22%  ####\n[50ms,  +Inf]   1    0.00%  \n";

TEST(VegetaText, BucketsTellOnlyWhereAQuantileLies) {
  EXPECT_EQ(load_text_is_read_by(kBuckets), "vegeta-text");
  const LoadText got = read_load_text(vegeta_text_format(), kBuckets);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 360);
  EXPECT_EQ(got.find("load.duration"), nullptr);
  EXPECT_EQ(
      got.gap("load.duration"),
      "buckets tell no quantile, only where it lies: p50 between 10 ms and 25 ms, p90 between 25 ms and 50 ms, p95 "
      "between 25 ms and 50 ms, p99 between 25 ms and 50 ms");
  EXPECT_NE(got.gap("load.errors"), "");
  EXPECT_NE(read_load_text(vegeta_text_format(), kBuckets.substr(0, kBuckets.find("[50ms"))).error(), "");
}

}  // namespace
}  // namespace budgetcheck
