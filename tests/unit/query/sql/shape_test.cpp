#include "query/sql/shape.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "unit/base/growth.h"

namespace budgetcheck {
namespace {

std::string text(std::string_view sql) { return shape_of(sql).text; }
std::string key(std::string_view sql) { return shape_of(sql).key; }

TEST(Shape, ShowsTheStatementWithoutItsValues) {
  EXPECT_EQ(text("SELECT  \"u\".\"id\"\n FROM \"U\" AS u /* root */ WHERE (\"u\".\"id\" = $1 AND x = 'y') LIMIT 5; "),
            "SELECT \"u\".\"id\" FROM \"U\" AS u WHERE (\"u\".\"id\" = ? AND x = ?) LIMIT ?");
  EXPECT_EQ(text("SELECT a FROM t WHERE n LIKE CONCAT('%', ?, '%') AND m LIKE '%x'"),
            "SELECT a FROM t WHERE n LIKE CONCAT('%', ?, '%') AND m LIKE '%?'");
}

TEST(Shape, CollapsesListsOnlyAfterInAndValues) {
  EXPECT_EQ(text("SELECT a FROM t WHERE x IN ($1,$2, $3) AND f(1, 2) = 3"),
            "SELECT a FROM t WHERE x IN (?) AND f(?, ?) = ?");
  EXPECT_EQ(text("INSERT INTO t (a,b) VALUES (1,'x'), (2,'y')"), "INSERT INTO t (a,b) VALUES (?)");
  EXPECT_EQ(text("SELECT a FROM t WHERE (a,b) IN ((1,2),(3,4))"), "SELECT a FROM t WHERE (a,b) IN (?)");
  EXPECT_EQ(text("SELECT a FROM t WHERE x IN (SELECT 1)"), "SELECT a FROM t WHERE x IN (SELECT ?)");
}

TEST(Shape, ABatchOfOneIsABatchAndNoLookUp) {
  EXPECT_EQ(key("SELECT a FROM t WHERE x IN ($1)"), key("SELECT a FROM t WHERE x IN ($1,$2,$3)"));
  EXPECT_NE(key("SELECT a FROM t WHERE x IN ($1)"), key("SELECT a FROM t WHERE x = $1"));
  EXPECT_EQ(key("SELECT a FROM t WHERE x IN (CAST($1 AS e))"),
            key("SELECT a FROM t WHERE x IN (CAST($1 AS e), CAST($2 AS e))"));
  EXPECT_EQ(key("INSERT INTO t VALUES (?,DEFAULT)"), key("INSERT INTO t VALUES (?,DEFAULT), (?,DEFAULT) "));
  EXPECT_EQ(key("INSERT INTO t VALUES (?,NULL)"), key("INSERT INTO t VALUES (?,?), (?,NULL)"));
}

TEST(Shape, KeyIgnoresWhatIsAlwaysTrue) {
  const std::string plain = key("SELECT a FROM t");
  EXPECT_EQ(key("SELECT a FROM t WHERE 1=1"), plain);
  EXPECT_EQ(key("SELECT a FROM t WHERE (1=1 AND 1=1)"), plain);
  EXPECT_EQ(key("SELECT a FROM t WHERE 1=1 ORDER BY a"), key("SELECT a FROM t ORDER BY a"));
  EXPECT_EQ(key("SELECT a FROM t WHERE (x = $1 AND 1=1) LIMIT 1"), key("SELECT a FROM t WHERE (x = $1) LIMIT 1"));
  EXPECT_EQ(key("SELECT a FROM t WHERE 1=1 AND x = $1"), key("SELECT a FROM t WHERE x = $1"));
  EXPECT_NE(key("SELECT a FROM t WHERE x = $1 OR 1=1"), key("SELECT a FROM t WHERE x = $1"));
  EXPECT_NE(key("SELECT a FROM t WHERE 1=0"), plain);
  EXPECT_EQ(text("SELECT a FROM t WHERE 1=1 AND b = 1"), "SELECT a FROM t WHERE 1=1 AND b = ?");
}

TEST(Shape, KeyIgnoresQuotesBlanksAndCaseOfKeywords) {
  EXPECT_EQ(key("select \"a\" from \"t\" where (\"x\"=1)"), key("SELECT  a FROM t WHERE ( `x` = ? )"));
  EXPECT_NE(key("SELECT a FROM t1"), key("SELECT a FROM t2"));
  EXPECT_NE(key("SELECT a FROM t WHERE x LIKE '%' || $1"), key("SELECT a FROM t WHERE x LIKE $1 || '%'"));
}

TEST(Shape, KnowsVerbAndTable) {
  const auto seen = [](std::string_view sql) {
    const Shape shape = shape_of(sql);
    return std::to_string(static_cast<int>(shape.verb)) + " " + shape.table + (shape.joins ? " joins" : "");
  };
  EXPECT_EQ(seen("SELECT COUNT(*) FROM (SELECT id FROM \"public\".\"P\" WHERE x = 1) AS sub"), "0 P");
  EXPECT_EQ(seen("INSERT INTO `db`.`T` (a) VALUES (?)"), "1 T");
  EXPECT_EQ(seen("INSERT INTO t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2"), "1 t");
  EXPECT_EQ(seen("UPDATE ONLY t SET a = 1"), "2 t");
  EXPECT_EQ(seen("DELETE FROM [dbo].[T] WHERE a = 1"), "3 T");
  EXPECT_EQ(seen("WITH x AS (SELECT 1 FROM t) UPDATE u SET a = 1"), "2 t joins");
  EXPECT_EQ(seen("WITH x AS (DELETE FROM t RETURNING a) SELECT a FROM x"), "3 t joins");
  EXPECT_EQ(seen("SELECT EXTRACT(YEAR FROM at) FROM logs WHERE a IS DISTINCT FROM b"), "0 logs");
  EXPECT_EQ(seen("SELECT * FROM generate_series(1, 2)"), "0 ");
  EXPECT_EQ(seen("SELECT set_config('a', $1, TRUE)"), "0 ");
  EXPECT_EQ(seen("SELECT a FROM t JOIN u ON t.i = u.i"), "0 t joins");
  EXPECT_EQ(seen("SELECT a FROM t WHERE i = 1 FOR UPDATE"), "0 t");
}

TEST(Shape, TellsControlRecordsAndOtherText) {
  for (const std::string_view sql :
       {"COMMIT", "BEGIN", "rollback;", "SAVEPOINT a", "SET x = 1", "", "-- Implicit \"COMMIT\"", "/* x */"}) {
    EXPECT_EQ(shape_of(sql).kind, Shape::Kind::kControl) << sql;
  }
  for (const std::string_view sql : {"query { user { id } }", "db.User.aggregate([])", "page=1", "{\"a\":1}"}) {
    EXPECT_EQ(shape_of(sql).kind, Shape::Kind::kNotSql) << sql;
  }
}

std::string ranges(std::string_view sql) {
  std::string out;
  for (const ParamRange& range : shape_of(sql).ranges) {
    out += std::to_string(range.first) + "-" + std::to_string(range.last) +
           (range.kind == ParamRange::Kind::kPage   ? "p "
            : range.kind == ParamRange::Kind::kList ? "l "
                                                    : "a ");
  }
  return out;
}

TEST(Shape, FindsParametersOfPagesAndBatches) {
  EXPECT_EQ(ranges("SELECT a FROM t WHERE x = $1 LIMIT $2 OFFSET $3"), "2-2p 3-3p ");
  EXPECT_EQ(ranges("SELECT a FROM t LIMIT ?, ?"), "1-1p 2-2p ");
  EXPECT_EQ(ranges("SELECT a FROM t ORDER BY a OFFSET @P1 ROWS FETCH NEXT @P2 ROWS ONLY"), "1-1p 2-2p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE x IN ($1,$2) AND y = $3"), "1-2l ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE x = ANY($1)"), "1-1a ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE t.a > $1 ORDER BY t.a LIMIT 10"), "1-1p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE (c < $1 OR (c = $2 AND i < $3)) ORDER BY c DESC, i DESC LIMIT $4"),
            "1-1p 2-2p 3-3p 4-4p ");
  EXPECT_EQ(ranges("SELECT i FROM t WHERE i >= (SELECT i FROM t WHERE (i) = ($1)) ORDER BY i LIMIT 5"), "1-1p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE a > $1 ORDER BY b LIMIT 10"), "");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE a = $1 ORDER BY a LIMIT 10"), "");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE a > $1 ORDER BY a"), "");
}

