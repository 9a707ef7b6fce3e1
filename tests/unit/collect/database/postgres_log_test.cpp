#include "collect/database/postgres_log.h"

#include <gtest/gtest.h>

#include "database_log_testing.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

using testing::read_text;
using testing::ReadText;

const std::string kAt = "2026-11-23 06:53:58.972 UTC [31213] ";

std::string text_plan(const std::string& sql, const std::string& tree) {
  return kAt + "LOG:  duration: 2.450 ms  plan:\n\tQuery Text: " + sql + "\n" + tree;
}

std::string json_plan(const std::string& sql, const std::string& plan) {
  return kAt + "LOG:  duration: 2.450 ms  plan:\n\t{\n\t  \"Query Text\": \"" + sql + "\",\n\t  \"Plan\": " + plan +
         "\n\t}\n";
}

TEST(PostgresLog, TextPlans) {
  const ReadText read = read_text(
      text_plan("SELECT a FROM \"public\".\"posts\" WHERE v > $1",
                "\tSeq Scan on posts  (cost=0.00..1.75 rows=32 width=21) (actual time=0.010..0.020 rows=4 loops=1)\n"
                "\t  Filter: (v > '10'::double precision)\n\t  Rows Removed by Filter: 19996\n"));
  EXPECT_EQ(read.input.format, "postgres-log");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  ASSERT_EQ(read.log().plans.size(), 1U);
  EXPECT_EQ(read.plan(0), "posts scan filtered read=20000 returned=4 estimated=32");
  EXPECT_EQ(read.log().plans[0].rows_examined, 20000);
  EXPECT_EQ(read.log().plans[0].rows_sent, 4);
  EXPECT_EQ(read.log().plans[0].location.line, 1U);
  EXPECT_EQ(read.log().form, "postgres-log");
  EXPECT_EQ(read.log().shapes[0].key, shape_of("SELECT a FROM public.posts WHERE v > $1").key);
  EXPECT_DOUBLE_EQ(read.log().shapes[0].total_ms, 2.45);
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "posts"}, {"operation", "select"}}), 20000);
}

TEST(PostgresLog, ScanWithoutTimesKnowsNoRows) {
  const ReadText read =
      read_text(text_plan("SELECT a FROM t", "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15)\n"));
  EXPECT_EQ(read.plan(0), "t scan read=? returned=? estimated=20");
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "t"}, {"operation", "select"}}), -1);
  EXPECT_TRUE(std::any_of(read.facts.unmeasured.begin(), read.facts.unmeasured.end(),
                          [](const Unmeasured& gap) { return gap.metric == "queries.rows_read"; }));
}

TEST(PostgresLog, QueryTextOverSeveralLines) {
  const ReadText read =
      read_text(text_plan("SELECT a\n\t  FROM t\n\t\n\t WHERE b = 1",
                          "\tIndex Scan Backward using \"T_b\"\"x\" on public.\"T\" x  (cost=0.29..8.30 "
                          "rows=1 width=84)\n\t  Index Cond: (b = 1)\n"));
  EXPECT_EQ(read.plan(0), "T as x index T_b\"x(b) read=? returned=? estimated=1");
  EXPECT_EQ(read.log().shapes[0].text, "SELECT a FROM t WHERE b = ?");
}

TEST(PostgresLog, BitmapScansTakeTheTablesRows) {
  const std::string tree =
      "\tBitmap Heap Scan on \"Product\" p  (cost=4.91..132.02 rows=61 width=109) (actual time=0.1..0.2 rows=60 "
      "loops=2)\n"
      "\t  Recheck Cond: ((\"categoryId\" = 3) AND (price > 8000))\n\t  Rows Removed by Index Recheck: 5\n"
      "\t  ->  Bitmap Index Scan on \"Product_categoryId_price_idx\"  (cost=0.00..4.90 rows=61 width=0) (actual "
      "time=0.1..0.1 rows=61 loops=2)\n"
      "\t        Index Cond: ((\"categoryId\" = 3) AND (price > 8000))\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM p", tree)).plan(0),
            "Product as p index Product_categoryId_price_idx(categoryId,price) read=130 returned=120 estimated=61");
}

