#include "collect/text/inspected_value.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string json_of(std::string_view text) {
  std::string out;
  return take_inspected(text, out) ? out + std::string(text) : "-";
}

TEST(InspectedValue, ReadsWhatConsoleLogPrints) {
  EXPECT_EQ(
      inspected_object("{\n  timestamp: 2026-11-20T10:00:00.000Z,\n  query: 'SELECT \"a\"',\n  params: '[8,0]',\n"
                       "  duration: 2,\n  target: \"it's\"\n}"),
      R"({"timestamp":"2026-11-20T10:00:00.000Z","query":"SELECT \"a\"","params":"[8,0]","duration":2,"target":"it's"})");
  EXPECT_EQ(json_of("{ a: undefined, 'b-c': true, d: 12n, e: -1.5 }"), R"({"a":null,"b-c":true,"d":12,"e":-1.5})");
  EXPECT_EQ(json_of("Object(2) { a: [ 1, 'x' ], b: [Object] }"), R"({"a":[1,"x"],"b":"[hidden]"})");
  EXPECT_EQ(json_of("[Object: null prototype] { a: <Buffer 01 02> }"), R"({"a":"<Buffer 01 02>"})");
  EXPECT_EQ(json_of("[ 1, 2, ... 98 more items ]"), R"([1,2,"[hidden]"])");
}

TEST(InspectedValue, JoinsTextThatIsPrintedLineByLine) {
  EXPECT_EQ(json_of("{ sql: '\\n' +\n    'SELECT a\\n' +\n    \"FROM \\\"t\\\"\" }"),
            R"({"sql":"\nSELECT a\nFROM \"t\""})");
  EXPECT_EQ(json_of("'a' + b"), "\"a\" + b");
}

TEST(InspectedValue, ReadsPythonAndJson) {
  EXPECT_EQ(json_of("(1,)"), "[1]");
  EXPECT_EQ(json_of("{'a': None, 'b': (True, 'x')}"), R"({"a":null,"b":[true,"x"]})");
  EXPECT_EQ(json_of("[Decimal('1.5'), datetime.date(2026, 1, 2)]"),
            "[\"Decimal('1.5')\",\"datetime.date(2026, 1, 2)\"]");
  EXPECT_EQ(json_of(R"({"a": "x\ty\u00e9\"", "b": {"c": []}})"), "{\"a\":\"x\\u0009y\xC3\xA9\\\"\",\"b\":{\"c\":[]}}");
}

TEST(InspectedValue, WhatIsCutOffOrNoneIsNothing) {
  for (const char* text : {"", "{", "{ a: 1", "{ a: 'x }", "{ a 1 }", "[1, 2", "}", "{ a: 1 b: 2 }", "{ : 1 }"}) {
    EXPECT_EQ(inspected_object(text), std::nullopt) << text;
  }
  EXPECT_EQ(inspected_object("{ a: 1 } more"), std::nullopt);
  EXPECT_EQ(json_of(std::string(100'000, '[')), "-");
  EXPECT_EQ(json_of(std::string(100'000, '{')), "-");
}

TEST(BracketScan, ClosesWhereTheValueDoes) {
  BracketScan scan;
  scan.feed("{");
  EXPECT_FALSE(scan.closed());
  scan.feed("  query: 'a } b',");
  scan.feed("  list: [ { x: \"]\" } ]");
  EXPECT_FALSE(scan.closed());
  scan.feed("},");
  EXPECT_TRUE(scan.closed());
}

}  // namespace
}  // namespace budgetcheck