TEST(Shape, APageOfPrismaNeedsNoLimitWhenItReadsTheCursorsRow) {
  EXPECT_EQ(ranges("SELECT a FROM t WHERE x = $1 AND a >= (SELECT a FROM t WHERE (i) = ($2)) ORDER BY a OFFSET $3"),
            "2-2p 3-3p ");
  EXPECT_EQ(
      ranges(
          "SELECT a FROM t WHERE ((a = (SELECT a FROM t WHERE (a,b) = ($1,$2)) AND b >= (SELECT b FROM t WHERE (a,b) = "
          "($3,$4))) OR (a < (SELECT a FROM t WHERE (a,b) = ($5,$6)))) ORDER BY a DESC, b ASC"),
      "1-1p 2-2p 3-3p 4-4p 5-5p 6-6p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE a >= (SELECT b FROM u WHERE i = $1)"), "") << "no order, no page";
}

TEST(Shape, FindsTheBoundsOfAWindow) {
  EXPECT_EQ(ranges("SELECT a FROM t WHERE x = $1 AND t.at >= $2 AND t.at < $3"), "2-2p 3-3p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE (at < CAST($1 AS date) AND at > now($2)) ORDER BY b"), "1-1p 2-2p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE at BETWEEN ? AND ? AND b = ?"), "1-1p 2-2p ");
  EXPECT_EQ(ranges("DELETE FROM t WHERE at >= ? AND at < ?"), "1-1p 2-2p ");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE at NOT BETWEEN ? AND ?"), "");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE start <= ? AND stop > ?"), "") << "two columns: what overlaps";
  EXPECT_EQ(ranges("SELECT a FROM t WHERE at > ? AND at >= ?"), "");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE at < ? OR at > ?"), "");
  EXPECT_EQ(ranges("SELECT a FROM t WHERE at > ?"), "");
  EXPECT_EQ(ranges("SELECT COUNT(*) FROM (SELECT i FROM t WHERE at >= ? AND at < ?) AS s"), "")
      << "one GROUP BY does it";
}