TEST(PostgresLog, SeveralBitmapsAreSeveralAccesses) {
  const std::string tree =
      "\tBitmap Heap Scan on t  (cost=1.00..2.00 rows=3 width=4)\n\t  Filter: c\n"
      "\t  ->  BitmapOr  (cost=1.00..1.00 rows=3 width=0)\n"
      "\t        ->  Bitmap Index Scan on t_a  (cost=0.00..4.90 rows=1 width=0)\n\t              Index Cond: (a = 3)\n"
      "\t        ->  Bitmap Index Scan on t_b  (cost=0.00..4.90 rows=2 width=0)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM t", tree)).plan(0),
            "t index t_a(a) filtered read=? returned=? estimated=3; t full-index t_b filtered read=? returned=? "
            "estimated=3");
}

TEST(PostgresLog, AWalkInOrderIsAFullIndexThatALimitEnds) {
  const std::string walk =
      "\tLimit  (cost=0.29..1.01 rows=10 width=330)\n"
      "\t  ->  Index Scan using posts_pkey on posts  (cost=0.29..1441.29 rows=20000 width=330)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM posts", walk)).plan(0),
            "posts full-index posts_pkey limited read=? returned=? estimated=20000");
  const std::string sorted =
      "\tLimit  (cost=0.29..1.01 rows=10 width=330)\n\t  ->  Sort  (cost=0.29..1.01 rows=10 width=330)\n"
      "\t        Sort Key: a\n\t        ->  Seq Scan on posts  (cost=0.29..1441.29 rows=20000 width=330)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM posts", sorted)).plan(0),
            "posts scan read=? returned=? estimated=20000");
}

TEST(PostgresLog, WhatIsNoTable) {
  const std::string tree =
      "\tAppend  (cost=0.00..1.00 rows=3 width=4)\n\t  CTE c\n"
      "\t    ->  Seq Scan on u  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t  ->  CTE Scan on c  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t  ->  Subquery Scan on s  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t        ->  Parallel Seq Scan on o_2026 o_1  (cost=0.00..1.00 rows=3 width=4) (never executed)\n"
      "\t  ->  Seq Scan on o_2027 o_2  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t  ->  Function Scan on generate_series g  (cost=0.00..1.00 rows=3 width=4)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM o", tree)).plan(0),
            "u scan read=? returned=? estimated=3; o_2026 as o_1 scan read=0 returned=0 estimated=3; o_2027 as o scan "
            "read=? returned=? estimated=3");
}

TEST(PostgresLog, JsonPlans) {
  const ReadText read =
      read_text(json_plan(R"(SELECT \"public\".\"posts\".\"id\" FROM \"public\".\"posts\" WHERE 1=1 LIMIT $1)",
                          R"j({"Node Type": "Limit", "Actual Rows": 3, "Actual Loops": 1, "Plan Rows": 10, "Plans": [
        {"Node Type": "Nested Loop", "Plans": [
          {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "posts", "Alias": "p",
           "Plan Rows": 7, "Actual Rows": 3, "Actual Loops": 1, "Filter": "(a > 1)", "Rows Removed by Filter": 97},
          {"Node Type": "Index Only Scan", "Relation Name": "users", "Alias": "users", "Index Name": "users_pkey",
           "Index Cond": "((id = p.author_id) AND ((email)::text = 'a AND b'::text))", "Plan Rows": 1,
           "Actual Rows": 1.00, "Actual Loops": 3}]}]})j"));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0),
            "posts as p scan filtered read=100 returned=3 estimated=7; users index users_pkey(id,email) read=3 "
            "returned=3 estimated=1");
  EXPECT_EQ(read.log().plans[0].rows_examined, 103);
  EXPECT_EQ(read.log().plans[0].rows_sent, 3);
}

TEST(PostgresLog, ALimitDoesNotEndWhatRunsAside) {
  const std::string tree =
      "\tLimit  (cost=0.29..1.01 rows=10 width=330)\n\t  InitPlan 1 (returns $0)\n"
      "\t    ->  Seq Scan on u  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t  ->  Gather  (cost=0.00..1.00 rows=3 width=4)\n"
      "\t        ->  Parallel Seq Scan on t  (cost=0.00..1.00 rows=3 width=4)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM t", tree)).plan(0),
            "u scan read=? returned=? estimated=3; t scan limited read=? returned=? estimated=3");
  EXPECT_EQ(read_text(json_plan("SELECT 1 FROM t", R"({"Node Type": "Limit", "Plans": [
        {"Node Type": "Seq Scan", "Parent Relationship": "InitPlan", "Relation Name": "u"},
        {"Node Type": "Subquery Scan", "Filter": "x", "Plans": [{"Node Type": "Seq Scan", "Relation Name": "v"}]},
        {"Node Type": "Seq Scan", "Parent Relationship": "Outer", "Relation Name": "t"}]})"))
                .plan(0),
            "u scan read=? returned=? estimated=?; v scan read=? returned=? estimated=?; t scan limited read=? "
            "returned=? estimated=?");
}

