#include "cli/schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "json/document.h"

namespace budgetcheck {
namespace {

TEST(Schema, PrintsEachAsJson) {
  for (const char* name : {"", "budgets", "rule"}) {
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(run_schema(name, out, err), 0) << name;
    const auto document = json::read_json("schema", out.str());
    ASSERT_TRUE(document) << name;
    EXPECT_EQ(document->string_or("$schema", ""), "http://json-schema.org/draft-04/schema#");
    EXPECT_TRUE(out.str().ends_with("}\n"));
  }
}

TEST(Schema, AnUnknownNameGetsTheNearest) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(run_schema("rules", out, err), 2);
  EXPECT_TRUE(out.str().empty());
  EXPECT_THAT(err.str(), testing::HasSubstr("did you mean 'rule'?"));
  EXPECT_EQ(run_schema("rule.v1", out, err), 2);
}

}  // namespace
}  // namespace budgetcheck
