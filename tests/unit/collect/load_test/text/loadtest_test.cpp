#include "collect/load_test/text/loadtest.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kText =
    "\nTarget URL:          http://127.0.0.1:9000/hold\nMax requests:        400\nConcurrent clients:  4\n"
    "Agent:               none\n\nCompleted requests:  400\nTotal errors:        361\nTotal time:          0.500 s\n"
    "Mean latency:        5.5 ms\nEffective rps:       662\n\n"
    "Percentage of requests served within a certain time\n  50%      4 ms\n  90%      10 ms\n  95%      12 ms\n"
    "  99%      1.2 s\n 100%      1.3 s (longest request)\n\n   -1:   361 errors\n";

TEST(Loadtest, StatusesOfErrorsAreLost) {
  EXPECT_EQ(load_text_is_read_by(kText), "loadtest");
  const LoadText got = read_load_text(loadtest_format(), kText);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{361, 400}));
  EXPECT_NEAR(got.number("load.throughput"), 78, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMedian), 4);
  EXPECT_EQ(got.duration(Stat::kP99), 1200);
  EXPECT_EQ(got.duration(Stat::kMean), 5.5);
  EXPECT_FALSE(got.duration(Stat::kP75));
  EXPECT_NE(got.input.message.find("429"), std::string::npos);
}

TEST(Loadtest, LoggedByOldVersions) {
  std::string logged;
  for (std::string rest = kText; !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
    logged += "[Wed Jun 10 2020 10:20:30 GMT+0000] INFO " + rest.substr(0, rest.find('\n') + 1);
  }
  const LoadText got = read_load_text(loadtest_format(), logged);
  EXPECT_EQ(got.errors(), (Rate{361, 400}));
  EXPECT_EQ(got.duration(Stat::kP95), 12);
}

TEST(Loadtest, BrokenOffOrSeveral) {
  EXPECT_NE(read_load_text(loadtest_format(), kText.substr(0, kText.find("Total errors"))).error(), "");
  EXPECT_NE(read_load_text(loadtest_format(), kText + kText).error(), "");
}

}  // namespace
}  // namespace budgetcheck
