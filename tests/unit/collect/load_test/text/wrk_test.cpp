#include "collect/load_test/text/wrk.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kBegin =
    "Running 4s test @ http://127.0.0.1:9000/pdf\n"
    "  1 threads and 6 connections\n"
    "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n"
    "    Latency    21.22ms    2.22ms   1.74s    93.40%\n"
    "    Req/Sec   282.45     23.09   303.00     82.50%\n";
const std::string kQuantiles =
    "  Latency Distribution\n     50%  810.00us\n     75%   21.34ms\n     90%    1.20m \n     99%    1.50m \n";
const std::string kAnswers = "  1130 requests in 4.02s, 32.52MB read\n";
const std::string kEnd = "Requests/sec:    280.97\nTransfer/sec:      8.09MB\n";

TEST(Wrk, QuantilesInTheirOwnUnits) {
  const std::string text = "> npm run load\n" + kBegin + kQuantiles + kAnswers + kEnd;
  EXPECT_EQ(load_text_is_read_by(text), "wrk");
  const LoadText got = read_load_text(wrk_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 1130);
  EXPECT_NEAR(got.number("load.throughput"), 1130 / 4.02, 1e-9);
  EXPECT_EQ(got.errors(), (Rate{0, 1130}));
  EXPECT_EQ(got.duration(Stat::kMedian), 0.81);
  EXPECT_EQ(got.duration(Stat::kP90), 72000);
  EXPECT_EQ(got.duration(Stat::kP99), 90000);
  EXPECT_EQ(got.duration(Stat::kMax), 1740);
  EXPECT_FALSE(got.duration(Stat::kP95));  // never interpolated
}

TEST(Wrk, BrokenConnectionsAreNotAmongTheAnswers) {
  const LoadText got = read_load_text(wrk_format(), kBegin + kQuantiles + kAnswers +
                                                        "  Socket errors: connect 1, read 165, write 2, timeout 0\n" +
                                                        "  Non-2xx or 3xx responses: 30\n" + kEnd);
  EXPECT_EQ(got.number("load.requests"), 1298);
  EXPECT_EQ(got.errors(), (Rate{198, 1298}));
  EXPECT_NEAR(got.number("load.throughput"), 1100 / 4.02, 1e-9);
}

TEST(Wrk, WhatTookTooLongIsNotInItsQuantiles) {
  const LoadText got =
      read_load_text(wrk_format(), kBegin + kQuantiles + kAnswers +
                                       "  Socket errors: connect 0, read 0, write 0, timeout 12\n" + kEnd);
  EXPECT_EQ(got.errors(), (Rate{12, 1130}));
  ASSERT_NE(got.find("load.duration"), nullptr);
  EXPECT_TRUE(got.find("load.duration")->lower_bound);
  EXPECT_NE(got.input.message.find("--timeout"), std::string::npos);
}

TEST(Wrk, WithoutLatencyThereIsNoQuantile) {
  const LoadText got = read_load_text(wrk_format(), kBegin + kAnswers + kEnd);
  EXPECT_FALSE(got.duration(Stat::kMedian));
  EXPECT_EQ(got.duration(Stat::kMean), 21.22);
}

TEST(Wrk, NothingAnswered) {
  const LoadText got = read_load_text(wrk_format(), kBegin +
                                                        "  0 requests in 4.02s, 0.00B read\n"
                                                        "  Socket errors: connect 40, read 0, write 0, timeout 0\n" +
                                                        kEnd);
  EXPECT_EQ(got.errors(), (Rate{40, 40}));
  EXPECT_EQ(got.find("load.duration"), nullptr);  // and not 0 ms
  EXPECT_NE(got.gap("load.duration"), "");
}

TEST(Wrk, BrokenOffOrSeveral) {
  EXPECT_NE(read_load_text(wrk_format(), kBegin + kQuantiles).error().find("broke off"), std::string::npos);
  // Errors stand behind the answers.
  EXPECT_NE(read_load_text(wrk_format(), kBegin + kQuantiles + kAnswers).error().find("broke off"), std::string::npos);
  const std::string one = kBegin + kQuantiles + kAnswers + kEnd;
  const LoadText two = read_load_text(wrk_format(), one + one);
  EXPECT_NE(two.error().find("second report"), std::string::npos);
  EXPECT_EQ(two.result.error().location.line, 14U);
}

const std::string kSpectrum =
    "  Latency Distribution (HdrHistogram - Recorded Latency)\n 50.000%  10.46ms\n 99.000%  1.36s\n100.000%  1.41s\n\n"
    "  Detailed Percentile spectrum:\n       Value   Percentile   TotalCount 1/(1-Percentile)\n\n"
    "       2.934     0.000000            1         1.00\n      10.455     0.500000          600         2.00\n"
    "    1088.962     0.950000         1140        20.00\n    1405.942     1.000000         1200          inf\n"
    "#[Mean    =      174.936, StdDeviation   =      352.183]\n"
    "----------------------------------------------------------\n";

TEST(Wrk, SpectrumOfWrk2) {
  const std::string uncorrected =
      "  Latency Distribution (HdrHistogram - Uncorrected Latency (measured without taking delayed starts into "
      "account))\n"
      " 50.000%  1.00ms\n 75.000%  2.00ms\n  Detailed Percentile spectrum:\n"
      "       3.000     0.900000         1140        20.00\n";
  const LoadText got = read_load_text(
      wrk_format(), kBegin + kSpectrum + uncorrected + "  1200 requests in 5.99s, 1MB read\nRequests/sec:    200.33\n");
  EXPECT_EQ(got.duration(Stat::kMedian), 10.455);
  EXPECT_EQ(got.duration(Stat::kP95), 1088.962);
  EXPECT_EQ(got.duration(Stat::kP99), 1360);
  EXPECT_EQ(got.duration(Stat::kMax), 1405.942);
  EXPECT_FALSE(got.duration(Stat::kP75));
  EXPECT_FALSE(got.duration(Stat::kP90));
}

}  // namespace
}  // namespace budgetcheck
