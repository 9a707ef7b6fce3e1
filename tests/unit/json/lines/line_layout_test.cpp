#include "json/lines/line_layout.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck::json {
namespace {

struct Learned {
  LineLayout layout;
  explicit Learned(const std::string& line) {
    const auto content = content_from_string(line);
    std::vector<LineField> fields;
    EXPECT_TRUE(read_line_fields(content->bytes(), fields));
    layout.learn(content->bytes(), fields);
  }
  /// The values of a line that is followed to its end, joined; "no" for another.
  std::string values(const std::string& line) {
    const auto content = content_from_string(line);
    const std::string_view text = content->bytes();
    if (layout.follow(text.data(), text.data() + text.size(), false) != text.data() + text.size()) {
      return "no";
    }
    std::string all;
    for (const LineField& field : layout.fields()) {
      all += (all.empty() ? "" : " ") + std::string(field.raw);
    }
    return all;
  }
};

TEST(LineLayout, ValuesThatWereAlwaysTheSameMayStillDiffer) {
  Learned one(R"({"level":30,"app":"web","n":1,"route":"/a","end":null})");
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i);
    EXPECT_EQ(one.values(R"({"level":30,"app":"web","n":)" + n + R"(,"route":"/a","end":null})"),
              "30 web " + n + " /a null");
  }
  EXPECT_EQ(one.values(R"({"level":30,"app":"web","n":7,"route":"/longer/than/before","end":null})"),
            "30 web 7 /longer/than/before null");
  EXPECT_EQ(one.values(R"({"level":300,"app":"web","n":7,"route":"/a","end":true})"), "300 web 7 /a true");
  EXPECT_EQ(one.values(R"({"level":30,"app":"w","n":7,"route":"/a","end":null})"), "30 w 7 /a null");
  EXPECT_EQ(one.values(R"({"level":30,"app":"","n":7,"route":"/a","end":null})"), "no") << "an empty text is another";
  EXPECT_EQ(one.values(R"({"level":30,"app":"web","n":7,"route":"/a","end":null)"), "no");
  EXPECT_EQ(one.values(R"({"level":30,"app":"web","n":7,"path":"/a","end":null})"), "no");
}

TEST(LineLayout, WithoutAnyFieldItIsAText) {
  Learned none("{ }");
  EXPECT_EQ(none.values("{ }"), "");
  EXPECT_EQ(none.values("{}"), "no");
}

}  // namespace
}  // namespace budgetcheck::json
