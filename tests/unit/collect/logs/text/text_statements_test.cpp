// Each form that programs write statements in, among them those that are no statement at all.
#include "collect/logs/text/text_statements.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "base/file_system.h"
#include "collect/logs/text/text_log.h"

namespace budgetcheck {
namespace {

/// "query | params | ms | request or trace | route" of each statement.
std::vector<std::string> statements(const std::string& text) {
  std::vector<std::string> all;
  TextLog log([&](const LogRecord& record, std::uint32_t line) {
    std::string one =
        std::to_string(line) + ": " + std::string(record.query) + " | " + std::string(record.params) + " | ";
    one += record.duration_ms < 0 ? "" : std::to_string(record.duration_ms).substr(0, 3);
    const std::string_view id = record.request.empty() ? record.trace : record.request;
    all.push_back(one + " | " + std::string(id) + " | " + std::string(record.route));
    return true;
  });
  std::uint32_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    const std::size_t size = line.size();
    line.append(FileContent::kGuard, '\0');
    log.read(std::string_view(line).substr(0, size), ++number);
    at = end + 1;
  }
  log.flush();
  return all;
}

using All = std::vector<std::string>;
const std::string kSql = "SELECT a FROM \"t\" WHERE b = $1";

TEST(TextStatements, OfOneLine) {
  struct Case {
    std::string line;
    std::string expected;
  };
  for (const Case& c : {
           Case{"prisma:query " + kSql, " |  |  |  | "},
           Case{"prisma:query " + kSql + " [7]", " | [7] |  |  | "},
           Case{"Query: " + kSql + " | Params: [7] | Duration: 3ms", " | [7] | 3.0 |  | "},
           Case{"Prisma Query: " + kSql + " Params: [7] Duration: 3ms", " | [7] | 3.0 |  | "},
           Case{"Query: " + kSql + " -- params: [7]", " | [7] |  |  | "},
           Case{"query: " + kSql + " -- PARAMETERS: [7]", " | [7] |  |  | "},
           Case{"\x1b[90mquery:\x1b[39m \x1b[94mSELECT\x1b[0m a FROM \"t\" WHERE b = $1 \x1b[90m-- PARAMETERS:\x1b[39m "
                "[7]",
                " | [7] |  |  | "},
           Case{"[query] " + kSql + " [took 2 ms, 3 results]", " |  | 2.0 |  | "},
           Case{"Executed (default): " + kSql + " Elapsed time: 4ms", " |  | 4.0 |  | "},
           Case{"Executing (default): " + kSql + "; 7", " | [7] |  |  | "},
           Case{"Hibernate: " + kSql, " |  |  |  | "},
           Case{"  knex:query " + kSql + " undefined +2ms", " |  |  |  | "},
           Case{"(0.001) " + kSql + "; args=(7,); alias=default", " | [7] | 1.0 |  | "},
           Case{"  \x1b[1m\x1b[36mPost Load (0.3ms)\x1b[0m  \x1b[1m\x1b[34m" + kSql +
                    "\x1b[0m  [[\"b\", 7], [\"LIMIT\", 1]]",
                " | [7,1] | 0.3 |  | "},
           Case{"[Prisma] (2ms) " + kSql + " [7]", " | [7] | 2.0 |  | "},
           Case{"[Nest] 42  - 11/20/2026, 10:00:00 AM   DEBUG [PrismaService] " + kSql + " +2ms", " |  |  |  | "},
           Case{"[2026-11-20 10:00:00] local.DEBUG: " + kSql + " [7]", " | [7] |  |  | "},
           Case{"[1.25ms] [rows:3] " + kSql, " |  | 1.2 |  | "},
           Case{kSql + " [7] 3ms", " | [7] | 3.0 |  | "},
           Case{"2026-11-20 10:00:00 debug: " + kSql + " params=[7] reqId=r1 route=/u", " | [7] |  | r1 | /u"},
           Case{"level=debug msg=q query=\"SELECT a FROM \\\"t\\\" WHERE b = $1\" params=\"[7]\" duration=3 reqId=r1",
                " | [7] | 3.0 | r1 | "},
           Case{"2026-11-20T10:00:00.000Z\t4c1d0a7e-1f2b-4c3d-8e9f-000000000001\tINFO\tprisma:query " + kSql,
                " |  |  | 4c1d0a7e-1f2b-4c3d-8e9f-000000000001 | "},
           Case{"{ query: '" + kSql + "', params: '[7]', duration: 3 }", " | [7] | 3.0 |  | "},
           Case{R"(info: db {"query":"SELECT a FROM \"t\" WHERE b = $1","params":"[7]","duration":3,"requestId":"r1"})",
                " | [7] | 3.0 | r1 | "},
           Case{R"(api-1  | {"msg":"Query: SELECT a FROM \"t\" WHERE b = $1 | Params: [7]","reqId":"r1"})",
                " | [7] |  | r1 | "},
       }) {
    EXPECT_EQ(statements(c.line + "\n"), (All{"1: " + kSql + c.expected})) << c.line;
  }
}