TEST(PostgresLog, RowsOfStatementsWithoutAPlanAreALowerBound) {
  const std::string plan = text_plan("SELECT a FROM t",
                                     "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15) (actual "
                                     "rows=20 loops=1)\n");
  const Labels where{{"model", "t"}, {"operation", "select"}};
  EXPECT_FALSE(read_text(plan).sample("queries.rows_read", where)->lower_bound);
  const ReadText read = read_text(plan + kAt + "LOG:  duration: 3 ms  statement: SELECT b FROM t\n" + kAt +
                                  "LOG:  duration: 3 ms  statement: SELECT b FROM u\n");
  EXPECT_TRUE(read.sample("queries.rows_read", where)->lower_bound);
  EXPECT_TRUE(std::any_of(read.facts.unmeasured.begin(), read.facts.unmeasured.end(), [](const Unmeasured& gap) {
    return gap.metric == "queries.rows_read" && gap.where == Labels{{"model", "u"}, {"operation", "select"}};
  }));
}

TEST(PostgresLog, NumbersThatAreNone) {
  const ReadText read = read_text(json_plan(
      "SELECT 1 FROM t", R"({"Node Type": "Seq Scan", "Relation Name": "t", "Plan Rows": -4, "Actual Rows": -1})"));
  EXPECT_EQ(read.plan(0), "t scan read=? returned=? estimated=?");
  EXPECT_EQ(read_text(json_plan("SELECT 1 FROM t", R"({"Node Type": "Seq Scan", "Plan Rows": 1e999})")).input.state,
            InputState::kIncomplete);
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM t",
                                "\tSeq Scan on t  (cost=0.00..1.00 rows=nan width=4) (actual rows=-3 loops=1e999)\n"))
                .plan(0),
            "t scan read=? returned=? estimated=?");
}

TEST(PostgresLog, StatementsWithParameters) {
  const ReadText read =
      read_text(kAt + "LOG:  duration: 1.5 ms  parse <unnamed>: SELECT a FROM t WHERE id = $1\n" + kAt +
                "LOG:  duration: 1.5 ms  execute <unnamed>: SELECT a FROM t\n\tWHERE id = $1\n" + kAt +
                "DETAIL:  parameters: $1 = 'it''s'\n" + kAt +
                "LOG:  duration: 0.5 ms  statement: SELECT 1 FROM u WHERE x = 'LOG:  x'\n" + kAt +
                "ERROR:  syntax error\n" + kAt + "STATEMENT:  SELECT oops\n");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().statements, 2U);
  EXPECT_EQ(read.log().shapes[0].text, "SELECT a FROM t WHERE id = ?");
  EXPECT_EQ(read.log().shapes[1].text, "SELECT ? FROM u WHERE x = ?");
  EXPECT_EQ(read.input.message.find("parameters"), std::string::npos) << read.input.message;
  EXPECT_FALSE(read.log().has_ids);
}

TEST(PostgresLog, OneExecutionThatIsLoggedTwiceCountsOnce) {
  const std::string plan =
      text_plan("SELECT a FROM t WHERE id = $1", "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15)\n");
  const std::string statement = kAt + "LOG:  duration: 3 ms  execute s1: SELECT a FROM t WHERE id = $1\n" + kAt +
                                "DETAIL:  parameters: $1 = '7'\n";
  EXPECT_EQ(read_text(plan + statement).log().statements, 1U);
  EXPECT_EQ(read_text(statement + plan).log().statements, 1U);
  EXPECT_EQ(read_text(plan + statement + plan + statement).log().statements, 2U);
  EXPECT_EQ(read_text(plan + plan).log().statements, 2U);
  EXPECT_EQ(read_text(statement + statement).log().statements, 2U);
  const std::string other = "2026-11-23 06:53:58.972 UTC [2] LOG:  duration: 3 ms  statement: SELECT 1 FROM u\n";
  EXPECT_EQ(read_text(plan + other + statement).log().statements, 2U);
}

