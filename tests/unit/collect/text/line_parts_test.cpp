#include "collect/text/line_parts.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

std::string text_of(const std::optional<LinePart>& part) { return part ? std::string(part->text) : "-"; }

TEST(LineParts, AreJoinedByStreamWithTheTimeOfTheFirst) {
  LineParts parts;
  EXPECT_EQ(text_of(parts.add({"a", "out", "1", false})), "a");
  EXPECT_EQ(text_of(parts.add({"b", "out", "2", true})), "-");
  EXPECT_TRUE(parts.has_begun("out"));
  EXPECT_EQ(text_of(parts.add({"x", "err", "3", false})), "x");
  EXPECT_EQ(text_of(parts.add({"c", "out", "4", true})), "-");
  const std::optional<LinePart> whole = parts.add({"d", "out", "5", false});
  EXPECT_EQ(text_of(whole), "bcd");
  EXPECT_EQ(whole->time, "2");
  EXPECT_FALSE(parts.has_begun("out"));
}

TEST(LineParts, MemoryIsBounded) {
  LineParts parts;
  const std::string piece(LineParts::kMost / 2 + 1, 'x');
  for (int i = 0; i < 4; ++i) {
    (void)parts.add({piece, "out", {}, true});
  }
  EXPECT_EQ(parts.add({"y", "out", {}, false})->text.size(), LineParts::kMost);
  for (std::size_t i = 0; i < LineParts::kMaxStreams; ++i) {
    EXPECT_FALSE(parts.add({"x", std::to_string(i), {}, true}));
  }
  EXPECT_EQ(text_of(parts.add({"x", "more", {}, true})), "x");
}

}  // namespace
}  // namespace budgetcheck