TEST(TextStatements, WithParametersAndTimesInOtherLines) {
  for (const std::string& text : All{
           "Query: " + kSql + "\nParams: [7]\nDuration: 3ms\n",
           "Query: " + kSql + "\n  params: [7]\n  duration: 3\n",
           "kysely:query: " + kSql + "\nparameters: [7]\nkysely:query: duration: 3.0ms\n",
           "[10:00:00.000] INFO (42): q\n    query: \"SELECT a FROM \\\"t\\\" WHERE b = $1\"\n    params: \"[7]\"\n    "
           "duration: 3\n",
       }) {
    const All all = statements(text);
    ASSERT_EQ(all.size(), 1U) << text;
    EXPECT_EQ(all[0].substr(3), kSql + " | [7] | 3.0 |  | ") << text;
  }
  EXPECT_EQ(
      statements("=====\nparams: [7]\n-----\n" + kSql + "\nduration: 3\n=====\nparams: [8]\n-----\n" + kSql + "\n"),
      (All{"4: " + kSql + " | [7] | 3.0 |  | ", "9: " + kSql + " | [8] |  |  | "}));
  EXPECT_EQ(statements("[2026-11-20T10:00:00.000Z] DEBUG: api/1 on h: prisma (req_id=r1, duration=2)\n    query: " +
                       kSql + "\n    --\n    params: [7]\n"),
            (All{"2: " + kSql + " | [7] | 2.0 | r1 | "}));
  EXPECT_EQ(statements("  knex:query " + kSql + " undefined +2ms\n  knex:bindings [ 7 ] undefined +1ms\n"),
            (All{"1: " + kSql + " | [7] |  |  | "}));
}

TEST(TextStatements, OverSeveralLines) {
  const std::string at = "2026-11-20 10:00:00,007 INFO sqlalchemy.engine.Engine ";
  EXPECT_EQ(statements(at + "SELECT t.a \nFROM t \nWHERE t.b = %(b)s AND c = %(c)s\n" + at +
                       "[cached since 1s ago] {'c': 'x', 'b': 7}\n" + at + "COMMIT\n"),
            (All{"1: SELECT t.a\nFROM t \nWHERE t.b = ? AND c = ? | [7,\"x\"] |  |  | ", "5: COMMIT |  |  |  | "}));
  EXPECT_EQ(statements("Hibernate: \n    select\n        a \n    from\n        t \n    where\n        b=?\nstarted\n"),
            (All{"1: select\n        a \n    from\n        t \n    where\n        b=? |  |  |  | "}));
  EXPECT_EQ(
      statements("prisma:query \n  SELECT a, b\nGET /api 200 in 3ms\n  FROM t\n  WHERE c = $1\n  \nprisma:query x\n"),
      (All{"1: SELECT a, b\n  FROM t\n  WHERE c = $1 |  |  |  | ", "7: x |  |  |  | "}));
}

