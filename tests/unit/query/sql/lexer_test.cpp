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
