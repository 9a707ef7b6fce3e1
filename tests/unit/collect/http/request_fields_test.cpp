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
      R"({"time":"2026-11-23T06:45:42+00:00","request_method":"GET","request_uri":"/a?x=1","status":"200","body_bytes_sent":"512","bytes_sent":"700","request_time":"0.250"})"
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

TEST(OtherJsonLogs, NginxMayWriteTheRequestInOneField) {
  const auto line = [](const std::string& request) {
    return R"({"time_local":"23/Nov/2026:06:45:42 +0000","request":")" + request +
           R"(","status":"200","body_bytes_sent":"123","request_time":"0.120"})" + "\n";
  };
  const Read read = access(line("GET /a?token=s3cr3t HTTP/1.1") + line("GET /a HTTP/1.1") + line("\\u0016\\u0003"));
  EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(120, 120));
  EXPECT_THAT(read.values("payload.body", "GET /a"), ElementsAre(123, 123));
  EXPECT_THAT(read.input.message, HasSubstr("1 line not about an HTTP request"));
}

TEST(OtherJsonLogs, LoggersThatKeepTheRequestDeeper) {
  const Read winston = access(
      R"({"level":"info","message":"HTTP GET /a","meta":{"req":{"url":"/a","method":"GET"},"res":{"statusCode":200},"responseTime":12}})"
      "\n");
  EXPECT_THAT(winston.values("payload.time", "GET /a"), ElementsAre(12));
  const Read restify = access(
      R"({"name":"audit","pid":1,"level":30,"latency":120,"req":{"method":"GET","url":"/a"},"res":{"statusCode":200,"headers":{"content-length":"9"}},"msg":"handled: 200","v":0})"
      "\n");
  EXPECT_THAT(restify.values("payload.time", "GET /a"), ElementsAre(120));
  EXPECT_THAT(restify.values("payload.body", "GET /a"), ElementsAre(9));
  const Read google = access(
      R"({"httpRequest":{"requestMethod":"GET","requestUrl":"https://h/a","status":200,"responseSize":"700","latency":"0.25s"}})"
      "\n");
  EXPECT_THAT(google.values("payload.time", "GET /a"), ElementsAre(250));
  EXPECT_THAT(google.values("payload.transfer", "GET /a"), ElementsAre(700));
}

TEST(OtherJsonLogs, CloudflareHasSizesAndNoTimeOfTheRequest) {
  const Read read = access(
      R"({"ClientRequestMethod":"GET","ClientRequestURI":"/a","EdgeResponseStatus":200,"EdgeResponseBytes":400,"EdgeResponseBodyBytes":300,"OriginResponseTime":120000000})"
      "\n");
  EXPECT_THAT(read.values("payload.transfer", "GET /a"), ElementsAre(400));
  EXPECT_THAT(read.values("payload.body", "GET /a"), ElementsAre(300));
  EXPECT_EQ(read.route("payload.time", "GET /a"), nullptr);
  ASSERT_NE(read.gap("payload.time"), nullptr);
  EXPECT_THAT(read.gap("payload.time")->reason, HasSubstr("how long the origin took"));
}

TEST(OtherJsonLogs, ADurationBelongsToItsUnit) {
  const auto time = [](const std::string& fields) {
    const Read read = access(R"({"level":"info","method":"GET","url":"/a","status":200,)" + fields + "}\n");
    const auto values = read.values("payload.time", "GET /a");
    return values.empty() ? -1 : values[0];
  };
  EXPECT_EQ(time(R"("responseTime":"120ms")"), 120);
  EXPECT_EQ(time(R"("duration":"1m2.5s")"), 62500);
  EXPECT_DOUBLE_EQ(time(R"("latency":"350\u00b5s")"), 0.35);
  EXPECT_EQ(time(R"("responseTime":12.5)"), 12.5);
  EXPECT_EQ(time(R"("responseTime":"0.120")"), -1) << "nginx' seconds, or milliseconds";
  EXPECT_EQ(time(R"("responseTime":0.120)"), -1);
  EXPECT_EQ(time(R"("response_time":120)"), -1);
  EXPECT_EQ(time(R"("durationMs":120)"), 120);
  EXPECT_EQ(time(R"("duration_ns":120000000)"), 120);
  EXPECT_EQ(time(R"("duration":120)"), -1);
  EXPECT_EQ(time(R"("duration":0.12,"size":5)"), -1);
  EXPECT_EQ(time(R"("uri":"/a","duration":120)"), -1) << "only Caddy's own lines are Caddy's";
  const Read read = access(R"({"method":"GET","path":"/a","status":200,"duration":0.12,"size":5})"
                           "\n");
  EXPECT_EQ(read.requests("GET /a"), 1);
  EXPECT_EQ(read.route("payload.body", "GET /a"), nullptr);
  ASSERT_NE(read.gap("payload.time"), nullptr);
  EXPECT_THAT(read.gap("payload.time")->reason, HasSubstr("does not say the unit of 'duration'"));
  EXPECT_THAT(read.gap("payload.time")->hint, HasSubstr("{ path: app.log, time: UNIT }"));
}

TEST(OtherJsonLogs, ACallToAnotherServerIsNoRequest) {
  EXPECT_EQ(format_of(R"({"method":"GET","url":"https://pay.example/v1","status":200,"duration":120})"
                      "\n{}\n"),
            "");
}

}  // namespace
}  // namespace budgetcheck