/// A driver says in a comment what it did; whatever the program writes next is no part of it.
TEST(TextStatements, CommentsAloneAreAllOfAStatement) {
  const std::string commit = "-- Implicit \"COMMIT\" query via underlying driver";
  for (const std::string& next :
       All{"Listening on port 3000", "Update available: 7.1", "POST /orders 200 in 3ms", ""}) {
    EXPECT_EQ(statements("prisma:query " + commit + "\n" + next + "\nprisma:query " + kSql + "\n"),
              (All{"1: " + commit + " |  |  |  | ", "3: " + kSql + " |  |  |  | "}))
        << next;
  }
  EXPECT_EQ(statements("prisma:query -- orders of a day\nSELECT a\nFROM t\nGET /a\n"),
            (All{"1: -- orders of a day\nSELECT a\nFROM t |  |  |  | "}));
  EXPECT_EQ(statements("prisma:query INSERT INTO t DEFAULT VALUES\nlistening\n"),
            (All{"1: INSERT INTO t DEFAULT VALUES |  |  |  | "}));
}

TEST(TextStatements, OfP6spy) {
  const std::string sql = "select a from t where b=7";
  for (const std::string& line :
       All{"1795416840001|5|statement|connection 8|url jdbc:postgresql://db/app|select a from t where b=?|" + sql,
           "1795416840001|5|statement|connection 8|select a from t where b=?|" + sql,
           "2026-11-23 06:54:00|5ms|statement|connection8|" + sql,
           "10:00:00.000 INFO 1 --- [main] p6spy : 1795416840001|5|statement|connection 8|url jdbc:x|select a from t "
           "where b=?|" +
               sql,
           "#1795416840001 | took 5ms | statement | connection 8| url jdbc:x\nselect a from t where b=?\n" + sql,
           "# took 5ms | statement | connection 8| url jdbc:x\n " + sql,
           "1795416840001|5ms|statement|connection 8|\n" + sql}) {
    EXPECT_EQ(statements(line + "\nstarted\n"), (All{"1: " + sql + " |  | 5.0 |  | "})) << line;
  }
  EXPECT_EQ(statements("1795416840001|0|commit|connection 8|url jdbc:x||\n1795416840001|0|batch|connection 8|" + sql +
                       "\n1795416840001|0|resultset|connection 8|" + sql + "|\n"),
            (All{"1: COMMIT |  | 0.0 |  | "}));
  EXPECT_EQ(statements("1795416840001|5|statement|connection 8|\n    select\n        a\n    from\n        t\n    "
                       "where\n        b=7\n1795416840001|5|statement|connection 8|" +
                       sql + "\n")
                .size(),
            2U);
}

TEST(TextStatements, OfEntityFramework) {
  const std::string head = "info: Microsoft.EntityFrameworkCore.Database.Command[20101]\n";
  const std::string scope = "      => SpanId:4f, TraceId:abc, ParentId:00 => RequestPath:/a RequestId:0HM:1\n";
  const std::string run =
      "Executed DbCommand (3ms) [Parameters=[@__id_0='7', @p='it's' (Size = 400)], "
      "CommandType='Text', CommandTimeout='30']\n";
  const All found =
      statements(head + scope + "      " + run +
                 "      SELECT \"b\".\"Id\"\n      FROM \"B\" AS \"b\"\n      WHERE \"b\".\"Id\" = "
                 "@__id_0 AND \"b\".\"N\" = @p\n" +
                 head + scope + "      " + run + "      DELETE FROM \"B\"\n      WHERE \"Id\" = @__id_0;\n");
  EXPECT_EQ(found, (All{"3: SELECT \"b\".\"Id\"\nFROM \"B\" AS \"b\"\nWHERE \"b\".\"Id\" = ? AND \"b\".\"N\" = ? | "
                        "[\"7\",\"it's\"] | 3.0 | 0HM:1 | ",
                        "9: DELETE FROM \"B\"\nWHERE \"Id\" = ?; | [\"7\"] | 3.0 | 0HM:1 | "}));
  // Hidden values are none; what was only about to run, or failed, did not.
  EXPECT_EQ(
      statements("[10:00:00 INF] Executed DbCommand (1,003ms) [Parameters=[@p0='?' (DbType = Int32)], "
                 "CommandType='Text', CommandTimeout='30']\nSET NOCOUNT ON;\nUPDATE [B] SET [N] = 1\nWHERE [Id] = "
                 "@p0;\n[10:00:00 DBG] Executing DbCommand [Parameters=[], CommandType='Text']\nSELECT 1 FROM [B]\n"
                 "[10:00:00 ERR] Failed executing DbCommand (1ms) [Parameters=[], CommandType='Text']\nSELECT 1 "
                 "FROM [B]\n"),
      (All{"1: UPDATE [B] SET [N] = 1\nWHERE [Id] = ?; |  | 100 |  | "}));
}

