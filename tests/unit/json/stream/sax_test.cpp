#include "json/stream/sax.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck::json {
namespace {

/// Writes the tokens down, one character and the text each.
class Recorder : public Events {
 public:
  bool null() override { return note("null"); }
  bool boolean(bool value) override { return note(value ? "true" : "false"); }
  bool number(double value) override {
    last_number = value;
    return note("#");
  }
  bool string(std::string_view value) override { return note("'" + std::string(value) + "'"); }
  bool key(std::string_view name) override { return note(std::string(name) + ":"); }
  bool begin_object() override { return note("{"); }
  bool end_object() override { return note("}"); }
  bool begin_array() override { return note("["); }
  bool end_array() override { return note("]"); }

  std::string text;
  double last_number = 0;
  std::string stop_at;

 private:
  bool note(const std::string& token) {
    text += token;
    return token != stop_at;
  }
};

std::string error_of(std::string_view text, Limits limits = {}) {
  Recorder events;
  const std::string copy(text);
  const auto parsed = parse_text("f.json", copy, events, limits);
  return parsed ? std::string() : parsed.error().message;
}

TEST(Sax, SendsTokensInOrder) {
  Recorder events;
  ASSERT_TRUE(parse_text("f.json", R"({"a":[1,true,null,"x\n"],"b":{}})", events));
  EXPECT_EQ(events.text, "{a:[#truenull'x\n']b:{}}");
}

TEST(Sax, StopsWhenAskedWithoutAnError) {
  Recorder events;
  events.stop_at = "a:";
  EXPECT_TRUE(parse_text("f.json", R"({"a": this is never looked at)", events));
  EXPECT_EQ(events.text, "{a:");
}

TEST(Sax, ReadsNumbersExactly) {
  Recorder events;
  ASSERT_TRUE(parse_text("f.json", "[123456789.123456789]", events));
  EXPECT_EQ(events.last_number, 123456789.123456789);
  ASSERT_TRUE(parse_text("f.json", "[18446744073709551615]", events));
  EXPECT_EQ(events.last_number, 18446744073709551615.0);
  EXPECT_EQ(error_of("[1e400]"), "a number is too big");
  EXPECT_EQ(error_of("[3e308]"), "a number is too big");
  EXPECT_EQ(error_of("[-1.8e308]"), "a number is too big");
  EXPECT_EQ(error_of("[1.7e308]"), "");
  EXPECT_EQ(error_of("[" + std::string(80, '2') + "e308]"), "a number is too big");
  ASSERT_TRUE(parse_text("f.json", "[1e-320]", events));
  EXPECT_EQ(events.last_number, 1e-320);
  ASSERT_TRUE(parse_text("f.json", "[" + std::string(300, '1') + "e-299]", events));
  EXPECT_NEAR(events.last_number, 1.1111111111111112, 1e-15);
  EXPECT_FALSE(error_of("[NaN]").empty());
  EXPECT_FALSE(error_of("[01]").empty());
}

TEST(Sax, ZeroIsZeroWithAnyExponent) {
  for (const char* text : {"[0e61]", "[0E99]", "[-0.000e300]", "[0.00000000000000000000000e100]", "[0e-400]", "0e61"}) {
    Recorder events;
    events.last_number = 1;
    ASSERT_TRUE(parse_text("f.json", text, events)) << text;
    EXPECT_EQ(events.last_number, 0) << text;
  }
  Recorder events;
  ASSERT_TRUE(parse_text("f.json", "[10e-1]", events));
  EXPECT_EQ(events.last_number, 1);
}

TEST(Sax, SkipsAByteOrderMark) { EXPECT_EQ(error_of("\xEF\xBB\xBF{}"), ""); }

TEST(Sax, SaysWhatIsNoJson) {
  EXPECT_NE(error_of("").find("empty"), std::string::npos);
  EXPECT_NE(error_of(" \n ").find("empty"), std::string::npos);
  EXPECT_NE(error_of(std::string_view("\xFF\xFE{\0}\0", 6)).find("UTF-16"), std::string::npos);
  EXPECT_NE(error_of("\x1F\x8B\x08").find("gzip"), std::string::npos);
  EXPECT_NE(error_of("PK\x03\x04").find("zip"), std::string::npos);
  EXPECT_NE(error_of(std::string_view("\x7f"
                                      "ELF\0",
                                      5))
                .find("binary"),
            std::string::npos);
  EXPECT_FALSE(error_of("<html>").empty());
}

TEST(Sax, SaysWhatStandsThereWithoutQuotingTheFile) {
  EXPECT_EQ(error_of("[NaN]"), "not valid JSON here: found 'NaN'");
  EXPECT_EQ(error_of("[1, // x\n2]"), "not valid JSON here: found '//'");
  EXPECT_EQ(error_of("[hunter2]"), "not valid JSON here: found a word without quotes");
  EXPECT_EQ(error_of("[<b>]"), "not valid JSON here: found '<'");
  EXPECT_EQ(error_of("{\"a\" 4711}"), "not valid JSON here: found a digit");
  EXPECT_EQ(error_of("[\xC3\xA9]"), "not valid JSON here: found a character that has no place there");
}

TEST(Sax, SaysThatAFileWasCutOff) {
  for (const char* text : {"{", "[1,", "{\"a\"", "{\"a\":\"b", "[tru", "\"abc"}) {
    EXPECT_NE(error_of(text).find("cut off"), std::string::npos) << text;
  }
}

TEST(Sax, NeverReadsPastATextThatEndsInsideACharacter) {
  // Longer than a short string, so that the address sanitizer sees its end.
  for (const char* tail : {"\xF0", "\xF0\x9F", "\xF0\x9F\x98", "\xE2", "\xE2\x82", "\xC3",
                           "\xF1"
                           "a",
                           "\xE2"
                           "a"}) {
    EXPECT_NE(error_of("[\"" + std::string(100, 'x') + tail).find("cut off"), std::string::npos);
  }
  EXPECT_EQ(error_of("[1] // \xC3\xA9", {.relaxed = true}), "");
}

TEST(Sax, RefusesWhatFollowsTheDocument) {
  EXPECT_NE(error_of("{} {}").find("after the end"), std::string::npos);
  const std::string with_nul = "{}" + std::string(5000, ' ') + '\0' + "{";
  EXPECT_NE(error_of(with_nul).find("after the end"), std::string::npos);
  const std::string inside = "[\"" + std::string(5000, 'x') + '\0' + "\"]";
  EXPECT_FALSE(error_of(inside).empty());
}

TEST(Sax, RefusesMalformedUtf8AndEscapes) {
  EXPECT_EQ(error_of("[\"\xC0\xAF\"]"), "a string is not valid UTF-8");
  EXPECT_EQ(error_of(R"(["\x"])"), "a string has an invalid escape");
  EXPECT_EQ(error_of(R"(["\ud800"])"), "a string has an invalid escape");
}

TEST(Sax, DepthIsAllowedUpToItsLimit) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(error_of(nested(512)), "");
  EXPECT_EQ(error_of(nested(513)), "nested deeper than 512 levels");
  EXPECT_EQ(error_of(nested(5), {.max_depth = 4}), "nested deeper than 4 levels");
}

TEST(Sax, CommentsOnlyWhenRelaxed) {
  const char* text = "{ // comment\n \"a\": [1, /* two */ 2,],\n}";
  EXPECT_EQ(error_of(text, {.relaxed = true}), "");
  EXPECT_FALSE(error_of(text).empty());
}

TEST(Sax, ErrorsCarryLineAndColumn) {
  Recorder events;
  const auto parsed = parse_text("f.json", "{\n \"a\": 1,\n \"b\": x}", events);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().location.file, "f.json");
  EXPECT_EQ(parsed.error().location.line, 3U);
  EXPECT_EQ(parsed.error().location.column, 7U);
  EXPECT_EQ(parsed.error().kind, ErrorKind::kInput);
}

TEST(Sax, PositionsGrow) {
  struct Positions : Recorder {
    bool number(double value) override {
      seen.push_back(*position);
      return Recorder::number(value);
    }
    std::vector<std::size_t> seen;
  } events;
  ASSERT_TRUE(parse_text("f.json", "[1, 22 ,3]", events));
  EXPECT_EQ(events.seen, (std::vector<std::size_t>{2, 6, 9}));
}

}  // namespace
}  // namespace budgetcheck::json
