#include "collect/bundle/added_text.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

bool explains(const std::string& text, std::size_t bytes) { return added_text(text).explains(bytes); }

TEST(AddedText, TheLineOfASourceMapExplainsItsLength) {
  const std::string line = "//# sourceMappingURL=index.mjs.map";
  for (const std::string after : {"", "\n"}) {
    const std::string text = "export const a=1;\n" + line + after;
    EXPECT_TRUE(explains(text, line.size() + 1));
    EXPECT_FALSE(explains(text, line.size() + 5));
    EXPECT_FALSE(explains(text, 7));
  }
  EXPECT_TRUE(explains("a{}\n/*# sourceMappingURL=a.css.map */\n", 35));
  EXPECT_TRUE(explains("a();\n//# sourceMappingURL=a.map\n//# debugId=12\n", 43));
}

TEST(AddedText, ABannerExplainsItsLength) {
  EXPECT_TRUE(explains("/*! licence */\nlet a=1", 15));
  EXPECT_TRUE(explains("\"use client\";\nlet a=1", 14));
  EXPECT_TRUE(explains("#!/usr/bin/env node\nlet a=1\n//# sourceMappingURL=a.map", 20 + 27));
  EXPECT_FALSE(explains("/*! licence */\nlet a=1", 10));
}

TEST(AddedText, NothingElseDoes) {
  EXPECT_FALSE(explains("let a = 1; // sourceMappingURL=", 5));
  EXPECT_FALSE(explains("", 1));
  EXPECT_FALSE(explains("/* unclosed", 3));
}

}  // namespace
}  // namespace budgetcheck
