#include "collect/trace/otlp.h"

#include <gtest/gtest.h>

#include "unit/collect/query_log/query_log_testing.h"

namespace budgetcheck {
namespace {

using Shapes = std::vector<std::string>;

LogRead read(const std::string& text) { return read_log(otlp_format(), text); }

/// One span as OTLP writes it; times in milliseconds.
struct S {
  std::string id;
  std::string parent;
  std::string name = "prisma:client:db_query";
  std::string sql = {};
  int start = 1;
  int end = 2;
  std::string more = {};  ///< attributes
  std::string kind = "1";
  std::string trace = "t1";
};

std::string attribute(const std::string& key, const std::string& value) {
  return R"({"key":")" + key + R"(","value":{"stringValue":")" + value + R"("}})";
}

std::string to_json(const S& s) {
  std::string attributes = s.sql.empty() ? "" : attribute("db.query.text", s.sql);
  attributes += (attributes.empty() || s.more.empty() ? "" : ",") + s.more;
  return R"({"traceId":")" + s.trace + R"(","spanId":")" + s.id + R"(","parentSpanId":")" + s.parent + R"(","name":")" +
         s.name + R"(","kind":)" + s.kind + R"(,"startTimeUnixNano":")" + std::to_string(s.start) +
         R"(000000","endTimeUnixNano":")" + std::to_string(s.end) + R"(000000","attributes":[)" + attributes + "]}";
}

