#include "budget/sections/sections.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

std::vector<std::string> keys_of(const std::vector<const Section*>& sections) {
  std::vector<std::string> keys;
  for (const Section* section : sections) {
    keys.emplace_back(section->key);
  }
  return keys;
}

TEST(Sections, EachStandsBehindWhatItNeeds) {
  const std::vector<const Section*> ordered = in_order_of_needs(sections());
  EXPECT_EQ(ordered.size(), sections().size());
  EXPECT_EQ(ordered.front()->key, "version") << "a newer file is read no further";
  const std::vector<Section> rows{{"c", json::Value::Type::kArray, {"a", "b"}, load_removed},
                                  {"b", json::Value::Type::kArray, {"a"}, load_removed},
                                  {"a", json::Value::Type::kArray, {}, load_removed},
                                  {"d", json::Value::Type::kArray, {}, load_removed}};
  EXPECT_EQ(keys_of(in_order_of_needs(rows)), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST(Sections, ACircleOrAnUnknownNeedIsABug) {
  EXPECT_THROW(in_order_of_needs({{"a", json::Value::Type::kArray, {"b"}, load_removed},
                                  {"b", json::Value::Type::kArray, {"a"}, load_removed}}),
               InternalError);
  EXPECT_THROW(in_order_of_needs({{"a", json::Value::Type::kArray, {"x"}, load_removed}}), InternalError);
}

TEST(Sections, RowsAndSchemaAgree) {
  const auto& files = embedded_schemas();
  const auto file = std::find_if(files.begin(), files.end(),
                                 [](const EmbeddedFile& candidate) { return candidate.name == "budgets.v1.json"; });
  ASSERT_NE(file, files.end());
  const auto schema = json::read_json("budgets.v1.json", file->bytes);
  ASSERT_TRUE(schema);
  std::vector<std::pair<std::string, std::string>> of_schema;
  for (const json::Member& member : *schema->find("properties")->object()) {
    if (member.key != "$schema") {
      of_schema.emplace_back(member.key, member.value.string_or("type", ""));
    }
  }
  std::vector<std::pair<std::string, std::string>> of_rows;
  for (const Section& section : sections()) {
    using enum json::Value::Type;
    of_rows.emplace_back(section.key, section.other_type        ? ""  // one of two: the schema has a list
                                      : section.type == kArray  ? "array"
                                      : section.type == kObject ? "object"
                                      : section.type == kNumber ? "integer"
                                                                : "string");
  }
  EXPECT_EQ(of_rows, of_schema);
}

}  // namespace
}  // namespace budgetcheck
