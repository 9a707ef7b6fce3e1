#include "collect/database/slow_log.h"

#include "unit/collect/database/slow_log_testing.h"

namespace budgetcheck {
namespace {

using namespace slow_log_testing;

TEST(SlowLog, StatementsOverManyLinesWithHashes) {
  const ReadText read =
      read_text(entry("SELECT a\n# a comment\nFROM t WHERE b = '\n# Time: x\n'") + entry("SELECT 1 FROM u"));
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().statements, 2U);
  EXPECT_EQ(read.log().shapes.at(0).text, "SELECT a FROM t WHERE b = ?");
}

TEST(SlowLog, MySqlWithoutPlansAndWithExtraFields) {
  const ReadText read = read_text(
      "/usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:\nTcp port: 3306  Unix socket: "
      "/var/run/mysqld.sock\nTime                 Id Command    Argument\n# Time: 2026-11-23T06:54:02.1Z\n"
      "# User@Host: app[app] @  [10.0.0.1]  Id:     8\n# Query_time: 0.5  Lock_time: 0.000002 Rows_sent: 1  "
      "Rows_examined: 5000 Thread_id: 8 Errno: 0\nuse shop;\nSET timestamp=1795416842;\n"
      "UPDATE `Order` SET a = 1 WHERE b = 2;\n# Time: 2026-11-23T06:54:03.1Z\n"
      "# User@Host: app[app] @  [10.0.0.1]  Id:     8\n# Query_time: 0.1  Lock_time: 0 Rows_sent: 0  Rows_examined: 0\n"
      "SET timestamp=1795416843;\n# administrator command: Quit;\n");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.log().statements, 1U);
  EXPECT_TRUE(read.log().plans.empty());
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "Order"}, {"operation", "update"}}), 5000);
}

TEST(SlowLog, NumbersThatAreNone) {
  const ReadText read =
      read_text(kUser + "# Query_time: 1e999  Lock_time: 0  Rows_sent: nan  Rows_examined: -3\nSELECT 1 FROM t;\n");
  EXPECT_EQ(read.log().shapes.at(0).total_ms, 0);
  EXPECT_EQ(read.worst("queries.rows_read", {{"model", "t"}, {"operation", "select"}}), -1);
}

TEST(SlowLog, CutOff) {
  const std::string good = entry("SELECT a FROM t WHERE b = 1", row("t", "ALL", "NULL", "Using where"));
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += good;
  }
  EXPECT_EQ(read_text(text).input.state, InputState::kRead);
  EXPECT_EQ(read_text(text + "# Time: 261123  6:54:02\n").input.state, InputState::kRead);
  for (const std::size_t lost : {2U, 10U, 30U, 60U, 150U, 300U}) {
    const ReadText read = read_text(text + good.substr(0, good.size() - lost));
    EXPECT_EQ(read.input.state, InputState::kIncomplete) << lost;
    EXPECT_NE(read.input.message.find("ends in the middle"), std::string::npos) << lost << read.input.message;
    EXPECT_EQ(read.log().statements, 50U);
  }
}

TEST(SlowLog, BrokenInTheMiddle) {
  std::string open = entry("SELECT a FROM t WHERE b = 'x");
  open.resize(open.size() - 2);
  const ReadText read = read_text(open + "\n" + entry("SELECT a FROM u") + entry("SELECT a FROM v"));
  EXPECT_EQ(read.log().statements, 2U) << "the server died in the first";
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text(kUser + "SELECT 1 FROM t;\n").input.state, InputState::kIncomplete) << "no Query_time";
  const ReadText spaces =
      read_text(entry("SELECT a FROM t", replace_all(row("t", "ALL", "NULL", "Using where"), "\t", " ")));
  EXPECT_EQ(spaces.input.state, InputState::kIncomplete);
  EXPECT_NE(spaces.input.message.find("TABs"), std::string::npos) << spaces.input.message;
}

TEST(SlowLog, OddBytes) {
  EXPECT_EQ(read_text(entry("SELECT '" + std::string(10 << 20, 'x') + "' FROM t")).log().statements, 1U);
  EXPECT_EQ(read_text(entry("SELECT " + std::string("\0\0", 2) + " 1 FROM t")).log().statements, 1U);
  std::string text = entry("SELECT a FROM t");
  text = replace_all(text, "\n", "\r\n");
  EXPECT_EQ(read_text(text).log().statements, 1U);
  EXPECT_EQ(read_text(text).input.state, InputState::kRead);
}

TEST(SlowLog, NotOne) {
  EXPECT_EQ(read_text("# Query_time: 5\nSELECT 1;\n").input.format, "");
  EXPECT_EQ(read_text("").input.state, InputState::kUnreadable);
}

}  // namespace
}  // namespace budgetcheck
