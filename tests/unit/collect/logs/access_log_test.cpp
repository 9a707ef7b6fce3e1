#include "collect/logs/access_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/collect/http/payload_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string begin(const std::string& id, const std::string& url, const std::string& time = "1000",
                  const std::string& method = "GET") {
  return R"({"level":30,"time":)" + time + R"(,"pid":7,"hostname":"vm","reqId":")" + id + R"(","req":{"method":")" +
         method + R"(","url":")" + url + R"("},"msg":"incoming request"})" + "\n";
}
std::string end(const std::string& id, int status, const std::string& ms, const std::string& time = "1010") {
  return R"({"level":30,"time":)" + time + R"(,"pid":7,"hostname":"vm","reqId":")" + id + R"(","res":{"statusCode":)" +
         std::to_string(status) + R"(},"responseTime":)" + ms + R"(,"msg":"request completed"})" + "\n";
}
const std::string kStart = R"({"level":30,"time":1,"pid":7,"hostname":"vm","msg":"Server listening"})"
                           "\n";

Read access(const std::string& text, std::vector<std::string> templates = {}) {
  return read_as("access-log", text, std::move(templates));
}

TEST(FastifyLog, BeginningsAndEndsAreJoinedByTheirId) {
  const Read read = access(kStart + begin("a", "/api/users/7?token=s3cr3t") + begin("b", "/api/users/8") +
                           end("b", 404, "2.5") + end("a", 200, "11.25"));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.requests("GET /api/users/:id"), 2);
  EXPECT_THAT(read.values("payload.time", "GET /api/users/:id"), ElementsAre(2.5, 11.25));
  const Sample* found = read.sample("payload.time", {{"route", "GET /api/users/:id"}, {"status", "404"}});
  ASSERT_NE(found, nullptr);
  EXPECT_FALSE(found->lower_bound);
  EXPECT_EQ(found->location.line, 4U);
  ASSERT_NE(read.gap("payload.body"), nullptr);
  EXPECT_TRUE(read.gap("payload.body")->input_at_fault);
  ASSERT_NE(read.gap("payload.decoded"), nullptr);
  EXPECT_FALSE(read.gap("payload.decoded")->input_at_fault);
  ASSERT_EQ(read.facts.notes.size(), 1U);
  EXPECT_THAT(read.facts.notes[0], HasSubstr("inferred (for example GET /api/users/:id)"));
}

TEST(FastifyLog, IdsBeginAnewWithEachProcess) {
  std::string other = begin("a", "/b") + end("a", 200, "2");
  for (std::size_t at = other.find("\"pid\":7"); at != std::string::npos; at = other.find("\"pid\":7", at + 1)) {
    other.replace(at, 7, "\"pid\":8");
  }
  const std::size_t half = other.find('\n') + 1;
  const Read read = access(begin("a", "/a") + other.substr(0, half) + end("a", 200, "1") + other.substr(half));
  EXPECT_THAT(read.values("payload.time", "GET /a"), ElementsAre(1));
  EXPECT_THAT(read.values("payload.time", "GET /b"), ElementsAre(2));
}

TEST(FastifyLog, ARequestThatNeverEndedMakesItsTimesALowerBound) {
  const Read read = access(begin("a", "/slow", "1000") + begin("b", "/slow", "1000") + end("b", 200, "5", "1005") +
                           begin("c", "/other", "9000") + end("c", 200, "1", "9001"));
  EXPECT_EQ(read.requests("GET /slow"), 2);
  const Sample* time = read.route("payload.time", "GET /slow");
  ASSERT_NE(time, nullptr);
  EXPECT_TRUE(time->lower_bound);
  EXPECT_THAT(read.input.message, HasSubstr("1 request without an end, so without a time"));
}

TEST(FastifyLog, ARequestThatRunsWhenTheLogEndsIsSaidOnly) {
  const auto running = [](const std::string& last) {
    return access(begin("a", "/slow", "1000") + begin("b", "/slow", "1000") + end("b", 200, "5", last));
  };
  EXPECT_FALSE(running("2000").route("payload.time", "GET /slow")->lower_bound);
  EXPECT_THAT(running("2000").input.message, HasSubstr("1 request still running when the log ends, not counted"));
  EXPECT_TRUE(running("2001").route("payload.time", "GET /slow")->lower_bound) << "one millisecond more";
}

TEST(FastifyLog, AnIdThatComesAgainClosesWhatWasOpen) {
  const Read read = access(begin("a", "/x") + begin("a", "/y") + end("a", 200, "1"));
  EXPECT_EQ(read.requests("GET /x"), 1);
  EXPECT_THAT(read.values("payload.time", "GET /y"), ElementsAre(1));
  EXPECT_NE(read.gap("payload.time", {{"route", "GET /x"}}), nullptr);
}

TEST(FastifyLog, AnswersWithoutABeginningAreSaidAndTooManyAreIncomplete) {
  std::string text;
  for (int i = 0; i < 19; ++i) {
    text += begin("r" + std::to_string(i), "/a") + end("r" + std::to_string(i), 200, "1");
  }
  const Read few = access(text + end("lost", 200, "9"));
  EXPECT_EQ(few.input.state, InputState::kRead);
  EXPECT_THAT(few.input.message, HasSubstr("1 answer to requests that began before the log did"));
  const Read many = access(text + end("lost", 200, "9") + end("gone", 200, "9"));
  EXPECT_EQ(many.input.state, InputState::kIncomplete);
  EXPECT_NE(many.gap("payload."), nullptr);
}

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

