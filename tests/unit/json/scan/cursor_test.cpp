#include "json/scan/cursor.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/file_system.h"

namespace budgetcheck::json {
namespace {

constexpr std::size_t kGuard = 128;

std::string guarded(const std::string& text) { return text + std::string(kGuard, '\0'); }

/// What is read of a string that begins the text; "-": it fails.
std::string string_of(const std::string& text) {
  const std::string copy = guarded(text);
  Cursor in(std::string_view(copy).substr(0, text.size()));
  const RawScalar value = in.scalar();
  return in.failed() ? "-" : std::string(value.text) + (value.escapes ? " escaped" : "") + (in.at_end() ? "" : " more");
}

/// What a reader sees that asks for everything: {k:v,…} and [v,…] with scalars as they stand, "!" where it fails.
void walk(Cursor& in, std::string& out) {
  const char c = in.peek();
  bool first = true;
  if (c == '{') {
    out += '{';
    for (std::string_view key; in.member(first, key);) {
      out += std::string(key) + ':';
      walk(in, out);
      out += ' ';
    }
    out += '}';
  } else if (c == '[') {
    out += '[';
    while (in.element(first)) {
      walk(in, out);
      out += ' ';
    }
    out += ']';
  } else {
    const RawScalar value = in.scalar();
    out += value.type == RawScalar::Type::kString ? '\'' + std::string(value.text) + '\'' : std::string(value.text);
    out += value.escapes ? "e" : "";
  }
}

std::string walked(const std::string& text) {
  const std::unique_ptr<FileContent> content = content_from_string(text);
  Cursor in(content->bytes());
  std::string out;
  walk(in, out);
  return in.at_end() ? out : out + "!";
}

TEST(Cursor, WalksThroughWhatItsUserAsksFor) {
  EXPECT_EQ(walked(R"( {"a": 1, "b": ["x", true, null, -1.5e3], "c": {}} )"), "{a:1 b:['x' true null -1.5e3 ] c:{} }");
  EXPECT_EQ(walked("[]"), "[]");
  EXPECT_EQ(walked(R"("a\"b")"), R"('a\"b'e)") << "as it stands, and it says that it has escapes";
}

TEST(Cursor, FailsForGoodAtTheFirstThingThatIsWrong) {
  for (const std::string text : {"", "{", "[1", "[1 2]", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "[tru]",
                                 "[01]", "[1.]", "\"a", "\"a\nb\"", "{} {}", "[1}", "nul"}) {
    const std::string out = walked(text);
    EXPECT_EQ(out.back(), '!') << text;
  }
}

TEST(Cursor, AfterAFailureEveryLoopEnds) {
  const std::unique_ptr<FileContent> content = content_from_string(R"([1, oops, 2, 3])");
  Cursor in(content->bytes());
  bool first = true;
  int elements = 0;
  while (in.element(first)) {
    in.scalar();
    ++elements;
  }
  EXPECT_EQ(elements, 2);
  EXPECT_TRUE(in.failed());
  EXPECT_FALSE(in.at_end());
  bool again = true;
  std::string_view key;
  EXPECT_FALSE(in.member(again, key));
  EXPECT_EQ(in.scalar().type, RawScalar::Type::kNone);
}

TEST(Cursor, SkipsValuesOfAnyType) {
  const std::unique_ptr<FileContent> content =
      content_from_string(R"({"a": {"x": [1, "]}"]}, "b": "s", "c": [[]], "d": 7})");
  Cursor in(content->bytes());
  bool first = true;
  std::string keys;
  for (std::string_view key; in.member(first, key);) {
    keys += key;
    in.skip();
  }
  EXPECT_EQ(keys, "abcd");
  EXPECT_TRUE(in.at_end());
}

TEST(Cursor, AScalarThatIsAContainerIsSkipped) {
  const std::unique_ptr<FileContent> content = content_from_string(R"([{"a": [1]}, 2])");
  Cursor in(content->bytes());
  bool first = true;
  ASSERT_TRUE(in.element(first));
  EXPECT_EQ(in.scalar().type, RawScalar::Type::kNone);
  ASSERT_TRUE(in.element(first));
  EXPECT_EQ(in.scalar().text, "2");
}

TEST(Cursor, GoesBackToAPlaceOfItsText) {
  const std::unique_ptr<FileContent> content = content_from_string(R"([1, 2])");
  Cursor in(content->bytes());
  bool first = true;
  ASSERT_TRUE(in.element(first));
  const char* const one = in.at();
  in.scalar();
  ASSERT_TRUE(in.element(first));
  in.move_to(one);
  EXPECT_EQ(in.scalar().text, "1");
}

TEST(Cursor, NestingHasAnEnd) {
  const auto skipped = [](std::size_t depth) {
    const std::unique_ptr<FileContent> content = content_from_string(std::string(depth, '[') + std::string(depth, ']'));
    Cursor in(content->bytes());
    in.skip();
    return in.at_end();
  };
  EXPECT_TRUE(skipped(512));
  EXPECT_FALSE(skipped(100'000));
}

TEST(Cursor, StringsOfEveryLengthEndAtTheirQuote) {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string plain(size, 'x');
    EXPECT_EQ(string_of('"' + plain + '"'), plain);
    EXPECT_EQ(string_of('"' + plain + "\" "), plain);
    EXPECT_EQ(string_of('"' + plain), "-") << "it does not end";
    EXPECT_EQ(string_of('"' + plain + "\n\""), "-") << "a control character";
    EXPECT_EQ(string_of('"' + plain + "\"\n\t1"), plain + " more") << "blanks behind it are none of it";
    EXPECT_EQ(string_of('"' + plain + "\\\"\""), plain + "\\\" escaped");
    EXPECT_EQ(string_of('"' + plain + "\\\\\""), plain + "\\\\ escaped");
    EXPECT_EQ(string_of('"' + plain + "\\\""), "-") << "its last quote is escaped";
    EXPECT_EQ(string_of('"' + plain + "\xC3\xA9\""), plain + "\xC3\xA9");
  }
}

TEST(Cursor, TakesTextThatIsNextOrNothing) {
  const std::string text = "{\"key\":\"a\"}";
  const std::string copy = guarded(text);
  Cursor in(std::string_view(copy).substr(0, text.size()));
  EXPECT_FALSE(in.take("{\"kez"));
  EXPECT_FALSE(in.take("{\"key\":\"a\"}\0"));
  EXPECT_TRUE(in.take("{\"key\":\""));
  RawScalar value;
  EXPECT_TRUE(in.rest_of_string(value));
  EXPECT_EQ(value.text, "a");
  EXPECT_FALSE(in.rest_of_string(value)) << "no quote is left";
  EXPECT_FALSE(in.failed());
  EXPECT_TRUE(in.take("}"));
  EXPECT_TRUE(in.at_end());
}

TEST(Cursor, SkipsContainers) {
  for (const std::string inner : {"[]", "{}", "[1]", "{\"a\":[{}]}", "[ ]", "\"]\"", "[\"]\"]"}) {
    const std::string text = "[" + inner + ",7]";
    const std::string copy = guarded(text);
    Cursor in(std::string_view(copy).substr(0, text.size()));
    bool first = true;
    ASSERT_TRUE(in.element(first)) << text;
    in.skip();
    ASSERT_TRUE(in.element(first)) << text;
    EXPECT_EQ(in.scalar().text, "7") << text;
    EXPECT_FALSE(in.element(first));
    EXPECT_TRUE(in.at_end());
  }
  const std::string text = "[}";
  const std::string copy = guarded(text);
  Cursor in(std::string_view(copy).substr(0, text.size()));
  in.skip();
  EXPECT_TRUE(in.failed());
}

}  // namespace
}  // namespace budgetcheck::json
