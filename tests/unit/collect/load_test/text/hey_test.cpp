#include "collect/load_test/text/hey.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kText =
    "\nSummary:\n  Total:\t4.0023 secs\n  Slowest:\t0.0138 secs\n  Fastest:\t0.0002 secs\n  Average:\t0.0019 secs\n"
    "  Requests/sec:\t2129.2756\n\nResponse time histogram:\n  0.000 [1]\t|\n  0.014 [2]\t|\n\n\nLatency "
    "distribution:\n"
    "  50%% in 0.0018 secs\n  95% in 0.0025 secs\n  0% in 0.0000 secs\n\nDetails (average, fastest, slowest):\n"
    "  DNS+dialup:\t0.0000 secs, 0.0002 secs, 0.0138 secs\n\nStatus code distribution:\n  [200]\t124 responses\n"
    "  [429]\t8398 responses\n\n";

TEST(Hey, RefusalsAreNoSuccesses) {
  EXPECT_EQ(load_text_is_read_by(kText), "hey");
  const LoadText got = read_load_text(hey_format(), kText);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 8522);
  EXPECT_EQ(got.errors(), (Rate{8398, 8522}));
  EXPECT_NEAR(got.number("load.throughput"), 124 / 4.0023, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMedian), 1.8);
  EXPECT_EQ(got.duration(Stat::kP95), 2.5);
  EXPECT_FALSE(got.duration(Stat::kP99));
  ASSERT_TRUE(got.find("load.duration")->failures_within);
  EXPECT_EQ(*got.find("load.duration")->failures_within, (Rate{8398, 8522}));
}

TEST(Hey, ErrorsWithoutAnAnswer) {
  const LoadText got = read_load_text(
      hey_format(), kText + "Error distribution:\n  [9]\tGet \"http://x/pdf\": read: connection reset by peer\n");
  EXPECT_EQ(got.errors(), (Rate{8407, 8531}));
}

TEST(Hey, CutOffBetweenTheLinesOfItsLists) {
  EXPECT_NE(read_load_text(hey_format(), kText.substr(0, kText.find("  [429]"))).error().find("broke off"),
            std::string::npos);
}

TEST(Hey, TheTextOfOhaIsAlike) {
  const std::string oha =
      "Summary:\n  Success rate:\t100.00%\n  Total:\t4.6634 secs\n  Slowest:\t0.0307 secs\n  Requests/sec:\t107.2\n\n"
      "Response time histogram:\n  0.0003 [1] |\n";
  EXPECT_EQ(load_text_is_read_by(oha), "");
}

TEST(Hey, BrokenOffOrSeveral) {
  EXPECT_NE(read_load_text(hey_format(), kText.substr(0, kText.find("Status code"))).error(), "");
  EXPECT_NE(read_load_text(hey_format(), kText + kText).error().find("second"), std::string::npos);
}

const std::string kHead =
    "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n";

TEST(Hey, TableHasTheSuccessesAlone) {
  const std::string text = kHead +
                           "0.0010,0.0015,0.0000,0.0000,0.0011,0.0004,503,0.0000\n"
                           "0.0200,0.0009,0.0000,0.0001,0.0146,0.0000,200,0.0034\n"
                           "0.0300,0.0006,0.0000,0.0008,0.0151,0.0000,200,0.5000\n";
  EXPECT_EQ(load_text_is_read_by(text), "hey");
  const LoadText got = read_load_text(hey_format(), text);
  EXPECT_EQ(got.errors(), (Rate{1, 3}));
  EXPECT_EQ(got.duration(Stat::kMedian), 25);
  EXPECT_TRUE(got.is_of_successes());
  EXPECT_NEAR(got.number("load.throughput"), 4, 1e-9);
  EXPECT_NE(got.input.message.find("without an answer"), std::string::npos);
  EXPECT_TRUE(got.find("load.errors")->lower_bound);  // they may have failed
  EXPECT_FALSE(got.find("load.duration")->lower_bound);
}

TEST(Hey, TableWithoutStatusesOrCutOff) {
  const LoadText old = read_load_text(
      hey_format(), "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read\n0.0010,0,0,0,0,0\n");
  EXPECT_EQ(old.find("load.errors"), nullptr);
  EXPECT_NE(old.gap("load.errors"), "");
  EXPECT_EQ(old.duration(Stat::kMedian), 1);
  const LoadText cut = read_load_text(hey_format(), kHead + "0.0010,0,0,0,0,0,200,0.1\n0.00");
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
  EXPECT_EQ(read_load_text(hey_format(), kHead).input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
