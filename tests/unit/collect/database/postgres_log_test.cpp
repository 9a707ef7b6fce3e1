#include "collect/database/postgres_log.h"

#include "unit/collect/database/postgres_testing.h"

namespace budgetcheck {
namespace {

using namespace postgres_testing;

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

TEST(PostgresLog, NoStatements) {
  const ReadText read = read_text(kAt + "LOG:  database system is ready to accept connections\n");
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_NE(read.input.hint.find("auto_explain"), std::string::npos);
}

/// One statement over two lines, with its parameters, and a line that is no statement.
std::string message_of(const std::string& prefix, const std::string& before) {
  return prefix + before + "LOG:  duration: 3.5 ms  execute <unnamed>: select a\n" + prefix +
         "\tfrom t where b = $1\n" + prefix + before + "DETAIL:  parameters: $1 = '7'\n" + prefix + before +
         "LOG:  checkpoint starting: time\n";
}

TEST(PostgresLog, IsReadBehindAContainersPrefix) {
  for (const std::string prefix : {"db-1  | ", "2026-11-29T05:49:47.901234567Z ", "2026-11-29T05:49:47.9Z stderr F ",
                                   "[pod/db-0/postgres] ", "db-1  | 2026-11-29T05:49:47.901Z "}) {
    std::string text;
    for (int i = 0; i < 3; ++i) {
      text += message_of(prefix, "2026-11-29 05:49:47.901 UTC [3583] prisma@app ");
      text += prefix.starts_with("db") ? "api-1  | GET /a 200\n" : "";
    }
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "postgres-log") << prefix;
    EXPECT_EQ(read.input.state, InputState::kRead) << prefix << read.input.message;
    ASSERT_EQ(read.log().shapes.size(), 1U) << prefix;
    EXPECT_EQ(read.log().shapes[0].text, "select a from t where b = ?");
    EXPECT_EQ(read.log().shapes[0].executions, 3U);
    EXPECT_EQ(read.input.message.find("no readable parameters"), std::string::npos);
  }
}

TEST(PostgresLog, IsReadOutOfAPlatformsObjects) {
  for (const std::string member : {"textPayload", "message", "log"}) {
    std::string text;
    const std::string all = message_of("", "2026-11-29 05:49:50.452 UTC [3645]: [1-1] db=app,user=prisma ");
    for (std::size_t at = 0; at < all.size();) {
      std::size_t end = all.find('\n', at);
      end = all[end + 1] == '\t' ? all.find('\n', end + 1) : end;  // one entry for each message
      text += "{\"" + member + "\":\"" + replace_all(replace_all(all.substr(at, end - at), "\n", "\\n"), "\t", "\\t") +
              "\",\"stream\":\"stderr\"}\n";
      at = end + 1;
    }
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "postgres-log") << member;
    EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
    ASSERT_EQ(read.log().shapes.size(), 1U) << member;
    EXPECT_EQ(read.log().shapes[0].text, "select a from t where b = ?");
    EXPECT_EQ(read.input.message.find("no readable parameters"), std::string::npos);
  }
}

TEST(PostgresLog, AStateMayStandBeforeTheSeverity) {
  for (const std::string before : {"00000", "00000 ", "%x 00000", "2026-11-29 05:49:47 UTC 00000: "}) {
    EXPECT_EQ(read_text(message_of("", before)).log().statements, 1U) << before;
  }
}

}  // namespace
}  // namespace budgetcheck
