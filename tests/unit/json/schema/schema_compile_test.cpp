#include <gtest/gtest.h>

#include "json/schema/schema.h"

namespace budgetcheck::json {
namespace {

TEST(Schema, WhatIsNotImplementedIsNotAcceptedInSilence) {
  const std::vector<std::string> unknown{
      R"({"const":1})",
      R"({"format":"date"})",
      R"({"items":[{}]})",
      R"({"$ref":"other.json"})",
      R"({"items":{"$ref":"#/$defs/a"}})",
      R"({"items":{"$ref":"#/definitions/none"}})",
      R"x({"title":"t","pattern":"(?=a)"})x",
      R"({"pattern":"a"})",
      R"({"type":"text"})",
      R"({"enum":[1]})",
      R"({"minimum":"1"})",
      R"({"exclusiveMinimum":true})",
      R"({"oneOf":[]})",
      R"({"properties":[]})",
      "[]",
      R"({"items":{"definitions":{}}})",
      "{",
      R"({"definitions":{"a":{"type":"string"}},"items":{"$ref":"#/definitions/a","minLength":3}})",
      R"({"definitions":{"a":{"$ref":"#/definitions/a"}},"items":{"$ref":"#/definitions/a"}})"};
  for (const std::string& schema : unknown) {
    EXPECT_THROW(Schema("test", schema), InternalError) << schema;
  }
}

// The other schemas are published for editors and other tools; the program itself reads those files by hand.
}  // namespace
}  // namespace budgetcheck::json
