#include "collect/logs/console_log.h"

#include <gtest/gtest.h>

#include "unit/collect/query_log/query_log_testing.h"

namespace budgetcheck {
namespace {

using Shapes = std::vector<std::string>;

LogRead read(const std::string& text) { return read_log(console_log_format(), text); }

TEST(ConsoleLog, ReadsStatementsAmongOtherOutput) {
  const LogRead log = read(
      "> shop@1.0.0 start\n> node server.js\n\nServer listening on port 3000\n"
      "prisma:info Starting a postgresql pool with 5 connections.\n"
      "prisma:query SELECT \"public\".\"users\".\"id\" FROM \"public\".\"users\" WHERE 1=1 LIMIT $1 OFFSET $2\n"
      "GET /api/users 200\n"
      "prisma:query SELECT a FROM t WHERE b = $1\n"
      "prisma:error \nInvalid `prisma.$queryRaw()` invocation:\n\n\nRaw query failed. Code: `42703`.\n"
      "prisma:query SELECT a FROM t WHERE b = $1\n"
      "prisma:query COMMIT\n"
      "prisma:warn SELECT nothing FROM here\n");
  EXPECT_TRUE(log.recognised);
  EXPECT_EQ(log.log().form, "console");
  EXPECT_EQ(log.shapes(),
            (Shapes{"1x SELECT \"public\".\"users\".\"id\" FROM \"public\".\"users\" WHERE 1=1 LIMIT ? OFFSET ?",
                    "2x SELECT a FROM t WHERE b = ?"}));
  EXPECT_EQ(log.input.state, InputState::kRead);
  EXPECT_EQ(log.log().shapes[1].first.line, 8U);
  EXPECT_NE(log.input.message.find("3 statements have no readable parameters"), std::string::npos);
}

TEST(ConsoleLog, ReadsThroughColoursAndWhatStandsBeforeTheLine) {
  for (const std::string before :
       {"\x1b[34mprisma:query\x1b[39m ", "\x1b[1;34mprisma:query\x1b[0m ", "#033[34mprisma:query#033[39m ",
        "[34mprisma:query[39m ", "web-1  | prisma:query ", "web-1  | \x1b[34mprisma:query\x1b[39m ",
        "\x1b[36mweb-1  |\x1b[0m \x1b[34mprisma:query\x1b[39m ", "2026-11-23T06:53:57.021Z prisma:query ",
        "Nov 23 06:53:57 ci-7 node[812]: prisma:query ", "0|shop     | prisma:query ",
        "2026-11-23T06:53:57.021123456Z stdout F prisma:query ", "[app] prisma:query ", "app>prisma:query "}) {
    const LogRead log = read(before + "SELECT a FROM t\n");
    EXPECT_TRUE(log.recognised) << before;
    EXPECT_EQ(log.shapes(), (Shapes{"1x SELECT a FROM t"})) << before;
  }
  const LogRead wrapped = read(R"({"log":"\u001b[34mprisma:query\u001b[39m SELECT \"a\" FROM t\n","stream":"stdout"})");
  EXPECT_TRUE(wrapped.recognised);
  EXPECT_EQ(wrapped.shapes(), (Shapes{"1x SELECT \"a\" FROM t"}));
}

TEST(ConsoleLog, TheTimeSinceTheLineBeforeIsNoPartOfTheStatement) {
  for (const std::string lapse : {" +4ms", " +0ms", " +2s", "\t+1m"}) {
    EXPECT_EQ(read("prisma:query SELECT a FROM t" + lapse + "\n").shapes(), (Shapes{"1x SELECT a FROM t"})) << lapse;
  }
  EXPECT_EQ(read("prisma:query SELECT a +4\n").shapes(), (Shapes{"1x SELECT a +?"}));
}

TEST(ConsoleLog, AStatementGoesOnOverLines) {
  const std::string sql =
      "prisma:query \n  SELECT\n    u.id,\n    count(*)\n  FROM \"User\" u\n\n  JOIN \"Post\" p ON p.u = u.id -- why\n"
      "  WHERE u.name = 'a\n\nprisma said: b' AND (\n    u.x > 1\n  )\n  ORDER BY u.id\n  LIMIT 10\n";
  const Shapes expected{
      "1x SELECT u.id, count(*) FROM \"User\" u JOIN \"Post\" p ON p.u = u.id WHERE u.name = ? AND ( u.x > ? ) ORDER "
      "BY "
      "u.id LIMIT ?"};
  for (const std::string after : {"", "Listening on 3000\n", "(node:12) Warning: x\n", "Using cache\n", "{\"a\":1}\n",
                                  "2026-11-23 10:00:00 done\n", "    at foo (bar.js:1:2)\n", "prisma:info x\n"}) {
    const LogRead log = read(sql + after + "prisma:query COMMIT\n");
    EXPECT_EQ(log.shapes(), expected) << after;
    EXPECT_EQ(log.log().shapes.at(0).first.line, 1U);
  }
}

TEST(ConsoleLog, AStatementGoesOnBehindItsOwnPrefixOnly) {
  const LogRead log = read(
      "web-1  | prisma:query SELECT a\ndb-1   | LOG: checkpoint\nweb-1  | FROM t\nweb-1  | prisma:query SELECT b FROM "
      "t\n"
      "2026-11-23T06:53:57.021Z prisma:query SELECT c FROM\n2026-11-23T06:53:58.999Z t\n");
  EXPECT_EQ(log.shapes(), (Shapes{"1x SELECT a FROM t", "1x SELECT b FROM t", "1x SELECT c FROM t"}));
}

TEST(ConsoleLog, ALineThatEndsAStatementDoesNotSwallowTheNext) {
  const LogRead log = read(
      "prisma:query SELECT a FROM t FOR UPDATE\nfrom cache\nprisma:query SELECT a FROM t ORDER BY a DESC\nSet-Cookie: "
      "x\n"
      "prisma:query SELECT * \nON AIR\n");
  EXPECT_EQ(log.shapes().at(0), "1x SELECT a FROM t FOR UPDATE");
  EXPECT_EQ(log.shapes().at(1), "1x SELECT a FROM t ORDER BY a DESC");
}

TEST(ConsoleLog, AnOpenStatementEndsWhereAnotherEntryBegins) {
  for (const std::string entry : {"2026-11-23 10:00:00 done", "{\"level\":30}", "prisma:info x"}) {
    const LogRead log = read("prisma:query SELECT a FROM t WHERE (b = 1 OR\n" + entry + "\nc = 2)\n");
    EXPECT_EQ(log.shapes(), (Shapes{"1x SELECT a FROM t WHERE (b = ? OR"})) << entry;
  }
}

TEST(ConsoleLog, ReadsTheThreeLinesOfTheDocumentedHandler) {
  std::string text;
  for (int i = 0; i < 6; ++i) {
    text += "Query: SELECT a FROM t\n  WHERE b = $1 /*requestId='r1',route='/a'*/\nParams: [" + std::to_string(i) +
            "]\nDuration: 3ms\nGraphQL Query: { user }\n";
  }
  const LogRead log = read(text);
  EXPECT_TRUE(log.recognised);
  EXPECT_EQ(log.shapes(), (Shapes{"6x SELECT a FROM t WHERE b = ?"}));
  EXPECT_EQ(log.of("queries.time", "/a"), 18);
  ASSERT_EQ(log.log().repeats.size(), 1U);
  EXPECT_EQ(log.log().repeats[0].distinct_params, 6U);
  EXPECT_EQ(log.input.message, "");
  EXPECT_FALSE(read("GraphQL Query: { user }\nQuery: what\n").recognised);
}

TEST(ConsoleLog, CommentsNameTheRequest) {
  const LogRead log = read(
      "prisma:query SELECT a FROM t WHERE b = $1 /*route='%2Fa',requestId='r1'*/\n"
      "prisma:query SELECT a FROM t WHERE b = $1 /*route='%2Fa',requestId='r1'*/\n"
      "prisma:query SELECT a FROM t WHERE b = $1 /*route='%2Fa',requestId='r2'*/ +3ms\n");
  EXPECT_EQ(log.log().requests, 2U);
  EXPECT_EQ(log.of("queries.count", "/a"), 2);
}

TEST(ConsoleLog, DebugOutputIsNoLog) {
  const std::string debug =
      "prisma:client clientVersion 7.10.0 +4ms\nprisma:client:clientEngine sending request +1ms\n";
  const LogRead log = read(debug);
  EXPECT_TRUE(log.recognised);
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
  EXPECT_NE(log.input.message.find("DEBUG=prisma:*"), std::string::npos);
  EXPECT_NE(log.input.hint.find("$on('query'"), std::string::npos);
  EXPECT_EQ(read(debug + "prisma:query SELECT a FROM t\n" + debug).input.state, InputState::kRead);
}

TEST(ConsoleLog, OtherTextIsNotRecognised) {
  for (const std::string text : {"", "plain text\n", "see prisma: it is fine\n", "\"prisma:query SELECT 1\"\n",
                                 "{\"msg\":\"prisma:query SELECT 1\"}\n", "xprisma:query SELECT 1\n",
                                 "prisma:queryx SELECT 1\n", "Params: [1]\nDuration: 3ms\n"}) {
    EXPECT_FALSE(read(text).recognised) << text;
  }
  EXPECT_FALSE(read(std::string(300, ' ') + "prisma:query SELECT 1\n").recognised);
}

TEST(ConsoleLog, WhatIsNoSqlIsSaid) {
  const LogRead mongo = read("prisma:query db.User.aggregate([ { $match: { } } ])\n");
  EXPECT_TRUE(mongo.recognised);
  EXPECT_EQ(mongo.input.state, InputState::kIncomplete);
  EXPECT_NE(mongo.input.message.find("none of its 1 line holds a statement in SQL"), std::string::npos);
  std::string good;
  for (int i = 0; i < 19; ++i) {
    good += "prisma:query SELECT a FROM t\n";
  }
  const LogRead few = read(good + "prisma:query \n");
  EXPECT_EQ(few.input.state, InputState::kRead);
  EXPECT_NE(
      few.input.message.find("1 of 20 logged statements is not a statement that can be read, the first in line 20"),
      std::string::npos)
      << few.input.message;
  EXPECT_EQ(read(good + "prisma:query \nprisma:query \n").input.state, InputState::kIncomplete);
}

TEST(ConsoleLog, TakesAnyBytes) {
  const std::string one = "prisma:query SELECT a FROM t\n";
  std::string nul = one + "prisma:query SELECT b FROM t" + std::string(3, '\0') + "\n" + std::string(100, '\0') + "\n";
  EXPECT_EQ(read(nul).log().statements, 2U);
  EXPECT_EQ(read(one + "prisma:query SELECT '\xff\xfe' FROM t\n\x80\x81\n").log().statements, 2U);
  EXPECT_EQ(read("\xEF\xBB\xBF" + one.substr(0, one.size() - 1) + "\r\n").shapes(), (Shapes{"1x SELECT a FROM t"}));
  EXPECT_EQ(read(one + "prisma:query SELECT a FROM t WHE").log().statements, 2U);
  EXPECT_EQ(read(std::string("\x1b[") + "\n\x1b\n#033[\n" + one).log().statements, 1U);
}

TEST(ConsoleLog, ALineWithoutAnEndIsPassedOverAndSaid) {
  const std::string one = "prisma:query SELECT a FROM t\n";
  const LogRead log = read(one + "prisma:query SELECT " + std::string(40'000'000, 'x') + "\n" + one);
  EXPECT_EQ(log.shapes(), (Shapes{"2x SELECT a FROM t"}));
  EXPECT_EQ(log.input.state, InputState::kIncomplete);
  EXPECT_NE(log.input.message.find("the first in line 2"), std::string::npos);
  std::string open = "prisma:query SELECT '";
  for (int i = 0; i < 200'000; ++i) {
    open += "\nabcdefghij";
  }
  const LogRead endless = read(open + "\n" + one);
  EXPECT_EQ(endless.shapes(), (Shapes{"1x SELECT a FROM t"}));
  EXPECT_EQ(endless.input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
