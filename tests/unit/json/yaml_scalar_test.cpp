#include "json/yaml_scalar.h"

#include <gtest/gtest.h>

namespace budgetcheck::json {
namespace {

TEST(YamlScalar, KnowsTheNumbersOfTheCoreSchema) {
  EXPECT_EQ(*resolve_plain_scalar("0x1F")->number(), 31);
  EXPECT_EQ(*resolve_plain_scalar("0o17")->number(), 15);
  EXPECT_EQ(*resolve_plain_scalar("012")->number(), 12);
  EXPECT_EQ(*resolve_plain_scalar("-1.5E-1")->number(), -0.15);
}

TEST(YamlScalar, KnowsNullAndTruth) {
  EXPECT_TRUE(resolve_plain_scalar("~")->is_null());
  EXPECT_TRUE(*resolve_plain_scalar("True")->boolean());
  EXPECT_EQ(*resolve_plain_scalar("yes")->string(), "yes");
  EXPECT_EQ(*resolve_plain_scalar("10%")->string(), "10%");
}

TEST(YamlScalar, ANumberThatCannotBeHeldIsNothing) {
  EXPECT_FALSE(resolve_plain_scalar("1e999"));
  EXPECT_FALSE(resolve_plain_scalar(".inf"));
}

}  // namespace
}  // namespace budgetcheck::json
