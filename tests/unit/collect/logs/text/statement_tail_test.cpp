#include "collect/logs/text/statement_tail.h"

#include <gtest/gtest.h>

namespace budgetcheck::console {
namespace {

Around tail(std::string_view text) {
  Around around;
  read_tail(text, around);
  return around;
}

TEST(StatementTail, ReadsParametersAndTimes) {
  struct Case {
    const char* text;
    const char* params;
    double ms;
  };
  for (const Case& c : {
           Case{"| Params: [8,0] | Duration: 2ms", "[8,0]", 2},
           Case{" Params: [8,\"a]\"] Duration: 2.5 ms", "[8,\"a]\"]", 2.5},
           Case{"-- params: [1, \"x\"]", "[1,\"x\"]", -1},
           Case{"-- PARAMETERS: [1]", "[1]", -1},
           Case{"[took 2 ms, 3 results]", "", 2},
           Case{"[1,0]", "[1,0]", -1},
           Case{"- 3ms", "", 3},
           Case{"(3ms)", "", 3},
           Case{"+3ms", "", -1},
           Case{"; args=(1, 'a'); alias=default", "[1,\"a\"]", -1},
           Case{"Elapsed time: 4ms", "", 4},
           Case{"{ params: [ 1 ], duration: 5 }", "[1]", 5},
           Case{"{\"params\":\"[1]\",\"durationMs\":\"6\"}", "[1]", 6},
           Case{"undefined", "", -1},
       }) {
    const Around around = tail(c.text);
    EXPECT_EQ(around.params, c.params) << c.text;
    EXPECT_EQ(around.duration_ms, c.ms) << c.text;
  }
}

TEST(StatementTail, ReadsIdsThatAreCalledSo) {
  EXPECT_EQ(tail("reqId=r1").request, "r1");
  EXPECT_EQ(tail("| requestId: \"a-b\", traceId=77 route=/a/:id").request, "a-b");
  EXPECT_EQ(tail("| requestId: \"a-b\", traceId=77 route=/a/:id").trace, "77");
  EXPECT_EQ(tail("| requestId: \"a-b\", traceId=77 route=/a/:id").route, "/a/:id");
  for (const char* text : {"id=7", "reqId=undefined", "requestId", "requestId: null", "user=r1", "request r1"}) {
    EXPECT_EQ(tail(text).request, "") << text;
    EXPECT_EQ(tail(text).trace, "") << text;
  }
}

TEST(StatementTail, ListsOfAllKinds) {
  EXPECT_EQ(list_of("[1, 'a']"), "[1,\"a\"]");
  EXPECT_EQ(list_of("{'a': 1, 'b': [2, 3]}"), "[1,[2,3]]");
  EXPECT_EQ(list_of("\"[8,0]\""), "[8,0]");
  EXPECT_EQ(list_of("1, \"a\""), "[1,\"a\"]");
  EXPECT_EQ(list_of(R"([["email", "x"], ["LIMIT", 1]])", true), R"(["x",1])");
  EXPECT_EQ(list_of("[ [Object] ]"), "[\"[hidden]\"]");
  EXPECT_EQ(list_of(""), "");
}

TEST(StatementTail, AHeadingMaySayHowLongItTook) {
  EXPECT_EQ(heading_duration("  Post Load (0.3ms)  "), 0.3);
  EXPECT_EQ(heading_duration("[1.5ms] [rows:3] "), 1.5);
  EXPECT_EQ(heading_duration("DEBUG utils (0.001) "), 1);
  EXPECT_EQ(heading_duration("[db] 3ms "), 3);
  for (const char* text : {"", "[db] ", "(default): ", "[4711] ", "v(1.001) [x] "}) {
    EXPECT_EQ(heading_duration(text), -1) << text;
  }
}

}  // namespace
}  // namespace budgetcheck::console
