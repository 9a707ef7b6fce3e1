#include "collect/database/psql_table.h"

#include <gtest/gtest.h>

#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

using testing::read_text;

const std::string kAligned =
    "                     query                      | calls | total_exec_time \n"
    "------------------------------------------------+-------+-----------------\n"
    " SELECT id FROM \"Post\" WHERE \"authorId\" = $1    |    12 |           12.34\n"
    " SELECT p.id || ' | '                          +|     3 | 4.5\n"
    " FROM \"P\xC3\xB3st\" p                                  |       | \n"
    "(2 rows)\n\n";
const std::string kExpanded =
    "Expanded display is on.\n"
    "-[ RECORD 1 ]---+--------------------------\n"
    "query           | SELECT id FROM \"Post\" WHERE \"authorId\" = $1\n"
    "calls           | 12\n"
    "total_exec_time | 12.34\n"
    "-[ RECORD 2 ]---+--------------------------\n"
    "query           | SELECT p.id || ' | '     +\n"
    "                | FROM \"P\xC3\xB3st\" p\n"
    "calls           | 3\n"
    "total_exec_time | 4.5\n\n";

TEST(PsqlTable, IsReadAsItIsPrinted) {
  for (const std::string& text : {kAligned, kExpanded}) {
    const testing::ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "pg_stat_statements");
    EXPECT_EQ(read.input.state, InputState::kRead) << read.input.message;
    ASSERT_EQ(read.log().shapes.size(), 2U);
    EXPECT_EQ(read.log().shapes[0].text, "SELECT id FROM \"Post\" WHERE \"authorId\" = ?");
    EXPECT_EQ(read.log().shapes[0].executions, 12U);
    EXPECT_EQ(read.log().shapes[0].first.line, text == kAligned ? 3U : 2U);
    EXPECT_EQ(read.log().shapes[1].text, "SELECT p.id || ? FROM \"P\xC3\xB3st\" p");
    EXPECT_DOUBLE_EQ(read.log().shapes[1].total_ms, 4.5);
  }
}

TEST(PsqlTable, ARowOfAnotherFormIsSaid) {
  const testing::ReadText read = read_text(kAligned.substr(0, kAligned.find(" SELECT p.id")) + "SELECT 1\n");
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_NE(read.input.message.find("1 of 2 lines is not a complete row, the first in line 4"), std::string::npos)
      << read.input.message;
}

TEST(PsqlTable, OtherTablesAreNone) {
  EXPECT_TRUE(PsqlRows::columns_of("a, b\n1, 2\n").empty());
  EXPECT_TRUE(PsqlRows::columns_of("# title\n-------\ntext\n").empty());
  EXPECT_EQ(PsqlRows::columns_of(" Query | calls \n-------+------\n"), (std::vector<std::string>{"query", "calls"}));
}

}  // namespace
}  // namespace budgetcheck
