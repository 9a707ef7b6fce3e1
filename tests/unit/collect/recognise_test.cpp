#include "collect/recognise.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

Input unknown(const std::string& path, const std::string& text) {
  const auto content = content_from_string(text);
  Input input;
  input.path = path;
  Sniff seen;
  EXPECT_EQ(recognise(formats(), path, *content, seen), nullptr) << text;
  explain_unknown(formats(), *content, seen, input);
  return input;
}

TEST(NamedFormat, IsTheOneWhoseSettingIsThere) {
  InputSettings settings;
  EXPECT_EQ(named_format(formats(), settings), nullptr);
  settings.set("root", "dist");
  EXPECT_EQ(named_format(formats(), settings), nullptr);
  settings.set("table_rows", json::Value(true));
  ASSERT_NE(named_format(formats(), settings), nullptr);
  EXPECT_EQ(named_format(formats(), settings)->name, "table-rows");
}

TEST(WhatIsRead, IsTheTablesSentences) {
  EXPECT_TRUE(what_is_read({}).empty());
  Format first{"first"};
  first.is_given_as = "a first";
  Format last{"last"};
  last.is_given_as = "a last";
  EXPECT_EQ(what_is_read({first, Format{"unsaid"}, last}), (std::vector<std::string_view>{"a first", "a last"}));
}

TEST(NearestFormats, AreThoseWithMostOfTheirWords) {
  std::vector<Format> table;
  for (const std::string_view name : {"a", "b", "c", "d", "e"}) {
    Format format{name};
    format.is_given_as = name;
    table.push_back(std::move(format));
  }
  table[0].looks_like = {"\"one\""};
  table[1].looks_like = {"\"one\"", "\"two\""};
  table[2].looks_like = {"\"three\""};
  table[3].looks_like = {"\"one\"", "\"three\""};
  table[4].looks_like = {"\"one\"", "\"two\"", "\"four\""};
  EXPECT_EQ(nearest_formats(table, R"({"one":1,"two":2})"), (std::vector<std::string_view>{"b", "e", "a"}));
  EXPECT_EQ(nearest_formats(table, R"({"three":1})"), (std::vector<std::string_view>{"c", "d"}));
  EXPECT_TRUE(nearest_formats(table, R"({"five":1})").empty());
  EXPECT_TRUE(nearest_formats(table, "").empty());
}

TEST(ExplainUnknown, BytesThatAreNoJsonAreDescribed) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the file is empty"},
      {" \n ", "the file is empty"},
      {std::string("PK\x03\x04\0", 5), "zip"},
      {std::string("a\0b", 3), "binary"},
      {"<shop></shop>", "text that is not JSON"},
      {"prisma query SELECT a FROM b", "no line near its beginning is a query that Prisma logged"},
      {"2026-11-23 10:00:00 LOG: duration", "text that is not JSON"},
      {"[2026-11-29T10:00:00.123Z] ready", "text that is not JSON"},
      {"[29/Nov/2026:10:00:00 +0000] ready", "text that is not JSON"},
      {"{\"a\": [1, 2", "cut off"},
      {"{\"a\": 1} x", "text after the end"},
  };
  for (const auto& [content, expected] : cases) {
    const Input input = unknown("f.json", content);
    EXPECT_EQ(input.state, InputState::kUnreadable);
    EXPECT_NE(input.message.find(expected), std::string::npos) << input.message;
  }
}

TEST(ExplainUnknown, JsonOfNoKnownFormatShowsItsKeysAndTheFormats) {
  const Input input = unknown("f.json", R"({"hello":1,"wor\u001bld":2})");
  EXPECT_NE(input.message.find("'hello'"), std::string::npos);
  EXPECT_EQ(input.message.find('\x1b'), std::string::npos);
  EXPECT_EQ(input.hint, "'budgetcheck explain inputs' lists what is read");
}

TEST(ExplainUnknown, TheNearestFormatsAreAtMostThree) {
  EXPECT_EQ(
      unknown("f.json", R"({"assets":[]})").hint,
      "what is read and looks most like it: webpack or rspack (--json). 'budgetcheck explain inputs' lists what is "
      "read");
  EXPECT_EQ(nearest_formats(formats(), R"({"entries":1,"audits":2,"samples":3,"inputs":4,"time_total":5})").size(), 3U);
}

TEST(ExplainUnknown, PrismaIsNoAdviceForAFileWithoutSql) {
  for (const char* text : {"server started\nlistening on 3000\n", "{\"size\":30,\"of\":\"up\"}\n{\"size\":30}\n",
                           "a,b\n1,2\n", "{\"hello\":1}", "[1,2]"}) {
    const Input input = unknown("f", text);
    EXPECT_EQ(lower(input.message + input.hint).find("prisma.$on"), std::string::npos) << text << input.hint;
  }
  EXPECT_NE(unknown("f", "{\"msg\":\"SELECT a FROM b\",\"x\":1}\n{\"msg\":\"up\"}\n").hint.find("prisma.$on"),
            std::string::npos);
}

TEST(ExplainUnknown, WhatIsInsideIsNamed) {
  const Input member = unknown("f.json", R"({"stats":{"assets":[],"chunks":[],"entrypoints":{},"version":"5.1.0"}})");
  EXPECT_EQ(member.message, "the member 'stats' in it is what is read: webpack or rspack (--json)");
  EXPECT_NE(member.hint.find("jq '.\"stats\"'"), std::string::npos) << member.hint;
  const Input list = unknown("f.json", R"([{"assets":[],"chunks":[],"entrypoints":{},"version":"5.1.0"}])");
  EXPECT_EQ(list.message, "a list of what is read one by one: webpack or rspack (--json)");
}

TEST(ExplainUnknown, KeysThatAreDataAreNotShown) {
  const Input input =
      unknown("f.json", R"({"jo@shop.example":1,"Jane Doe":2,"ghp_16C7e42F292c6912E7710c838347Ae178B4a":3,"hello":4})");
  EXPECT_EQ(input.message, "JSON of no known format, with the keys 'hello'");
}

TEST(ExplainUnknown, BracketsWithoutEndAreRefusedAtOnce) {
  const Input input = unknown("f.json", std::string(5'000'000, '['));
  EXPECT_NE(input.message.find("nested deeper"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
