#include "collect/logs/request_times.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

/// Lines of the Combined Log Format, each followed by one of these.
std::string combined(const std::vector<std::string>& behind) {
  std::string text;
  for (const std::string& more : behind) {
    text += R"(h - - [d] "GET /a HTTP/1.1" 200 123 "-" "curl" )" + more + "\n";
  }
  return text;
}
std::vector<double> times(const std::vector<std::string>& behind) {
  return access(combined(behind)).values("payload.time", "GET /a");
}
std::string caddy(const std::string& duration) {
  return R"({"logger":"http.log.access","msg":"handled request","request":{"method":"GET","host":"x","uri":"/a"},"duration":)" +
         duration + R"(,"size":123,"status":200})" + "\n";
}

TEST(RequestTimes, NginxSecondsHaveThreeDecimals) {
  EXPECT_THAT(times({"0.120", "0.121"}), ElementsAre(120, 121));
  EXPECT_THAT(access(combined({"0.120"})).input.message, HasSubstr("times are taken as seconds"));
  EXPECT_THAT(times({"2.120", "0.003"}), ElementsAre(2120, 3)) << "nobody answers in 3 microseconds";
  EXPECT_THAT(times({"0.020", "12.345"}), ElementsAre()) << "morgan writes milliseconds so";
  EXPECT_THAT(times({"0.019", "12.345"}), ElementsAre(19, 12345));
  EXPECT_THAT(times({"0.999"}), ElementsAre(999));
  EXPECT_THAT(times({"1.000"}), ElementsAre());
  EXPECT_THAT(times({"0.1"}), ElementsAre());
  EXPECT_THAT(times({"0.012345"}), ElementsAre());
  EXPECT_THAT(times({"0.120", "0.12"}), ElementsAre()) << "one line refutes it";
}

TEST(RequestTimes, ARatioOrAPointInTimeIsNone) {
  EXPECT_THAT(times({"2.31", "0.99"}), ElementsAre());
  EXPECT_THAT(times({"1760104536.123"}), ElementsAre());
  EXPECT_THAT(times({"1760104536.123 2.012"}), ElementsAre(2012)) << "nginx' $msec";
  EXPECT_THAT(times({"2.31 2.012", "- 1.500"}), ElementsAre(2012, 1500)) << "nginx' $gzip_ratio";
}

TEST(RequestTimes, OfSeveralTheLongestIsTheRequests) {
  EXPECT_THAT(times({R"("203.0.113.7" 1.120 1.119)", R"("203.0.113.7" 1.500 -)"}), ElementsAre(1120, 1500));
  EXPECT_THAT(times({"1.119 1.125", "- 1.500"}), ElementsAre(1125, 1500));
  EXPECT_THAT(times({"0.001 0.119 1.125", "0.000 1.499 1.500"}), ElementsAre(1125, 1500));
  EXPECT_THAT(times({"1.119", "-"}), ElementsAre()) << "an upstream's";
  EXPECT_THAT(times({"0.500 0.100", "0.100 0.500"}), ElementsAre()) << "neither is always the longer one";
}

TEST(RequestTimes, WhatTheFirstLinesSayMustHoldForAll) {
  std::vector<std::string> lines(2000, "0.120");
  const Read early = access(combined(lines));
  ASSERT_NE(early.route("payload.time", "GET /a"), nullptr);
  EXPECT_EQ(std::get<Distribution>(early.route("payload.time", "GET /a")->value).count(), 2000U);
  lines.emplace_back("2.500");
  const Read late = access(combined(lines));
  EXPECT_EQ(late.requests("GET /a"), 2001);
  EXPECT_EQ(late.route("payload.time", "GET /a"), nullptr);
  ASSERT_NE(late.gap("payload.time"), nullptr);
  EXPECT_TRUE(late.gap("payload.time")->input_at_fault);
}

TEST(RequestTimes, WholeNumbersAreNotTimes) {
  const Read read = access(combined({"120345"}));
  EXPECT_EQ(read.route("payload.time", "GET /a"), nullptr);
  ASSERT_NE(read.gap("payload.time"), nullptr);
  EXPECT_THAT(read.gap("payload.time")->reason, HasSubstr("Apache's %D are microseconds"));
  EXPECT_THAT(read.gap("payload.time")->hint, HasSubstr("{ path: app.log, time: UNIT }"));
}

