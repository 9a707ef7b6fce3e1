#include "collect/load_test/text/httperf.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

std::string report(const std::string& total, const std::string& length, const std::string& errors) {
  return "httperf --client=0/1 --server=127.0.0.1 --rate=60\nMaximum connect burst length: 1\n\nTotal: " + total +
         " test-duration 4.000 s\n\nConnection time [ms]: min 1.4 avg 11.8 max 35.6 median 15.5 stddev 7.0\n"
         "Connection time [ms]: connect 0.0\nConnection length [replies/conn]: " +
         length +
         "\n\nReply rate [replies/s]: min 0.0 avg 0.0 max 0.0 stddev 0.0 (0 samples)\n"
         "Reply time [ms]: response 11.0 transfer 0.5\nReply status: 1xx=0 2xx=138 3xx=0 4xx=2 5xx=60\n\n"
         "Errors: total " +
         errors + " client-timo 0 socket-timo 0 connrefused 0 connreset 0\n";
}

TEST(Httperf, MedianOfConnectionsWithOneRequestEach) {
  const std::string text = report("connections 200 requests 200 replies 200", "1.000", "0");
  EXPECT_EQ(load_text_is_read_by(text), "httperf");
  const LoadText got = read_load_text(httperf_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 200);
  EXPECT_EQ(got.errors(), (Rate{62, 200}));
  EXPECT_NEAR(got.number("load.throughput"), 34.5, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMedian), 15.5);
  EXPECT_FALSE(got.duration(Stat::kP95));
}

TEST(Httperf, AConnectionOfSeveralRequestsIsNotTheirTime) {
  const LoadText got =
      read_load_text(httperf_format(), report("connections 20 requests 200 replies 200", "10.000", "0"));
  EXPECT_FALSE(got.duration(Stat::kMedian));
  EXPECT_EQ(got.duration(Stat::kMean), 11.5);
}

TEST(Httperf, RefusedConnectionsAreFailedRequests) {
  const LoadText got =
      read_load_text(httperf_format(), report("connections 250 requests 210 replies 200", "1.000", "50"));
  EXPECT_EQ(got.errors(), (Rate{112, 250}));
  EXPECT_NE(read_load_text(httperf_format(), "Total: connections 1 requests 1 replies 1 test-duration 1 s\n").error(),
            "");
}

}  // namespace
}  // namespace budgetcheck
