#include "base/text/character.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(AppendCharacter, IsReadAgainAsItself) {
  for (const char32_t character :
       {U'\x1', U'a', U'\x7f', U'\x80', U'\u07ff', U'\u0800', U'\ufffd', U'\U00010000', U'\U0010ffff'}) {
    std::string text;
    append_character(text, character);
    std::size_t at = 0;
    EXPECT_EQ(next_character(text, at), character);
    EXPECT_EQ(at, text.size());
  }
}

TEST(AppendCharacter, TakesAsManyBytesAsItNeeds) {
  std::string text;
  append_character(text, U'é');
  append_character(text, U'€');
  append_character(text, U'😀');
  EXPECT_EQ(text, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
}

}  // namespace
}  // namespace budgetcheck
