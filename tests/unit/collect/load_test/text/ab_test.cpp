#include "collect/load_test/text/ab.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

std::string report(const std::string& failures) {
  return "This is ApacheBench, Version 2.3 <$Revision$>\n\nBenchmarking 127.0.0.1 (be patient).....done\n\n"
         "Concurrency Level:      4\nTime taken for tests:   0.500 seconds\nComplete requests:      800\n" +
         failures +
         "Requests per second:    1802.19 [#/sec] (mean)\nTime per request:       2.220 [ms] (mean)\n\n"
         "Connection Times (ms)\n              min  mean[+/-sd] median   max\n"
         "Connect:        0    0   0.1      0       1\nTotal:          1    2   1.1      2       9\n\n"
         "Percentage of the requests served within a certain time (ms)\n  50%      2\n  66%      3\n  95%      5\n"
         "  99%      6\n 100%      9 (longest request)\n";
}

TEST(Ab, FailedAndOthersOverlap) {
  const std::string text = report(
      "Failed requests:        764\n   (Connect: 0, Receive: 0, Length: 764, Exceptions: 0)\n"
      "Non-2xx responses:      760\n");
  EXPECT_EQ(load_text_is_read_by(text), "ab");
  const LoadText got = read_load_text(ab_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 800);
  EXPECT_EQ(got.errors(), (Rate{764, 800}));
  EXPECT_NEAR(got.number("load.throughput"), 72, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMedian), 2);
  EXPECT_EQ(got.duration(Stat::kP95), 5);
  EXPECT_EQ(got.duration(Stat::kMax), 9);
  EXPECT_FALSE(got.duration(Stat::kP90));
  EXPECT_NE(got.input.hint.find("-l"), std::string::npos);
}

TEST(Ab, OneRequestFailsInSeveralWays) {
  // ab counts it as received badly, of another length and as an exception.
  const LoadText got = read_load_text(
      ab_format(),
      report("Failed requests:        2400\n   (Connect: 0, Receive: 800, Length: 800, Exceptions: 800)\n"));
  EXPECT_EQ(got.errors(), (Rate{800, 800}));
  EXPECT_EQ(got.find("load.duration"), nullptr);
}

TEST(Ab, BrokenOffOrSeveral) {
  const std::string stopped =
      "This is ApacheBench, Version 2.3 <$Revision$>\nBenchmarking x (be patient)\n"
      "apr_socket_recv: Connection reset by peer (104)\nTotal of 45 requests completed\n";
  EXPECT_EQ(load_text_is_read_by(stopped), "ab");
  EXPECT_NE(read_load_text(ab_format(), stopped).error().find("broke off"), std::string::npos);
  const std::string one = report("Failed requests:        0\n");
  EXPECT_NE(read_load_text(ab_format(), one.substr(0, one.find("Requests per"))).error().find("broke off"),
            std::string::npos);
  EXPECT_NE(read_load_text(ab_format(), one + one).error().find("second"), std::string::npos);
}

TEST(Ab, TableOfPercentilesTellsNoCounts) {
  const std::string text = "Percentage served,Time in ms\n0,7.550\n50,8.994\n51,9.017\n95,60.752\n99,61.463\n";
  EXPECT_EQ(load_text_is_read_by(text), "ab");
  const LoadText got = read_load_text(ab_format(), text);
  EXPECT_EQ(got.duration(Stat::kMin), 7.55);
  EXPECT_EQ(got.duration(Stat::kMedian), 8.994);
  EXPECT_EQ(got.duration(Stat::kP95), 60.752);
  EXPECT_FALSE(got.duration(Stat::kMax));
  EXPECT_EQ(got.find("load.requests"), nullptr);
  EXPECT_NE(got.gap("load.errors"), "");
  EXPECT_NE(got.gap("load.throughput"), "");
}

TEST(Ab, TableOfRequestsTellsNoErrorsAndNoTime) {
  const std::string text =
      "starttime\tseconds\tctime\tdtime\tttime\twait\n"
      "Sun Nov 29 06:38:48 2026\t1795934328\t0\t7\t8\t7\nSun Nov 29 06:38:47 2026\t1795934327\t0\t8\t10\t8\n";
  EXPECT_EQ(load_text_is_read_by(text), "ab");
  const LoadText got = read_load_text(ab_format(), text);
  EXPECT_EQ(got.number("load.requests"), 2);
  EXPECT_EQ(got.duration(Stat::kMedian), 9);
  EXPECT_FALSE(got.is_of_successes());
  EXPECT_NE(got.gap("load.errors"), "");
  EXPECT_NE(got.gap("load.throughput"), "");
  EXPECT_EQ(read_load_text(ab_format(), text + "Sun Nov\t1").input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
