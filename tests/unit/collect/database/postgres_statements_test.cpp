#include "collect/database/postgres_statements.h"

#include "unit/collect/database/postgres_testing.h"

namespace budgetcheck {
namespace {

using namespace postgres_testing;

TEST(PostgresStatements, RowsOfStatementsWithoutAPlanAreALowerBound) {
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

TEST(PostgresStatements, NumbersThatAreNone) {
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

TEST(PostgresStatements, StatementsWithParameters) {
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

TEST(PostgresStatements, OneExecutionThatIsLoggedTwiceCountsOnce) {
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

TEST(PostgresStatements, CommentsNameRequests) {
  const ReadText read =
      read_text(text_plan("SELECT a FROM t /*requestId='req-1',route='%2Fapi%2Fposts'*/",
                          "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15) (actual rows=20 loops=1)\n"));
  EXPECT_TRUE(read.log().has_ids);
  EXPECT_EQ(read.worst("queries.count", {{"route", "/api/posts"}}), 1);
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "t"}, {"operation", "select"}, {"route", "/api/posts"}}), 20);
}

TEST(PostgresStatements, OtherFormatsOfPlansAreNamed) {
  for (const std::string body : {"\tQuery Text: \"SELECT 1\"\n\tPlan: \n\t  Node Type: \"Seq Scan\"\n",
                                 "\t<explain xmlns=\"x\">\n\t</explain>\n"}) {
    const ReadText read = read_text(kAt + "LOG:  duration: 2.450 ms  plan:\n" + body);
    EXPECT_EQ(read.input.state, InputState::kIncomplete);
    EXPECT_NE(read.input.message.find("YAML or XML"), std::string::npos) << read.input.message;
  }
}

TEST(PostgresStatements, DeepPlans) {
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

TEST(PostgresStatements, BigAndOddStatements) {
  const std::string big = "SELECT a FROM t WHERE b = '" + std::string(10 << 20, 'x') + "'";
  EXPECT_EQ(read_text(kAt + "LOG:  duration: 2 ms  statement: " + big + "\n").log().statements, 1U);
  const std::string nuls = std::string("\0\0\0", 3) + kAt + "LOG:  duration: 2 ms  statement: SELECT " +
                           std::string("\0", 1) + " 1 FROM t\n";
  EXPECT_EQ(read_text(nuls).log().statements, 1U);
  const ReadText open = read_text(kAt + "LOG:  duration: 2 ms  statement: SELECT ' FROM t");
  EXPECT_EQ(open.input.state, InputState::kIncomplete);
}

TEST(PostgresStatements, PlansStayBounded) {
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

}  // namespace
}  // namespace budgetcheck
