#include "json/lines/line_fields.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file_system.h"
#include "json/scan/escapes.h"
#include "json/stream/sax.h"

namespace budgetcheck::json {
namespace {

/// "parent.key=raw" of each field; "broken" for a line that is none.
std::string fields_of(const std::string& line) {
  const auto content = content_from_string(line);
  std::vector<LineField> fields;
  if (!read_line_fields(content->bytes(), fields)) {
    return "broken";
  }
  std::string out;
  for (const LineField& field : fields) {
    out += (out.empty() ? "" : " ") + (field.parent.empty() ? "" : std::string(field.parent) + ".") +
           std::string(field.key) + "=" + std::string(field.raw);
  }
  return out;
}

TEST(LineFields, FindsMembersAndThoseOneLevelBelow) {
  EXPECT_EQ(fields_of(R"({"a":1,"b":{"c":"x","d":{"e":2},"f":[1,{"g":"]"}]},"h":null,"i":"","j":[]})"),
            R"(a=1 b.c=x b.f=[1,{"g":"]"}] h=null i= j=[])");
  EXPECT_EQ(fields_of(" {\"a\" : -1.5e3 , \"b\" : true }\r"), "a=-1.5e3 b=true");
  EXPECT_EQ(fields_of("{}"), "");
}

TEST(LineFields, RefusesWhatIsNoWholeObject) {
  for (const char* line : {"", "x", "[1]", "{", R"({"a")", R"({"a":})", R"({"a":1)", R"({"a":1}})", R"({"a":1} x)",
                           R"({"a":"b)", R"({"a":"b\"})", R"({"a":[1})", R"({"a":01})", R"({"a":nul})", R"({"a":1.})",
                           R"({"a":1,})", R"({a:1})", R"({"a":{"b":1})", R"({"a" 1})"}) {
    EXPECT_EQ(fields_of(line), "broken") << line;
  }
}

TEST(LineFields, DepthCostsNothing) {
  std::string line = R"({"a":)" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
  EXPECT_NE(fields_of(line), "broken");
  EXPECT_EQ(fields_of(R"({"a":)" + std::string(200'000, '[')), "broken");
}

/// Collects the same fields by the general reader.
class Collect final : public Events {
 public:
  bool null() override { return leaf("null"); }
  bool boolean(bool value) override { return leaf(value ? "true" : "false"); }
  bool number(double /*value*/) override { return leaf("#"); }
  bool string(std::string_view value) override { return leaf(std::string(value)); }
  bool key(std::string_view name) override {
    keys_.resize(static_cast<std::size_t>(depth_));
    keys_.back() = name;
    return true;
  }
  bool begin_object() override {
    ++depth_;
    return true;
  }
  bool end_object() override { return --depth_ >= 0; }
  bool begin_array() override {
    ++arrays_;
    return true;
  }
  bool end_array() override { return --arrays_ >= 0; }
  std::string out;

 private:
  bool leaf(const std::string& text) {
    if (arrays_ == 0 && depth_ >= 1 && depth_ <= 2) {
      out += (depth_ == 2 ? keys_[0] + "." : "") + keys_.back() + "=" + text + ";";
    }
    return true;
  }
  int depth_ = 0;
  int arrays_ = 0;
  std::vector<std::string> keys_;
};

std::string random_value(std::mt19937& random, int depth) {
  static const std::string kPieces[] = {"a", "\\\"", "\\\\", "é", "\\n", " ", "{", "]", "\\u00e9", "/", "long text "};
  switch (random() % (depth > 3 ? 4U : 6U)) {
    case 0:
      return std::to_string(random() % 100'000);
    case 1:
      return random() % 2 != 0 ? "null" : "-0.5e2";
    case 4: {
      std::string out = "[";
      for (std::size_t n = random() % 3; n > 0; --n) {
        out += (out.size() > 1 ? "," : "") + random_value(random, depth + 1);
      }
      return out + "]";
    }
    case 5: {
      std::string out = "{";
      for (std::size_t n = random() % 4; n > 0; --n) {
        out += (out.size() > 1 ? ",\"" : "\"") + std::string(1, static_cast<char>('a' + random() % 26)) +
               "\":" + random_value(random, depth + 1);
      }
      return out + "}";
    }
    default: {
      std::string out = "\"";
      for (std::size_t n = random() % 30; n > 0; --n) {
        out += kPieces[random() % std::size(kPieces)];
      }
      return out + "\"";
    }
  }
}

TEST(LineFieldsProperty, AgreesWithTheGeneralReader) {
  std::mt19937 random(11);
  for (int i = 0; i < 3000; ++i) {
    std::string line = "{";
    for (std::size_t n = random() % 6; n > 0; --n) {
      line += (line.size() > 1 ? ",\"" : "\"") + std::string(1, static_cast<char>('a' + random() % 26)) +
              "\":" + random_value(random, 1);
    }
    line += "}";
    if (i % 3 == 0) {
      line.resize(random() % line.size());  // cut off: both must refuse
    }
    Collect general;
    const bool good = parse_text("x", line, general).has_value() && !line.empty();
    const auto content = content_from_string(line);
    std::vector<LineField> fields;
    ASSERT_EQ(read_line_fields(content->bytes(), fields), good) << line;
    if (!good) {
      continue;
    }
    std::string out;
    for (const LineField& field : fields) {
      if (field.type == LineField::Type::kArray) {
        continue;
      }
      std::string text(field.type == LineField::Type::kNumber ? "#" : "");
      if (field.type != LineField::Type::kNumber) {
        ASSERT_TRUE(unescape(field.raw, text));
      }
      out += (field.parent.empty() ? "" : std::string(field.parent) + ".") + std::string(field.key) + "=" + text + ";";
    }
    ASSERT_EQ(out, general.out) << line;
  }
}

/// Everything that a reader tells of a line, values and all.
std::string described(const std::vector<LineField>& fields) {
  std::string out;
  for (const LineField& field : fields) {
    out += std::string(field.parent) + "|" + std::string(field.key) + "|" + std::string(field.raw) + "|" +
           std::to_string(static_cast<int>(field.type)) + ";";
  }
  return out;
}

TEST(LineReader, KnowsTheLayoutOfTheLineBefore) {
  LineReader reader;
  const auto read = [&](std::string_view line) {
    const auto content = content_from_string(line);
    EXPECT_TRUE(reader.read(content->bytes())) << line;
    return reader.layout();
  };
  const std::uint64_t first = read(R"({"a":1,"b":{"c":"x"},"d":[1],"e":null})");
  EXPECT_NE(first, 0U);
  EXPECT_EQ(read(R"({"a":-2.5e3,"b":{"c":"longer than sixteen \" bytes"},"d":[1,[2]],"e":true})"), first);
  EXPECT_NE(read(R"({"a":1,"b":{"c":""},"d":[1],"e":null})"), first) << "an empty text is another layout";
  EXPECT_NE(read(R"({"a":"1","b":{"c":"x"},"d":[1],"e":null})"), first) << "a text is not a number";
  EXPECT_NE(read(R"({"a":1,"b":{"f":"x"},"d":[1],"e":null})"), first) << "another key";
  EXPECT_EQ(read(R"({"a":7,"b":{"c":"y"},"d":[],"e":null})"), first) << "still remembered";
  EXPECT_EQ(read("{\"a\":" + std::string(20'000, '1') + "}"), 0U) << "a long line is not learned";
}

TEST(LineReader, RefusesInALearnedLayoutWhatTheFullReaderRefuses) {
  LineReader reader;
  const auto good = [&](std::string_view line) { return reader.read(content_from_string(line)->bytes()); };
  ASSERT_TRUE(good(R"({"a":1,"s":"x","w":null,"l":[1]})"));
  for (const char* line : {R"({"a":01,"s":"x","w":null,"l":[1]})", R"({"a":1.,"s":"x","w":null,"l":[1]})",
                           R"({"a":1,"s":"x","w":nul,"l":[1]})", R"({"a":1,"s":"x","w":null,"l":[1})",
                           R"({"a":1,"s":"x","w":null,"l":[1]}})", R"({"a":1,"s":"x","w":null,"l":[1]} x)",
                           R"({"a":1,"s":"x)", R"({"a":1,"s":"x\"})", R"({"a":1,"s":"x","w":null,"l":[1])"}) {
    EXPECT_FALSE(good(line)) << line;
  }
}

TEST(LineFieldsProperty, AReaderOfManyLinesAgreesWithOneOfEach) {
  std::mt19937 random(17);
  std::size_t followed = 0;
  for (int round = 0; round < 60; ++round) {
    LineReader reader;
    std::vector<std::string> keys;
    for (std::size_t n = 1 + random() % 5; n > 0; --n) {
      keys.push_back(std::string(1 + random() % 30, static_cast<char>('a' + random() % 26)));
    }
    for (int i = 0; i < 60; ++i) {
      std::string line = "{";
      for (const std::string& key : keys) {
        // Mostly the same type, so that layouts come back; at times anything.
        const std::string value =
            random() % 20 == 0    ? random_value(random, 1)
            : key.size() % 2 == 0 ? std::to_string(random() % 1000)
                                  : "\"" + std::string(random() % 90, 'x') + (random() % 2 == 0 ? "\\\"" : "") + "\"";
        line += (line.size() > 1 ? ",\"" : "\"") + key + "\":" + value;
      }
      line += "}";
      if (random() % 8 == 0) {
        line[random() % line.size()] = "\"\\{}[]:,0x "[random() % 11U];
      } else if (random() % 12 == 0) {
        line.resize(random() % line.size());
      }
      // What stands behind the line must not matter.
      const auto content = content_from_string(line + (random() % 2 == 0 ? "" : "\n0\"}]1"));
      const std::string_view bytes = content->bytes().substr(0, line.size());
      std::vector<LineField> fields;
      const std::uint64_t before = reader.layout();
      ASSERT_EQ(reader.read(bytes), read_line_fields(bytes, fields)) << line;
      followed += before != 0 && reader.layout() == before ? 1U : 0U;
      if (read_line_fields(bytes, fields)) {
        ASSERT_EQ(described(reader.fields()), described(fields)) << line;
      }
    }
  }
  EXPECT_GT(followed, 500U) << "the fast way must have been taken";
}

}  // namespace
}  // namespace budgetcheck::json