std::string request_of(const std::vector<S>& spans, const std::string& resource = "resourceSpans",
                       const std::string& scope = "scopeSpans") {
  std::string text = "{\"" + resource + R"(":[{"resource":{"attributes":[]},")" + scope + R"(":[{"scope":{},"spans":[)";
  for (std::size_t i = 0; i < spans.size(); ++i) {
    text += (i == 0 ? "" : ",") + to_json(spans[i]);
  }
  return text + "]}]}]}";
}

S server(const std::string& id, const std::string& route, const std::string& parent = "") {
  return {id, parent, "GET " + route, "", 1, 100, attribute("http.route", route), "2"};
}

const std::string kSql = "SELECT a FROM t WHERE b = $1";

TEST(Otlp, TheServersSpanIsTheRequest) {
  const LogRead log = read(request_of({{"q1", "o1", "q", kSql, 5, 7}, {"o1", "s1", "prisma:client:operation"}}) + "\n" +
                           request_of({{"q2", "o2", "q", kSql, 1, 2},
                                       {"o2", "s2", "prisma:client:operation"},
                                       {"q3", "o2", "q", "SELECT x FROM y", 3, 4},
                                       server("s2", "/b"),
                                       server("s1", "/a")}) +
                           "\n");
  EXPECT_TRUE(log.recognised);
  EXPECT_EQ(log.log().form, "otlp");
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.of("queries.count", "/a"), 1);
  EXPECT_EQ(log.of("queries.count", "/b"), 2);
  EXPECT_EQ(log.of("queries.time", "/a"), 2);
  EXPECT_EQ(log.input.state, InputState::kRead);
}

TEST(Otlp, StatementsComeInTheOrderInWhichTheyBegan) {
  const LogRead log =
      read(request_of({{"q2", "s1", "q", "SELECT b FROM t", 20, 30}, {"q1", "s1", "q", "SELECT a FROM t", 10, 15}}) +
           "\n" + request_of({{"q3", "s1", "q", "SELECT c FROM t", 12, 14}, server("s1", "/a")}));
  EXPECT_EQ(log.shapes(), (Shapes{"1x SELECT a FROM t", "1x SELECT c FROM t", "1x SELECT b FROM t"}));
  EXPECT_EQ(log.log().shapes[1].first.line, 2U);
}

TEST(Otlp, TheRouteIsTheTemplateOrElseTheNameOrThePath) {
  const auto route = [](const std::string& name, const std::string& attributes) {
    const LogRead log = read(request_of({{"q", "s", "q", kSql}, {"s", "", name, "", 0, 9, attributes, "2"}}));
    return log.facts.samples.empty() ? "" : std::string(*log.facts.samples[0].where.find("route"));
  };
  EXPECT_EQ(route("GET", attribute("url.path", "/u/7") + "," + attribute("http.route", "/u/:name")), "/u/:name");
  EXPECT_EQ(route("GET /api/x", attribute("url.path", "/api/x?y=1")), "/api/x");
  EXPECT_EQ(route("GET", attribute("http.target", "/u/7?token=secret")), "/u/:id");
  EXPECT_EQ(route("GET", ""), "");
}

TEST(Otlp, ATemplateOfTheRouterIsNotInferred) {
  const auto notes = [](const std::string& attributes) {
    return read(request_of({{"q", "s", "q", kSql}, {"s", "", "GET", "", 0, 9, attributes, "2"}})).facts.notes.size();
  };
  EXPECT_EQ(notes(attribute("http.route", "/u/:id")), 0U);
  EXPECT_EQ(notes(attribute("http.route", "/u/:id/posts/:post")), 0U);
  EXPECT_EQ(notes(attribute("http.route", "/u/81724")), 1U);
  EXPECT_EQ(notes(attribute("url.path", "/u/81724")), 1U);
}

TEST(Otlp, WithoutAServersSpanTheTraceIsTheRequest) {
  const std::string route = attribute("http.route", "/root");
  const LogRead log = read(request_of({{"q1", "r", "q", kSql},
                                       {"q2", "r", "q", kSql, 3, 4},
                                       {"r", "", "root", "", 0, 9, route},
                                       {"q3", "gone", "q", kSql, 3, 4, "", "1", "t2"},
                                       {"q4", "lost", "q", kSql, 3, 4, "", "1", "t2"}}));
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.of("queries.count", "/root"), 2);
}

TEST(Otlp, ASpanWithoutATraceBelongsToNoRequest) {
  const LogRead log =
      read(request_of({{"q1", "", "q", kSql, 1, 2, "", "1", ""}, {"q2", "", "q", kSql, 1, 2, "", "1", "000"}}));
  EXPECT_EQ(log.log().statements_without_id, 2U);
  EXPECT_FALSE(log.log().has_ids);
}

TEST(Otlp, WhatPrismasClientTracesByItselfNamesNoRequest) {
  for (const std::string name : {"prisma:client:operation", "prisma:client:transaction"}) {
    const auto has_ids = [&](const std::string& parent) {
      return read(request_of({{"q", "o", "q", kSql}, {"o", parent, name}})).log().has_ids;
    };
    EXPECT_FALSE(has_ids("")) << name;
    EXPECT_TRUE(has_ids("s")) << name << " within something that is traced elsewhere";
  }
}

TEST(Otlp, KindsMayBeNames) {
  S consumer{"s", "", "orders process", "", 0, 9, "", "\"SPAN_KIND_SERVER\""};
  consumer.more = attribute("http.route", "/a");
  EXPECT_EQ(read(request_of({{"q", "s", "q", kSql}, consumer})).of("queries.count", "/a"), 1);
}

TEST(Otlp, AStatementThatTwoInstrumentationsSawCountsOnce) {
  const S operation{"o", "s", "prisma:client:operation"};
  // The driver's span within Prisma's, at any distance.
  EXPECT_EQ(read(request_of({operation,
                             {"a", "o", "prisma:client:db_query", kSql, 1, 9},
                             {"b", "a", "pg-pool.connect", "", 2, 3},
                             {"c", "b", "pg.query:SELECT shop", kSql, 4, 8}}))
                .log()
                .statements,
            1U);
  // Within that of a query builder, which writes it in another way.
  EXPECT_EQ(
      read(request_of({{"a", "", "select", "SELECT a FROM t WHERE b = ?", 1, 9}, {"b", "a", "pg.query", kSql, 3, 4}}))
          .log()
          .statements,
      1U);
  // Beside it, below one operation.
  const std::string comment = kSql + " /*requestId='x'*/";
  EXPECT_EQ(read(request_of({operation,
                             {"a", "o", "prisma:engine:db_query", kSql, 1, 9},
                             {"b", "o", "pg.query:SELECT shop", comment, 2, 8}}))
                .log()
                .statements,
            1U);
  // Three executions at a time, each seen twice.
  std::vector<S> spans{operation};
  for (int i = 0; i < 3; ++i) {
    spans.push_back({"a" + std::to_string(i), "o", "prisma:client:db_query", kSql, 1 + i, 50 + i});
    spans.push_back({"b" + std::to_string(i), "o", "pg.query:SELECT shop", kSql, 2 + i, 49 + i});
  }
  EXPECT_EQ(read(request_of(spans)).log().statements, 3U);
  // One span that was sent twice.
  EXPECT_EQ(read(request_of({{"a", "o", "q", kSql}, {"a", "o", "q", kSql}})).log().statements, 1U);
}

TEST(Otlp, ExecutionsOfTheirOwnCountEach) {
  const S operation{"o", "s", "prisma:client:operation"};
  // At one time, below one operation, of one name.
  EXPECT_EQ(read(request_of({operation, {"a", "o", "q", kSql, 1, 9}, {"b", "o", "q", kSql, 2, 8}})).log().statements,
            2U);
  // Of two names, one after the other; and with another text.
  EXPECT_EQ(read(request_of({operation, {"a", "o", "q", kSql, 1, 2}, {"b", "o", "p", kSql, 3, 4}})).log().statements,
            2U);
  // Of two operations.
  EXPECT_EQ(read(request_of({operation,
                             {"p", "s", "prisma:client:operation"},
                             {"a", "o", "q", kSql, 1, 9},
                             {"b", "p", "r", kSql, 1, 9}}))
                .log()
                .statements,
            2U);
}

TEST(Otlp, TheDriversParametersAreTaken) {
  std::vector<S> spans{server("s", "/a")};
  for (int i = 0; i < 6; ++i) {
    const std::string n = std::to_string(i);
    spans.push_back({"a" + n, "s", "prisma:client:db_query", kSql, 10 * i + 1, 10 * i + 9});
    spans.push_back(
        {"b" + n, "a" + n, "pg.query", kSql, 10 * i + 2, 10 * i + 8,
         R"({"key":"db.postgresql.values","value":{"arrayValue":{"values":[{"stringValue":")" + n + R"("}]}}})"});
  }
  const LogRead log = read(request_of(spans));
  ASSERT_EQ(log.log().repeats.size(), 1U);
  EXPECT_TRUE(log.log().repeats[0].loop);
  EXPECT_EQ(log.input.message, "");
}

TEST(Otlp, WithoutParametersItSaysSo) {
  const LogRead log = read(request_of({{"q", "s", "q", kSql}, server("s", "/a")}));
  EXPECT_NE(log.input.message.find("1 statement has no readable parameters"), std::string::npos);
}

TEST(Otlp, ReadsOneDocumentAndOtherProgramsForms) {
  const std::vector<S> spans{{"q", "s", "q", kSql}, server("s", "/a")};
  std::string pretty = request_of(spans);
  for (std::size_t at = pretty.find(','); at != std::string::npos; at = pretty.find(',', at + 2)) {
    pretty.insert(at + 1, "\n");
  }
  for (const std::string& text :
       {request_of(spans), pretty, "[\n" + request_of(spans) + "]", request_of(spans, "batches"),
        request_of(spans, "resourceSpans", "instrumentationLibrarySpans"), "{\"trace\":" + request_of(spans) + "}"}) {
    const LogRead log = read(text);
    EXPECT_TRUE(log.recognised) << text;
    EXPECT_TRUE(log.ok) << text;
    EXPECT_EQ(log.of("queries.count", "/a"), 1) << text;
  }
  EXPECT_GT(read(pretty).log().shapes.at(0).first.line, 1U);
  const LogRead jaeger = read(
      R"({"data":[{"traceID":"t1","spans":[{"traceID":"t1","spanID":"q","operationName":"prisma:client:db_query",)"
      R"("references":[{"refType":"CHILD_OF","traceID":"t1","spanID":"s"}],"startTime":1700000000000000,"duration":2500,)"
      R"("tags":[{"key":"db.statement","type":"string","value":"SELECT a FROM t"}]},{"traceID":"t1","spanID":"s",)"
      R"("operationName":"GET /a","references":[],"startTime":1700000000000000,"duration":9000,"tags":[{"key":"span.kind",)"
      R"("type":"string","value":"server"}]}]}]})");
  EXPECT_TRUE(jaeger.recognised);
  EXPECT_EQ(jaeger.of("queries.time", "/a"), 2.5);
}

TEST(Otlp, OtherStoresCommandsAreNoStatements) {
  const LogRead redis =
      read(request_of({{"q", "s", "redis-SELECT", "SELECT 1", 1, 2, attribute("db.system", "redis")}}));
  EXPECT_TRUE(redis.ok);
  EXPECT_TRUE(redis.facts.queries.logs.empty());
}

TEST(Otlp, OddTimesAreUnknownTimes) {
  for (const std::string times :
       {R"("startTimeUnixNano":"x","endTimeUnixNano":"2")", R"("startTimeUnixNano":"-5","endTimeUnixNano":"2")",
        R"("startTimeUnixNano":"9","endTimeUnixNano":"2")", R"("startTimeUnixNano":null,"endTimeUnixNano":{})",
        R"("startTimeUnixNano":"99999999999999999999999","endTimeUnixNano":1e300)", R"("endTimeUnixNano":"2")"}) {
    const LogRead log =
        read(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","spanId":"q",)" + times +
             R"(,"attributes":[{"key":"db.query.text","value":{"stringValue":"SELECT a FROM t"}}]}]}]}]})");
    EXPECT_EQ(log.log().statements, 1U) << times;
    EXPECT_NE(log.facts.unmeasured.size(), 0U) << times;
  }
  const LogRead numbers = read(
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t","kind":2,"name":"GET /a","spanId":"q","startTimeUnixNano":1000000,"endTimeUnixNano":3000000,"attributes":[{"key":"db.query.text","value":{"stringValue":"SELECT a FROM t"}}]}]}]}]})");
  EXPECT_EQ(numbers.of("queries.time", "/a"), 2);
}

TEST(Otlp, RingsAndSelvesAmongParentsEnd) {
  const LogRead log = read(request_of({{"a", "b", "q", kSql},
                                       {"b", "c", "q", "SELECT x FROM t"},
                                       {"c", "a", "q", kSql},
                                       {"d", "d", "q", "SELECT y FROM t"},
                                       {"e", "a", "q", "SELECT z FROM t"}}));
  EXPECT_EQ(log.log().requests, 1U);
  EXPECT_EQ(log.log().statements, 2U) << "the ring is cut, and what is inside of a statement is part of it";
  std::vector<S> chain;
  for (int i = 0; i < 50'000; ++i) {
    chain.push_back({"n" + std::to_string(i), "n" + std::to_string(i + 1), "q", kSql});
  }
  EXPECT_EQ(read(request_of(chain)).log().requests, 1U);
}

TEST(Otlp, BrokenLinesAreSaidAndABrokenDocumentIsRefused) {
  const std::string good = request_of({{"q", "s", "q", kSql}, server("s", "/a")});
  const LogRead log = read(good + "\n" + good.substr(0, 80) + "\n");
  EXPECT_EQ(log.log().statements, 1U);
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
  EXPECT_NE(log.input.message.find("1 of 2 lines is not a complete JSON object, the first in line 2"),
            std::string::npos);
  EXPECT_FALSE(read(good.substr(0, good.size() - 9)).ok);
  EXPECT_FALSE(read("{\"resourceSpans\":[" + std::string(100'000, '[')).ok);
  EXPECT_EQ(read(good.substr(40) + "\n" + good + "\n" + good).log().statements, 1U);
}

TEST(Otlp, WithoutStatementsOnlyQueriesAreUnmeasured) {
  const LogRead empty = read(R"({"resourceSpans":[]})");
  EXPECT_TRUE(empty.recognised);
  EXPECT_EQ(empty.input.state, InputState::kIncomplete);
  EXPECT_EQ(empty.input.message, "it holds no spans");
  EXPECT_NE(empty.input.hint.find("flushes"), std::string::npos) << "not what spans should hold";
  const LogRead none = read(request_of({server("s", "/a"), server("r", "/a")}));
  EXPECT_EQ(none.input.state, InputState::kRead);
  ASSERT_EQ(none.facts.unmeasured.size(), 1U);
  EXPECT_EQ(none.facts.unmeasured[0].metric, "queries.");
  EXPECT_EQ(none.facts.unmeasured[0].reason, "none of the 2 spans holds a statement");
  EXPECT_NE(none.facts.unmeasured[0].hint.find("db.query.text"), std::string::npos);
}

TEST(Otlp, StatementsOfATornRequestAreNotJudgedWhereOthersAreWhole) {
  const std::vector<S> torn{{"q1", "lost", "q", kSql}, {"q2", "lost", "q", kSql, 3, 4}};
  EXPECT_EQ(read(request_of(torn)).log().requests, 1U) << "nobody exports requests: the trace is one";
  std::vector<S> beside = torn;
  beside.push_back(server("s", "/a"));
  beside.back().trace = "t2";
  beside.push_back({"q3", "s", "q", kSql, 3, 4, "", "1", "t2"});
  const LogRead log = read(request_of(beside));
  EXPECT_EQ(log.log().statements, 1U);
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
  EXPECT_NE(log.input.message.find("2 statements belong to requests whose spans are in no file, not judged"),
            std::string::npos);
}

TEST(Otlp, OtherFilesAreNotRecognised) {
  for (const std::string text : {"", "{}", R"({"data":[{"spans":1}]})", R"({"msg":"\"resourceSpans\""})",
                                 R"({"resourceLogs":[]})", "resourceSpans"}) {
    EXPECT_FALSE(read(text).recognised) << text;
  }
}

}  // namespace
}  // namespace budgetcheck
