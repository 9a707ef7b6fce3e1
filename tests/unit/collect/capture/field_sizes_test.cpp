#include "collect/capture/field_sizes.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

namespace budgetcheck {
namespace {

using Sizes = std::map<std::string, double>;

Sizes sizes(const std::string& text) {
  const auto fields = field_sizes(text);
  EXPECT_TRUE(fields.has_value()) << text;
  Sizes named;
  for (const FieldSize& field : fields.value_or(std::vector<FieldSize>())) {
    EXPECT_FALSE(named.contains(field.path)) << "named twice: " << field.path;
    named[field.path] = field.bytes;
  }
  return named;
}

double total(const Sizes& all) {
  return std::accumulate(all.begin(), all.end(), 0.0, [](double sum, const auto& one) { return sum + one.second; });
}

TEST(FieldSizes, EveryByteBelongsToAField) {
  const std::string text = R"({"users":[{"id":1,"bio":"long text"},{"id":22,"bio":""}],"total":2})";
  const Sizes found = sizes(text);
  EXPECT_EQ(total(found), text.size());
  EXPECT_EQ(found.at("users[].bio"), std::string(R"(,"bio":"long text","bio":"")").size());
  EXPECT_EQ(found.at("users[].id"), std::string(R"("id":1"id":22)").size());
  EXPECT_EQ(found.at("total"), std::string(R"(,"total":2)").size());
  EXPECT_EQ(found.at("(body)"), 2) << "the root's brackets";
}

TEST(FieldSizes, RootsOfEveryKind) {
  EXPECT_EQ(sizes("[1,2,3]").at("[]"), 5);
  EXPECT_EQ(sizes("[[1],[2]]").at("[][]"), 2);
  EXPECT_EQ(sizes("42").at("(body)"), 2);
  EXPECT_EQ(sizes(R"([{"a":1}])").at("[].a"), 5);
}

TEST(FieldSizes, KeysThatAreDataAreNoNames) {
  for (const char* key : {"ada@example.com", "42", "user 7", "2026-11-23", "", "usr_12345",
                          "550e8400-e29b-41d4-a716-446655440000", "deadbeef42", "V1StGXR8_Z5jdHi6B-myT", "ключ"}) {
    const Sizes found = sizes(R"({"byId":{")" + std::string(key) + R"(":{"name":"x"}}})");
    EXPECT_EQ(found.count("byId.*.name"), 1U) << key;
    EXPECT_EQ(found.size(), 4U) << key;
  }
  for (const char* key : {"name", "_id", "$ref", "line2", "sha256", "content-type", "createdAt", "x1"}) {
    EXPECT_EQ(sizes(R"({")" + std::string(key) + R"(":1})").count(key), 1U) << key;
  }
}

TEST(FieldSizes, ManyDifferentKeysAreDataOneKeyBelowTheLimitAreNames) {
  const auto object = [](std::size_t keys) {
    std::string text = "{";
    for (std::size_t i = 0; i < keys; ++i) {
      text += (i == 0 ? "" : ",") + std::string("\"name") + static_cast<char>('a' + i / 26) +
              static_cast<char>('a' + i % 26) + R"(":{"v":1})";
    }
    return text + "}";
  };
  const Sizes named = sizes(object(kMaxNamedFields));
  EXPECT_EQ(named.count("nameaa.v"), 1U);
  const std::string text = object(kMaxNamedFields + 1);
  const Sizes collapsed = sizes(text);
  EXPECT_EQ(collapsed.size(), 3U) << "(body), *, *.v";
  EXPECT_EQ(collapsed.at("*.v"), 5.0 * (kMaxNamedFields + 1));
  EXPECT_EQ(total(collapsed), text.size());
}

TEST(FieldSizes, DepthAndNumberOfFieldsAreBounded) {
  std::string deep;
  for (int i = 0; i < 300; ++i) {
    deep += R"({"a":)";
  }
  deep += "1" + std::string(300, '}');
  const Sizes found = sizes(deep);
  EXPECT_LE(found.size(), kMaxFieldDepth + 3);
  EXPECT_EQ(total(found), deep.size());

  std::string wide = "[";
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      wide += (wide.size() == 1 ? "" : ",") + std::string("{\"k") + a + R"(":{"k)" + b +
              R"(":{"x":1,"y":2,"z":3,"w":4,"u":5,"t":6}}})";
    }
  }
  wide += "]";
  const auto fields = field_sizes(wide);
  ASSERT_TRUE(fields.has_value());
  EXPECT_LE(fields->size(), kMaxFields);
  EXPECT_EQ(std::accumulate(fields->begin(), fields->end(), 0.0,
                            [](double sum, const FieldSize& f) { return sum + f.bytes; }),
            wide.size());
}

TEST(FieldSizes, WhatIsNoJsonHasNoFields) {
  for (const char* text : {"", "<html>", "{\"a\":", "{\"a\":1}}", "{a:1}", "[1,]", ")]}',\n[1]"}) {
    EXPECT_FALSE(field_sizes(text).has_value()) << text;
  }
  EXPECT_FALSE(field_sizes(std::string(600, '[') + std::string(600, ']')).has_value()) << "nested deeper than is read";
}

TEST(FieldSizes, BodiesInBase64AreRead) {
  const auto plain = field_sizes_of_body(R"( {"a":1})");
  ASSERT_TRUE(plain.has_value());
  EXPECT_FALSE(plain->base64);
  const auto encoded = field_sizes_of_body("eyJhIjoxfQ==");
  ASSERT_TRUE(encoded.has_value());
  EXPECT_TRUE(encoded->base64);
  EXPECT_EQ(encoded->fields.size(), 2U);
  EXPECT_FALSE(field_sizes_of_body("eyJhIjoxfQ==!").has_value());
  EXPECT_FALSE(field_sizes_of_body("iVBORw0KGgo=").has_value());
  EXPECT_FALSE(field_sizes_of_body("").has_value());
}

}  // namespace
}  // namespace budgetcheck