TEST(PostgresLog, CommentsNameRequests) {
  const ReadText read =
      read_text(text_plan("SELECT a FROM t /*requestId='req-1',route='%2Fapi%2Fposts'*/",
                          "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15) (actual rows=20 loops=1)\n"));
  EXPECT_TRUE(read.log().has_ids);
  EXPECT_EQ(read.worst("queries.count", {{"route", "/api/posts"}}), 1);
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "t"}, {"operation", "select"}, {"route", "/api/posts"}}), 20);
}

TEST(PostgresLog, AnyPrefix) {
  for (const char* prefix :
       {"", "LOG-APP: ", "2026-11-23T06:53:58Z app@shop ERROR 1 [7-1] ", "<2026> ", "[x] db=a,user=b "}) {
    const ReadText read = read_text(std::string(prefix) + "LOG:  duration: 0.5 ms  statement: SELECT 1 FROM u\n");
    EXPECT_EQ(read.input.format, "postgres-log") << prefix;
    EXPECT_EQ(read.log().statements, 1U) << prefix;
  }
}

TEST(PostgresLog, NotOne) {
  for (const char* text :
       {"LOG: duration: 0.5 ms  statement: SELECT 1\n", "CATALOG:  duration: 1 ms  statement: SELECT 1\n",
        "LOG:  hello\n", "\tLOG:  duration: 0.5 ms  statement: SELECT 1\n"}) {
    EXPECT_NE(read_text(text).input.format, "postgres-log") << text;
  }
}

TEST(PostgresLog, CutOff) {
  const std::string whole = json_plan("SELECT 1 FROM t", R"({"Node Type": "Seq Scan", "Relation Name": "t"})");
  EXPECT_EQ(read_text(whole).input.state, InputState::kRead);
  EXPECT_EQ(read_text(whole.substr(0, whole.size() - 1)).input.state, InputState::kRead) << "only the last line end";
  std::string many;
  for (int i = 0; i < 50; ++i) {
    many += whole;
  }
  for (const std::size_t lost : {4U, 20U, 60U}) {
    const ReadText read = read_text(many + whole.substr(0, whole.size() - lost));
    EXPECT_EQ(read.input.state, InputState::kIncomplete) << lost;
    EXPECT_NE(read.input.message.find("ends in the middle"), std::string::npos) << read.input.message;
  }
  const std::string text =
      text_plan("SELECT 1 FROM t", "\tSeq Scan on t  (cost=0.00..1.75 rows=32 width=21)\n\t  Filter: (v > 10)\n");
  EXPECT_EQ(read_text(text).input.state, InputState::kRead);
  for (const std::size_t lost : {3U, 30U, 60U, 80U}) {
    EXPECT_EQ(read_text(text.substr(0, text.size() - lost)).input.state, InputState::kIncomplete) << lost;
  }
}

TEST(PostgresLog, BrokenInTheMiddle) {
  std::string text = json_plan("SELECT 1 FROM t", "{\"Node Type\": \"Seq");
  EXPECT_EQ(read_text(text + json_plan("SELECT 1 FROM t", R"({"Node Type": "Result"})")).input.state,
            InputState::kIncomplete);
  text += "some other program's line\n";
  EXPECT_EQ(read_text(text).input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text(kAt + "LOG:  duration: x ms  statement: SELECT 1\n").input.state, InputState::kIncomplete);
}

TEST(PostgresLog, OtherFormatsOfPlansAreNamed) {
  for (const std::string body : {"\tQuery Text: \"SELECT 1\"\n\tPlan: \n\t  Node Type: \"Seq Scan\"\n",
                                 "\t<explain xmlns=\"x\">\n\t</explain>\n"}) {
    const ReadText read = read_text(kAt + "LOG:  duration: 2.450 ms  plan:\n" + body);
    EXPECT_EQ(read.input.state, InputState::kIncomplete);
    EXPECT_NE(read.input.message.find("YAML or XML"), std::string::npos) << read.input.message;
  }
}

TEST(PostgresLog, DeepPlans) {
  std::string plan = R"({"Node Type": "Seq Scan", "Relation Name": "t"})";
  std::string tree;
  for (std::size_t i = 0; i < 260; ++i) {
    plan = R"({"Node Type": "Limit", "Plans": [)" + plan + "]}";
    tree += "\t" + std::string(i * 2, ' ') + "->  Limit  (cost=0.00..1.00 rows=1 width=1)\n";
  }
  for (const std::string& text : {json_plan("SELECT 1 FROM t", plan), text_plan("SELECT 1 FROM t", tree)}) {
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.state, InputState::kIncomplete);
    EXPECT_NE(read.input.message.find("200 levels"), std::string::npos) << read.input.message;
  }
  std::string deeper;
  for (int i = 0; i < 100'000; ++i) {
    deeper += R"({"Plan": [)";
  }
  EXPECT_EQ(read_text(json_plan("SELECT 1 FROM t", deeper)).input.state, InputState::kIncomplete);
}

