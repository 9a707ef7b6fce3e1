#include "unit/collect/database/postgres_testing.h"

namespace budgetcheck {
namespace {

using namespace postgres_testing;

TEST(PostgresPlanText, TextPlans) {
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

TEST(PostgresPlanText, ScanWithoutTimesKnowsNoRows) {
  const ReadText read =
      read_text(text_plan("SELECT a FROM t", "\tSeq Scan on t  (cost=0.00..1.20 rows=20 width=15)\n"));
  EXPECT_EQ(read.plan(0), "t scan read=? returned=? estimated=20");
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "t"}, {"operation", "select"}}), -1);
  EXPECT_TRUE(std::any_of(read.facts.unmeasured.begin(), read.facts.unmeasured.end(),
                          [](const Unmeasured& gap) { return gap.metric == "queries.rows_read"; }));
}

TEST(PostgresPlanText, QueryTextOverSeveralLines) {
  const ReadText read =
      read_text(text_plan("SELECT a\n\t  FROM t\n\t\n\t WHERE b = 1",
                          "\tIndex Scan Backward using \"T_b\"\"x\" on public.\"T\" x  (cost=0.29..8.30 "
                          "rows=1 width=84)\n\t  Index Cond: (b = 1)\n"));
  EXPECT_EQ(read.plan(0), "T as x index T_b\"x(b) read=? returned=? estimated=1");
  EXPECT_EQ(read.log().shapes[0].text, "SELECT a FROM t WHERE b = ?");
}

TEST(PostgresPlanText, BitmapScansTakeTheTablesRows) {
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

TEST(PostgresPlanText, SeveralBitmapsAreSeveralAccesses) {
  const std::string tree =
      "\tBitmap Heap Scan on t  (cost=1.00..2.00 rows=3 width=4)\n\t  Filter: c\n"
      "\t  ->  BitmapOr  (cost=1.00..1.00 rows=3 width=0)\n"
      "\t        ->  Bitmap Index Scan on t_a  (cost=0.00..4.90 rows=1 width=0)\n\t              Index Cond: (a = 3)\n"
      "\t        ->  Bitmap Index Scan on t_b  (cost=0.00..4.90 rows=2 width=0)\n";
  EXPECT_EQ(read_text(text_plan("SELECT 1 FROM t", tree)).plan(0),
            "t index t_a(a) filtered read=? returned=? estimated=3; t full-index t_b filtered read=? returned=? "
            "estimated=3");
}

TEST(PostgresPlanText, AWalkInOrderIsAFullIndexThatALimitEnds) {
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

TEST(PostgresPlanText, WhatIsNoTable) {
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

}  // namespace
}  // namespace budgetcheck
