#include "collect/load_test/k6/points.h"

#include "unit/collect/load_test/load_read.h"

namespace budgetcheck {
namespace {

using testing::format_of;
using testing::read_load;

/// "05" of the minute 00:32.
std::string at(double second) {
  std::string text = std::to_string(second + 100);
  return "2026-11-29T00:32:" + text.substr(1) + "Z";
}

std::string point(const std::string& metric, double second, const std::string& value, const std::string& tags) {
  return R"({"metric":")" + metric + R"(","type":"Point","data":{"time":")" + at(second) + R"(","value":)" + value +
         R"(,"tags":)" + tags + "}}\n";
}

std::string tags(bool expected, const std::string& method = "GET", const std::string& path = "/events",
                 const std::string& name = "") {
  const std::string url = "http://shop.example" + path;
  return std::string(R"({"expected_response":")") + (expected ? "true" : "false") + R"(","group":"","method":")" +
         method + R"(","name":")" + (name.empty() ? url : name) +
         R"(","proto":"HTTP/1.1","scenario":"default","status":")" + (expected ? "200" : "503") + R"(","url":")" + url +
         R"("})";
}

/// The points of one request, as k6 writes them.
std::string request(double end, double ms, const std::string& of) {
  const bool failed = of.find("\"false\"") != std::string::npos;
  return point("http_reqs", end, "1", of) + point("http_req_duration", end, std::to_string(ms), of) +
         point("http_req_blocked", end, "0.001", of) + point("http_req_failed", end, failed ? "1" : "0", of);
}

const std::string kMetric =
    R"({"type":"Metric","data":{"name":"http_reqs","type":"counter","contains":"default","thresholds":[],)"
    R"("submetrics":null},"metric":"http_reqs"})"
    "\n";

std::string run() {
  return kMetric + request(1, 100, tags(true)) + request(2, 300, tags(true)) + request(4.9, 1, tags(false)) +
         request(3, 80, tags(true, "POST", "/pay"));
}

TEST(K6Points, RoutesOfSuccesses) {
  EXPECT_EQ(format_of(run()), "k6-points");
  const auto got = read_load(k6_points_format(), run());
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("load.requests"), 4);
  EXPECT_EQ(got.errors(), (Rate{1, 4}));
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(1), 300);
  EXPECT_EQ(got.duration(0), 80);
  EXPECT_EQ(got.errors("GET /events"), (Rate{1, 3}));
  EXPECT_EQ(got.duration(0.5, "GET /events"), 200);
  EXPECT_EQ(got.duration(0.5, "POST /pay"), 80);
}

/// A time is that of the end: the run began before the first.
TEST(K6Points, TheSpanBeginsWithTheFirstRequest) {
  EXPECT_NEAR(read_load(k6_points_format(), run()).value("load.throughput"), 3 / 4.0, 1e-6);
}

TEST(K6Points, ANameOfTheScriptIsTheRoute) {
  const auto got = read_load(k6_points_format(), request(1, 10, tags(true, "GET", "/users/1", "GET /users/:id")) +
                                                     request(2, 10, tags(true, "GET", "/users/2", "GET /users/:id")));
  EXPECT_EQ(got.value("load.requests", "GET /users/:id"), 2);
}

TEST(K6Points, IdsInUrlsAreOneRoute) {
  const auto got = read_load(k6_points_format(), request(1, 10, tags(true, "GET", "/users/1001?token=a")) +
                                                     request(2, 10, tags(true, "GET", "/users/1002?token=b")));
  EXPECT_EQ(got.value("load.requests", "GET /users/:id"), 2);
}

TEST(K6Points, TheOlderOrderOfMembersAndOtherZones) {
  const std::string line = R"({"type":"Point","data":{"time":"2017-05-09T14:34:4S.625742514+02:00","value":V,"tags":)" +
                           tags(true) +
                           R"(},"metric":"M"})"
                           "\n";
  const auto made = [&](const std::string& second, const std::string& value, const std::string& metric) {
    std::string out = line;
    out.replace(out.find("4S"), 2, "4" + second);
    out.replace(out.find(":V,") + 1, 1, value);
    out.replace(out.find("\"M\"") + 1, 1, metric);
    return out;
  };
  const auto got =
      read_load(k6_points_format(), made("1", "500", "http_req_duration") + made("3", "7", "http_req_blocked") +
                                        made("3", "100", "http_req_duration"));
  EXPECT_EQ(got.value("load.requests"), 2);  // without http_reqs they are counted by their durations
  EXPECT_NEAR(got.value("load.throughput"), 2 / 2.5, 1e-6);
  EXPECT_EQ(got.duration(0.5), 300);
}

TEST(K6Points, WithoutTheTagTheStatusDecides) {
  std::string of = tags(false);
  of.replace(of.find("\"expected_response\":\"false\","), 28, "");
  const auto got =
      read_load(k6_points_format(),
                point("http_reqs", 1, "1", of) + point("http_req_duration", 1, "5", of) + request(2, 9, tags(true)));
  EXPECT_TRUE(got.of_successes());
  EXPECT_EQ(got.duration(1), 9);
}

