#include "collect/load_test/text/siege.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

std::string json(const std::string& mean) {
  return "{\t\"transactions\":\t\t\t         173,\n\t\"availability\":\t\t\t       72.08,\n\t\"elapsed_time\":\t\t\t   "
         "     0.52,\n"
         "\t\"response_time\":\t\t        " +
         mean +
         ",\n\t\"transaction_rate\":\t\t      332.69,\n\t\"throughput\":\t\t\t        0.04,\n\t\"concurrency\":\t\t\t  "
         "      5.63,\n"
         "\t\"successful_transactions\":\t         173,\n\t\"failed_transactions\":\t\t          67,\n"
         "\t\"longest_transaction\":\t\t        0.03,\n\t\"shortest_transaction\":\t\t        0.00\n}\n";
}

TEST(Siege, JsonBehindProse) {
  const std::string text = "\nNew configuration template added to /home/user/.siege\nRun siege -C\n" + json("0.02");
  EXPECT_EQ(load_text_is_read_by(text), "siege");
  const LoadText got = read_load_text(siege_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 240);
  EXPECT_EQ(got.errors(), (Rate{67, 240}));
  EXPECT_NEAR(got.number("load.throughput"), 173 / 0.52, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMean), 20);
  EXPECT_EQ(got.duration(Stat::kMax), 30);
  EXPECT_FALSE(got.duration(Stat::kMin));  // 0.00 is rounded
  EXPECT_FALSE(got.duration(Stat::kMedian));
}

TEST(Siege, LaterVersionsWriteMilliseconds) {
  EXPECT_EQ(read_load_text(siege_format(), json("16.92")).duration(Stat::kMean), 16.92);
}

TEST(Siege, AMeanOfZeroSaysNothing) {
  const LoadText got = read_load_text(siege_format(), json("0.00"));
  EXPECT_EQ(got.find("load.duration"), nullptr);
  EXPECT_NE(got.gap("load.duration").find("no quantile"), std::string::npos);
}

const std::string kLines =
    "** SIEGE 4.0.7\n** Preparing 6 concurrent users for battle.\nThe server is now under siege...\n"
    "HTTP/1.1 200     0.00 secs:     100 bytes ==> GET  /seats\n"
    "Transactions:\t\t        1,000 hits\nAvailability:\t\t      100.00 %\nElapsed time:\t\t        5.02 secs\n"
    "Response time:\t\t        0.03 secs\nTransaction rate:\t      199.20 trans/sec\nConcurrency:\t\t        5.97\n"
    "Successful transactions:        1000\nFailed transactions:\t           2\nLongest transaction:\t        0.05\n"
    "Shortest transaction:\t        0.00\n";

TEST(Siege, LinesOfOld) {
  EXPECT_EQ(load_text_is_read_by(kLines), "siege");
  const LoadText got = read_load_text(siege_format(), kLines);
  EXPECT_EQ(got.errors(), (Rate{2, 1002}));
  EXPECT_EQ(got.duration(Stat::kMean), 30);
  EXPECT_EQ(got.duration(Stat::kMax), 50);
}

TEST(Siege, BrokenOffOrSeveral) {
  EXPECT_NE(read_load_text(siege_format(), kLines.substr(0, kLines.find("Failed"))).error(), "");
  EXPECT_NE(read_load_text(siege_format(), kLines + kLines).error().find("second"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
