#include "collect/inner_documents.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string found(const std::string& text) {
  const auto content = content_from_string(text);
  std::string out;
  for (const InnerDocument& inner : inner_documents("f.json", *content)) {
    out += inner.key + "=" + inner.begin.substr(0, 7) + ";";
  }
  return out;
}

TEST(InnerDocuments, MembersThatAreObjects) {
  EXPECT_EQ(found(R"({"stats":{"a":1}})"), "stats={\"a\":1};");
  EXPECT_EQ(found(R"({"v":1,"l":[{"x":1}],"one": {"b":{"c":1}},"two":{"d":2}})"), "one={\"b\":{\";two={\"d\":2};");
}

TEST(InnerDocuments, OfAListTheFirst) {
  EXPECT_EQ(found(R"([1, {"a":1}, {"b":1}])"), "={\"a\":1};");
  EXPECT_EQ(found(R"([[{"a":1}]])"), "");
}

TEST(InnerDocuments, NoneInOtherFiles) {
  EXPECT_EQ(found(R"({"a":1})"), "");
  EXPECT_EQ(found("3"), "");
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(found("{"), "");
}

TEST(InnerDocuments, AreFew) {
  std::string text = "{";
  for (int i = 0; i < 100; ++i) {
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":{}";
  }
  const std::string all = found(text + "}");
  EXPECT_EQ(std::count(all.begin(), all.end(), ';'), 8);
}

}  // namespace
}  // namespace budgetcheck
