#include "collect/load_test/result_numbers.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

class ResultNumbersTest : public ::testing::Test {
 protected:
  Source source_ = [] {
    Source source;
    source.path = "f";
    return source;
  }();
  ResultNumbers numbers_{source_, "k6"};
};

TEST_F(ResultNumbersTest, NothingIsNothing) {
  EXPECT_EQ(numbers_.number(nullptr, "/a"), std::nullopt);
  const json::Value null;
  EXPECT_EQ(numbers_.number(&null, "/a"), std::nullopt);
  EXPECT_TRUE(numbers_.result());
}

TEST_F(ResultNumbersTest, ZeroAndTheMostAreNumbers) {
  const json::Value zero(0.0);
  const json::Value most(1e15);
  EXPECT_EQ(numbers_.count(&zero, "/a"), 0U);
  EXPECT_EQ(numbers_.number(&most, "/a"), 1e15);
  EXPECT_TRUE(numbers_.result());
}

TEST_F(ResultNumbersTest, TheFirstErrorIsKept) {
  const json::Value text(std::string("x"));
  const json::Value negative(-1.0);
  EXPECT_EQ(numbers_.number(&text, below("/a", "b/c")), std::nullopt);
  EXPECT_EQ(numbers_.number(&negative, "/d"), std::nullopt);
  ASSERT_FALSE(numbers_.result());
  EXPECT_EQ(numbers_.error()->location.pointer, "/a/b~1c");
  EXPECT_NE(numbers_.error()->hint.find("k6"), std::string::npos);
}

TEST_F(ResultNumbersTest, HalvesAreNoCountsAndBeyondIsWrong) {
  const json::Value half(0.5);
  EXPECT_EQ(numbers_.number(&half, "/a"), 0.5);
  EXPECT_TRUE(numbers_.result());
  EXPECT_EQ(numbers_.count(&half, "/a"), std::nullopt);
  EXPECT_FALSE(numbers_.result());
  ResultNumbers others(source_, "k6");
  const json::Value beyond(2e15);
  EXPECT_EQ(others.number(&beyond, "/a"), std::nullopt);
  EXPECT_FALSE(others.result());
}

}  // namespace
}  // namespace budgetcheck
