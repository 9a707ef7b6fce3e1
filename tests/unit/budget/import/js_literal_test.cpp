#include "budget/import/js_literal.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

TEST(JsLiteral, ValuesWithTheirPlaces) {
  const auto found = js_literals(
      "/* limits: 1 */ const x = 'limits: {}';\nexport const o = {\n  limits: { 'a': [1, -2.5, true, \"t\\\"\",], // "
      "no\n"
      "    b: `c`, [d]: null },\n};\n",
      "limits");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].line, 3U);
  EXPECT_EQ(found[0].column, 11U);
  const json::Value* a = found[0].find("a");
  ASSERT_NE(a, nullptr);
  ASSERT_EQ(a->array()->size(), 4U);
  EXPECT_EQ(*(*a->array())[1].number(), -2.5);
  EXPECT_EQ(*(*a->array())[3].string(), "t\"");
  ASSERT_NE(found[0].find("b"), nullptr);
  EXPECT_EQ(found[0].find("b")->line, 4U);
}

TEST(JsLiteral, WhatIsNoLiteralIsNothing) {
  const auto found = js_literals(
      "limits: { a: f(1, { b: 2 }), c: 'x' + y, d: `z${1}`, e() { return 1; }, ...f, g: 1 as T }", "limits");
  ASSERT_EQ(found.size(), 1U);
  for (const char* key : {"a", "c", "d"}) {
    ASSERT_NE(found[0].find(key), nullptr) << key;
    EXPECT_TRUE(found[0].find(key)->is_null()) << key;
  }
  ASSERT_NE(found[0].find("g"), nullptr);
  EXPECT_EQ(*found[0].find("g")->number(), 1);
}

TEST(JsLiteral, BrokenProgramsEnd) {
  for (const char* text : {"limits: {", "limits: { a", "limits: { a: [", "limits: { a: 'x", "limits: { ) ] }",
                           "limits: [ }", "limits = {{{{[[[", "limits:", "limits: limits", "const limits = limits"}) {
    js_literals(text, "limits");
  }
  js_literals("limits: " + std::string(100'000, '['), "limits");
}

}  // namespace
}  // namespace budgetcheck
