#include "collect/http/request_fields.h"

#include "unit/collect/logs/access_log_testing.h"

namespace budgetcheck {
namespace {

using namespace access_log_testing;

TEST(PinoHttp, HasBothOnOneLineAndTheSizeWhereTheHeaderHasIt) {
  const auto line = [](const std::string& headers, const std::string& message = "request completed") {
    return R"({"level":30,"time":1,"pid":7,"hostname":"vm","req":{"id":1,"method":"POST","url":"/api/orders","query":{},"headers":{"host":"h"}},"res":{"statusCode":201,"headers":{)" +
           headers + R"(}},"responseTime":12,"msg":")" + message + "\"}\n";
  };
  const Read read = access(line(R"("content-length":"34")") + line(R"("content-length":66,"etag":"x")"));
  EXPECT_THAT(read.values("payload.body", "POST /api/orders"), ElementsAre(34, 66));
  EXPECT_THAT(read.values("payload.time", "POST /api/orders"), ElementsAre(12, 12));
  const Read none = access(line(R"("etag":"x")"));
  EXPECT_EQ(none.route("payload.body", "POST /api/orders"), nullptr);
  EXPECT_NE(none.gap("payload.body"), nullptr);
  const Read aborted = access(line(R"("content-length":34)", "request aborted"));
  EXPECT_EQ(aborted.route("payload.time", "POST /api/orders"), nullptr) << "what broke off has no time";
  EXPECT_EQ(aborted.requests("POST /api/orders"), 1);
}

TEST(OtherJsonLogs, AreReadWithTheUnitsOfTheirPrograms) {
  const Read nginx = access(
      R"({"time":"2026-11-23T06:45:42+00:00","request_method":"GET","request_uri":"/a?x=1","status":"200","body_bytes_sent":"512","bytes_sent":"700","request_time":"0.25"})"
      "\n");
  EXPECT_THAT(nginx.values("payload.time", "GET /a"), ElementsAre(250));
  EXPECT_THAT(nginx.values("payload.body", "GET /a"), ElementsAre(512));
  EXPECT_THAT(nginx.values("payload.transfer", "GET /a"), ElementsAre(700));
  const Read caddy = access(
      R"({"level":"info","msg":"handled request","request":{"method":"GET","uri":"/a","host":"h"},"duration":0.5,"size":99,"status":200})"
      "\n");
  EXPECT_THAT(caddy.values("payload.time", "GET /a"), ElementsAre(500));
  EXPECT_THAT(caddy.values("payload.body", "GET /a"), ElementsAre(99));
  const Read traefik = access(
      R"({"RequestMethod":"GET","RequestPath":"/a","DownstreamStatus":200,"DownstreamContentSize":5,"Duration":2000000})"
      "\n");
  EXPECT_THAT(traefik.values("payload.time", "GET /a"), ElementsAre(2));
}

TEST(CommonLog, IsReadWithAndWithoutWhatFollows) {
  const std::string combined = kCommon + R"x( "https://shop.example/\"x" "Mozilla/5.0 (X11)")x";
  for (const std::string& line : {kCommon, combined, combined + " -"}) {
    const Read read = access(line + "\n");
    EXPECT_EQ(read.input.state, InputState::kRead) << line;
    EXPECT_THAT(read.values("payload.body", "GET /api/users/:id"), ElementsAre(512)) << line;
    EXPECT_EQ(read.route("payload.time", "GET /api/users/:id"), nullptr) << line;
    EXPECT_NE(read.gap("payload.time"), nullptr) << line;
  }
}

TEST(CommonLog, TimesBehindItKeepTheirUnit) {
  const auto time = [](const std::string& behind) {
    const Read read = access(kCommon + R"( "-" "curl/8" )" + behind + "\n");
    const auto values = read.values("payload.time", "GET /api/users/:id");
    return values.empty() ? -1 : values[0];
  };
  EXPECT_EQ(time("0.125"), 125);
  EXPECT_EQ(time("0.125 0.120"), 125);
  EXPECT_EQ(time("rt=0.125 uct=0.001"), 125);
  EXPECT_EQ(time("12.5 ms"), 12.5);
  EXPECT_EQ(time("12.5ms"), 12.5);
  EXPECT_EQ(time("125"), -1) << "seconds or microseconds, nobody knows";
  EXPECT_EQ(time("-"), -1);
  EXPECT_EQ(time("-0.5"), -1);
  EXPECT_THAT(access(kCommon + " 0.125\n").input.message, HasSubstr("times are taken as seconds"));
  EXPECT_THAT(access(kCommon + " rt=0.125\n").input.message, testing::Not(HasSubstr("seconds")));
}

TEST(CommonLog, ADashIsNoSizeButWhereThereIsNoBody) {
  const auto body = [](const std::string& request, const std::string& status) {
    return access(R"(::1 - jo [23/Nov/2026:06:45:42 +0000] ")" + request + R"( HTTP/2" )" + status + " -\n")
        .values("payload.body", request);
  };
  EXPECT_THAT(body("GET /a", "304"), ElementsAre(0));
  EXPECT_THAT(body("HEAD /a", "200"), ElementsAre(0));
  EXPECT_THAT(body("GET /a", "200"), ElementsAre());
}

TEST(CommonLog, StaticFilesBotsAndNoiseAreSaid) {
  const auto line = [](const std::string& request, int status) {
    return R"(h - - [d] ")" + request + "\" " + std::to_string(status) + " 10\n";
  };
  std::string text = line("GET /a HTTP/1.1", 200) + line("GET /assets/x-1.js HTTP/1.1", 200) +
                     line("\\x16\\x03\\x01", 400) + line("", 400);
  for (int i = 0; i < 6; ++i) {
    text += line("GET /a HTTP/1.1", 200);
  }
  const Read read = access(text + "2026/11/23 [error] upstream timed out\n\n");
  EXPECT_EQ(read.requests("GET /a"), 7);
  EXPECT_EQ(read.requests("GET /assets/x-1.js"), -1);
  EXPECT_EQ(read.input.state, InputState::kRead) << "one of eleven lines";
  EXPECT_THAT(read.input.message, HasSubstr("1 of 11 lines is not a request, the first in line 11"));
  EXPECT_THAT(read.input.message, HasSubstr("1 request for static files, which have no route"));
  EXPECT_THAT(read.input.message, HasSubstr("2 lines not about an HTTP request, not counted"));
}

TEST(CommonLog, MostlyBrokenOrWithoutARequestIsIncomplete) {
  const Read broken = access(kCommon + "\nnothing\n");
  EXPECT_EQ(broken.input.state, InputState::kIncomplete);
  const Read none = access("nothing\n");
  EXPECT_EQ(none.input.state, InputState::kIncomplete);
  EXPECT_THAT(none.input.message, HasSubstr("none of its 1 line is a request"));
  EXPECT_EQ(access("").input.state, InputState::kIncomplete);
  EXPECT_EQ(access(begin("a", "/x") + R"({"res":{)").input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
