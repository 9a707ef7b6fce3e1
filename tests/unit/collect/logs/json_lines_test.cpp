#include "collect/logs/json_lines.h"

#include "unit/collect/logs/json_lines_testing.h"

namespace budgetcheck {
namespace {

using namespace json_lines_testing;

TEST(PrismaLog, ReadsPinoWinstonAndEvents) {
  const Read pino_log = read(pino("r1", kChild, "[1]"));
  EXPECT_TRUE(pino_log.recognised);
  EXPECT_EQ(pino_log.log().form, "pino");
  EXPECT_EQ(pino_log.log().shapes.at(0).text, "SELECT id FROM users WHERE (id = ? AND 1=1) LIMIT ? OFFSET ?");
  EXPECT_EQ(pino_log.of("queries.time", "/a"), 2);
  const Read winston = read(
      R"({"db":{"duration":7,"params":"[1]","query":"SELECT a FROM t WHERE b = ?"},"duration":99,"level":"info","trace_id":"ab12","req":{"id":4,"url":"/u/12?x=secret"}})"
      "\n{\"level\":\"info\",\"message\":\"hello\"}\n");
  EXPECT_TRUE(winston.recognised);
  EXPECT_EQ(winston.log().form, "winston");
  EXPECT_EQ(winston.of("queries.time", "/u/:id"), 7);
  EXPECT_EQ(winston.log().requests, 1U);
  EXPECT_EQ(winston.facts.notes.size(), 1U);
  const Read event = read(R"({"timestamp":"t","query":"SELECT 1 FROM t","params":"[]","duration":3,"target":"x"})");
  EXPECT_TRUE(event.recognised);
  EXPECT_EQ(event.log().form, "prisma-event");
  EXPECT_FALSE(event.log().has_ids);
}

TEST(PrismaLog, ReadsFieldsByAnyOfTheirNames) {
  for (const std::string line :
       {R"({"sql":"SELECT a FROM t","elapsed":4,"trace.id":"t1","http.route":"/r"})",
        R"({"db.statement":"SELECT a FROM t","duration_ms":"4ms","correlationId":"t1","req":{"route":"/r"}})",
        R"({"meta":{"statement":"SELECT a FROM t","elapsedMs":4},"request":{"id":"t1","url":"http://h/r?q=1"}})",
        R"({"db":{"query.text":"x"},"db.query.text":"SELECT a FROM t","durationMs":4,"requestId":"t1","url":"/r"})"}) {
    EXPECT_EQ(read(line).of("queries.time", "/r"), 4) << line;
  }
}

TEST(PrismaLog, OtherLogsAreNotRecognised) {
  EXPECT_FALSE(read(R"({"level":30,"req":{"method":"GET","url":"/a","query":{"p":"1"}},"msg":"done"})"
                    "\n{\"level\":30}\n")
                   .recognised);
  EXPECT_FALSE(read(R"({"level":30,"query":"query { user { id } }"})").recognised);
  EXPECT_FALSE(read("plain text\n").recognised);
  const Read none = read("{\"level\":30}\n");
  EXPECT_EQ(none.input.state, InputState::kIncomplete);
  EXPECT_NE(none.input.hint.find("$on('query'"), std::string::npos);
}

TEST(PrismaLog, SamplesCountRequestsNotStatements) {
  const Read log = read(loop(3, "r1") + loop(7, "r2") + pino("r2", "COMMIT", "[]") + pino("r2", kParents, "[1,2]"));
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.log().statements, 11U);
  EXPECT_EQ(run_count(*log.sample("queries.count", "/a")), 2U);
  EXPECT_EQ(log.of("queries.count", "/a"), 8);
  EXPECT_EQ(log.of("queries.count", "/a", Stat::kMin), 3);
  EXPECT_EQ(log.of("queries.distinct", "/a"), 2);
  EXPECT_EQ(log.of("queries.time", "/a"), 16);
  EXPECT_EQ(run_count(*log.sample("queries.duration", "/a")), 11U);
}

TEST(PrismaLog, RecordsWithoutIdJoinNoRequest) {
  const Read log = read(loop(3) + loop(9, "") + pino("r1", kChild, "[100]"));
  EXPECT_EQ(log.of("queries.count", "/a"), 4);
  EXPECT_EQ(log.log().statements_without_id, 9U);
  EXPECT_EQ(log.found(), "");
  EXPECT_NE(log.input.message.find("9 of 13 statements name no request"), std::string::npos);
}

TEST(PrismaLog, WithoutRoutesNothingIsSampledAndItSaysSo) {
  const Read log = read(pino("r1", kChild, "[1]", ""));
  EXPECT_TRUE(log.facts.samples.empty());
  ASSERT_FALSE(log.facts.unmeasured.empty());
  EXPECT_NE(log.facts.unmeasured[0].hint.find("route"), std::string::npos);
}

TEST(PrismaLog, ARouteMayComeLaterInTheRequest) {
  const Read log = read(pino("r1", kChild, "[1]", "") + pino("r1", kChild, "[2]", "/late/7"));
  EXPECT_EQ(log.of("queries.count", "/late/:id"), 2);
  EXPECT_EQ(run_count(*log.sample("queries.duration", "/late/:id")), 2U);
}

TEST(PrismaLog, BrokenLinesAreCountedAndAboveTheShareMakeItIncomplete) {
  const auto with_broken = [](int good, int broken) {
    return read(loop(good) + [broken] {
      std::string text;
      for (int i = 0; i < broken; ++i) {
        text += "{\"query\":\"SELECT\n";
      }
      return text;
    }());
  };
  const Read few = with_broken(95, 5);
  EXPECT_EQ(few.input.state, InputState::kRead);
  EXPECT_EQ(few.input.message, "5 of 100 lines are not a complete JSON object, the first in line 96");
  EXPECT_EQ(with_broken(94, 6).input.state, InputState::kIncomplete);
  EXPECT_EQ(with_broken(99, 1).input.state, InputState::kRead);
  EXPECT_EQ(with_broken(90, 10).input.state, InputState::kIncomplete);
}

TEST(PrismaLog, TakesMarksLineEndsAndCutEnds) {
  std::string text = "\xEF\xBB\xBF" + loop(30) + "\r\n\n  \n";
  text.insert(text.find('\n'), "\r");
  EXPECT_EQ(read(text).log().statements, 30U);
  EXPECT_EQ(read(text).input.message, "");
  const std::string whole = loop(30);
  EXPECT_EQ(read(whole.substr(0, whole.size() - 1)).input.message, "");
  EXPECT_EQ(read(whole.substr(0, whole.size() - 9)).input.message,
            "1 of 30 lines is not a complete JSON object, the first in line 30");
}

TEST(PrismaLog, ALineOfTenMegabytesIsARecord) {
  std::string list = "SELECT a FROM t WHERE x IN (1";
  while (list.size() < 10'000'000) {
    list += ",123456789";
  }
  const Read log = read(loop(2) + pino("r1", list + ")", "[]") + loop(1));
  EXPECT_EQ(log.log().statements, 4U);
  EXPECT_EQ(log.log().shapes.at(1).text, "SELECT a FROM t WHERE x IN (?)");
}

TEST(PrismaLog, ReadsIdsAndRouteFromTheStatementsComment) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text +=
        R"({"query":"SELECT a FROM t WHERE i = $1 /*route='%2Fapi%2Fposts',traceparent='00-4bf92f3577b34da6a3ce929d0e0e473)" +
        std::to_string(i % 2) + R"(-00f067aa0ba902b7-01'*/","params":"[)" + std::to_string(i) + R"(]","duration":1})" +
        "\n";
  }
  const Read log = read(text);
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.log().shapes.size(), 1U);
  EXPECT_EQ(log.of("queries.count", "/api/posts"), 3);
  EXPECT_EQ(log.log().shapes[0].text.find("route"), std::string::npos);
}

