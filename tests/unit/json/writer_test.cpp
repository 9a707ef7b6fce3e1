#include "json/writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "json/stream/select.h"

namespace budgetcheck::json {
namespace {

TEST(Writer, WritesEveryKindOfValue) {
  Writer writer;
  writer.begin_object().member("s", "a\"b\n").member("i", 3).member("d", 2.5).member("b", true);
  writer.key("n").null().key("a").begin_array().number(1).end_array().end_object();
  EXPECT_EQ(writer.take(), "{\"s\":\"a\\\"b\\n\",\"i\":3,\"d\":2.5,\"b\":true,\"n\":null,\"a\":[1]}\n");
}

TEST(Writer, NumbersReadBackExactly) {
  for (const double value : {0.1, 1e21, 123456789.123456789, 9007199254740991.0, 1e300, -0.5, 5e-324}) {
    Writer writer;
    writer.begin_array().number(value).end_array();
    Selector wanted;
    wanted.keep("*");
    const auto back = select_text("x", writer.take(), wanted);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back->array()->front().number(), value);
  }
  Writer writer;
  writer.begin_array().number(170000).number(-0.0).end_array();
  EXPECT_EQ(writer.take(), "[170000,0]\n");
}

TEST(Writer, RefusesNumbersThatJsonCannotSay) {
  Writer writer;
  writer.begin_array();
  EXPECT_THROW(writer.number(std::numeric_limits<double>::quiet_NaN()), InternalError);
  EXPECT_THROW(writer.number(std::numeric_limits<double>::infinity()), InternalError);
}

TEST(Writer, MendsInvalidUtf8InKeysAndStrings) {
  Writer writer;
  writer.begin_object().member("k\xFF", "v\xC0").end_object();
  EXPECT_EQ(writer.take(), "{\"k\xEF\xBF\xBD\":\"v\xEF\xBF\xBD\"}\n");
}

TEST(Writer, KeepsNulAndControlCharactersEscaped) {
  Writer writer;
  writer.begin_array().string(std::string_view("a\0\x1b", 3)).end_array();
  EXPECT_EQ(writer.take(), "[\"a\\u0000\\u001B\"]\n");
}

TEST(Writer, NoLogFindsACommandInADocument) {
  for (const std::string text :
       {"##vso[x]", "####", "\\##", "#", "a##b###", "a\xC2\x85::b\xE2\x80\xA8::c\xE2\x80\xA9", "#\xE2\x80\x8B#[x]"}) {
    Writer writer;
    writer.begin_object().member(text, text).end_object();
    const std::string out = writer.take();
    EXPECT_EQ(out.find("##"), std::string::npos) << out;
    EXPECT_EQ(out.find("\xE2\x80\xA8"), std::string::npos) << out;
    Selector wanted;
    wanted.keep(text);
    const auto back = select_text("x", out, wanted);
    ASSERT_TRUE(back.has_value()) << out;
    EXPECT_EQ(back->string_or(text, ""), text);
  }
}

TEST(Writer, PrettyStyleIndents) {
  Writer writer(Writer::Style::kPretty);
  writer.begin_object().member("a", 1).end_object();
  EXPECT_EQ(writer.take(), "{\n  \"a\": 1\n}\n");
}

TEST(Writer, CopiesAValue) {
  Selector wanted;
  wanted.keep("");
  const std::string text = R"({"a":[1,"x",null,true,{"b":{}}],"c":0.25})";
  const auto value = select_text("x", text, wanted);
  ASSERT_TRUE(value);
  EXPECT_EQ(to_json(*value), text);
}

}  // namespace
}  // namespace budgetcheck::json