TEST(Shape, TellsStatementsThatOnlyWalk) {
  for (const std::string_view sql :
       {"SELECT a FROM t WHERE a > $1 AND 1=1 ORDER BY a LIMIT $2",
        "SELECT a FROM t WHERE a >= $1 AND a < $2 OFFSET $3",
        "SELECT a FROM t WHERE x = $1 AND a >= (SELECT a FROM t WHERE (i) = ($2)) ORDER BY a OFFSET $3"}) {
    EXPECT_TRUE(shape_of(sql).walks) << sql;
  }
  for (const std::string_view sql :
       {"SELECT a FROM t LIMIT $1 OFFSET $2", "SELECT a FROM t WHERE x = $1 AND a > $2 ORDER BY a LIMIT $3",
        "SELECT a FROM t WHERE x = $1 AND a >= $2 AND a < $3", "SELECT a FROM t WHERE x = $1 OFFSET $2"}) {
    EXPECT_FALSE(shape_of(sql).walks) << sql;
  }
}

TEST(Shape, TellsReadsThatAskOnlyWhetherARowExists) {
  for (const std::string_view sql :
       {R"(SELECT "public"."t"."id" FROM "public"."t" WHERE ("public"."t"."id" = $1 AND 1=1) OFFSET $2)",
        "SELECT a, b FROM t WHERE a = ? AND b = ?", "SELECT `id` FROM t WHERE `id` IN (?)"}) {
    EXPECT_TRUE(shape_of(sql).probe) << sql;
  }
  for (const std::string_view sql :
       {"SELECT id, name FROM t WHERE id = $1", "SELECT id FROM t WHERE name = $1", "SELECT id FROM t WHERE id > $1",
        "SELECT id FROM t", "SELECT * FROM t WHERE id = 1", "SELECT count(id) FROM t WHERE id = 1", "SELECT 1",
        "DELETE FROM t WHERE id = 1", "SELECT t.id FROM t JOIN u ON t.id = u.id"}) {
    EXPECT_FALSE(shape_of(sql).probe) << sql;
  }
}

/// Statements with a hole for a value each, in several dialects.
const std::vector<std::pair<std::string, std::string>> kHoles{
    {"SELECT \"a\" FROM \"t\" WHERE \"x\" = ", " AND \"y\" = $1 LIMIT 3"},
    {"SELECT a FROM t WHERE x IN (1, ", ", 3) ORDER BY a"},
    {"INSERT INTO `t` (`a`,`b`) VALUES (", ", 2), (3, 4)"},
    {"UPDATE t SET a = ", " WHERE b = 2 RETURNING \"t\".\"a\""},
    {"SELECT a FROM [t] WHERE f(", ") > 4"},
};

