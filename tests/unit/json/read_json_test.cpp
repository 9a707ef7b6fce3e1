#include <gtest/gtest.h>

#include "json/document.h"
#include "unit/base/growth.h"

namespace budgetcheck::json {
namespace {

TEST(ReadJson, EveryKeyAndValueKnowsItsPlace) {
  const std::string text = "{\n  // comment: { \"x\"\n  \"a\": [1,\n    \"two\"], /* c */ \"b\": {\"c\": true}\n}";
  const auto document = read_json("f.json", text);
  ASSERT_TRUE(document);
  const Object& top = *document->object();
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(to_string(location_of("f", top[0])), "f:3:3");
  EXPECT_EQ(to_string(location_of("f", top[0].value)), "f:3:8");
  EXPECT_EQ(to_string(location_of("f", (*top[0].value.array())[1])), "f:4:5");
  EXPECT_EQ(to_string(location_of("f", top[1])), "f:4:21");
  EXPECT_EQ(to_string(location_of("f", *document->at({"b", "c"}))), "f:4:32");
}

TEST(ReadJson, ReportsEveryDuplicateKeyAtItsPlace) {
  const auto document = read_json("f.json", "{\"a\":1,\n\"a\":2,\"o\":{\"b\":1,\n \"b\":2}}");
  ASSERT_FALSE(document);
  ASSERT_EQ(document.error().size(), 2U);
  EXPECT_EQ(to_string(document.error()[0].location), "f.json:2:1");
  EXPECT_EQ(to_string(document.error()[1].location), "f.json:3:2");
  EXPECT_EQ(document.error()[0].kind, ErrorKind::kUsage);
}

TEST(ReadJson, TheSameKeyInTwoObjectsIsFine) { EXPECT_TRUE(read_json("f.json", R"([{"a":1},{"a":2},{"b":{"a":1}}])")); }

TEST(ReadJson, BoundsDepthAndNumberOfValues) {
  EXPECT_FALSE(read_json("f.json", std::string(65, '[') + std::string(65, ']')));
  EXPECT_TRUE(read_json("f.json", std::string(64, '[') + std::string(64, ']')));
  std::string many = "[";
  for (int i = 0; i < 100'001; ++i) {
    many += "1,";
  }
  EXPECT_FALSE(read_json("f.json", many + "1]"));
}

TEST(ReadJson, OneLongLineIsReadInLinearTime) {
  const auto reading = [](std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
      text += "\"" + std::string(50, 'x') + "\",";
    }
    return [text = text + "1]"] { EXPECT_TRUE(read_json("f.json", text)); };
  };
  EXPECT_LT(growth(11'000, reading), kLinear);
}

TEST(ReadJson, EveryValueAndKeyKnowsItsPlace) {
  const auto value = read_json("b.json",
                               "{ \"a\": [ 1,\n  {\"b\": {}, \"c\": []},\n  { // x\n \"d\": 2 }, [],\n 3 ],\n"
                               "  \"e\": true }");
  ASSERT_TRUE(value);
  const Member& a = value->object()->at(0);
  EXPECT_EQ(std::pair(a.line, a.column), std::pair(1U, 3U));
  EXPECT_EQ(std::pair(a.value.line, a.value.column), std::pair(1U, 8U));
  const Array& list = *a.value.array();
  EXPECT_EQ(std::pair(list[0].line, list[0].column), std::pair(1U, 10U));
  EXPECT_EQ(std::pair(list[1].line, list[1].column), std::pair(2U, 3U));
  const Object& second = *list[1].object();
  EXPECT_EQ(second[0].column, 4U);
  EXPECT_EQ(second[0].value.column, 9U);
  EXPECT_EQ(second[1].column, 13U);
  EXPECT_EQ(second[1].value.column, 18U);
  EXPECT_EQ(std::pair(list[2].line, list[2].column), std::pair(3U, 3U));
  EXPECT_EQ(std::pair(list[2].object()->at(0).line, list[2].object()->at(0).column), std::pair(4U, 2U));
  EXPECT_EQ(std::pair(list[3].line, list[3].column), std::pair(4U, 12U));
  EXPECT_EQ(list[4].line, 5U);
  const Member& e = value->object()->at(1);
  EXPECT_EQ(std::pair(e.line, e.column), std::pair(6U, 3U));
  EXPECT_EQ(e.value.column, 8U);
}

TEST(ReadJson, DuplicateKeysAreErrors) {
  const auto value = read_json("b.json", "{\"a\": {},\n \"a\": 1}");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error()[0].location.line, 2U);
  EXPECT_EQ(value.error()[0].location.column, 2U);
}

}  // namespace
}  // namespace budgetcheck::json
