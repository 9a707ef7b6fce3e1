#include "base/text/log_text.h"

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"

namespace budgetcheck {
namespace {

TEST(LogText, NothingAtTheBeginningOfALineIsACommand) {
  EXPECT_EQ(log_text("::error::x"), ": error::x");
  EXPECT_EQ(log_text("a\n  ::error::x\n"), "a\n  : error::x\n");
  EXPECT_EQ(log_text("\xC2\xA0::error::x"), "\xC2\xA0: error::x");
  EXPECT_EQ(log_text("\xE2\x80\x83 \xE3\x80\x80::stop-commands::x"), "\xE2\x80\x83 \xE3\x80\x80: stop-commands::x");
  EXPECT_EQ(log_text("std::vector ::x"), "std::vector ::x");
  EXPECT_EQ(log_text("\x1b[1m::error::x\x1b[0m"), "\x1b[1m: error::x\x1b[0m");
}

TEST(LogText, WhatAComparisonOverlooksHidesNothing) {
  constexpr const char* kBad = "\xEF\xBF\xBD";
  for (const char* hidden : {"\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\xAD", "\xD8\x9C", "\xE2\x80\x8F", "\xEF\xBF\xBD",
                             "\xF3\xA0\x81\x81", "\xEF\xB8\x8F", "\x01"}) {
    const std::string h = hidden;
    EXPECT_EQ(log_text(h + "::error::x"), std::string(kBad) + ": error::x");
    EXPECT_EQ(log_text(":" + h + ":error::x"), ": error::x");
    EXPECT_EQ(log_text("a #" + h + "#vso[x]"), "a # vso[x]");
    EXPECT_EQ(log_text("a ##vs" + h + "o[x]"), std::string("a # vs") + kBad + "o[x]");
  }
}

TEST(LogText, NoCommandStandsAnywhereInALine) {
  EXPECT_EQ(log_text("c ##vso[task.setvariable variable=GATE]passed"), "c # vso[task.setvariable variable=GATE]passed");
  EXPECT_EQ(log_text("##teamcity[buildStatus]"), "# teamcity[buildStatus]");
  EXPECT_EQ(log_text("x ##[error]y"), "x # [error]y");
  EXPECT_EQ(log_text("###[x]"), "## [x]");
  EXPECT_EQ(log_text("##\x1b[0m[error]"), "# \x1b[0m[error]");
  EXPECT_EQ(log_text("## Heading, a C##, #[x], ##1["), "## Heading, a C##, #[x], ##1[");
}

TEST(LogText, NothingFoldsWhatFollows) {
  EXPECT_EQ(log_text("--- x\n+++ x\n ~~~ x\n^^^ +++"), "--  x\n++  x\n ~~  x\n^^  +++");
  EXPECT_EQ(log_text("---\n----- x\na --- b"), "---\n----- x\na --- b");
}

TEST(LogText, OnlyOurColoursAreEscapeSequences) {
  constexpr const char* kBad = "\xEF\xBF\xBD";
  EXPECT_EQ(log_text("section_start:1:x\r\x1b[0Kevil"), "section_start:1:x" + std::string(kBad) + kBad + "[0Kevil");
  EXPECT_EQ(log_text("\x1b[8mha:AAAA\x1b[0m"), std::string(kBad) + "[8mha:AAAA\x1b[0m");
  EXPECT_EQ(log_text("\x1b]8;;http://x\x07y"), std::string(kBad) + "]8;;http://x" + kBad + "y");
  EXPECT_EQ(log_text("a\r::error::x"), "a" + std::string(kBad) + "::error::x");
  EXPECT_EQ(log_text("a\r\n::x::\r\n"), "a\n: x::\n");
}

TEST(LogText, OrdinaryTextStays) {
  for (const char* text : {"", "\n\n", "FAIL  main-js\t200 kB", "\x1b[1;31mFAIL\x1b[0m x", "⚠️ → é 日本 …",
                           "a: b :: c", "  --output FORMAT", "-- sql"}) {
    EXPECT_EQ(log_text(text), text);
  }
}

TEST(LogText, ADocumentKeepsItsMeaning) {
  EXPECT_EQ(escape_commands("##vso[x] #1 #", "&#35;"), "&#35;#vso[x] #1 #");
  EXPECT_EQ(escape_commands("###", "\\u0023"), "\\u0023\\u0023#");
  EXPECT_EQ(escape_commands("#\xE2\x80\x8B#[x]", "&#35;"), "&#35;\xE2\x80\x8B#[x]");
  EXPECT_EQ(escape_commands("#\x7F#[x]", "&#35;"), "&#35;\x7F#[x]");
  EXPECT_EQ(escape_commands("", "x"), "");
  EXPECT_EQ(escape_commands("# [x]", "x"), "# [x]");
}

TEST(LogText, TwiceChangesNothingMore) {
  for (const char* text : {":::: x", "####[x]", "---  x", "::\xE2\x80\x8B::", "#\xE2\x80\x8B#\xE2\x80\x8B#[x]",
                           "\xFF::x", "##vso[##[::\n::##[x", "\x1b\x1b[0m::"}) {
    const std::string once = log_text(text);
    EXPECT_EQ(log_text(once), once) << printable(text);
  }
}

}  // namespace
}  // namespace budgetcheck
