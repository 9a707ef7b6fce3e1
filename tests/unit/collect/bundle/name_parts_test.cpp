#include "collect/bundle/name_parts.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(NameParts, TheEndingBeginsAtTheLastDotOfTheFile) {
  const NameParts parts = split_name("a.b/main.min.js");
  EXPECT_EQ(parts.folder, "a.b/");
  EXPECT_EQ(parts.stem, "main.min");
  EXPECT_EQ(parts.ending, ".js");
  EXPECT_EQ(split_name(".htaccess").stem, ".htaccess");
  EXPECT_EQ(split_name("a/").stem, "");
}

TEST(NameParts, WordsAreWhatPeopleWrite) {
  for (const char* text : {"settings", "SETTINGS", "VERSION2", "UserMenu", "2024", "part12", "user-menu", "iPhone15"}) {
    EXPECT_TRUE(is_words(text)) << text;
  }
  for (const char* text : {"BfA6cGt_", "KWLEAB6D", "w5wzk8t2", "", "a--b", "Ck5Lem5-"}) {
    EXPECT_FALSE(is_words(text)) << text;
  }
}

TEST(NameParts, TurbopacksHashesHaveThirteenCharacters) {
  EXPECT_TRUE(ends_in_turbopack_hash("0cz1d0mv5g_q7"));
  EXPECT_TRUE(ends_in_turbopack_hash("turbopack-2u1d16houkiyo"));
  EXPECT_TRUE(ends_in_turbopack_hash("geist-s.p.0cz1d0mv5g_q7"));
  EXPECT_FALSE(ends_in_turbopack_hash("x0cz1d0mv5g_q7"));
  EXPECT_FALSE(ends_in_turbopack_hash("translations1"));
}

}  // namespace
}  // namespace budgetcheck
