#include "collect/load_test/gatling.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string three(const std::string& name, const std::string& ok, const std::string& all) {
  return "\"" + name + R"(":{"total":)" + all + R"(,"ok":)" + ok + R"(,"ko":29894})";
}
std::string stats(const std::string& total, const std::string& ok, const std::string& ko) {
  return R"({"name":"x","numberOfRequests":{"total":)" + total + R"(,"ok":)" + ok + R"(,"ko":)" + ko + "}," +
         three("minResponseTime", "60", "60") + "," + three("maxResponseTime", "2760", "30535") + "," +
         three("meanResponseTime", "444", "1463") + "," + three("percentiles1", "320", "332") + "," +
         three("percentiles2", "574", "614") + "," + three("percentiles3", "1187", "1827") + "," +
         three("percentiles4", "1955", "30256") +
         R"(,"meanNumberOfRequestsPerSecond":{"total":6.2,"ok":5.9,"ko":0.3}})";
}
std::string request(const std::string& name, const std::string& path) {
  return R"({"type":"REQUEST","name":")" + name + R"(","path":")" + path + R"(","pathFormatted":"r","stats":)" +
         stats("10", "9", "1") + "}";
}

TEST(Gatling, OnlySuccessesSetThePercentiles) {
  const std::string text = stats("640", "614", "26");
  EXPECT_EQ(format_of(text), "gatling");
  const auto got = read_load(gatling_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{26, 640}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 5.9);
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(0.95), 1187);
  EXPECT_EQ(got.duration(0.9), std::nullopt);
  EXPECT_TRUE(got.says("50, 75, 95 and 99")) << got.input.message;
}

/// "All Requests" is the sum, and a group is no request.
TEST(Gatling, RequestsAreRoutesAndGroupsAreNot) {
  const std::string text = R"({"type":"GROUP","name":"All Requests","path":"","pathFormatted":"g","stats":)" +
                           stats("640", "614", "26") + R"(,"contents":{"a":)" + request("Home", "Home") +
                           R"(,"g":{"type":"GROUP","name":"Buy","path":"Buy","pathFormatted":"b","stats":)" +
                           stats("5", "5", "0") + R"(,"contents":{"b":)" + request("Pay", "Buy / Pay") + "}}}}";
  EXPECT_EQ(format_of(text), "gatling");
  const auto got = read_load(gatling_format(), text);
  EXPECT_EQ(got.value("load.requests"), 640);
  EXPECT_EQ(got.value("load.requests", "Home"), 10);
  EXPECT_EQ(got.value("load.requests", "Buy / Pay"), 10);
  EXPECT_EQ(got.sample("load.requests", "Buy"), nullptr);
}

TEST(Gatling, TextsAndDashesAsNumbers) {
  const auto got = read_load(gatling_format(), stats("\"640\"", "\"640\"", "\"-\""));
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("load.requests"), 640);
  ASSERT_FALSE(read_load(gatling_format(), stats("\"many\"", "1", "0")).result);
  ASSERT_FALSE(read_load(gatling_format(), stats("\"1e300\"", "1", "0")).result);
  ASSERT_FALSE(read_load(gatling_format(), stats("5", "1", "9")).result);
}

TEST(Gatling, NothingSucceeded) {
  const auto got = read_load(gatling_format(), stats("26", "0", "26"));
  EXPECT_EQ(got.sample("load.duration"), nullptr);
  EXPECT_EQ(got.errors(), (Rate{26, 26}));
}

}  // namespace
}  // namespace budgetcheck
