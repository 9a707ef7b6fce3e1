#include "json/value.h"

#include <gtest/gtest.h>

namespace budgetcheck::json {
namespace {

Value sample() {
  Object inner;
  inner.push_back({"n", Value(2.0), 0, 0});
  Object outer;
  outer.push_back({"o", Value(std::move(inner)), 0, 0});
  outer.push_back({"s", Value(std::string("text")), 0, 0});
  return Value(std::move(outer));
}

TEST(Value, NeverMakesAValueUp) {
  const Value value = sample();
  EXPECT_EQ(value.find("none"), nullptr);
  EXPECT_EQ(value.number(), nullptr);
  EXPECT_EQ(value.at({"o", "n", "deeper"}), nullptr);
  EXPECT_EQ(value.at({"s", "n"}), nullptr);
  EXPECT_EQ(*value.at({"o", "n"})->number(), 2);
  EXPECT_EQ(value.string_or("s", "-"), "text");
  EXPECT_EQ(value.string_or("o", "-"), "-");
  EXPECT_TRUE(Value().is_null());
  EXPECT_FALSE(Value(false).is_null());
}

TEST(Value, TypesHaveNames) {
  EXPECT_EQ(type_name(Value(1.0).type()), "a number");
  EXPECT_EQ(type_name(Value(std::string()).type()), "a string");
  EXPECT_EQ(type_name(Value(true).type()), "true or false");
  EXPECT_EQ(type_name(sample().type()), "a mapping");
  EXPECT_EQ(type_name(Value(Array{}).type()), "a list");
}

}  // namespace
}  // namespace budgetcheck::json
