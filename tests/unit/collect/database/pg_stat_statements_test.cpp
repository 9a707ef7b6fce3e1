#include "collect/database/pg_stat_statements.h"

#include <gtest/gtest.h>

#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

using testing::read_text;
using testing::ReadText;

const std::string kHeader = "queryid,query,calls,total_exec_time,rows\n";

TEST(PgStatStatements, Csv) {
  const ReadText read =
      read_text(kHeader +
                "1,\"SELECT \"\"a\"\"\nFROM t, u WHERE $2=$3 OFFSET $1\",30,1.5,10\n"
                "-2,COMMIT,5,0.1,0\n"
                "3,\"SELECT \"\"a\"\" FROM t, u WHERE $2=$3 OFFSET $1 /*requestId='r'*/\",12,0.5,1\n");
  EXPECT_EQ(read.input.format, "pg_stat_statements");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().form, "pg_stat_statements");
  ASSERT_EQ(read.log().shapes.size(), 1U);
  EXPECT_EQ(read.log().shapes[0].text, "SELECT \"a\" FROM t, u WHERE 1=1 OFFSET ?");
  EXPECT_EQ(read.log().shapes[0].executions, 42U);
  EXPECT_DOUBLE_EQ(read.log().shapes[0].total_ms, 2);
  EXPECT_EQ(read.log().shapes[0].first.line, 2U);
  EXPECT_EQ(read.log().statements, 42U);
  EXPECT_FALSE(read.log().has_ids);
  EXPECT_TRUE(read.log().repeats.empty());
  EXPECT_TRUE(read.facts.samples.empty());
  ASSERT_EQ(read.facts.unmeasured.size(), 1U);
  EXPECT_EQ(read.facts.unmeasured[0].metric, "queries.");
}

TEST(PgStatStatements, OtherSeparatorsAndOldNames) {
  EXPECT_EQ(read_text("query;calls;total_time\n\"SELECT 1; FROM t\";2;1\n").log().statements, 2U);
  const ReadText tabs = read_text("QUERY\tCALLS\tTOTAL_TIME\nSELECT a\\nFROM t\t7\t1.25\n");
  EXPECT_EQ(tabs.log().shapes.at(0).text, "SELECT a FROM t");
  EXPECT_DOUBLE_EQ(tabs.log().shapes[0].total_ms, 1.25);
}

TEST(PgStatStatements, Json) {
  const std::string one =
      R"({"queryid": "1", "query": "SELECT a FROM t WHERE $2=$3 OFFSET $1", "calls": "30", "rows": 4})";
  const std::string two = R"({"queryid": 2, "query": "SELECT b FROM t", "calls": 2, "total_exec_time": 5})";
  for (const std::string& text : {"[\n" + one + ",\n" + two + "]\n", one + "\n" + two + "\n"}) {
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "pg_stat_statements");
    EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
    EXPECT_EQ(read.log().statements, 32U);
    EXPECT_EQ(read.log().shapes.at(0).text, "SELECT a FROM t WHERE 1=1 OFFSET ?");
    EXPECT_DOUBLE_EQ(read.log().shapes.at(1).total_ms, 5);
  }
  const ReadText listed = read_text("[\n" + one + ",\n" + two + "]\n");
  EXPECT_EQ(listed.log().shapes[1].first.line, 3U);
}

/// The same statement as Prisma logs it: what findings are keyed by must not depend on the source.
TEST(PgStatStatements, TheShapeIsThatOfOtherForms) {
  const ReadText events = read_text(
      R"({"query":"SELECT \"p\".\"id\" FROM \"public\".\"p\" WHERE (\"p\".\"t\"::text LIKE ('%' || $1 || '%') AND 1=1) LIMIT $2 OFFSET $3","params":"[\"a\",1,0]","duration":1})"
      "\n");
  const ReadText totals = read_text(
      kHeader +
      R"(1,"SELECT ""p"".""id"" FROM ""public"".""p"" WHERE (""p"".""t""::text LIKE ($4 || $1 || $5) AND $6=$7) LIMIT $2 OFFSET $3",3,1,1)");
  EXPECT_EQ(totals.log().shapes.at(0).key, events.log().shapes.at(0).key);
  EXPECT_EQ(totals.log().shapes.at(0).text, events.log().shapes.at(0).text);
}

TEST(PgStatStatements, HiddenStatementsAreSaid) {
  const ReadText read = read_text(kHeader + "1,<insufficient privilege>,30,1,1\n2,SELECT a FROM t,1,1,1\n");
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_NE(read.input.message.find("1 statement is hidden"), std::string::npos) << read.input.message;
}

TEST(PgStatStatements, BrokenRows) {
  std::string good = kHeader;
  for (int i = 0; i < 50; ++i) {
    good += "1,SELECT a FROM t,1,1,1\n";
  }
  EXPECT_EQ(read_text(good).input.state, InputState::kRead);
  for (const char* tail : {"1,\"SELECT a FROM", "1,SELECT a", "1,SELECT a FROM t,"}) {
    const ReadText read = read_text(good + tail);
    EXPECT_EQ(read.input.state, InputState::kIncomplete) << tail;
    EXPECT_EQ(read.log().statements, 50U) << tail;
  }
  for (const char* calls : {"-1", "1e999", "nan", "", "x", "1e300"}) {
    const ReadText read = read_text(kHeader + "1,SELECT a FROM t," + calls + ",1,1\n");
    EXPECT_EQ(read.input.state, InputState::kIncomplete) << calls;
    EXPECT_EQ(read.log().statements, 0U) << calls;
  }
  EXPECT_EQ(read_text(R"([{"query":"SELECT a FROM t","calls":1},{"que)").input.state, InputState::kUnreadable);
}

TEST(PgStatStatements, Empty) {
  const ReadText read = read_text(kHeader);
  EXPECT_EQ(read.input.format, "pg_stat_statements");
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_NE(read.input.hint.find("\\copy"), std::string::npos);
}

TEST(PgStatStatements, NotOne) {
  EXPECT_EQ(read_text("query,duration\nSELECT 1,2\n").input.format, "");
  EXPECT_EQ(read_text(R"([{"query":"SELECT a FROM t"}])").input.format, "query-log");
  EXPECT_EQ(read_text(R"({"a":{"query":"x","calls":1}})").input.format, "");
}

}  // namespace
}  // namespace budgetcheck
