#include "json/stream/select.h"

#include <gtest/gtest.h>

namespace budgetcheck::json {
namespace {

TEST(Select, KeepsOnlyWhatIsNamed) {
  Selector wanted;
  wanted.keep("a/b").keep("list/*/size");
  const auto value = select_text(
      "x.json", R"({"a":{"b":{"deep":[1]},"c":2},"list":[{"size":3,"x":[[]]},5,{"size":4}],"z":{}})", wanted);
  ASSERT_TRUE(value);
  ASSERT_NE(value->at({"a", "b", "deep"}), nullptr);
  EXPECT_EQ(value->at({"a", "c"}), nullptr);
  EXPECT_EQ(value->find("z"), nullptr);
  ASSERT_EQ(value->find("list")->array()->size(), 2U);
  EXPECT_EQ(*(*value->find("list")->array())[1].find("size")->number(), 4);
}

TEST(Select, VisitsEachElementWithItsKeyAndForgetsIt) {
  Selector wanted;
  std::vector<std::string> seen;
  wanted.keep("e/*/n").each("e/*", [&](std::string_view key, Value&& value) {
    seen.push_back(std::string(key) + "=" + (value.find("n") != nullptr ? *value.find("n")->string() : "-"));
    return true;
  });
  const auto value = select_text("x.json", R"({"e":{"one":{"n":"1"},"two":{"m":"1"}},"f":1})", wanted);
  ASSERT_TRUE(value);
  EXPECT_EQ(seen, (std::vector<std::string>{"one=1", "two=-"}));
  EXPECT_TRUE(value->find("e")->object()->empty());
}

TEST(Select, TheLengthOfAStringIsThatOfItsUnescapedBytes) {
  Selector wanted;
  wanted.keep_length_and_tail("text", 0);
  const auto value = select_text("x.json", R"({"text":"ab\u00e9"})", wanted);
  ASSERT_TRUE(value);
  EXPECT_EQ(*value->find("text")->find("length")->number(), 4);
}

TEST(Select, KeepsTheEndOfALongStringWithItsLength) {
  Selector wanted;
  wanted.keep_length_and_tail("list/*", 2);
  const auto value = select_text("x.json", R"({"list":["aGk=","","x",7]})", wanted);
  ASSERT_TRUE(value);
  const Array& list = *value->find("list")->array();
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(*list[0].find("length")->number(), 4);
  EXPECT_EQ(*list[0].find("tail")->string(), "k=");
  EXPECT_EQ(*list[1].find("length")->number(), 0);
  EXPECT_EQ(*list[2].find("tail")->string(), "x");
}

TEST(Select, SaysWhereAFileWasCutOff) {
  Selector wanted;
  const auto value = select_text("x.json", "{\"a\":\n [1,", wanted);
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("cut off"), std::string::npos);
  EXPECT_EQ(value.error().location.line, 2U);
}

TEST(Select, RefusesDepthBeyondTheLimit) {
  Selector wanted;
  const auto value = select_text("x.json", std::string(100'000, '['), wanted);
  ASSERT_FALSE(value);
  EXPECT_NE(value.error().message.find("nested deeper"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck::json
