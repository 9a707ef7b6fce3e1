#include "judge/change/unnamed_files.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace budgetcheck {
namespace {

class UnnamedFiles : public testing::Test {
 protected:
  NamedParts parts(const std::vector<std::pair<std::string, double>>& files) {
    NamedParts named;
    for (const auto& [name, size] : files) {
      stored_.push_back({"bundle.", {}, "asset", name, Unit::kBytes, size, {}});
      named.emplace(name, &stored_.back());
    }
    return named;
  }

  std::deque<Part> stored_;
};

TEST_F(UnnamedFiles, ANewOneShiftsNoNumbers) {
  NamedParts base = parts({{"[hash].js", 500}, {"[hash:2].js", 300}, {"main.js", 7}});
  NamedParts head = parts({{"[hash].js", 900}, {"[hash:2].js", 500}, {"[hash:3].js", 310}, {"main.js", 8}});
  pair_unnamed_files(base, head);
  ASSERT_TRUE(head.contains("[hash].js"));
  EXPECT_EQ(head.at("[hash].js")->size, 500);
  EXPECT_EQ(head.at("[hash:2].js")->size, 310);
  EXPECT_EQ(head.at("main.js")->size, 8);
  EXPECT_EQ(head.size(), 4U);
  EXPECT_TRUE(head.contains("[hash].js (new)"));
  EXPECT_EQ(base.size(), 3U);
}

TEST_F(UnnamedFiles, SizesThatAreFarFromEachOtherAreTwoFiles) {
  NamedParts base = parts({{"a-[hash].js", 500}, {"a-[hash:2].js", 400}});
  NamedParts head = parts({{"a-[hash].js", 400}, {"a-[hash:2].js", 10}});
  pair_unnamed_files(base, head);
  EXPECT_EQ(head.at("a-[hash:2].js")->size, 400);
  EXPECT_TRUE(base.contains("a-[hash].js (gone)"));
  EXPECT_TRUE(head.contains("a-[hash:2].js (new)"));
}

TEST_F(UnnamedFiles, ANameThatEachSideHasOnceIsTheSameFile) {
  NamedParts base = parts({{"a-[hash].js", 500}, {"b-[hash:x/index.tsx].js", 1}});
  NamedParts head = parts({{"a-[hash].js", 5}, {"b-[hash:x/index.tsx].js", 100}});
  pair_unnamed_files(base, head);
  EXPECT_TRUE(base.contains("a-[hash].js"));
  EXPECT_TRUE(head.contains("a-[hash].js"));
  EXPECT_TRUE(head.contains("b-[hash:x/index.tsx].js"));
}

}  // namespace
}  // namespace budgetcheck
