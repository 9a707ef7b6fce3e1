#include "json/lines/line_check.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "json/stream/sax.h"

namespace budgetcheck::json {
namespace {

bool is_sure(const std::string& line) {
  std::string guarded = line;
  guarded.append(FileContent::kGuard, '"');
  return is_surely_json(std::string_view(guarded).substr(0, line.size()));
}

bool parses(const std::string& line) {
  NoEvents nothing;
  return parse_text("", line, nothing).has_value();
}

TEST(LineCheck, IsSureOfWhatLoggersWrite) {
  for (const char* line :
       {R"({"a":1,"b":{"c":["x",{"d":null}],"e":{}},"f":[],"g":-1.5e-05})", R"({ "a" : [ true , false ] , "b" : "" })",
        R"([[],{},[[1]]])", R"("x")", "7", R"({"a":"a text that is longer than a step of sixteen bytes"})"}) {
    EXPECT_TRUE(is_sure(line)) << line;
    EXPECT_TRUE(parses(line)) << line;
  }
}

TEST(LineCheck, LeavesTheRestToTheParser) {
  for (const char* line :
       {R"({"a":"\n"})", "{\"a\":\"\xC3\xA9\"}", R"({"a":1e400})", R"({"a":1E5})", "{\"a\":\"\t\"}"}) {
    EXPECT_FALSE(is_sure(line)) << line;
  }
  EXPECT_FALSE(is_sure(std::string(40, '[') + std::string(40, ']')));
}

/// Lines with one sign taken out, put in or changed: the check is never sure of what the parser refuses.
TEST(LineCheck, IsNeverSureOfWhatIsNoJson) {
  const std::string whole = R"({"a":1.5,"b":{"c":["x",{"d":null}],"e":{}},"f":[true],"g":"y z"})";
  const std::string signs = R"({}[]:,"0-.eanx )";
  std::mt19937 random(7);
  std::size_t sure = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string line = whole;
    for (std::size_t change = random() % 3; change < 3; ++change) {
      const std::size_t at = random() % line.size();
      const char sign = signs[random() % signs.size()];
      switch (random() % 3) {
        case 0:
          line.erase(at, 1);
          break;
        case 1:
          line.insert(at, 1, sign);
          break;
        default:
          line[at] = sign;
      }
    }
    if (is_sure(line)) {
      ++sure;
      ASSERT_TRUE(parses(line)) << line;
    }
  }
  EXPECT_GT(sure, 200U);
}

}  // namespace
}  // namespace budgetcheck::json
