#include "query/sql/lexer.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

/// "w:SELECT q:id s:, …": kind and text of every token.
std::string tokens(std::string_view sql, Dialect dialect = Dialect::kUnknown) {
  Lexer lexer(sql, dialect);
  std::string out;
  for (Token t = lexer.next(); t.kind != TokenKind::kEnd; t = lexer.next()) {
    out += out.empty() ? "" : " ";
    switch (t.kind) {
      case TokenKind::kWord:
        out += "w:" + std::string(t.text);
        break;
      case TokenKind::kQuoted:
        out += "q:" + std::string(t.name);
        break;
      case TokenKind::kString:
        out += "str";
        break;
      case TokenKind::kNumber:
        out += "num";
        break;
      case TokenKind::kPlaceholder:
        out += "ph" + std::to_string(t.ordinal);
        break;
      default:
        out += std::string(t.text);
    }
  }
  return out;
}

TEST(Lexer, ReadsPostgres) {
  EXPECT_EQ(tokens(R"(SELECT "public"."a b".x FROM t WHERE y = $12::text)"),
            "w:SELECT q:public . q:a b . w:x w:FROM w:t w:WHERE w:y = ph12 :: w:text");
  EXPECT_EQ(tokens(R"(E'it\'s' || $tag$ it's $x$ $tag$ || $$a$$ || U&'x' || 'it''s')"),
            "str || str || str || str || str");
  EXPECT_EQ(tokens("a #>> '{b}' @> c"), "w:a #>> str @> w:c");
}

