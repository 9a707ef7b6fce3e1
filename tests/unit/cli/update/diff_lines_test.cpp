#include "cli/update/diff_lines.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(DiffLines, ShowsOnlyWhatDiffers) {
  EXPECT_EQ(diff_lines("a\nb\nc\n", "a\nb\nc\n"), "");
  EXPECT_EQ(diff_lines("a\nb\nc\n", "a\nx\ny\nc\n"), "@@ -2 +2,2 @@\n-b\n+x\n+y\n");
  EXPECT_EQ(diff_lines("a\nb", "a\nx"), "@@ -2 +2 @@\n-b\n+x\n");
}

TEST(DiffLines, WhatIsAddedOrRemoved) {
  EXPECT_EQ(diff_lines("a\nc\n", "a\nb\nc\n"), "@@ -1,0 +2 @@\n+b\n");
  EXPECT_EQ(diff_lines("a\nb\nc\n", "a\nc\n"), "@@ -2 +1,0 @@\n-b\n");
}

TEST(DiffLines, LineBreaksOfWindowsAreNotShown) { EXPECT_EQ(diff_lines("a\r\n", "b\r\n"), "@@ -1 +1 @@\n-a\n+b\n"); }

}  // namespace
}  // namespace budgetcheck
