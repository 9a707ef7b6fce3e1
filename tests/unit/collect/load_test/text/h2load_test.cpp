#include "collect/load_test/text/h2load.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

std::string report(const std::string& table) {
  return "starting benchmark...\nspawning thread #0: 10 total client(s). 600 total requests\nprogress: 100% done\n\n"
         "finished in 1.14s, 524.33 req/s, 294.94KB/s\n"
         "requests: 600 total, 600 started, 600 done, 588 succeeded, 12 failed, 2 errored, 1 timeout\n"
         "status codes: 588 2xx, 0 3xx, 10 4xx, 0 5xx\n" +
         table;
}
const std::string kTable =
    "                     min         max         mean         sd        +/- sd\n"
    "time for request:     7.23ms     64.88ms     15.33ms     17.47ms    87.00%\n"
    "time for connect:      175us      1.35ms       535us       335us    80.00%\n";

TEST(H2load, NoQuantileInItsTable) {
  EXPECT_EQ(load_text_is_read_by(report(kTable)), "h2load");
  const LoadText got = read_load_text(h2load_format(), report(kTable));
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{12, 600}));  // errored and timeout are among the failed
  EXPECT_NEAR(got.number("load.throughput"), 588 / 1.14, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMean), 15.33);
  EXPECT_EQ(got.duration(Stat::kMin), 7.23);
  EXPECT_FALSE(got.duration(Stat::kMedian));
}

TEST(H2load, ColumnsByTheirNames) {
  const LoadText got = read_load_text(h2load_format(), report("                      min         max      median       "
                                                              "  p95         p99        mean         sd        +/- sd\n"
                                                              "request     :      725us      1.20s      4.00ms      "
                                                              "9.50ms     61.00ms     5.00ms      1.00ms    87.00%\n"));
  EXPECT_EQ(got.duration(Stat::kP95), 9.5);
  EXPECT_EQ(got.duration(Stat::kMax), 1200);
  EXPECT_EQ(got.duration(Stat::kMin), 0.725);
}

TEST(H2load, LogOfRequests) {
  const std::string log =
      "1795934340000000\t200\t8000\n1795934340144657\t503\t1000\n1795934340900000\t-"
      "1\t100000\n1795934340144700\t200\t10000\n";
  EXPECT_EQ(load_text_is_read_by(log), "h2load");
  const LoadText got = read_load_text(h2load_format(), log);
  EXPECT_EQ(got.errors(), (Rate{2, 4}));
  EXPECT_TRUE(got.is_of_successes());
  EXPECT_EQ(got.duration(Stat::kMedian), 9);
  EXPECT_NEAR(got.number("load.throughput"), 2, 1e-9);
  EXPECT_EQ(read_load_text(h2load_format(), log + "179593434").input.state, InputState::kIncomplete);
}

TEST(H2load, BrokenOff) {
  EXPECT_NE(
      read_load_text(h2load_format(), "starting benchmark...\nspawning thread #0: 1\nprogress: 10% done\n").error(),
      "");
  EXPECT_NE(read_load_text(h2load_format(), report(kTable) + report(kTable)).error(), "");
}

}  // namespace
}  // namespace budgetcheck
