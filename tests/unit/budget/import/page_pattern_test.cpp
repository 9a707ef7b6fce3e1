#include "budget/import/page_pattern.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(PagePattern, BecomesAGlobOfPaths) {
  struct Row {
    const char* pattern;
    const char* glob;
  };
  for (const Row& row :
       {Row{".*", ""}, Row{"", ""}, Row{"http://localhost:3000/.*", ""}, Row{"https?://[^/]+/blog/.*", "/blog/*"},
        Row{"^http://localhost:\\d+/about$", "/about"}, Row{"http://[^/]+/$", "/"}, Row{"/product/", "*/product/*"},
        Row{".*/about", "*/about*"}, Row{"^.*/about$", "*/about"}, Row{"http://h/a\\.html$", "/a.html"},
        Row{"http://h/a.html$", "/a?html"}, Row{"http:\\/\\/h\\/shop", "/shop*"}, Row{"http://h/\\*$", "/\\*"},
        Row{"http://h/users/[^/]+$", "/users/*"}}) {
    const auto glob = page_of_pattern(row.pattern);
    ASSERT_TRUE(glob) << row.pattern << ": " << glob.error();
    EXPECT_EQ(*glob, row.glob) << row.pattern;
  }
}

TEST(PagePattern, WhatHasNoCounterpartIsNotGuessed) {
  for (const char* pattern : {"^((?!blog).)*$", "(a|b)", "a+", "[abc]", "\\d+", "/about/?$", "a{2}", "\\?page=1",
                              "http://h/#/route", "^/about", "http://host$", "x\\"}) {
    const auto glob = page_of_pattern(pattern);
    EXPECT_FALSE(glob) << pattern << " became " << *glob;
  }
}

}  // namespace
}  // namespace budgetcheck
