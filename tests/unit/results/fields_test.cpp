#include "results/fields.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

json::Value object(const std::string& text) {
  auto value = json::read_json("f.json", text);
  EXPECT_TRUE(value);
  return value ? std::move(*value) : json::Value();
}

TEST(Fields, WhatIsMissingOrOfAnotherTypeIsEmpty) {
  const json::Value value = object(R"({"t":7,"n":"x","c":1.5,"w":[],"f":"yes","unit":3,"where":{"a":"b","c":1}})");
  EXPECT_EQ(text_at(value, "t"), "");
  EXPECT_EQ(text_at(value, "absent"), "");
  EXPECT_EQ(number_at(value, "n"), std::nullopt);
  EXPECT_EQ(count_at(value, "c"), 0U);
  EXPECT_EQ(location_at(value, "w"), Location());
  EXPECT_FALSE(flag_at(value, "f"));
  EXPECT_EQ(unit_at(value).unit, Unit::kNone);
  EXPECT_EQ(labels_at(value), (Labels{{"a", "b"}}));
}

TEST(Fields, NumbersAreScaledAndFinite) {
  const json::Value value = object(R"({"unit":"s","n":1.5,"big":1e300,"c":3,"far":1e18,"minus":-1})");
  EXPECT_EQ(number_at(value, "n", unit_at(value).scale), 1500);
  EXPECT_EQ(number_at(value, "big", 1e300), std::nullopt);
  EXPECT_EQ(count_at(value, "c"), 3U);
  EXPECT_EQ(count_of(value.find("far")), std::nullopt) << "a double does not represent every whole number there";
  EXPECT_EQ(count_of(value.find("minus")), std::nullopt);
}

}  // namespace
}  // namespace budgetcheck
