#include "collect/database/table_rows.h"

#include <gtest/gtest.h>

#include "base/number.h"
#include "unit/collect/database/database_log_testing.h"

namespace budgetcheck {
namespace {

using testing::read_text;
using testing::ReadText;

/// "public.posts=20000, …"
std::string sizes(const ReadText& read) {
  std::string out;
  for (const TableSize& size : read.facts.queries.table_sizes) {
    out += (out.empty() ? "" : ", ") + (size.schema.empty() ? "" : size.schema + ".") + size.table + "=" +
           format_number(size.rows);
  }
  return out;
}

TEST(TableRows, RecognisedForms) {
  for (
      const char* text : {
          "schemaname,relname,n_live_tup\npublic,posts,20000\npublic,Tag,5\n",
          "\xEF\xBB\xBFrelid;schemaname;relname;seq_scan;n_live_tup\n1;public;posts;9;20000\n2;public;Tag;9;5\n",
          "TABLE_SCHEMA\tTABLE_NAME\tTABLE_ROWS\npublic\tposts\t20000\npublic\tTag\t5\n",
          " schemaname | relname | n_live_tup \n------------+---------+------------\n public     | posts   |      "
          "20000\n"
          " public     | Tag     |          5\n(2 rows)\n\n",
          "+--------------+------------+------------+\n| TABLE_SCHEMA | TABLE_NAME | TABLE_ROWS |\n"
          "+--------------+------------+------------+\n| public       | posts      |      20000 |\n"
          "| public       | Tag        |          5 |\n+--------------+------------+------------+\n",
          "relname,reltuples\npublic.posts,2e4\npublic.Tag,5\n",
          "table,rows\npublic.posts,20000\npublic.Tag,5\n",
          R"([{"schemaname":"public","relname":"posts","n_live_tup":"20000"},{"schemaname":"public","relname":"Tag","n_live_tup":5}])",
          R"({"note":"x","tables":{"public.posts":20000,"public.Tag":5}})",
      }) {
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.format, "table-rows") << text;
    EXPECT_EQ(read.input.state, InputState::kRead) << text << read.input.message;
    EXPECT_EQ(sizes(read), "public.Tag=5, public.posts=20000") << text;
  }
}

TEST(TableRows, SqliteHasTheRowsFirst) {
  const ReadText read = read_text("tbl|idx|stat\nNote|Note_a|20000 12 1\nNote|Note_partial|70 1\nTag||5\n");
  EXPECT_EQ(sizes(read), "Note=20000, Tag=5");
}

TEST(TableRows, FormsThatOnlyTheUserKnows) {
  for (const char* text : {R"({"posts": 20000, "made": "today"})", "posts,20000\n", "posts\t20000"}) {
    EXPECT_EQ(read_text(text).input.format, "") << text;
    EXPECT_EQ(sizes(read_text(text, true)), "posts=20000") << text;
  }
}

TEST(TableRows, UnknownCountsAreSaid) {
  const ReadText read = read_text("relname,reltuples\na,-1\nb,7\nc,NULL\nd,\n");
  EXPECT_EQ(sizes(read), "b=7");
  EXPECT_EQ(read.input.state, InputState::kRead);
  EXPECT_EQ(read.input.message, "3 tables without a row count");
}

TEST(TableRows, NothingIsIncomplete) {
  EXPECT_EQ(read_text("relname,n_live_tup\n").input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text("relname,n_live_tup\na,0\n").input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text("relname,n_live_tup\na,-1\n").input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text(R"({"tables":{}})").input.state, InputState::kIncomplete);
  EXPECT_EQ(read_text("relname,n_live_tup\na,0\nb,1\n").input.state, InputState::kRead);
}

TEST(TableRows, WhatIsNoListIsRefused) {
  for (const char* text : {"", "hello\n", "a,b\nc,d\n", "a,b,c\n1,2,3\n", R"({"a":"b"})", "[]x", R"([{"a":1}])", "[1]",
                           "3", R"({"tables":{"a":"b"}})", "{\"tables\":{\"a\":1", R"({"lhr":{}})"}) {
    const ReadText read = read_text(text, true);
    EXPECT_EQ(read.input.state, InputState::kUnreadable) << text;
    EXPECT_FALSE(read.input.message.empty()) << text;
    EXPECT_TRUE(read.facts.queries.table_sizes.empty()) << text;
  }
}

TEST(TableRows, ErrorsNameTheLine) {
  for (const char* text :
       {"table,rows\na,1\nb,many\n", "table,rows\na,1\nb,-5\n", "table,rows\na,1\nb,1e999\n",
        "table,rows\na,1\nb,nan\n", "table,rows\na,1\nb\n", "table,rows\na,1\n\"b,2\n", "table,rows\na,1\n,2\n"}) {
    const ReadText read = read_text(text);
    EXPECT_EQ(read.input.state, InputState::kUnreadable) << text;
    EXPECT_NE(read.input.message.find("(line 3"), std::string::npos) << read.input.message;
    EXPECT_FALSE(read.input.hint.empty());
  }
  const ReadText json = read_text("{\"tables\":{\n\"a\":1,\n\"b\":-5}}");
  EXPECT_NE(json.input.message.find("(line 3"), std::string::npos) << json.input.message;
}

TEST(TableRows, NotOne) {
  for (const char* text : {"name,size\na,1\n", R"({"tables":[{"a":1}]})", R"([{"table":"a"}])", "table of rows\n"}) {
    EXPECT_NE(read_text(text).input.format, "table-rows") << text;
  }
}

}  // namespace
}  // namespace budgetcheck
