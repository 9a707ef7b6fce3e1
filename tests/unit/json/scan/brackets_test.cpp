#include "json/scan/brackets.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "json/stream/sax.h"

namespace budgetcheck::json {
namespace {

/// Index of the closing bracket behind the opening one, which `inside` follows; -1 for none.
long close_of(const std::string& inside, std::size_t max_depth = 512, char open = '[',
              Between between = Between::kStrings) {
  const std::string text = open + inside;
  const char* close = find_close(text.data(), text.data() + text.size(), max_depth, between);
  return close == nullptr ? -1 : close - text.data() - 1;
}

class Nothing final : public Events {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number(double) override { return true; }
  bool string(std::string_view) override { return true; }
  bool key(std::string_view) override { return true; }
  bool begin_object() override { return begin(); }
  bool end_object() override { return true; }
  bool begin_array() override { return begin(); }
  bool end_array() override { return true; }
  bool skip_all = false;

 private:
  bool begin() {
    skip = skip_all;
    return true;
  }
};

TEST(FindClose, FindsTheBracketThatCloses) {
  EXPECT_EQ(close_of("]"), 0);
  EXPECT_EQ(close_of("}", 512, '{'), 0);
  EXPECT_EQ(close_of("1,[2,{}],3]x"), 10);
  EXPECT_EQ(close_of(R"("}]\"}",1]})"), 9);
  EXPECT_EQ(close_of(R"("\\"]")"), 4);
  EXPECT_EQ(close_of(R"("\\\"]"])"), 7);
}

TEST(FindClose, WorksAcrossBlocks) {
  for (std::size_t pad = 0; pad < 200; ++pad) {
    const std::string text = "\"" + std::string(pad, 'x') + R"(\\\"]}",{"a":[" ]"]} ])";
    EXPECT_EQ(close_of(text), static_cast<long>(text.size()) - 1) << pad;
    const std::string accents = "\"" + std::string(pad, 'x') + "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"]";
    EXPECT_EQ(close_of(accents), static_cast<long>(accents.size()) - 1) << pad;
  }
}

TEST(FindClose, FindsNothingWhereSomethingIsWrong) {
  EXPECT_EQ(close_of(""), -1);
  EXPECT_EQ(close_of("[1,2]"), -1);
  EXPECT_EQ(close_of("\"abc]"), -1);
  EXPECT_EQ(close_of("\"a\nb\"]"), -1);
  EXPECT_EQ(close_of("\"\xFF\"]"), -1);
  EXPECT_EQ(close_of("\"\xC0\xAF\"]"), -1);
  EXPECT_EQ(close_of("\"\xED\xA0\x80\"]"), -1);
  EXPECT_EQ(close_of("\"\xE2\x82\"]"), -1);
  EXPECT_EQ(close_of(std::string("1,\0 2]", 6)), -1);
  EXPECT_EQ(close_of("[[1]]]", 3), 5);
  EXPECT_EQ(close_of("[[1]]]", 2), -1);
}

TEST(FindClose, ABracketOfTheOtherKindClosesNothing) {
  EXPECT_EQ(close_of("}"), -1);
  EXPECT_EQ(close_of("{\"a\":[1}]}"), -1);
  // Deeper than the kinds are known, counting goes on.
  const std::string deep = std::string(70, '[') + std::string(71, ']');
  EXPECT_EQ(close_of(deep), 140);
}

TEST(FindClose, UncheckedTextIsNestedAllTheSame) {
  const auto unchecked = [](const std::string& inside) { return close_of(inside, 512, '[', Between::kUnchecked); };
  EXPECT_EQ(unchecked("\"\xFF\"]"), 3);
  EXPECT_EQ(unchecked("\"a\nb\"]"), 5);
  EXPECT_EQ(unchecked("\"abc]"), -1);
  EXPECT_EQ(unchecked("{]"), -1);
}

TEST(FindClose, PassingOverGivesTheSameVerdictAsParsingOnBrokenStrings) {
  // The document is cut, or one of its bytes changed to one that matters to strings, escapes or encoding: what parsing
  // accepts, passing over accepts as well, and a cut is never accepted.
  const std::string whole =
      R"({"a":[{"k":"x\\\"y\u00e9 }]","z":[1,2,{"q":"]"}]},"\\","plain text that is longer than one block of sixty-four bytes, so )"
      "\xC3\xA9\"]}";
  std::mt19937 random(7);
  for (std::size_t i = 0; i < 4000; ++i) {
    std::string text = whole;
    const std::size_t at = random() % text.size();
    const bool cut = i % 4 == 0;
    if (cut) {
      text.resize(at);
    } else {
      text[at] = "\"\\{}[]\n\x01\x80\xC3 a"[random() % 12];
    }
    Nothing full;
    Nothing passing;
    passing.skip_all = true;
    const bool parsed = parse_text("x", text, full).has_value();
    const bool passed = parse_text("x", text, passing).has_value();
    EXPECT_TRUE(!parsed || passed) << text;
    EXPECT_FALSE(cut && passed) << text;
  }
}

TEST(FindClose, TheParserStillSaysWhatIsWrongInAPassedContainer) {
  Nothing passing;
  passing.skip_all = true;
  const auto cut = parse_text("x.json", "{\"a\":[1,\n[2,", passing);
  ASSERT_FALSE(cut);
  EXPECT_NE(cut.error().message.find("cut off"), std::string::npos);
  const auto bad = parse_text("x.json", "{\"a\":[\n\"\xFF\"]}", passing);
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().message.find("UTF-8"), std::string::npos) << bad.error().message;
  EXPECT_EQ(bad.error().location.line, 2U);
}

}  // namespace
}  // namespace budgetcheck::json