TEST(Lexer, ReadsMysqlAndSqlite) {
  EXPECT_EQ(tokens("SELECT `a`.`b c` FROM `t` WHERE x = ? AND y = \"text\" # rest"),
            "w:SELECT q:a . q:b c w:FROM q:t w:WHERE w:x = ph1 w:AND w:y = str");
  EXPECT_EQ(tokens(R"(x = 'it\'s' AND y = "say \"hi\"")", Dialect::kMysql), "w:x = str w:AND w:y = str");
  EXPECT_EQ(tokens("?1 = :name AND b = ?"), "ph1 = ph2 w:AND w:b = ph3");
}

TEST(Lexer, ReadsSqlServer) {
  EXPECT_EQ(tokens("SELECT [dbo].[User Name] FROM [t] WHERE [a] = @P2 AND ARRAY[1] = a[2]"),
            "w:SELECT q:dbo . q:User Name w:FROM q:t w:WHERE q:a = ph2 w:AND w:ARRAY [ num ] = w:a [ num ]");
}

TEST(Lexer, ReadsPythonsPlaceholders) {
  EXPECT_EQ(tokens("SELECT a FROM t WHERE b = %s AND c IN (%s,%s) LIMIT %s"),
            "w:SELECT w:a w:FROM w:t w:WHERE w:b = ph1 w:AND w:c w:IN ( ph2 , ph3 ) w:LIMIT ph4");
  EXPECT_EQ(tokens("x=%(user_id)s AND y = %(n)s"), "w:x = ph1 w:AND w:y = ph2");
  EXPECT_EQ(tokens("SELECT a % b, a%s, 7%size"), "w:SELECT w:a % w:b , w:a % w:s , num % w:size") << "the operator";
  EXPECT_EQ(tokens("x = %()s"), "w:x = % ( ) w:s");
  EXPECT_EQ(tokens("x = %(a b)s"), "w:x = % ( w:a w:b ) w:s");
  EXPECT_EQ(tokens("x = %(a"), "w:x = % ( w:a");
}

TEST(Lexer, TellsSignsFromSubtraction) {
  EXPECT_EQ(tokens("x = -5 - 3 + y-1"), "w:x = num - num + w:y - num");
  EXPECT_EQ(tokens("LIMIT -1"), "w:LIMIT num");
  EXPECT_EQ(tokens("1.5e-3 .5 0xFF t1"), "num num num w:t1");
}

TEST(Lexer, DropsComments) {
  EXPECT_EQ(tokens("a/* b /* nested */ c */d -- e\nf"), "w:a w:d w:f");
  EXPECT_EQ(tokens("a /* b /* not nested */ c"), "w:a w:c");
  EXPECT_EQ(tokens("a /* never closed"), "w:a");
}

TEST(Lexer, TakesDoubtfulQuotesForLiterals) {
  // Whether \' ends a literal is not known: what follows must not be shown.
  EXPECT_EQ(tokens(R"(x = 'a\' OR secret = 'b')"), "w:x = str");
  EXPECT_EQ(tokens(R"(x LIKE ? ESCAPE '\' AND y = 1)"), "w:x w:LIKE ph1 w:ESCAPE str w:AND w:y = num");
  EXPECT_EQ(tokens(R"(mail = "a@b.c")"), "w:mail = str");
  EXPECT_EQ(tokens(R"(mail = "Bob" AND "a" = "b"."c")"), "w:mail = str w:AND q:a = q:b . q:c");
}

TEST(Lexer, NamesOfManyToManyRelationsAreNamesAndAccountsAreNot) {
  for (const Dialect dialect : {Dialect::kUnknown, Dialect::kPostgres, Dialect::kSqlite}) {
    EXPECT_EQ(tokens(R"(SELECT "t0"."B" AS "TagToPost@Post" FROM "t")", dialect),
              "w:SELECT q:t0 . q:B w:AS q:TagToPost@Post w:FROM q:t");
    EXPECT_EQ(tokens(R"(SELECT a AS "bob@example.org")", dialect), "w:SELECT w:a w:AS str");
    EXPECT_EQ(tokens(R"(WHERE "bob@intranet" = a AND b = "bob@intranet")", dialect),
              "w:WHERE str = w:a w:AND w:b = str");
  }
  EXPECT_EQ(tokens("SELECT t.A AS `TagToPost@Post`", Dialect::kMysql), "w:SELECT w:t . w:A w:AS q:TagToPost@Post");
}

TEST(Lexer, TakesDoubleQuotesWhereOnlyAValueCanStandForLiterals) {
  for (const Dialect dialect : {Dialect::kUnknown, Dialect::kSqlite, Dialect::kSqlServer}) {
    EXPECT_EQ(tokens(R"(email IN ("a@b.c", "Bob"))", dialect), "w:email w:IN ( str , str )");
    EXPECT_EQ(tokens(R"(("a", "b") IN (("x", "y"), ("z", lower("w"))))", dialect),
              "( q:a , q:b ) w:IN ( ( str , str ) , ( str , w:lower ( str ) ) )");
    EXPECT_EQ(tokens(R"(INSERT INTO "t" ("a", "b") VALUES ("x", 1), ("y", 2) RETURNING "a")", dialect),
              "w:INSERT w:INTO q:t ( q:a , q:b ) w:VALUES ( str , num ) , ( str , num ) w:RETURNING q:a");
    EXPECT_EQ(tokens(R"(a BETWEEN "b" AND "c" AND "d" = lower("e") AND "f" > 1)", dialect),
              "w:a w:BETWEEN str w:AND str w:AND q:d = w:lower ( str ) w:AND q:f > num");
    EXPECT_EQ(tokens(R"(a LIKE "b%" OR a LIKE CONCAT("%", "b") OR "c" IS NULL)", dialect),
              "w:a w:LIKE str w:OR w:a w:LIKE w:CONCAT ( str , str ) w:OR q:c w:IS w:NULL");
    EXPECT_EQ(tokens(R"(a = ("b") AND "c" IN (SELECT "d" FROM "t" WHERE "e" = 1))", dialect),
              "w:a = ( str ) w:AND q:c w:IN ( w:SELECT q:d w:FROM q:t w:WHERE q:e = num )");
    EXPECT_EQ(tokens(R"(CALL "p"("x"))", dialect), "w:CALL q:p ( str )");
    EXPECT_EQ(tokens(R"(x"4142" || _utf8"Bob")", dialect), "w:x str || w:_utf8 str");
  }
}

TEST(Lexer, LeavesIdentifiersInDoubleQuotesAlone) {
  for (const Dialect dialect : {Dialect::kUnknown, Dialect::kPostgres, Dialect::kSqlite}) {
    // As Prisma, Drizzle and TypeORM write them.
    EXPECT_EQ(
        tokens(
            R"(SELECT "public"."User"."id", COUNT("x") AS "n of" FROM "public"."User" WHERE ("public"."User"."email" = $1 AND "age" >= $2) GROUP BY "id" ORDER BY "id" ASC LIMIT $3)",
            dialect),
        "w:SELECT q:public . q:User . q:id , w:COUNT ( q:x ) w:AS q:n of w:FROM q:public . q:User w:WHERE ( "
        "q:public . q:User . q:email = ph1 w:AND q:age >= ph2 ) w:GROUP w:BY q:id w:ORDER w:BY q:id w:ASC "
        "w:LIMIT ph3");
    EXPECT_EQ(
        tokens(R"(JOIN "Order Details" AS "o" ON "o"."id" = "u"."oId" AND "o"."k" IN ("u"."a", "u"."b"))", dialect),
        "w:JOIN q:Order Details w:AS q:o w:ON q:o . q:id = q:u . q:oId w:AND q:o . q:k w:IN ( q:u . q:a , q:u "
        ". q:b )");
    EXPECT_EQ(tokens(R"(ON CONFLICT ("email") DO UPDATE SET "n" = EXCLUDED."n")", dialect),
              "w:ON w:CONFLICT ( q:email ) w:DO w:UPDATE w:SET q:n = w:EXCLUDED . q:n");
  }
  EXPECT_EQ(tokens(R"(a = "b2" AND c IN ("d"))", Dialect::kPostgres), "w:a = q:b2 w:AND w:c w:IN ( q:d )");
  EXPECT_EQ(tokens(R"(SELECT "first name" FROM "t" WHERE "first name" = $1 ORDER BY "first name")", Dialect::kPostgres),
            "w:SELECT q:first name w:FROM q:t w:WHERE q:first name = ph1 w:ORDER w:BY q:first name");
  EXPECT_EQ(tokens(R"(a = "Jane Doe" OR a IN ("+491701234567"))", Dialect::kPostgres),
            "w:a = str w:OR w:a w:IN ( str )");
}

TEST(Lexer, TakesWhatNobodyCallsAColumnForALiteral) {
  for (const std::string_view value :
       {R"("a@b.c")", R"("Jane Doe")", R"("$ecret")", R"("+491701234567")", R"("42")", R"("")", R"("2026-11-23")",
        R"("ghp_16C7e42F292c6912E7710c838347Ae178B4a")", R"("a/b")", R"("3f2504e0-4f89-11d3-9a0c-0305e82c3301")"}) {
    EXPECT_EQ(tokens("SELECT COALESCE(a, " + std::string(value) + ") FROM t"),
              "w:SELECT w:COALESCE ( w:a , str ) w:FROM w:t")
        << value;
  }
  // An address is nowhere a name, whatever the dialect and the quotes.
  for (const Dialect dialect : {Dialect::kUnknown, Dialect::kPostgres, Dialect::kMysql}) {
    EXPECT_EQ(tokens(R"(SELECT "a@b.c", `a@b.c`, [a@b.c] FROM "a@b.c")", dialect),
              "w:SELECT str , str , str w:FROM str");
  }
}

TEST(Lexer, SurvivesWhatIsNotClosed) {
  for (const std::string_view sql :
       {"'", "\"", "`", "[a", "$a$", "$", "/*", "--", "E'", "'\\", "\"a\\", ":", "@", "-"}) {
    tokens(sql);
    tokens(std::string("SELECT x FROM t WHERE ") + std::string(sql));
  }
  EXPECT_EQ(tokens(std::string_view("a\0b", 3)), "w:a w:b");
}

}  // namespace
}  // namespace budgetcheck
