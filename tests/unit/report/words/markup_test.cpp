#include "report/words/markup.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Markup, CodeHoldsAnyName) {
  EXPECT_EQ(markdown_code("a @b #1 *c*"), "`a @b #1 *c*`");
  EXPECT_EQ(markdown_code("a|b"), "<code>a&#124;b</code>");
  EXPECT_EQ(markdown_code("a`b@c"), "<code>a&#96;b&#64;c</code>");
  EXPECT_EQ(markdown_code("a\\"), "<code>a&#92;</code>");
  EXPECT_EQ(markdown_code(""), "");
}

TEST(Markup, TextIsReadAsItIs) {
  EXPECT_EQ(markdown_text("max_increase of 3 kB"), "max_increase of 3 kB");
  EXPECT_EQ(markdown_text("_i_ *b* <x>"), "&#95;i&#95; &#42;b&#42; &#60;x&#62;");
  EXPECT_EQ(markdown_text("@me #12 !3"), "@&#8203;me #&#8203;12 !&#8203;3");
  EXPECT_EQ(markdown_text("Add @@index([a, b(ops: raw(\"x\"))]) to A."),
            "Add `@@index([a, b(ops: raw(\"x\"))])` to A.");
  EXPECT_EQ(markdown_text("@@index([a"), "@@&#8203;index(&#91;a");
  EXPECT_EQ(markdown_text("@@me @@x(`"), "@@&#8203;me @@&#8203;x(&#96;");
  EXPECT_EQ(markdown_text("http://x www.y"), "http:&#8203;//x www.&#8203;y");
}

}  // namespace
}  // namespace budgetcheck
