#include "collect/load_test/text/jmeter.h"
#include "unit/collect/load_test/text/load_text.h"

namespace budgetcheck {
namespace {

using testing::load_text_is_read_by;
using testing::LoadText;
using testing::read_load_text;

const std::string kHead =
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage\n";

TEST(JMeterCsv, TransactionsAreNotRequests) {
  const std::string text =
      kHead +
      "1795912345000,24,GET /events,200,OK,Users 1-1,text,true,\n"
      "1795912345100,36,\"Search, with \"\"quotes\"\"\",200,OK,Users 1-1,text,true,\n"
      "1795912345000,60,Buy flow,200,\"Number of samples in transaction : 2, number of failing samples : "
      "0\",Users 1-1,,true,\n"
      "1795912346900,100,GET /events,503,Service Unavailable,Users 1-1,text,false,\"expected\n200\n\"\n";
  EXPECT_EQ(load_text_is_read_by(text), "jmeter");
  const LoadText got = read_load_text(jmeter_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.number("load.requests"), 3);
  EXPECT_EQ(got.errors(), (Rate{1, 3}));
  EXPECT_NEAR(got.number("load.throughput"), 1, 1e-9);  // from the first begin to the last end
  EXPECT_EQ(got.duration(Stat::kMedian), 30);           // of the two that succeeded
  EXPECT_EQ(got.number("load.requests", "Search, with \"quotes\""), 1);
  EXPECT_EQ(got.find("load.requests", "Buy flow"), nullptr);
  EXPECT_TRUE(got.is_of_successes());
}

TEST(JMeterCsv, ColumnsInAnyOrderAndAnySeparator) {
  const LoadText got = read_load_text(
      jmeter_format(), "success;label;elapsed;timeStamp\ntrue;a;10;1795912345000\nfalse;a;20;1795912345990\n");
  EXPECT_EQ(got.errors(), (Rate{1, 2}));
  EXPECT_EQ(got.duration(Stat::kMax), 10);
}

TEST(JMeterCsv, WithoutSuccessTheStatusDecides) {
  const LoadText got = read_load_text(jmeter_format(),
                                      "elapsed,label,responseCode\n10,a,200\n20,a,404\n30,a,Non HTTP response code: "
                                      "java.net.SocketException\n");
  EXPECT_EQ(got.errors(), (Rate{2, 3}));
  EXPECT_NE(got.gap("load.throughput"), "");  // no time
}

TEST(JMeterCsv, WhatThePlanAcceptsIsASuccess) {
  const LoadText got = read_load_text(jmeter_format(), kHead + "1795912345000,24,a,404,Not Found,U,text,true,\n");
  EXPECT_EQ(got.errors(), (Rate{0, 1}));
  EXPECT_NE(got.input.message.find("400"), std::string::npos);
}

TEST(JMeterCsv, TimesAsDates) {
  const auto with_times = [](const std::string& first, const std::string& second) {
    return read_load_text(jmeter_format(),
                          "timeStamp,elapsed,label,success\n" + first + ",500,a,true\n" + second + ",500,a,true\n");
  };
  const LoadText got = with_times("2024/03/01 09:59:59.500", "2024/03/01 10:00:01.000");
  EXPECT_NEAR(got.number("load.throughput"), 1, 1e-9);
  EXPECT_NEAR(with_times("2024-03-01 09:59:59.5", "2024-03-01 10:00:01.0").number("load.throughput"), 1, 1e-9);
  EXPECT_NE(with_times("2024/03/01 09:59:59", "2024/03/01 10:00:01").gap("load.throughput"), "") << "too coarse";
  EXPECT_NE(with_times("2024/03/01 09:59:59.500", "03/01/24 10:00:01.000").gap("load.throughput"), "");
}

TEST(JMeterCsv, BadFiles) {
  EXPECT_EQ(read_load_text(jmeter_format(), kHead).input.state, InputState::kIncomplete);
  const std::string row = "1795912345000,24,a,200,OK,U,text,true,\n";
  EXPECT_EQ(read_load_text(jmeter_format(), kHead + row + "17959123").input.state, InputState::kIncomplete);
  EXPECT_EQ(read_load_text(jmeter_format(), kHead + row + "1795912345000,24,\"a,200,OK").input.state,
            InputState::kIncomplete);
  EXPECT_EQ(read_load_text(jmeter_format(), kHead + row + kHead + row).number("load.requests"), 2);  // appended
  EXPECT_NE(read_load_text(jmeter_format(), "label,elapsed\na,1\n").error(), "");
  const LoadText parents = read_load_text(
      jmeter_format(), kHead + "1795912345000,60,Buy,200,Number of samples in transaction : 3,U,,true,\n");
  EXPECT_EQ(parents.input.state, InputState::kIncomplete);
  EXPECT_NE(parents.input.message.find("transaction"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
