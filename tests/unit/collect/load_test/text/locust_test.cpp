#include "collect/load_test/text/locust.h"

#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kHead =
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response "
    "Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\n";
const std::string kRows =
    "GET,/events,1000,0,10,15.9,8.1,99.5,420.0,100.0,0.0,10,11,12,12,61,62,63,64,71,99,99\n"
    "GET,/seats,500,100,17,13.1,0.8,55.6,100.3,50.0,10.0,17,17,17,18,18,20,22,24,56,56,56\n"
    "GET,/new,0,0,0,0.0,0,0,0,0.0,0.0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n";
const std::string kSum = ",Aggregated,1500,100,10,13.2,0.8,99.5,259.7,150.0,10.0,10,12,16,17,18,56,62,63,69,99,99\n";

TEST(Locust, TableWithItsSum) {
  EXPECT_EQ(load_text_is_read_by(kHead + kRows + kSum), "locust");
  const LoadText got = read_load_text(locust_format(), kHead + kRows + kSum);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.number("load.requests"), 1500);
  EXPECT_EQ(got.errors(), (Rate{100, 1500}));
  EXPECT_NEAR(got.number("load.throughput"), 140, 1e-9);
  EXPECT_EQ(got.duration(Stat::kP95), 56);
  EXPECT_EQ(got.errors("GET /seats"), (Rate{100, 500}));
  EXPECT_EQ(got.duration(Stat::kP95, "GET /seats"), 20);
  EXPECT_EQ(got.find("load.requests", "Aggregated"), nullptr);
  EXPECT_EQ(got.find("load.duration", "GET /new"), nullptr);
}

TEST(Locust, SaysThatRoutesAreLeftOut) {
  std::string rows;
  for (int i = 0; i < 1000; ++i) {
    rows += "GET,/r" + std::to_string(i) + ",1,0,10,15.9,8.1,99.5,420.0,100.0,0.0,10,11,12,12,61,62,63,64,71,99,99\n";
  }
  EXPECT_EQ(read_load_text(locust_format(), kHead + rows + kSum).input.message, "");
  const LoadText got = read_load_text(locust_format(), kHead + rows + kRows + kSum);
  EXPECT_NE(got.input.message.find("only the first 1000 routes are kept, 3 more are in the whole run only"),
            std::string::npos)
      << got.input.message;
  EXPECT_NE(got.input.hint.find("name="), std::string::npos);
  EXPECT_EQ(got.input.state, InputState::kRead);
}

TEST(Locust, ColumnsOfOldVersions) {
  const std::string text =
      "\"Method\",\"Name\",\"# requests\",\"# failures\",\"Median response time\",\"Average response time\",\"Min "
      "response "
      "time\",\"Max response time\",\"Average Content Size\",\"Requests/s\"\n\"GET\",\"/\",10,1,\"7\",8,1,20,100,5.00\n"
      "\"None\",\"Total\",10,1,\"7\",8,1,20,100,5.00\n";
  EXPECT_EQ(load_text_is_read_by(text), "locust");
  const LoadText got = read_load_text(locust_format(), text);
  EXPECT_EQ(got.errors(), (Rate{1, 10}));
  EXPECT_EQ(got.duration(Stat::kMedian), 7);
}

TEST(Locust, CutOffOrEmpty) {
  EXPECT_NE(read_load_text(locust_format(), kHead + kRows).error().find("Aggregated"), std::string::npos);
  EXPECT_NE(read_load_text(locust_format(), kHead + kRows + kSum.substr(0, 40)).error(), "");
  EXPECT_NE(read_load_text(locust_format(), kHead + kRows + kSum + kHead + kSum).error(), "");
  const LoadText none = read_load_text(
      locust_format(), kHead + ",Aggregated,0,0,0,0,0,0,0,0,0,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A,N/A\n");
  EXPECT_EQ(none.input.state, InputState::kIncomplete);
}

const std::string kJson =
    R"([{"name":"/events","method":"GET","last_request_timestamp":110.5,"start_time":100.5,"num_requests":3,)"
    R"("num_none_requests":0,"num_failures":0,"response_times":{"10":2,"40":1},"num_reqs_per_sec":{"100":3}},)"
    R"({"name":"/hold","method":"POST","last_request_timestamp":109,"start_time":100,"num_requests":100000,)"
    R"("num_failures":1000,"response_times":{"20":99000,"5":1000},"num_fail_per_sec":{}}])";

TEST(Locust, JsonHasNoSum) {
  EXPECT_EQ(load_text_is_read_by(kJson), "locust");
  const LoadText got = read_load_text(locust_format(), kJson);
  ASSERT_TRUE(got.result) << got.error();
  EXPECT_EQ(got.number("load.requests"), 100003);
  EXPECT_EQ(got.errors(), (Rate{1000, 100003}));
  EXPECT_NEAR(got.number("load.throughput"), 99003 / 10.5, 1e-9);
  EXPECT_EQ(got.duration(Stat::kMedian, "GET /events"), 10);
  EXPECT_NEAR(*got.duration(Stat::kP95), 20, 0.2);
  EXPECT_EQ(std::get<Distribution>(got.find("load.duration")->value).count(), 100003U);
  EXPECT_FALSE(read_load_text(locust_format(), kJson.substr(0, kJson.size() - 5)).result);
}

TEST(Locust, TablesBesideIt) {
  const auto content =
      content_from_string("Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%\n1,2,,Aggregated,3,0,1\n");
  const auto other = locust_format().explain(sniff("x_stats_history.csv", *content, true));
  ASSERT_TRUE(other);
  EXPECT_NE(other->give.find("_stats.csv"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
