#include "unit/query/sql/statement_testing.h"

namespace budgetcheck {
namespace {

TEST(ParseStatement, ReadsJoins) {
  EXPECT_EQ(parsed("SELECT 1 FROM a LEFT JOIN b ON (a.x) = (b.y) JOIN c USING (id) WHERE c.z = 1"),
            "top a, left b on a.x = b.y, c on (c.id = a.id) where c.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM a RIGHT OUTER JOIN b ON a.x = LEFT(b.y, 2) FULL JOIN c ON TRUE CROSS JOIN d"),
            "top a, kept b on a.x =, kept c, d");
  EXPECT_EQ(parsed("SELECT 1 FROM (a JOIN b ON a.x = b.x) JOIN c ON c.x = a.x"),
            "top a, b on a.x = b.x, c on c.x = a.x");
  EXPECT_EQ(parsed("SELECT 1 FROM `a` FORCE INDEX (x) INNER JOIN `b` AS `j` ON (`j`.`x` = `a`.`x`) WHERE `a`.`z` = ?",
                   Dialect::kMysql),
            "top a, b j on j.x = a.x where a.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM f(1) AS x(a int, b text) JOIN t ON t.a = x.a WHERE t.z = 1"),
            "top x, t on t.a = x.a where t.z =");
  EXPECT_EQ(parsed("SELECT 1 FROM f(1) AS (a int, b text) WHERE a = 1"), "top  where a =");
  EXPECT_EQ(parsed("SELECT 1 FROM unnest($1) WITH ORDINALITY AS x(a, n) WHERE a = 1"), "top  where a =");
}

TEST(ParseStatement, ReadsLateralJoinsAsPrismaWritesThem) {
  EXPECT_EQ(
      parsed(
          "SELECT \"t0\".\"id\", \"x\".\"__prisma_data__\" AS \"posts\" FROM \"public\".\"User\" AS \"t0\" LEFT JOIN "
          "LATERAL (SELECT COALESCE(JSONB_AGG(\"__prisma_data__\"), '[]') AS \"__prisma_data__\" FROM (SELECT "
          "\"t3\".\"__prisma_data__\" FROM (SELECT JSONB_BUILD_OBJECT('id', \"t2\".\"id\") AS \"__prisma_data__\" FROM "
          "(SELECT \"t1\".* FROM \"public\".\"Post\" AS \"t1\" WHERE \"t0\".\"id\" = \"t1\".\"authorId\" /* root "
          "select "
          "*/) AS \"t2\" /* inner select */) AS \"t3\" /* middle select */) AS \"t4\" /* outer select */) AS \"x\" ON "
          "TRUE WHERE \"t0\".\"id\" = $1 LIMIT $2"),
      "top public.User t0, left #1 x where t0.id = limit / from #2 t4 aggregate / from #3 t3 / from #4 t2 / from "
      "public.Post t1 where t0.id = t1.authorId");
}

TEST(ParseStatement, ValuesAreNoTable) {
  EXPECT_EQ(parsed("SELECT a FROM (VALUES (1),(2)) AS v(a) JOIN t ON t.a = v.a"), "top v, t on t.a = v.a");
  EXPECT_EQ(parsed("SELECT a FROM (VALUES (1, now())) v WHERE a = 1"), "top v where a =");
}

}  // namespace
}  // namespace budgetcheck