TEST(RequestTimes, CaddyHasOneFormInAWholeLog) {
  const auto of = [](const std::string& text) { return access(text).values("payload.time", "GET /a"); };
  EXPECT_THAT(of(caddy("0.12") + caddy("2")), ElementsAre(120, 2000));
  EXPECT_THAT(of(caddy("120") + caddy("5")), ElementsAre(120, 5));
  EXPECT_THAT(of(caddy("125000000") + caddy("500000")), ElementsAre(125, 0.5));
  EXPECT_THAT(of(caddy("\"120.3ms\"")), ElementsAre(120.3));
  EXPECT_THAT(of(caddy("5000")), ElementsAre()) << "five seconds, or five microseconds";
  EXPECT_THAT(of(caddy("1000")), ElementsAre());
  EXPECT_THAT(of(caddy("999")), ElementsAre(999));
}

TEST(RequestTimes, NginxInJsonHasThreeDecimalsToo) {
  const auto of = [](const std::string& time) {
    return access(R"({"request_method":"GET","request_uri":"/a","status":200,"body_bytes_sent":5,"request_time":)" +
                  time + "}\n")
        .values("payload.time", "GET /a");
  };
  EXPECT_THAT(of("2.120"), ElementsAre(2120));
  EXPECT_THAT(of("\"0.000\""), ElementsAre(0));
  EXPECT_THAT(of("120"), ElementsAre());
  EXPECT_THAT(of("12.5"), ElementsAre());
}

TEST(RequestTimes, OneNameIsTheSameInLinesOfManyLayouts) {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    const std::string more = R"(,"k)" + std::string(static_cast<std::size_t>(i), 'k') + R"(":1)";
    text += R"({"a":"b")" + std::string(i % 2 == 0 ? more : "") +
            R"(,"request_method":"GET","request_uri":"/a","status":"200","request_time":"0.12)" +
            std::to_string(i % 10) + "\"" + std::string(i % 2 == 0 ? "" : more) + "}\n";
  }
  const Read read = access(text);
  EXPECT_EQ(read.values("payload.time", "GET /a").size(), 20U) << read.input.message;
}

TEST(RequestTimes, TheBudgetsFileMaySayWhatTheyAre) {
  const auto of = [](const std::string& text, json::Value time) {
    MemoryFileSystem files;
    files.add("a.log", text);
    InputSpec spec;
    spec.path = "a.log";
    spec.settings.set("time", std::move(time));
    const Facts facts = collect(files, {spec}, {});
    for (const Sample& sample : facts.samples) {
      if (sample.metric == "payload.time" && sample.where == Labels{{"route", "GET /a"}}) {
        return std::get<Distribution>(sample.value).values();
      }
    }
    return std::vector<double>();
  };
  const auto field = [](const std::string& name, const std::string& unit) {
    json::Object object;
    object.push_back({"field", json::Value(name)});
    object.push_back({"unit", json::Value(unit)});
    return json::Value(std::move(object));
  };
  const std::string micro = combined({"120345"});
  EXPECT_THAT(of(micro, json::Value(std::string("us"))), ElementsAre(120.345));
  EXPECT_THAT(of(combined({"12.345"}), json::Value(std::string("ms"))), ElementsAre(12.345));
  EXPECT_THAT(of(combined({"342 12.345"}), field("2", "ms")), ElementsAre(12.345));
  EXPECT_THAT(of(combined({"342"}), field("9", "ms")), ElementsAre());
  EXPECT_THAT(of(combined({"2.5ms"}), json::Value(std::string("s"))), ElementsAre(2.5)) << "it has a unit";
  const std::string line = R"({"method":"GET","path":"/a","status":200,"duration":2,"ctx":{"took":{"all":5}}})"
                           "\n";
  EXPECT_THAT(of(line, json::Value(std::string("s"))), ElementsAre(2000));
  EXPECT_THAT(of(line, field("ctx.took.all", "ms")), ElementsAre(5));
}

}  // namespace
}  // namespace budgetcheck
