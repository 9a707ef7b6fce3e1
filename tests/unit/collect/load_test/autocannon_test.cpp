#include "collect/load_test/autocannon.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

/// As autocannon writes it, shortened. `more` stands in front of the other members.
std::string result(const std::string& more, const std::string& total = "1000", const std::string& sent = "1008") {
  return R"({"url":"http://127.0.0.1:8080/events","connections":8,"pipelining":1,"duration":4.0,)" + more +
         R"("latency":{"average":9.5,"mean":9.5,"min":2,"max":62,"p50":8,"p75":9,"p90":11,"p97_5":60,"p99":61,)"
         R"("totalCount":)" +
         total + R"(},"requests":{"average":250,"total":)" + total + R"(,"sent":)" + sent +
         R"(},"throughput":{"average":184320}})";
}
const std::string kClean =
    R"("errors":0,"timeouts":0,"mismatches":0,"non2xx":0,"resets":0,"1xx":0,"2xx":1000,"3xx":0,"4xx":0,"5xx":0,)";

TEST(Autocannon, TellsItsPercentilesAndNoOther) {
  EXPECT_EQ(format_of(result(kClean)), "autocannon");
  const auto got = read_load(autocannon_format(), result(kClean));
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("load.requests"), 1000);
  EXPECT_EQ(got.value("load.throughput"), 250);
  EXPECT_EQ(got.errors(), (Rate{0, 1000}));
  EXPECT_EQ(got.duration(0.5), 8);
  EXPECT_EQ(got.duration(0.975), 60);
  EXPECT_EQ(got.duration(0.95), std::nullopt);
  EXPECT_FALSE(got.of_successes());
  EXPECT_FALSE(got.sample("load.errors")->lower_bound);
}

TEST(Autocannon, ThroughputIsOfSuccesses) {
  const auto got =
      read_load(autocannon_format(),
                result(R"("errors":0,"mismatches":0,"non2xx":980,"1xx":0,"2xx":20,"3xx":0,"4xx":980,"5xx":0,)"));
  EXPECT_EQ(got.value("load.throughput"), 5);
  EXPECT_EQ(got.errors(), (Rate{980, 1000}));
  ASSERT_TRUE(got.sample("load.duration")->failures_within);
  EXPECT_EQ(*got.sample("load.duration")->failures_within, (Rate{980, 1000}));
}

TEST(Autocannon, ErrorsAreRequestsWithoutAnAnswer) {
  const auto got =
      read_load(autocannon_format(),
                result(R"("errors":10,"timeouts":4,"mismatches":0,"non2xx":0,"2xx":1000,"3xx":0,"4xx":0,"5xx":0,)",
                       "1000", "1018"));
  EXPECT_EQ(got.errors(), (Rate{10, 1010}));
  EXPECT_FALSE(got.sample("load.errors")->lower_bound);
}

/// The server reset 155 connections, and every count of errors is 0.
TEST(Autocannon, RequestsThatWereSentAndNeverCountedAreLost) {
  const auto got = read_load(autocannon_format(), result(kClean, "1000", "1163"));
  const Sample* errors = got.sample("load.errors");
  ASSERT_NE(errors, nullptr);
  EXPECT_TRUE(errors->lower_bound);
  EXPECT_NE(errors->lower_bound_reason.find("155 requests"), std::string::npos) << errors->lower_bound_reason;
  EXPECT_TRUE(got.says("155")) << got.input.message;
}

TEST(Autocannon, OneUnderWayOnEachConnectionIsNotLost) {
  EXPECT_FALSE(read_load(autocannon_format(), result(kClean, "1000", "1008")).sample("load.errors")->lower_bound);
  EXPECT_TRUE(read_load(autocannon_format(), result(kClean, "1000", "1009")).sample("load.errors")->lower_bound);
}

TEST(Autocannon, WithoutAnAnswerThereIsNoDuration) {
  const auto got =
      read_load(autocannon_format(),
                result(R"("errors":500,"mismatches":0,"non2xx":0,"2xx":0,"3xx":0,"4xx":0,"5xx":0,)", "0", "500"));
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.sample("load.duration"), nullptr);
  EXPECT_EQ(got.errors(), (Rate{500, 500}));
  ASSERT_NE(got.gap("load.duration"), nullptr);
  EXPECT_TRUE(got.gap("load.duration")->input_at_fault);
}

TEST(Autocannon, NothingAtAllIsIncomplete) {
  const auto got = read_load(autocannon_format(), result(R"("errors":0,"2xx":0,"3xx":0,"4xx":0,"5xx":0,)", "0", "0"));
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
}

TEST(Autocannon, RedirectsAreSaid) {
  const auto got = read_load(autocannon_format(),
                             result(R"("errors":0,"mismatches":0,"non2xx":1000,"2xx":0,"3xx":1000,"4xx":0,"5xx":0,)"));
  EXPECT_EQ(got.errors(), (Rate{0, 1000}));
  EXPECT_TRUE(got.says("redirect")) << got.input.message;
}

TEST(Autocannon, AListAndLinesAreRuns) {
  const std::string list = "[" + result(kClean) + ",\n" + result(kClean, "1200") + "]";
  EXPECT_EQ(format_of(list), "autocannon");
  for (const std::string& text : {list, result(kClean) + "\n" + result(kClean, "1200") + "\n"}) {
    const auto got = read_load(autocannon_format(), text);
    ASSERT_TRUE(got.result);
    EXPECT_EQ(std::count_if(got.facts.samples.begin(), got.facts.samples.end(),
                            [](const Sample& sample) { return sample.metric == "load.throughput"; }),
              2);
    EXPECT_EQ(got.sample("load.duration")->where.find("route"), nullptr);
  }
}

TEST(Autocannon, ResultsOfSeveralUrlsAreRoutes) {
  std::string other = result(kClean);
  other.replace(other.find("/events"), 7, "/seats");
  const auto got = read_load(autocannon_format(), "[" + result(kClean) + "," + other + "]");
  EXPECT_EQ(got.sample("load.duration"), nullptr);
  EXPECT_EQ(got.value("load.requests", "/seats"), 1000);
}

TEST(Autocannon, ACutLineIsSaidAndTheOthersCount) {
  const auto got = read_load(autocannon_format(), result(kClean) + "\n" + result(kClean).substr(0, 90));
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.says("line 2")) << got.input.message;
}

TEST(Autocannon, ImpossibleNumbersAreErrorsWithTheirPlace) {
  for (const auto& [more, place] :
       std::vector<std::pair<std::string, std::string>>{{R"("errors":-1,"2xx":1000,)", "/errors"},
                                                        {R"("errors":"none","2xx":1000,)", "/errors"},
                                                        {R"("errors":0.5,"2xx":1000,)", "/errors"},
                                                        {R"("errors":1e300,"2xx":1000,)", "/errors"}}) {
    const auto got = read_load(autocannon_format(), result(more));
    ASSERT_FALSE(got.result) << more;
    EXPECT_EQ(got.result.error().location.pointer, place);
    EXPECT_EQ(got.result.error().location.line, 1U);
    EXPECT_FALSE(got.result.error().hint.empty());
  }
}

}  // namespace
}  // namespace budgetcheck
