#include "collect/logs/json_lines.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "detect/detect.h"

namespace budgetcheck {
namespace {

struct Read {
  bool recognised = false;
  Input input;
  Facts facts;
  std::vector<Finding> findings;

  const QueryLog& log() const { return facts.queries.logs.at(0); }
  const Sample* sample(std::string_view metric, const std::string& route) const {
    for (const Sample& s : facts.samples) {
      if (s.metric == metric && s.where == Labels{{"route", route}}) {
        return &s;
      }
    }
    return nullptr;
  }
  double of(std::string_view metric, const std::string& route, Stat stat = Stat::kMax) const {
    const Sample* s = sample(metric, route);
    return s == nullptr ? -1 : aggregate(*s, stat);
  }
  /// "rule count level" of each finding.
  std::string found() const {
    std::string out;
    for (const Finding& f : findings) {
      out += (out.empty() ? "" : ", ") + f.rule + " " + std::to_string(f.evidence.count) + " " +
             std::string(to_string(f.level));
    }
    return out;
  }
};

Rule rule_of(std::string_view id, Level level, double min_repeats) {
  Rule rule;
  rule.id = id;
  rule.level = level;
  rule.params.push_back({"min_repeats", Unit::kCount, min_repeats, 2, 1000, ""});
  return rule;
}

Read read(const std::string& text, const std::vector<std::string>& routes = {}) {
  const auto content = content_from_string(text);
  const RouteTable table(routes);
  Source source;
  source.path = "app.log";
  source.content = content.get();
  CollectContext context;
  context.routes = &table;
  Sniff sniff;
  sniff.path = source.path;
  sniff.head = content->bytes().substr(0, 65'536);
  Read result;
  const Format format = prisma_log_format();
  result.recognised = format.recognises(sniff);
  EXPECT_TRUE(format.collect(source, context, result.input, result.facts).has_value());
  for (const Detector& detector : detectors()) {
    if (detector.rule == "n-plus-one" || detector.rule == "n-plus-one-write") {
      detector.detect(result.facts, rule_of(detector.rule, Level::kError, 5), result.findings);
    } else if (detector.rule == "duplicate-query") {
      detector.detect(result.facts, rule_of(detector.rule, Level::kWarning, 2), result.findings);
    }
  }
  return result;
}

std::string pino(const std::string& request, const std::string& sql, const std::string& params,
                 const std::string& route = "/a") {
  std::string line = R"({"level":30,"time":1,)";
  line += request.empty() ? "" : R"("reqId":")" + request + R"(",)";
  line += route.empty() ? "" : R"("route":")" + route + R"(",)";
  return line + R"("query":")" + sql + R"(","params":")" + params + R"(","durationMs":2,"msg":"q"})" + "\n";
}

const std::string kParents = "SELECT id FROM posts WHERE 1=1 LIMIT $1 OFFSET $2";
const std::string kChild = "SELECT id FROM users WHERE (id = $1 AND 1=1) LIMIT $2 OFFSET $3";

std::string loop(int n, const std::string& request = "r1", const std::string& sql = kChild,
                 const std::function<std::string(int)>& params = {}) {
  std::string text;
  for (int i = 0; i < n; ++i) {
    text += pino(request, sql, params ? params(i) : "[" + std::to_string(i) + R"(,\"1\",\"0\"])");
  }
  return text;
}

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
  EXPECT_EQ(few.input.message, "5 of 100 lines are no whole JSON object, the first in line 96");
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
            "1 of 30 lines is no whole JSON object, the first in line 30");
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

TEST(NPlusOne, FiresAtFiveDifferentKeysAndNotAtFour) {
  EXPECT_EQ(read(pino("r1", kParents, "[9,0]") + loop(4)).found(), "");
  const Read log = read(pino("r1", kParents, "[9,0]") + loop(5));
  ASSERT_EQ(log.found(), "n-plus-one 5 error");
  const Finding& finding = log.findings[0];
  EXPECT_EQ(finding.message,
            "5 queries of one shape in one request (/a, r1): 'users' is read once for each row of 'posts'");
  EXPECT_EQ(finding.evidence.parent_sql, "SELECT id FROM posts WHERE 1=1 LIMIT ? OFFSET ?");
  EXPECT_EQ(finding.evidence.distinct_params, 5U);
  EXPECT_EQ(finding.location.line, 2U);
  EXPECT_NE(finding.fix.text.find("include"), std::string::npos);
}

TEST(NPlusOne, SeesThroughInterleavedRequestsAndTellsTheWorst) {
  std::string text;
  for (int i = 0; i < 7; ++i) {
    text += loop(1, "r1", kChild, [i](int) { return "[" + std::to_string(i) + "]"; });
    text += pino("", kParents, "[1]");
    text += i < 6 ? loop(1, "r2", kChild, [i](int) { return "[" + std::to_string(i) + "]"; }) : "";
    text += pino("r" + std::to_string(10 + i), kChild, "[" + std::to_string(i) + "]");
  }
  const Read log = read(text);
  ASSERT_EQ(log.found(), "n-plus-one 7 error");
  EXPECT_EQ(log.findings[0].evidence.scope, "r1");
  EXPECT_EQ(log.findings[0].evidence.details.at(0).second, "2");
}

TEST(NPlusOne, PagesBatchesAndPollersAreNone) {
  const auto number = [](int i) { return "[" + std::to_string(i * 100) + "]"; };
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t ORDER BY a LIMIT 10 OFFSET $1", number)).found(), "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a > $1 ORDER BY a LIMIT 10", number)).found(), "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a IN ($1,$2)",
                      [](int i) { return "[" + std::to_string(i) + "," + std::to_string(i + 50) + "]"; }))
                .found(),
            "");
  EXPECT_EQ(read(loop(9, "r1", "SELECT a FROM t WHERE a = ANY($1)",
                      [](int i) { return "[[" + std::to_string(i) + ",1,2]]"; }))
                .found(),
            "");
  EXPECT_EQ(read(loop(9, "r1", "INSERT INTO t (a) VALUES ($1), ($2)",
                      [](int i) { return "[" + std::to_string(i) + "," + std::to_string(i + 50) + "]"; }))
                .found(),
            "");
  std::string poller;
  for (int i = 0; i < 20; ++i) {
    poller += pino("r" + std::to_string(i), kChild, "[1]");
  }
  EXPECT_EQ(read(poller).found(), "");
}

