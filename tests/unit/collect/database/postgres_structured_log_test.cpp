#include "unit/collect/database/postgres_testing.h"

namespace budgetcheck {
namespace {

using namespace postgres_testing;

TEST(PostgresStructuredLog, JsonLog) {
  const ReadText read = read_text(
      R"({"timestamp":"2026","pid":7,"error_severity":"LOG","message":"duration: 2.5 ms  plan:\n{\n  \"Query Text\": \"SELECT a FROM t\",\n  \"Plan\": {\"Node Type\": \"Seq Scan\", \"Relation Name\": \"t\", \"Actual Rows\": 5, \"Actual Loops\": 2}\n}"})"
      "\n"
      R"({"pid":7,"error_severity":"LOG","message":"duration: 1 ms  execute <unnamed>: SELECT 1 FROM u WHERE i = $1","detail":"Parameters: $1 = '5'"})"
      "\n"
      R"({"pid":7,"error_severity":"ERROR","message":"x","statement":"SELECT oops"})"
      "\n");
  EXPECT_EQ(read.input.format, "postgres-jsonlog");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0), "t scan read=10 returned=10 estimated=?");
  EXPECT_EQ(read.log().statements, 2U);
  EXPECT_EQ(read_text(R"({"error_severity":"LOG","message":"duration: 1 ms  statement: SELECT 1 FROM t"})"
                      "\n"
                      R"({"error_severity":"LOG","message":"dura)")
                .input.state,
            InputState::kIncomplete);
}

TEST(PostgresStructuredLog, CsvLog) {
  const auto row = [](const std::string& message, const std::string& detail) {
    return "2026-11-23 06:53:58.972 UTC,\"u\",\"d\",7,\"[local]\",5f.7,1,\"SELECT\",2026-11-23 06:53:58 UTC,3/4,0,LOG,"
           "00000,\"" +
           message + "\",\"" + detail + "\",,,,,,,,\"app\",\"client backend\",,0\n";
  };
  const std::string text =
      row("duration: 2 ms  plan:\nQuery Text: SELECT a FROM \"\"t\"\"\nSeq Scan on t  (cost=0.00..1.75 "
          "rows=32 width=21)",
          "") +
      row("duration: 2 ms  execute <unnamed>: SELECT 1 FROM u WHERE i = $1", "parameters: $1 = '5'");
  const ReadText read = read_text(text);
  EXPECT_EQ(read.input.format, "postgres-csvlog");
  EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
  EXPECT_EQ(read.plan(0), "t scan read=? returned=? estimated=32");
  EXPECT_EQ(read.log().statements, 2U);
  const ReadText cut = read_text(text + row("duration: 2 ms  statement: SELECT", "").substr(0, 150));
  EXPECT_EQ(cut.input.state, InputState::kIncomplete);
}

}  // namespace
}  // namespace budgetcheck
