#include "json/scan/cursor.h"

#include <gtest/gtest.h>

#include <string>

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
