#include "collect/recognise.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(what_is_read({}), "");
  Format first{"first"};
  first.is_given_as = "a first";
  Format last{"last"};
  last.is_given_as = "a last";
  EXPECT_EQ(what_is_read({first, Format{"unsaid"}, last}), "a first, or a last");
}

TEST(ExplainUnknown, BytesThatAreNoJsonAreDescribed) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "the file is empty"},
      {" \n ", "the file is empty"},
      {std::string("\xFF\xFE{\0", 4), "UTF-16"},
      {"\x1F\x8B\x08", "gzip"},
      {std::string("a\0b", 3), "binary"},
      {"<html></html>", "text that is not JSON"},
      {"prisma query SELECT 1", "no line near its beginning is a query that Prisma logged"},
      {"2026-11-23 10:00:00 LOG: duration", "text that is not JSON"},
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
  EXPECT_NE(input.hint.find("pass what one of these writes: Lighthouse"), std::string::npos);
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
