#include "unit/collect/database/postgres_testing.h"

namespace budgetcheck {
namespace {

using namespace postgres_testing;

TEST(PostgresPlanJson, JsonPlans) {
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

TEST(PostgresPlanJson, ALimitDoesNotEndWhatRunsAside) {
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

}  // namespace
}  // namespace budgetcheck
