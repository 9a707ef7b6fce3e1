#include "collect/load_test/result_documents.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Expected<ResultDocuments> read(const std::string& text) {
  const auto content = content_from_string(text);
  Source source;
  source.path = "f";
  source.content = content.get();
  return read_result_documents(source, {"a"});
}

TEST(ResultDocuments, OneAListOrOneALine) {
  EXPECT_EQ(read("{\"a\":1}")->all.size(), 1U);
  EXPECT_EQ(read("{\n\"a\":1\n}\n")->all.size(), 1U);
  EXPECT_EQ(read("[{\"a\":1},{\"b\":2}]")->all.size(), 2U);
  const auto lines = read("{\"a\":1}\n\n{\"a\":2,\"b\":3}\r\n");
  ASSERT_EQ(lines->all.size(), 2U);
  EXPECT_EQ(*lines->all[1].value.find("a")->number(), 2);
  EXPECT_EQ(lines->all[1].value.find("b"), nullptr);
  EXPECT_EQ(lines->all[1].pointer, "/line 3");
}

TEST(ResultDocuments, OnlyTheLastLineMayBreakOff) {
  const auto cut = read("{\"a\":1}\n{\"a\":");
  ASSERT_TRUE(cut);
  EXPECT_EQ(cut->all.size(), 1U);
  EXPECT_FALSE(cut->broken_off.empty());
  const auto garbled = read("{\"a\":1}\n{\"a\":\n{\"a\":3}\n");
  ASSERT_FALSE(garbled);
  EXPECT_EQ(garbled.error().location.line, 2U);
  EXPECT_FALSE(read("{\"a\":"));
}

TEST(ResultDocuments, ThereIsALimit) {
  std::string lines;
  for (int i = 0; i < 1'000; ++i) {
    lines += "{\"a\":1}\n";
  }
  EXPECT_TRUE(read(lines));
  EXPECT_FALSE(read(lines + "{\"a\":1}\n"));
}

}  // namespace
}  // namespace budgetcheck