TEST(K6Points, WithoutAnyTagDurationsAreMixed) {
  const auto got = read_load(k6_points_format(),
                             point("http_req_duration", 1, "5", "{}") + point("http_req_duration", 2, "9", "null"));
  EXPECT_FALSE(got.of_successes());
  EXPECT_EQ(got.duration(1), 9);
  EXPECT_EQ(got.sample("load.errors"), nullptr);
  EXPECT_NE(got.gap("load.errors"), nullptr);
}

TEST(K6Points, Checks) {
  const std::string of = R"({"check":"a \"b\"","group":""})";
  const auto got = read_load(k6_points_format(), run() + point("checks", 1, "1", of) + point("checks", 1, "0", of));
  const Sample* check = got.sample("load.checks");
  ASSERT_NE(check, nullptr);
  EXPECT_EQ(*check->where.find("check"), "a \"b\"");
  EXPECT_EQ(std::get<Rate>(check->value), (Rate{1, 2}));
}

TEST(K6Points, ARampToTheEndIsSaid) {
  const auto users = [](const std::vector<int>& numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      out += point("vus", static_cast<double>(i), std::to_string(numbers[i]), "{}");
    }
    return out;
  };
  EXPECT_TRUE(read_load(k6_points_format(), run() + users({1, 2, 3, 4, 5, 6})).says("no steady load"));
  EXPECT_FALSE(read_load(k6_points_format(), run() + users({1, 2, 3, 6, 6, 6})).says("no steady load"));
  EXPECT_FALSE(read_load(k6_points_format(), run() + users({6, 6, 6})).says("no steady load"));
}

TEST(K6Points, EverythingFailed) {
  const auto got = read_load(k6_points_format(), request(1, 1, tags(false)) + request(2, 1, tags(false)));
  EXPECT_EQ(got.errors(), (Rate{2, 2}));
  EXPECT_EQ(got.sample("load.duration"), nullptr);
  EXPECT_EQ(got.value("load.throughput"), 0);
}

TEST(K6Points, ACutFileAndGarbledLines) {
  const auto cut = read_load(k6_points_format(), run() + point("http_reqs", 5, "1", tags(true)).substr(0, 70));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
  EXPECT_TRUE(cut.says("breaks off in line 18")) << cut.input.message;
  for (const std::string& line :
       {point("http_req_duration", 5, "-1", tags(true)), point("http_req_duration", 5, "1e300", tags(true)),
        point("http_req_duration", 5, "\"1\"", tags(true)),
        std::string(R"({"metric":"http_reqs","type":"Point"})") + "\n", std::string("{}\n"), std::string("x\n")}) {
    const auto got = read_load(k6_points_format(), run() + line + request(6, 1, tags(true)));
    EXPECT_TRUE(got.says("1 of 22 lines is no point of k6, the first in line 18")) << line << got.input.message;
    EXPECT_EQ(got.value("load.requests"), 5);
  }
}

/// What was remembered of one line must not be taken for another's.
TEST(K6Points, EachPointHasItsOwnTags) {
  const std::string a = tags(true, "GET", "/a");
  const std::string b = tags(true, "GET", "/b");
  const auto got = read_load(k6_points_format(), request(1, 10, a) + request(1, 20, b) + request(1, 30, a) +
                                                     request(2, 40, a) + request(2, 50, b));
  EXPECT_EQ(got.value("load.requests", "GET /a"), 3);
  EXPECT_EQ(got.duration(1, "GET /a"), 40);
  EXPECT_EQ(got.duration(0, "GET /b"), 20);
}

TEST(K6Points, MetadataBehindTheTags) {
  std::string line = point("http_req_duration", 1, "5", tags(true));
  line.replace(line.size() - 3, 3, ",\"metadata\":{\"trace_id\":\"1\"}}}\n");
  const auto got = read_load(k6_points_format(), line + line);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("load.requests", "GET /events"), 2);
}

std::vector<std::string> stages(const Facts& facts, const std::string& metric, double q) {
  std::vector<std::string> out;
  for (const Sample& one : facts.samples) {
    const std::string* stage = one.where.find("stage");
    const std::string* status = one.where.find("status");
    if (one.metric == metric && stage != nullptr && (status == nullptr || *status == "success")) {
      const auto* durations = std::get_if<Distribution>(&one.value);
      const double value = durations != nullptr ? durations->quantile(q) : aggregate(one, Stat::kMean);
      out.push_back(*stage + "=" + std::to_string(static_cast<int>(value + 0.5)));
    }
  }
  return out;
}

std::string staged(bool expected, const std::string& stage) {
  std::string of = tags(expected);
  return of.insert(of.find("\"status\""), stage);
}