TEST(TextStatements, RailsTagsItsLinesWithTheRequest) {
  const std::string id = "4c1d0a7e-1f2b-4c3d-8e9f-000000000001";
  const std::string values = "  [[\"b\", 7]]";
  for (const std::string& line : All{"[" + id + "]   Post Load (0.3ms)  ",
                                     "D, [2026-11-23T06:45:42.871 #42] DEBUG -- : [" + id + "]   Post Load (0.3ms)  ",
                                     "[" + id + "] [10.0.0.1]   Post Exists? (0.3ms)  "}) {
    EXPECT_EQ(statements(line + kSql + values + "\n"), (All{"1: " + kSql + " | [7] | 0.3 | " + id + " | "})) << line;
  }
  // A bare UUID may as well be the process.
  EXPECT_EQ(statements("[" + id + "] [db] (0.3ms) " + kSql + "\n"), (All{"1: " + kSql + " |  | 0.3 |  | "}));
}

TEST(TextStatements, ObjectsThatArePrinted) {
  const std::string object =
      "{\n  timestamp: 2026-11-20T10:00:00.000Z,\n  query: 'SELECT a FROM \"t\" WHERE b = $1',\n"
      "  params: '[7]',\n  duration: 3,\n  target: 'x'\n}\n";
  for (const std::string head : {"", "Query event ", "[Nest] 42  - DEBUG [Db] Object(5) ", "prisma:query "}) {
    const All all = statements("GET /a\n" + head + object + head + object + "done\n");
    ASSERT_EQ(all.size(), 2U) << head;
    EXPECT_EQ(all[0], "2: " + kSql + " | [7] | 3.0 |  | ") << head;
    EXPECT_EQ(all[1], "9: " + kSql + " | [7] | 3.0 |  | ") << head;
  }
  std::string prefixed;
  for (const std::string& line : All{"{", "  query: '" + kSql + "',", "  params: [ 7 ]", "}"}) {
    prefixed += "web-1  | " + line + "\ndb-1   | LOG: x\n";
  }
  EXPECT_EQ(statements(prefixed), (All{"1: " + kSql + " | [7] |  |  | "}));
  EXPECT_EQ(statements("{\n  method: 'select',\n  bindings: [ 7 ],\n  sql: 'SELECT a\\n' +\n    'FROM t'\n}\n"),
            (All{"1: SELECT a\nFROM t | [7] |  |  | "}));
  EXPECT_EQ(statements("at f (x.js) {\n    code\nprisma:query " + kSql + "\n"), (All{"3: " + kSql + " |  |  |  | "}));
}

TEST(TextStatements, PartsOfALineAreJoined) {
  EXPECT_EQ(
      statements("2026-11-23T06:53:57.021Z stdout P prisma:query SELECT a FR\n2026-11-23T06:53:57.021Z stderr F x\n"
                 "2026-11-23T06:53:57.021Z stdout F OM \"t\" WHERE b = $1\n"),
      (All{"3: " + kSql + " |  |  |  | "}));
}

