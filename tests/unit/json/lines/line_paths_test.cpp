#include "json/lines/line_paths.h"

#include <gtest/gtest.h>

#include "base/file_system.h"

namespace budgetcheck::json {
namespace {

std::string at(const std::string& line, const std::string& path) {
  const auto content = content_from_string(line);
  PathReader reader({path, "other"});
  reader.read(content->bytes());
  const LineField* field = reader.at(0);
  return field == nullptr ? "none" : std::string(field->raw);
}

TEST(LinePaths, FindsMembersAtAnyDepth) {
  const std::string line = R"({"a":1,"b":{"c":{"d":"x","e":[1,{"f":2}]},"g":null},"h":{}})";
  EXPECT_EQ(at(line, "a"), "1");
  EXPECT_EQ(at(line, "b.c.d"), "x");
  EXPECT_EQ(at(line, "b.c.e"), R"([1,{"f":2}])");
  EXPECT_EQ(at(line, "b.g"), "null");
  for (const std::string path : {"b", "b.c", "b.c.e.f", "c.d", "b.c.d.x", "b.", ".a", "", "h.x", "A"}) {
    EXPECT_EQ(at(line, path), "none") << path;
  }
}

TEST(LinePaths, ADotMayBePartOfAKey) {
  EXPECT_EQ(at(R"({"db.statement.text":1})", "db.statement.text"), "1");
  EXPECT_EQ(at(R"({"db":{"statement.text":1}})", "db.statement.text"), "1");
  EXPECT_EQ(at(R"({"db.statement":{"text":1}})", "db.statement.text"), "1");
  EXPECT_EQ(at(R"({"db":{"x":2},"db.statement":{"text":1}})", "db.statement.text"), "1");
  EXPECT_EQ(at(R"({"db":{"statement":{"text":1}},"db.statement.text":2})", "db.statement.text"), "1");
}

TEST(LinePaths, BrokenLinesEndTheSearch) {
  for (const std::string line :
       {"", "x", "{", R"({"a)", R"({"a":)", R"({"b":{"a":1})", R"({"b":[}],"a":1})", R"({"b":nul,"a":1})"}) {
    EXPECT_EQ(at(line, "a"), "none") << line;
  }
}

TEST(LinePaths, DepthIsLimited) {
  std::string path;
  std::string line;
  for (int i = 0; i < 100'000; ++i) {
    line += "{\"a\":";
    path += i == 0 ? "a" : ".a";
  }
  EXPECT_EQ(at(line + "1" + std::string(100'000, '}'), path), "none");
  const std::size_t deep = PathReader::kMaxDepth;
  EXPECT_EQ(at(line.substr(0, deep * 5) + "1" + std::string(deep, '}'), path.substr(0, deep * 2 - 1)), "1");
}

TEST(LinePaths, ListsTexts) {
  const auto content = content_from_string(R"({"a":"x","b":{"c":"y","d":1,"e":{"f":""}},"g":["z"]})");
  std::string seen;
  each_text(content->bytes(), [&](std::string_view path, const LineField& field) {
    seen += std::string(path) + "=" + std::string(field.raw) + " ";
  });
  EXPECT_EQ(seen, "a=x b.c=y b.e.f= ");
}

}  // namespace
}  // namespace budgetcheck::json