TEST(PostgresLog, BigAndOddStatements) {
  const std::string big = "SELECT a FROM t WHERE b = '" + std::string(10 << 20, 'x') + "'";
  EXPECT_EQ(read_text(kAt + "LOG:  duration: 2 ms  statement: " + big + "\n").log().statements, 1U);
  const std::string nuls = std::string("\0\0\0", 3) + kAt + "LOG:  duration: 2 ms  statement: SELECT " +
                           std::string("\0", 1) + " 1 FROM t\n";
  EXPECT_EQ(read_text(nuls).log().statements, 1U);
  const ReadText open = read_text(kAt + "LOG:  duration: 2 ms  statement: SELECT ' FROM t");
  EXPECT_EQ(open.input.state, InputState::kIncomplete);
}

TEST(PostgresLog, NoStatements) {
  const ReadText read = read_text(kAt + "LOG:  database system is ready to accept connections\n");
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_NE(read.input.hint.find("auto_explain"), std::string::npos);
}

TEST(PostgresLog, PlansStayBounded) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    text += text_plan("SELECT a FROM t WHERE v > $1", "\tIndex Scan using i" + std::to_string(i % 20) +
                                                          " on t  (cost=0.00..1.75 rows=32 width=21) (actual rows=" +
                                                          std::to_string(i) + " loops=1)\n");
  }
  const ReadText read = read_text(text);
  ASSERT_EQ(read.log().plans.size(), 4U);
  double most = 0;
  for (const CapturedPlan& plan : read.log().plans) {
    most = std::max(most, plan.rows_examined);
    EXPECT_GE(plan.rows_examined, 296);
  }
  EXPECT_EQ(most, 299);
  EXPECT_EQ(read.log().statements, 300U);
}

TEST(PostgresLog, JsonLog) {
  const ReadText read = read_text(
      R"({"timestamp":"2026","pid":7,"error_severity":"LOG","message":"duration: 2.5 ms  plan:\n{\n  \"Query Text\": \"SELECT a FROM t\",\n  \"Plan\": {\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t\", \"Actual Rows\": 5, \"Actual Loops\": 2}\n}"})"
      "\n"
      R"({"pid":7,"error_severity":"LOG","message":"duration: 1 ms  execute <unnamed>: SELECT 1 FROM u WHERE i = $1","detail":"Parameters: $1 = '5'"})"
      "\n"
      R"({"pid":7,"error_severity":"ERROR","message":"x","statement":"SELECT oops"})"
      "\n");
  EXPECT_EQ(read.input.format, "postgres-jsonlog");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0), "t scan read=10 returned=10 estimated=?");
  EXPECT_EQ(read.log().statements, 2U);
  EXPECT_EQ(read_text(R"({"error_severity":"LOG","message":"duration: 1 ms  statement: SELECT 1 FROM t"})"
                      "\n"
                      R"({"error_severity":"LOG","message":"dura)")
                .input.state,
            InputState::kIncomplete);
}

TEST(PostgresLog, CsvLog) {
  const auto row = [](const std::string& message, const std::string& detail) {
    return "2026-11-23 06:53:58.972 UTC,\"u\",\"d\",7,\"[local]\",5f.7,1,\"SELECT\",2026-11-23 06:53:58 UTC,3/4,0,LOG,"
           "00000,\"" +
           message + "\",\"" + detail + "\",,,,,,,,\"app\",\"client backend\",,0\n";
  };
  const std::string text =
      row("duration: 2 ms  plan:\nQuery Text: SELECT a FROM \"\"t\"\"\nSeq Scan on t  (cost=0.00..1.75 "
          "rows=32 width=21)",
          "") +
      row("duration: 2 ms  execute <unnamed>: SELECT 1 FROM u WHERE i = $1", "parameters: $1 = '5'");
  const ReadText read = read_text(text);
  EXPECT_EQ(read.input.format, "postgres-csvlog");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0), "t scan read=? returned=? estimated=32");
  EXPECT_EQ(read.log().statements, 2U);
  const ReadText cut = read_text(text + row("duration: 2 ms  statement: SELECT", "").substr(0, 150));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
