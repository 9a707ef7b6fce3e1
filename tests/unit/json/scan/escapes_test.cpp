#include "json/scan/escapes.h"

#include <gtest/gtest.h>

namespace budgetcheck::json {
namespace {

TEST(Unescape, ReadsEveryEscapeOfJson) {
  std::string out;
  EXPECT_TRUE(unescape(R"(a\"b\\\/\b\f\n\r\té\u20ac\ud83d\ude00)", out));
  EXPECT_EQ(out, "a\"b\\/\b\f\n\r\t\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  for (const char* bad : {R"(\x)", R"(\u12)", R"(\ud800)", R"(\ude00)", "\\"}) {
    out.clear();
    EXPECT_FALSE(unescape(bad, out)) << bad;
  }
}

}  // namespace
}  // namespace budgetcheck::json