TEST(PrismaLog, OneTraceOverTwoRequestsIsTwoRequests) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += R"({"traceId":"t1","reqId":"r)" + std::to_string(i) +
            R"(","query":"SELECT a FROM t WHERE i = $1","params":"[1]"})"
            "\n";
  }
  EXPECT_EQ(read(text).log().requests, 6U);
  EXPECT_EQ(read(text).found(), "");
}

TEST(PrismaLog, ParametersAndLiteralsAreShownNowhere) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += pino("r1", "SELECT a FROM t WHERE n = 'leaked" + std::to_string(i) + "' AND m = ? /* leaked */",
                 "[\\\"leaked" + std::to_string(i) + "\\\"]", "/r?token=leaked");
  }
  const Read log = read(text);
  ASSERT_EQ(log.findings.size(), 1U);
  const Finding& finding = log.findings[0];
  for (const std::string& shown : {finding.message, finding.evidence.sql, finding.evidence.route, finding.fix.text,
                                   finding.subject, log.input.message, log.log().shapes[0].text}) {
    EXPECT_EQ(shown.find("leaked"), std::string::npos) << shown;
  }
}

TEST(PrismaLog, ClosesTheLongestUntouchedRequestWhenThereAreTooMany) {
  std::string text = loop(3, "first");
  for (int i = 0; i < 5000; ++i) {
    text += pino("r" + std::to_string(i), kChild, "[1]");
  }
  const Read log = read(text);
  EXPECT_EQ(log.log().requests, 5001U);
  EXPECT_EQ(log.of("queries.count", "/a"), 3);
  EXPECT_EQ(run_count(*log.sample("queries.count", "/a")), 5001U);
}

TEST(PrismaLog, ClocksThatGoBackwardsChangeNothing) {
  std::string text = loop(6);
  for (std::size_t at = text.find("\"time\":1"); at != std::string::npos; at = text.find("\"time\":1", at + 1)) {
    text.replace(at, 8, "\"time\":-5");
  }
  EXPECT_EQ(read(text).found(), "n-plus-one 6 error");
}

}  // namespace
}  // namespace budgetcheck
