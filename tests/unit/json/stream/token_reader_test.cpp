#include "json/stream/token_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "json/stream/sax.h"

namespace budgetcheck::json {
namespace {

/// Writes the tokens and their positions down. Passes over the values of the keys that begin with `passed`.
class Recorder final : public Events {
 public:
  bool null() override { return note("null"); }
  bool boolean(bool value) override { return note(value ? "true" : "false"); }
  bool number(double value) override { return note("#" + std::to_string(value)); }
  bool string(std::string_view value) override { return note("'" + std::string(value) + "'"); }
  bool key(std::string_view name) override {
    skip = passed != '\0' && name.starts_with(passed);
    return note(std::string(name) + ":");
  }
  bool begin_object() override { return note("{"); }
  bool end_object() override { return note("}"); }
  bool begin_array() override { return note("["); }
  bool end_array() override { return note("]"); }

  std::string text;
  char passed = '\0';

 private:
  bool note(const std::string& token) {
    text += token + "@" + std::to_string(*position) + " ";
    return true;
  }
};

/// All that a caller sees of a document: its tokens, or its fault and where it is. Files go to the fast reader,
/// texts to RapidJSON.
std::string fast(const std::string& text) {
  Recorder events;
  const auto parsed = parse("f", *content_from_string(text), events);
  return parsed ? events.text
                : parsed.error().message + " " + std::to_string(parsed.error().location.line) + ":" +
                      std::to_string(parsed.error().location.column);
}
std::string careful(const std::string& text) {
  Recorder events;
  const auto parsed = parse_text("f", text, events);
  return parsed ? events.text
                : parsed.error().message + " " + std::to_string(parsed.error().location.line) + ":" +
                      std::to_string(parsed.error().location.column);
}

Reading read(std::string_view text, Events& events, std::size_t max_depth = 512) {
  return read_tokens(*content_from_string(text), 0, max_depth, events);
}
Reading read(std::string_view text) {
  Recorder events;
  return read(text, events);
}

TEST(DocumentReader, TakesWhatIsJson) {
  for (const char* text :
       {"{}", "[]", " [ ] ", "1", "-0.5e+3", "\"\"", "null", "true", "\t{\"a\" : [1 , {\"b\":null}]\n}\r\n",
        R"(["\"\\\/\b\f\n\r\té\ud83d\ude00"])", "[0,0e61,1e-320,18446744073709551615]"}) {
    EXPECT_EQ(read(text), Reading::kWhole) << text;
    EXPECT_EQ(fast(text), careful(text));
  }
}

TEST(DocumentReader, RefusesWhatIsNot) {
  for (const char* text : {"",
                           "{",
                           "[1,]",
                           "{,}",
                           "[,1]",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{a:1}",
                           "[1 2]",
                           "[1]]",
                           "[}",
                           "{]",
                           "{} {}",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "-",
                           "1e",
                           "nul",
                           "True",
                           "[\"a\nb\"]",
                           "[\"\\x\"]",
                           "[\"\\u12g4\"]",
                           "[\"\\ud800\"]",
                           "[\"\xFF\"]",
                           "[\"\xC0\xAF\"]",
                           "[\"\xE2\x82\"]",
                           "[1e400]",
                           "\"abc",
                           "[\xC3\xA9]",
                           "'a'",
                           "[1]\x01"}) {
    EXPECT_EQ(read(text), Reading::kWrong) << text;
    EXPECT_EQ(fast(text), careful(text));
  }
}

TEST(DocumentReader, HalfASurrogatePairIsAFaultEvenWhereRapidJsonTakesIt) {
  EXPECT_EQ(read(R"(["\ude00"])"), Reading::kWrong);
  EXPECT_NE(fast(R"(["\ude00"])").find("invalid escape"), std::string::npos);
}

TEST(DocumentReader, CountsLevelsAsRapidJsonDoes) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  Recorder events;
  EXPECT_EQ(read(nested(4), events, 4), Reading::kWhole);
  EXPECT_EQ(read(nested(5), events, 4), Reading::kWrong);
  events.passed = 'p';
  EXPECT_EQ(read("{\"p\":" + nested(3) + "}", events, 4), Reading::kWhole);
  EXPECT_EQ(read("{\"p\":" + nested(4) + "}", events, 4), Reading::kWrong);
  EXPECT_EQ(fast(nested(600)), careful(nested(600)));
}