const std::string kCommon =
    R"(10.0.0.1 - - [23/Nov/2026:06:45:42 +0000] "GET /api/users/7?token=s3cr3t HTTP/1.1" 200 512)";

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
  EXPECT_THAT(access(kCommon + " 0.125\n").input.message, HasSubstr("times are taken for seconds"));
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
  EXPECT_THAT(read.input.message, HasSubstr("1 of 11 lines is no request's, the first in line 11"));
  EXPECT_THAT(read.input.message, HasSubstr("1 request for static files, which have no route"));
  EXPECT_THAT(read.input.message, HasSubstr("2 lines about what was no HTTP request, not counted"));
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

TEST(AccessLog, ThousandsOfSlugsBecomeOneRoute) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) {
    text += R"(h - - [d] "GET /products/red-shoe-)" + std::to_string(i) + "x HTTP/1.1\" 200 10\n";
  }
  const Read read = access(text);
  EXPECT_EQ(read.requests("GET /products/:slug"), 30'000);
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  const Read given = access(text, {"/products/:name"});
  EXPECT_EQ(given.requests("GET /products/:name"), 30'000);
  EXPECT_TRUE(given.facts.notes.empty());
}

TEST(AccessLog, TooManyRoutesAreSaid) {
  std::string text;
  for (int i = 0; i < 10'500; ++i) {
    const std::string n = std::to_string(i);
    text += "h - - [d] \"GET /a" + n + "/b" + n + " HTTP/1.1\" 200 10\n";
  }
  const Read read = access(text);
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_THAT(read.input.message, HasSubstr("500 requests not measured one by one"));
}

TEST(AccessLog, HostileNamesStaySafe) {
  const Read read = access(begin("a", "/\\u001b[31m\\u202e\\nx" + std::string(5000, 'y')) + end("a", 200, "1") +
                           "h - - [d] \"G\x1b /\x07 HTTP/1.1\" 200 1\n");
  ASSERT_FALSE(read.facts.samples.empty());
  for (const Sample& sample : read.facts.samples) {
    const std::string labels = to_string(sample.where);
    EXPECT_EQ(labels.find_first_of("\x1b\n\x07"), std::string::npos);
    EXPECT_LT(labels.size(), 700U);
  }
}

TEST(AccessLog, IsRecognisedAndQueriesGoFirst) {
  EXPECT_EQ(format_of(kStart + begin("a", "/x") + end("a", 200, "1")), "access-log");
  EXPECT_EQ(format_of(kCommon + "\n" + kCommon + "\n"), "access-log");
  EXPECT_EQ(format_of(kCommon), "access-log");
  EXPECT_EQ(format_of("text\nmore\n" + kCommon + "\n"), "");
  EXPECT_EQ(format_of(kStart + kStart), "");
  EXPECT_EQ(format_of(R"({"msg":"request completed","reqId":"a"})"
                      "\n{}\n"),
            "")
      << "no status";
  EXPECT_EQ(format_of(R"({"url":"/x","status":200,"name":"y"})"
                      "\n{}\n"),
            "")
      << "neither time nor size";
  const std::string query = R"({"level":30,"reqId":"a","query":"SELECT 1 FROM t","duration":1})"
                            "\n";
  EXPECT_EQ(format_of(begin("a", "/x") + query + end("a", 200, "1")), "query-log");
}

TEST(AccessLog, ThatItHoldsNoQueriesIsSaidUnlessAnotherLogDoes) {
  const std::string requests = begin("a", "/x") + end("a", 200, "1");
  const std::string query =
      R"({"level":30,"reqId":"a","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1})"
      "\n";
  EXPECT_NE(access(requests).gap("queries."), nullptr);
  EXPECT_EQ(access(kCommon + "\n").gap("queries."), nullptr) << "nginx has none";
  MemoryFileSystem files;
  files.add("requests.log", requests);
  files.add("queries.log", query);
  InputSpec first;
  first.path = "requests.log";
  InputSpec second;
  second.path = "queries.log";
  const auto says_so = [](const Facts& facts) {
    return std::any_of(facts.unmeasured.begin(), facts.unmeasured.end(),
                       [](const Unmeasured& gap) { return gap.metric == "queries."; });
  };
  EXPECT_TRUE(says_so(collect(files, {first}, {})));
  EXPECT_FALSE(says_so(collect(files, {first, second}, {})));
}

TEST(AccessLog, AmongQueriesYieldsBoth) {
  const std::string query =
      R"({"level":30,"pid":7,"hostname":"vm","reqId":"a","route":"/x","query":"SELECT a FROM t WHERE b = $1","params":"[1]","duration":1})"
      "\n";
  const Read read = read_as("query-log", begin("a", "/x") + query + end("a", 200, "4"));
  EXPECT_NE(read.route("queries.count", "/x"), nullptr);
  EXPECT_THAT(read.values("payload.time", "GET /x"), ElementsAre(4));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  const Read none = read_as("query-log", query);
  EXPECT_EQ(none.gap("payload."), nullptr);
  for (const Sample& sample : none.facts.samples) {
    EXPECT_FALSE(sample.metric.starts_with("payload."));
  }
}

}  // namespace
}  // namespace budgetcheck
