#include "collect/load_test/artillery.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

std::string report(const std::string& counters, const std::string& summaries, const std::string& periods = "") {
  return R"({"aggregate":{"counters":{)" + counters + R"(},"rates":{"http.request_rate":56},"summaries":{)" +
         summaries + R"(},"firstMetricAt":1795934363978,"lastMetricAt":1795934371978},"intermediate":[)" + periods +
         "]}";
}
std::string period(int created) { return R"({"counters":{"vusers.created":)" + std::to_string(created) + "}}"; }

const std::string kCounters =
    R"("http.codes.200":357,"http.codes.503":42,"http.requests":400,"http.responses":399,"vusers.created":133,)"
    R"("plugins.metrics-by-endpoint./seats.codes.200":91,"plugins.metrics-by-endpoint./seats.codes.503":42,)"
    R"("plugins.metrics-by-endpoint./seats.errors.ETIMEDOUT":1)";
const std::string kSummaries =
    R"("http.response_time":{"min":0,"max":62,"count":399,"mean":9.5,"p50":7.9,"median":7.9,"p95":16.9,"p999":61},)"
    R"("http.response_time.2xx":{"min":3,"max":62,"count":357,"p50":8.9,"p95":16.9},)"
    R"("plugins.metrics-by-endpoint.response_time./seats":{"count":133,"p50":15,"p95":19.1})";

TEST(Artillery, DurationsAreThoseOfSuccesses) {
  const std::string text = report(kCounters, kSummaries);
  EXPECT_EQ(format_of(text), "artillery");
  const auto got = read_load(artillery_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("load.requests"), 400);
  EXPECT_EQ(got.errors(), (Rate{43, 400}));  // one was not answered
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 357 / 8.0);
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(0.5), 8.9);
  EXPECT_EQ(got.duration(0.99), std::nullopt);
}

TEST(Artillery, AnEndpointHasAllItsAnswers) {
  const auto got = read_load(artillery_format(), report(kCounters, kSummaries));
  EXPECT_EQ(got.errors("/seats"), (Rate{43, 134}));
  EXPECT_FALSE(got.of_successes("/seats"));
  EXPECT_EQ(got.duration(0.95, "/seats"), 19.1);
}

TEST(Artillery, P999IsThreeNines) {
  const auto got = read_load(artillery_format(), report(R"("http.codes.200":3,"http.requests":3)",
                                                        R"("http.response_time":{"p50":1,"p95":2,"p99":3,"p999":61})"));
  EXPECT_EQ(got.duration(0.999), 61);
  EXPECT_EQ(got.duration(0.99), 3);
}

TEST(Artillery, NothingSucceeded) {
  const auto got = read_load(artillery_format(), report(R"("http.requests":30,"errors.ECONNREFUSED":30)", ""));
  EXPECT_EQ(got.errors(), (Rate{30, 30}));
  EXPECT_EQ(got.sample("load.duration"), nullptr);
}

TEST(Artillery, ARampWithoutSteadyLoadIsSaid) {
  const auto rising =
      read_load(artillery_format(),
                report(kCounters, kSummaries, period(5) + "," + period(10) + "," + period(15) + "," + period(2)));
  EXPECT_TRUE(rising.says("no steady load")) << rising.input.message;
  const auto steady =
      read_load(artillery_format(),
                report(kCounters, kSummaries, period(5) + "," + period(15) + "," + period(15) + "," + period(2)));
  EXPECT_FALSE(steady.says("no steady load"));
}

TEST(Artillery, VersionOneIsRefused) {
  const auto got = read_load(artillery_format(), R"({"aggregate":{"latency":{"p95":1}},"intermediate":[]})");
  ASSERT_FALSE(got.result);
  EXPECT_NE(got.result.error().message.find("Artillery 1"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
