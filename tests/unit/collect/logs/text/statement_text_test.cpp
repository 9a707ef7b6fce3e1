#include "collect/logs/text/statement_text.h"

#include <gtest/gtest.h>

namespace budgetcheck::console {
namespace {

std::string found(std::string_view line) {
  const std::size_t at = find_statement(line);
  return at == std::string_view::npos ? "-" : std::string(line.substr(at));
}

TEST(StatementText, StandsBehindALoggersHeading) {
  const std::string sql = "select \"a\" from t";
  for (const std::string heading :
       {"", "   ", "[db] ", "Executing (default): ", "(0.001) ", "[Prisma] (2ms) ", "2026-11-20 10:00:00,123 INFO db: ",
        "[Nest] 4242  - 11/20/2026, 10:00:00 AM   DEBUG [PrismaService] ", "  Post Load (0.3ms)  ", "[query] ",
        "info: ", "[2026-11-20T10:00:00.123] [DEBUG] db - ", "[1.234ms] [rows:3] ", "level=debug db: ", "sql> "}) {
    EXPECT_EQ(found(heading + sql), sql) << heading;
  }
}

TEST(StatementText, ProseAndWhatWasNotExecutedIsNone) {
  for (const char* line :
       {"please select \"a\" from t", "[info]: select a plan from the list", "Tip: update your profile, set a password",
        "error: select \"a\" from t", "Query failed: select \"a\" from t", "Slow query (300ms): select \"a\" from t",
        "  CACHE Post Load (0.0ms)  SELECT \"a\" FROM t", "2026 UTC [1] LOG:  statement: select \"a\" from t",
        "2026 UTC [1] STATEMENT:  select \"a\" from t", "[db] selected 3 rows from \"t\"", "update: done", "",
        "select"}) {
    EXPECT_EQ(found(line), "-") << line;
  }
}

TEST(StatementText, EndsWhereSomethingAboutItBegins) {
  for (const std::string sql :
       {"SELECT \"a\" FROM \"t\" WHERE \"b\" = $1 OFFSET $2", "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)",
        "SELECT a FROM t WHERE b = 'x | Params: [1]' AND c IN ($1)",
        "SELECT a -- why: x, params: [1]\nFROM t WHERE b = $1", "SELECT * FROM [Post]",
        "SELECT a FROM t WHERE x = ARRAY [1, 2]", "UPDATE t SET duration = 5, params = $1",
        "SELECT a FROM t WHERE route = $1 AND duration=3", "SELECT a::text, b | c FROM t", "SELECT t.params FROM t",
        "SELECT a FROM t WHERE b = $1 /* reqId: 5 */ LIMIT 1", "SELECT `a` FROM t WHERE b = 'it\\'s'"}) {
    for (const std::string tail :
         {"", " | Params: [1,\"]\"] | Duration: 3ms", " Params: [1] Duration: 3ms", " -- params: [1]", " [1,0]",
          " - 3ms", " (3ms)", " [took 2 ms, 3 results]", " undefined", " | User: bob", " user: bob", " [\"it\"s\",1]",
          " [\"cut", " {\"duration\":3}", "; args=(1,); alias=default"}) {
      Around around;
      EXPECT_EQ(cut_statement(sql + tail, around), sql) << tail;
    }
  }
}

}  // namespace
}  // namespace budgetcheck::console
