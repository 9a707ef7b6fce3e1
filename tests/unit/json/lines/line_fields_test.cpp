#include "json/lines/line_fields.h"

#include <gtest/gtest.h>

#include <random>

#include "base/file_system.h"
#include "json/scan/escapes.h"
#include "json/stream/sax.h"
#include "unit/json/lines/random_lines.h"

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

}  // namespace
}  // namespace budgetcheck::json
