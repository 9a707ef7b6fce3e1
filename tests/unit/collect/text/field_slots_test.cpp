#include "collect/text/field_slots.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

constexpr std::array kNames{FieldName{FieldName::kAnywhere, "id", 0}, FieldName{"req", "number", 0},
                            FieldName{FieldName::kTop, "took", 1, 1000}};

const FieldSlots& slots() {
  static const FieldSlots kSlots(
      kNames, [](std::uint8_t /*slot*/, const json::LineField& field) { return !field.raw.empty(); });
  return kSlots;
}

SlotChoice choose(const std::vector<json::LineField>& fields) {
  SlotChoice choice{};
  slots().choose(
      fields, [](std::size_t i, const json::LineField& /*field*/) { return i; }, choice);
  return choice;
}

/// "slot=value*scale" of each slot that a field has.
std::string chosen(const std::string& line) {
  const auto content = content_from_string(line);
  std::vector<json::LineField> fields;
  EXPECT_TRUE(json::read_line_fields(content->bytes(), fields));
  const SlotChoice choice = choose(fields);
  std::string out;
  for (std::size_t slot = 0; slot < choice.size(); ++slot) {
    if (choice[slot].name != nullptr) {
      out += std::to_string(slot) + "=" + std::string(fields[choice[slot].field].raw) + "*" +
             std::to_string(static_cast<int>(choice[slot].name->scale)) + " ";
    }
  }
  return out;
}

TEST(FieldSlots, TheNameOfLowestRankWinsWhereverItStands) {
  EXPECT_EQ(chosen(R"({"req":{"number":7},"id":8})"), "0=8*1 ");
  EXPECT_EQ(chosen(R"({"req":{"number":7,"id":9}})"), "0=9*1 ");
  EXPECT_EQ(chosen(R"({"req":{"number":7}})"), "0=7*1 ");
}

TEST(FieldSlots, ANameCountsInItsPlaceOnly) {
  EXPECT_EQ(chosen(R"({"number":7,"req":{"took":1}})"), "");
  EXPECT_EQ(chosen(R"({"took":1.5})"), "1=1.5*1000 ");
}

TEST(FieldSlots, WhatIsNotUsableIsPassedOver) { EXPECT_EQ(chosen(R"({"id":"","req":{"id":"x"}})"), "0=x*1 "); }

TEST(LayoutChoices, AreMadeOncePerLayout) {
  const auto content =
      content_from_string("{\"id\":1}\n{\"id\":2}\n{\"took\":3}\n{\"id\":4}\n" + std::string(FileContent::kGuard, ' '));
  json::LineReader reader;
  LayoutChoices choices;
  std::string read;
  int made = 0;
  for (std::size_t begin = 0; content->bytes()[begin] == '{';) {
    const std::size_t end = content->bytes().find('\n', begin);
    ASSERT_TRUE(reader.read(content->bytes().substr(begin, end - begin)));
    const SlotChoice& choice = choices.of(reader, [&](const std::vector<json::LineField>& fields) {
      ++made;
      return choose(fields);
    });
    const std::size_t slot = choice[0].name != nullptr ? 0 : 1;
    read += std::string(reader.fields()[choice[slot].field].raw) + " ";
    begin = end + 1;
  }
  EXPECT_EQ(read, "1 2 3 4 ");
  EXPECT_EQ(made, 2);
}

}  // namespace
}  // namespace budgetcheck
