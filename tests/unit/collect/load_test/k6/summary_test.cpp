#include "collect/load_test/k6/summary.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

const std::string kTrend = R"x("avg":42.8,"min":0.3,"med":20.1,"max":326.3,"p(90)":115.4,"p(95)":169.4)x";
const std::string kOfSuccesses = R"x("avg":45.0,"min":5.9,"med":21.2,"max":326.3,"p(90)":117.6,"p(95)":178.0)x";
const std::string kOfRoute = R"x("avg":18.4,"min":0.3,"med":17.3,"max":46.9,"p(90)":30.0,"p(95)":34.4)x";
const std::string kNothing = R"x("avg":0,"min":0,"med":0,"max":0,"p(90)":0,"p(95)":0)x";

/// --summary-export.
std::string exported(const std::string& duration_thresholds, const std::string& more = "") {
  return R"x({"root_group":{"name":"","groups":{"pay":{"name":"pay","groups":{},"checks":{"ok":{"name":"ok","passes":1,"fails":2}}}},)x"
         R"x("checks":{"ok":{"name":"ok","passes":399,"fails":21}}},"metrics":{"http_reqs":{"count":420,"rate":84},)x"
         R"x("vus":{"value":3,"min":1,"max":10},"http_req_failed":{"passes":21,"fails":399,"value":0.05},)x"
         R"x("http_req_duration":{)x" +
         kTrend + R"x(,"thresholds":{)x" + duration_thresholds +
         R"x(}},"http_req_duration{expected_response:true}":{)x" + kOfSuccesses +
         R"x(},"http_req_duration{name:GET /events}":{)x" + kOfRoute + "}" + more + "}}";
}

TEST(K6Summary, TheExportedOne) {
  const std::string text = exported(R"x("p(95)<400":false)x");
  EXPECT_EQ(format_of(text), "k6-summary");
  const auto got = read_load(k6_summary_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead);
  EXPECT_EQ(
      got.input.message,
      "this file of k6 does not tell how many requests of 1 route failed, so times of failed ones may be among its "
      "durations");
  EXPECT_EQ(got.errors(), (Rate{21, 420}));                   // 'passes' counts the failed ones
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 399 / 5.0);  // the rate is of all of them
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(0.95), 178.0);
  EXPECT_EQ(got.duration(0.99), std::nullopt);
  EXPECT_FALSE(got.of_successes("GET /events"));
  EXPECT_EQ(got.duration(0.5, "GET /events"), 17.3);
  EXPECT_EQ(std::get<Rate>(got.sample("load.checks")->value), (Rate{400, 423}));  // of all groups
}

/// true means that the threshold failed (grafana/k6 #1498).
TEST(K6Summary, ThresholdsOfTheExportAreInverted) {
  const auto got = read_load(k6_summary_format(), exported(R"x("p(95)<400":false,"p(95)<25":true)x"));
  EXPECT_TRUE(got.says("1 threshold of k6 failed: 'http_req_duration: p(95)<25'")) << got.input.message;
  EXPECT_FALSE(got.says("<400"));
}

std::string handled(const std::string& thresholds) {
  return R"x({"root_group":{"name":"","groups":[],"checks":[{"name":"ok","passes":399,"fails":21}]},"options":{},)x"
         R"x("state":{"testRunDurationMs":5000},"metrics":{"http_reqs":{"type":"counter","values":{"count":420,"rate":84}},)x"
         R"x("http_req_failed":{"type":"rate","values":{"passes":21,"fails":399,"rate":0.05}},)x"
         R"x("http_req_duration":{"type":"trend","contains":"time","values":{)x" +
         kTrend + R"x(},"thresholds":{)x" + thresholds + "}}}}";
}

TEST(K6Summary, TheOneOfHandleSummary) {
  const std::string text = handled(R"x("p(95)<400":{"ok":true},"p(95)<25":{"ok":false})x");
  EXPECT_EQ(format_of(text), "k6-summary");
  const auto got = read_load(k6_summary_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{21, 420}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 399 / 5.0);
  EXPECT_FALSE(got.of_successes());
  EXPECT_EQ(*got.sample("load.duration")->failures_within, (Rate{21, 420}));
  EXPECT_TRUE(got.says("'http_req_duration: p(95)<25'")) << got.input.message;
  EXPECT_FALSE(got.says("<400"));
}

