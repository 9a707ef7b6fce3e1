#include "json/document.h"

#include <gtest/gtest.h>

namespace budgetcheck::json {
namespace {

TEST(ReadDocument, ChoosesByNameThenByContent) {
  EXPECT_TRUE(read_document("b.json", "{\"a\": 1, /* x */ }"));
  EXPECT_TRUE(read_document("b.jsonc", "{\"a\":1,} // end"));
  EXPECT_FALSE(read_document("b.json", "a: 1"));
  EXPECT_TRUE(read_document("b.yml", "a: 1"));
  EXPECT_TRUE(read_document("-", "// x\n{\"a\": 1}"));
  EXPECT_TRUE(read_document("-", "a: 1"));
}

}  // namespace
}  // namespace budgetcheck::json
