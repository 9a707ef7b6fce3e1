#include "collect/sniff.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Sniff, SeesKeysBehindABigValueOnlyInAWholeLook) {
  const std::string text = R"({"big":")" + std::string(100'000, 'x') + R"(","late":1})";
  const auto content = content_from_string(text);
  EXPECT_FALSE(sniff("f", *content, false).has("late"));
  EXPECT_TRUE(sniff("f", *content, true).has("late"));
}

TEST(Sniff, TellsLinesFromOneDocument) {
  const auto lines = content_from_string("starting\n{\"a\":1}\n{\"a\":2}\n");
  EXPECT_TRUE(sniff("f", *lines, false).is_lines);
  const auto document = content_from_string("{\n  \"a\": {\"b\": 1},\n  \"c\": 2\n}\n");
  EXPECT_FALSE(sniff("f", *document, false).is_lines);
}

}  // namespace
}  // namespace budgetcheck