/// A ramp is slower than what follows it, and of another load: each stage stands alone, and the run is all of them.
TEST(K6Points, StagesOfTheLoadStandApart) {
  const std::string text = request(1, 1000, staged(true, R"("stage":"0",)")) +
                           request(2, 400, staged(true, R"("stage":"0",)")) +
                           request(4, 20, staged(true, R"("stage":"1","stage_profile":"steady",)")) +
                           request(5, 30, staged(true, R"("stage":"1","stage_profile":"steady",)")) +
                           request(6, 30, staged(false, R"("stage":"1","stage_profile":"steady",)"));
  const auto got = read_load(k6_points_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.value("load.requests"), 5);
  EXPECT_EQ(got.duration(1), 1000);
  EXPECT_EQ(stages(got.facts, "load.requests", 0), (std::vector<std::string>{"0=2", "1=3"}));
  EXPECT_EQ(stages(got.facts, "load.duration", 1), (std::vector<std::string>{"0=1000", "1=30"}));
  // Two seconds from the beginning of the first of the stage, and of two successes in about two seconds.
  EXPECT_EQ(stages(got.facts, "load.throughput", 0), (std::vector<std::string>{"0=1", "1=1"}));
}

TEST(K6Points, ThePhaseNamesTheStageWhereNoNumberDoes) {
  const auto got = read_load(k6_points_format(), request(1, 10, staged(true, R"("stage_profile":"ramp-up",)")) +
                                                     request(3, 20, staged(true, R"("stage_profile":"steady",)")));
  EXPECT_EQ(stages(got.facts, "load.duration", 1), (std::vector<std::string>{"ramp-up=10", "steady=20"}));
  EXPECT_TRUE(stages(read_load(k6_points_format(), run()).facts, "load.duration", 1).empty());
}

TEST(K6Points, MoreStagesThanAreKeptAreSaid) {
  const auto run_of = [](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      text += request(1, 10, staged(true, R"("stage":")" + std::to_string(i) + R"(",)"));
    }
    return read_load(k6_points_format(), text);
  };
  EXPECT_FALSE(run_of(100).says("stages"));
  const auto got = run_of(101);
  EXPECT_TRUE(got.says("more than 100 stages")) << got.input.message;
  EXPECT_EQ(got.value("load.requests"), 101);
}

const std::string kHeader =
    "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,scenario,"
    "service,"
    "status,subproto,tls_version,url,extra_tags,metadata\n";
std::string row(const std::string& metric, const std::string& time, const std::string& value, bool expected = true) {
  return metric + "," + time + "," + value + ",,,," + (expected ? "true" : "false") +
         ",,GET,http://shop.example/events,HTTP/1.1,default,,200,,,http://shop.example/events,,\n";
}

TEST(K6Csv, IsReadAsThePoints) {
  const std::string text =
      kHeader + row("http_reqs", "1795912345", "1.0") + row("http_req_duration", "1795912345", "500.0") +
      row("http_req_failed", "1795912345", "0") + row("http_reqs", "1795912349", "1.0") +
      row("http_req_duration", "1795912349", "7.0", false) + row("http_req_failed", "1795912349", "1") +
      "checks,1795912349,1.0,ok,,,,,,,,default,,,,,,,\n";
  EXPECT_EQ(format_of(text), "k6-csv");
  const auto got = read_load(k6_csv_format(), text);
  ASSERT_TRUE(got.result);
  EXPECT_EQ(got.errors(), (Rate{1, 2}));
  EXPECT_EQ(got.duration(1, "GET /events"), 500);
  EXPECT_NEAR(got.value("load.throughput"), 1 / 4.5, 1e-9);
  EXPECT_TRUE(got.says("whole seconds")) << got.input.message;
  EXPECT_EQ(std::get<Rate>(got.sample("load.checks")->value), (Rate{1, 1}));
}

TEST(K6Csv, StagesAreAmongTheOtherTags) {
  const auto with = [](const std::string& tags, const std::string& value) {
    std::string text = row("http_req_duration", "1795912345", value);
    return text.insert(text.rfind(','), tags);
  };
  const auto got = read_load(k6_csv_format(), kHeader + with("team=web&stage=0", "10") + with("stage=1", "20") +
                                                  with("upstage=7&stage_profile=steady", "30") + with("", "40"));
  EXPECT_EQ(stages(got.facts, "load.duration", 1), (std::vector<std::string>{"0=10", "1=20", "steady=30"}));
  EXPECT_EQ(got.duration(1), 40);
}

TEST(K6Csv, MillisecondsAndCutRows) {
  const auto got = read_load(k6_csv_format(), kHeader + row("http_req_duration", "1795912345250", "250.0") +
                                                  row("http_req_duration", "1795912347000", "10.0") +
                                                  row("http_req_duration", "1795912348", "10.0").substr(0, 30));
  EXPECT_NEAR(got.value("load.throughput"), 1, 1e-9);
  EXPECT_FALSE(got.says("whole seconds")) << got.input.message;
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.says("breaks off")) << got.input.message;
}

TEST(K6Csv, AnotherHeaderIsRefused) {
  EXPECT_FALSE(read_load(k6_csv_format(), "metric_name,time\nhttp_reqs,1\n").result);
}

}  // namespace
}  // namespace budgetcheck