TEST(NPlusOne, APageOrABatchPerRowIsALoop) {
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o = $1 ORDER BY a LIMIT $2 OFFSET $3",
                      [](int i) { return "[" + std::to_string(i) + ",3,0]"; }))
                .found(),
            "n-plus-one 6 error");
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o IN ($1) OFFSET $2",
                      [](int i) { return "[" + std::to_string(i) + ",0]"; }))
                .found(),
            "n-plus-one 6 error");
  EXPECT_EQ(read(loop(6, "r1", "SELECT a FROM t WHERE o = $1 AND s IN ($2,$3)",
                      [](int i) { return "[" + std::to_string(i) + ",8,9]"; }))
                .found(),
            "n-plus-one 6 error");
  std::string literals;
  for (int i = 0; i < 6; ++i) {
    literals += pino("r1", "SELECT a FROM t WHERE o = " + std::to_string(i), "[]");
  }
  EXPECT_EQ(read(literals).found(), "n-plus-one 6 error");
}

TEST(NPlusOne, UnknownParametersAreNeitherLoopNorDuplicate) {
  for (const std::string params : {"", "[]", "[Filtered]", R"([\"***\"])", R"([\"[Redacted]\"])", "[1,2"}) {
    const Read log = read(loop(9, "r1", "SELECT a FROM t WHERE o = $1", [&](int) { return params; }));
    EXPECT_EQ(log.found(), "") << params;
    EXPECT_NE(log.input.message.find("no readable parameters"), std::string::npos);
  }
}

TEST(NPlusOne, WithoutIdsOnlyAReadFollowedByARunIsNoted) {
  const Read log = read(pino("", kParents, "[9,0]") + loop(6, ""));
  ASSERT_EQ(log.found(), "n-plus-one 6 note");
  EXPECT_NE(log.findings[0].message.find("the log names none"), std::string::npos);
  EXPECT_EQ(read(loop(6, "")).found(), "");
  EXPECT_EQ(read(pino("", kParents, "[9,0]") + loop(6, "", kChild, [](int) { return "[1]"; })).found(), "");
  EXPECT_NE(log.input.hint.find("AsyncLocalStorage"), std::string::npos);
  EXPECT_EQ(log.sample("queries.count", "/a"), nullptr);
}

TEST(NPlusOneWrite, FiresAtFiveWritesAndNotAtFour) {
  for (const std::string sql :
       {"INSERT INTO t (a) VALUES ($1) RETURNING a", "UPDATE t SET a = $1 WHERE b = 2", "DELETE FROM t WHERE a = $1",
        "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET b = 1"}) {
    EXPECT_EQ(read(loop(4, "r1", sql)).found(), "") << sql;
    EXPECT_EQ(read(loop(5, "r1", sql)).found(), "n-plus-one-write 5 error") << sql;
  }
  EXPECT_EQ(read(loop(9, "r1", "UPDATE t SET n = n + 1 WHERE a = $1", [](int) { return "[1]"; })).found(), "");
}

TEST(DuplicateQuery, FiresAtTwoIdenticalReadsAndNotAtOne) {
  const auto same = [](int) { return "[1,1,0]"; };
  EXPECT_EQ(read(loop(1, "r1", kChild, same)).found(), "");
  EXPECT_EQ(read(loop(2, "r1", kChild, same)).found(), "duplicate-query 2 warning");
  EXPECT_EQ(read(loop(2, "r1", "SELECT set_config('a', $1, TRUE)", same)).found(), "");
  EXPECT_EQ(read(loop(6, "r1", kChild, same) + loop(1, "r1", kChild, [](int) { return "[2,1,0]"; })).found(),
            "duplicate-query 6 warning");
}

TEST(DuplicateQuery, AReadAfterAWriteToItsTableIsNone) {
  const auto same = [](int) { return "[1,1,0]"; };
  const std::string once = loop(1, "r1", kChild, same);
  EXPECT_EQ(read(once + pino("r1", "UPDATE users SET a = $1", "[1]") + once).found(), "");
  EXPECT_EQ(read(once + pino("r1", "UPDATE other SET a = $1", "[1]") + once).found(), "duplicate-query 2 warning");
}

TEST(DuplicateQuery, ReadsBetweenWritesAndOneOtherAreNoLoop) {
  std::string text = pino("r1", kChild, "[2]");
  for (int i = 0; i < 6; ++i) {
    text += pino("r1", kChild, "[1]") + pino("r1", "UPDATE users SET n = n + 1", "[]");
  }
  EXPECT_EQ(read(text).found(), "");
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