std::string random_literal(std::mt19937& random) {
  static const std::string kAlphabet = "abzZ09 %_$?:;@#/*-,.()[]{}\"`=<>|&é\n";
  std::string body;
  for (std::size_t i = random() % 12; i > 0; --i) {
    body += kAlphabet[random() % kAlphabet.size()];
  }
  switch (random() % 4) {
    case 0:
      return std::to_string(random() % 1'000'000);
    case 1:
      return std::to_string(random() % 1000) + "." + std::to_string(random() % 1000);
    case 2:
      return "-" + std::to_string(random() % 1000);
    default:
      return "'leaked" + body + "''" + body + "'";
  }
}

TEST(ShapeProperty, NoLiteralShowsAndNoneChangesTheShape) {
  std::mt19937 random(5);
  for (int i = 0; i < 4000; ++i) {
    const auto& [before, after] = kHoles[random() % kHoles.size()];
    const Shape with = shape_of(before + random_literal(random) + after);
    const Shape other = shape_of(before + "7" + after);
    ASSERT_EQ(with.text, other.text);
    ASSERT_EQ(with.key, other.key);
    ASSERT_EQ(with.text.find("leaked"), std::string::npos);
  }
}

TEST(ShapeProperty, CommentsAndBlanksDoNotChangeTheKey) {
  std::mt19937 random(6);
  const std::vector<std::string> words{"SELECT", "a",  ",",   "b", "FROM", "t", "WHERE", "(",   "x",
                                       "=",      "$1", "AND", "1", "=",    "1", ")",     "AND", "y",
                                       "IN",     "(",  "2",   ",", "3",    ")", "LIMIT", "4"};
  const std::vector<std::string> gaps{" ", "\n\t ", " /* leaked */ ", " -- leaked\n", "/**/ "};
  std::string expected;
  for (int i = 0; i < 500; ++i) {
    std::string sql;
    for (const std::string& word : words) {
      sql += word + gaps[random() % gaps.size()];
    }
    expected = expected.empty() ? key(sql) : expected;
    ASSERT_EQ(key(sql), expected) << sql;
    ASSERT_EQ(text(sql).find("leaked"), std::string::npos);
  }
}

TEST(ShapeProperty, ShapeOfAShapeIsItself) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{
      "SELECT", "a",   "\"b\"", "`c`",     "[d]", "FROM",  "IN",     "(",     ")",       ",",  "?",      "$2",
      "'x'",    "'%'", "1",     "=",       "1=1", "AND",   "OR",     "WHERE", "VALUES",  "-5", "NULL",   ".",
      "::text", "é",   "\"x",   "/* c */", "||",  "LIMIT", "E'\\''", "@p1",   "DEFAULT", ";",  "'it\\'s"};
  for (int i = 0; i < 20'000; ++i) {
    std::string sql = "SELECT ";
    for (std::size_t n = random() % 14; n > 0; --n) {
      sql += pieces[random() % pieces.size()];
      sql += random() % 3 != 0 ? " " : "";
    }
    const Shape once = shape_of(sql);
    const Shape twice = shape_of(once.text);
    ASSERT_EQ(twice.text, once.text) << sql;
    ASSERT_EQ(twice.key, once.key) << sql << "\n" << once.text;
  }
}

TEST(ShapeProperty, AnyPrefixOfAStatementIsSurvived) {
  const std::string sql =
      "WITH x AS (SELECT \"a\" FROM \"t\" WHERE b IN ('x', $1) /* c */) INSERT INTO `u` VALUES (1, E'a\\'b', $t$ q "
      "$t$), (2, "
      "3, 4) ON CONFLICT DO UPDATE SET [k] = @p1 -- end";
  for (std::size_t n = 0; n <= sql.size(); ++n) {
    const Shape shape = shape_of(std::string_view(sql).substr(0, n));
    EXPECT_EQ(shape_of(shape.text).text, shape.text);
  }
}

TEST(Shape, HugeStatementsTakeLinearTimeAndAShortText) {
  std::string list = "SELECT a FROM t WHERE x IN (1";
  while (list.size() < 10'000'000) {
    list += ",123456789";
  }
  EXPECT_EQ(text(list + ")"), "SELECT a FROM t WHERE x IN (?)");
  for (const std::string_view piece :
       {"(", "x = (", "/*", "IN (", "a,", "'", "\"", "$a$", "[a", "VALUES ((", "1=1 AND "}) {
    const auto reading = [&](std::size_t size) {
      std::string sql = "SELECT ";
      while (sql.size() < size) {
        sql += piece;
      }
      return [sql] { EXPECT_LE(shape_of(sql).text.size(), Shape::kMaxText); };
    };
    EXPECT_LT(growth(250'000, reading), kLinear) << piece;
  }
}

}  // namespace
}  // namespace budgetcheck