TEST(TextStatements, WhatBreaksOffIsSaid) {
  TextLog log([](const LogRecord&, std::uint32_t) { return true; });
  std::uint32_t line = 0;
  for (const char* text : {"{", "  query: 'SELECT a FROM t'... 12 more characters,", "  duration: 1", "}", "x {",
                           "  query: 'SELECT a FROM t WHERE", "GET /a", "x {", "  other: 'text", "GET /a"}) {
    log.read(text, ++line);
  }
  log.flush();
  EXPECT_EQ(log.statements().counts().broken, 2U);
  EXPECT_EQ(log.statements().counts().first_broken, 1U);
}

TEST(TextStatements, StreamsOfContainersAreKeptApart) {
  EXPECT_EQ(statements("a-1  | Query: " + kSql + "\nb-1  | Query: SELECT 2\na-1  | Params: [1]\nb-1  | Params: [2]\n"),
            (All{"1: " + kSql + " | [1] |  |  | ", "2: SELECT 2 | [2] |  |  | "}));
}

TEST(TextStatements, OneExecutionInTwoFormsIsOne) {
  const std::string event = R"({"query":"SELECT a FROM \"t\" WHERE b = $1","params":"[7]","duration":3})";
  EXPECT_EQ(statements("prisma:query " + kSql + "\n" + event + "\nprisma:query " + kSql + "\n" + event + "\n"),
            (All{"1: " + kSql + " | [7] | 3.0 |  | ", "3: " + kSql + " | [7] | 3.0 |  | "}));
}

TEST(TextStatements, WhatWasNotExecutedIsNone) {
  for (const std::string& line :
       All{kSql, "Slow query: " + kSql, "query failed: " + kSql, "[db] error: " + kSql, "GraphQL Query: { user }",
           "  CACHE Post Load (0.0ms)  " + kSql, "2026-11-20 10:00:00 UTC [1] LOG:  statement: " + kSql, "params: [1]",
           "Duration: 3ms", R"(db failed {"query":"SELECT a FROM t"})"}) {
    const All all = statements(line + "\n");
    EXPECT_TRUE(all.empty() || all[0].find("SELECT") == std::string::npos) << line << " gave " << all[0];
  }
}

std::string repeated(const std::string& part, std::size_t size) {
  std::string text;
  while (text.size() < size) {
    text += part;
  }
  return text;
}

TEST(TextStatements, WhatIsFullOfBeginningsTakesNoLonger) {
  constexpr std::size_t kSize = 60'000;
  for (const std::string& part :
       All{";1,", " [1,", " {a:1,", " 1s", " -- x\\n", "%(", " params=", " (1ms", "| a: ", "\"'`"}) {
    (void)statements("prisma:query SELECT a FROM t WHERE b = $1" + repeated(part, kSize) + "\"\n");
    (void)statements("INFO sqlalchemy.engine.Engine SELECT a FROM t" + repeated(part, kSize) + "\n");
  }
}

TEST(TextStatements, AnythingMayStandInALog) {
  for (const std::string& text :
       All{std::string(100'000, '{'), std::string(100'000, '"'), "query: " + std::string(5'000, '('),
           std::string("x {\n") + std::string(50'000, '\n'), std::string("{\"log\":\"{\\\"log\\\":\\\"\"}")}) {
    (void)statements(text + "\nprisma:query " + kSql + "\n");
  }
  std::string deep = "prisma:query SELECT 1";
  for (int i = 0; i < 8; ++i) {
    std::string next = "{\"msg\":\"";
    for (const char c : deep) {
      next += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    deep = next + "\"}";
  }
  EXPECT_EQ(statements(deep), (All{"1: SELECT 1 |  |  |  | "}));
}

}  // namespace
}  // namespace budgetcheck