std::string machine_readable(const std::string& more = "") {
  return R"x({"config":{"duration":5.0,"execution":"local"},"metadata":{"k6Version":"1.5.0"},"version":"0.1.0","results":{)x"
         R"x("checks":{"metrics":[],"results":[{"name":"ok","passes":399,"fails":21}]},"metrics":[)x"
         R"x({"name":"http_req_failed","type":"rate","values":{"matches":21,"rate":0.05,"total":420}},)x"
         R"x({"name":"http_req_duration","type":"trend","values":{"avg":1,"max":9,"med":3,"min":1,"p90":7,"p(95)":8}},)x" +
         more + R"x({"name":"http_reqs","type":"counter","values":{"count":420}}]}})x";
}

TEST(K6Summary, TheMachineReadableOneInAnyOrder) {
  EXPECT_EQ(format_of(machine_readable()), "k6-summary");
  const auto got = read_load(k6_summary_format(), machine_readable());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{21, 420}));
  EXPECT_DOUBLE_EQ(got.value("load.throughput"), 399 / 5.0);  // seconds, not milliseconds
  EXPECT_EQ(got.duration(0.9), 7);
  EXPECT_EQ(got.duration(0.95), 8);
  EXPECT_EQ(std::get<Rate>(got.sample("load.checks")->value), (Rate{399, 420}));
}

TEST(K6Summary, AMetricThatComesTwiceIsAnError) {
  const auto got = read_load(k6_summary_format(),
                             machine_readable(R"x({"name":"http_reqs","type":"counter","values":{"count":1}},)x"));
  ASSERT_FALSE(got.result);
  EXPECT_EQ(got.result.error().location.pointer, "/results/metrics/3");
}

/// k6 writes zeros for a threshold of requests that were never made.
TEST(K6Summary, ARouteWithoutARequestIsNotFast) {
  const auto got =
      read_load(k6_summary_format(), exported("", R"x(,"http_req_duration{name:POST /pay}":{)x" + kNothing + "}"));
  EXPECT_EQ(got.sample("load.duration", "POST /pay"), nullptr);
  ASSERT_NE(got.gap("load.", "POST /pay"), nullptr);
  EXPECT_TRUE(got.gap("load.", "POST /pay")->input_at_fault);
}

TEST(K6Summary, PartsByOtherTags) {
  const auto got = read_load(
      k6_summary_format(),
      exported("", R"x(,"http_req_duration{method:POST}":{)x" + kOfRoute + R"x(},"http_req_duration{status:200}":{)x" +
                       kOfRoute + R"x(},"http_req_duration{scenario:browse,expected_response:true}":{)x" + kOfRoute +
                       R"x(},"http_reqs{name:http://shop.example/users/17}":{"count":7,"rate":1})x"));
  EXPECT_NE(got.sample("load.duration", "POST"), nullptr);
  EXPECT_TRUE(got.of_successes("scenario:browse"));
  EXPECT_EQ(got.value("load.requests", "/users/:id"), 7);
  EXPECT_EQ(got.sample("load.duration", "status:200"), nullptr);
}

TEST(K6Summary, WithoutARequest) {
  const auto got =
      read_load(k6_summary_format(), R"x({"root_group":{},"metrics":{"iterations":{"count":4,"rate":1}}})x");
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
}

TEST(K6Summary, WrongTypesAreErrorsWithTheirPlace) {
  for (const auto& [text, place] : std::vector<std::pair<std::string, std::string>>{
           {R"x({"root_group":{},"metrics":{"http_reqs":{"count":"420"}}})x", "/metrics/http_reqs/count"},
           {R"x({"root_group":{},"metrics":{"http_req_duration":{"p(95)":-3}}})x", "/metrics/http_req_duration/p(95)"},
           {R"x({"root_group":{},"metrics":{"http_reqs":7}})x", "/metrics/http_reqs"},
           {R"x({"root_group":{},"metrics":[]})x", "/metrics"}}) {
    const auto got = read_load(k6_summary_format(), text);
    ASSERT_FALSE(got.result) << text;
    EXPECT_EQ(got.result.error().location.pointer, place);
    EXPECT_FALSE(got.result.error().hint.empty());
  }
}

TEST(K6Summary, DeepGroupsEnd) {
  std::string text = R"x({"metrics":{},"root_group":)x";
  for (int i = 0; i < 100; ++i) {
    text += R"x({"groups":[)x";
  }
  for (int i = 0; i < 100; ++i) {
    text += "]}";
  }
  EXPECT_TRUE(read_load(k6_summary_format(), text + "}").result);
}

}  // namespace
}  // namespace budgetcheck