TEST(DocumentReader, PassesOverTheValuesOfUnwantedKeys) {
  Recorder events;
  events.passed = 'p';
  const std::string text =
      R"({"p1":"a\"}b","p2":[1,{"x":"]"}],"a":{"p3":-1.5,"b":7},"p4":{},"p5":true,"p":"plain text that is longer than one block of sixty-four bytes \\\\"})";
  ASSERT_EQ(read(text, events), Reading::kWhole);
  std::string names;
  for (std::size_t at = 0; at < events.text.size(); at = events.text.find(' ', at) + 1) {
    names += events.text.substr(at, events.text.find('@', at) - at) + " ";
  }
  EXPECT_EQ(names, "{ p1: p2: a: { p3: b: #7.000000 } p4: p5: p: } ");
}

TEST(DocumentReader, ChecksWhatItPassesOver) {
  for (const char* value :
       {"01", "1.", "nul", "\"a\nb\"", "\"\xFF\"", "\"\xE2\x82\"", "\"open", "[1", "[1}", "{]", "", "[\"\xFF\"]"}) {
    Recorder events;
    events.passed = 'p';
    EXPECT_EQ(read(std::string("{\"p\":") + value + "}", events), Reading::kWrong) << value;
  }
}

TEST(DocumentReader, StopsWhenAsked) {
  class Stop final : public Events {
   public:
    bool null() override { return false; }
    bool boolean(bool) override { return true; }
    bool number(double) override { return true; }
    bool string(std::string_view) override { return true; }
    bool key(std::string_view) override { return true; }
    bool begin_object() override { return true; }
    bool end_object() override { return true; }
    bool begin_array() override { return true; }
    bool end_array() override { return true; }
  };
  Stop events;
  EXPECT_EQ(read("[1,null,this is never looked at", events), Reading::kStopped);
}

TEST(DocumentReaderProperty, AgreesWithRapidJsonOnDocumentsThatWereDamaged) {
  const std::string whole =
      "{\"a\":[{\"k\":\"x\\\\\\\"y\\u00e9 }]\",\"z\":[1,-2.5e3,{\"q\":\"]\"}],\"w\":null},true,false],\"\\\\\":0,\n"
      "  \"text\" : \"longer than one block of sixty-four bytes, with an \\\" and \\\\ in it, \xC3\xA9 "
      "\xF0\x9F\x98\x80, so long\", "
      "\"e\":{}, \"l\":[], \"n\":12345678901234567890}";
  const std::string marks = "\"\\{}[]:,0-.eE+ \n\x01\xFF\xC3nu";
  std::mt19937 random(23);
  std::size_t good = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = whole;
    for (std::size_t changes = 1 + random() % 2; changes > 0; --changes) {
      const std::size_t at = random() % text.size();
      switch (random() % 4) {
        case 0:
          text[at] = marks[random() % marks.size()];
          break;
        case 1:
          text.insert(at, 1, marks[random() % marks.size()]);
          break;
        case 2:
          text.erase(at, 1 + random() % 3);
          break;
        default:
          if (random() % 8 == 0) {
            text.resize(at);
          } else {
            text.insert(at, random() % 70, ' ');
          }
      }
      if (text.empty()) {
        break;
      }
    }
    const std::string expected = careful(text);
    good += expected.starts_with("{@") ? 1U : 0U;
    ASSERT_EQ(fast(text), expected) << text;
  }
  EXPECT_GT(good, 3000U);
}

}  // namespace
}  // namespace budgetcheck::json
