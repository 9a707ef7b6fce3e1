#include "report/words/markup.h"

#include <gtest/gtest.h>

#include "base/text/log_text.h"

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
  EXPECT_EQ(markdown_text("@@index([a"), "@@&#8203;index(&#91;&#8203;a");
  EXPECT_EQ(markdown_text("@@me @@x(`"), "@@&#8203;me @@&#8203;x(&#96;");
  EXPECT_EQ(markdown_text("http://x www.y"), "http:&#8203;//x www&#8203;.y");
}

TEST(Markup, NothingIsAReference) {
  EXPECT_EQ(markdown_text("GH-1 gl-2 SHOP-3 o/r#4"), "GH-&#8203;1 gl-&#8203;2 SHOP-&#8203;3 o/r#&#8203;4");
  EXPECT_EQ(markdown_text("@_root @-x @.y @octocat"), "@&#8203;&#95;root @&#8203;-x @&#8203;.y @&#8203;octocat");
  EXPECT_EQ(markdown_text("%1 %\"a b\" ~bug &1 $1"),
            "%&#8203;1 %&#8203;\"a b\" &#126;&#8203;bug &#38;&#8203;1 &#36;&#8203;1");
  EXPECT_EQ(markdown_text("[vulnerability:12] [[page]] *iteration:1 {+x+}"),
            "&#91;&#8203;vulnerability:12&#93; &#91;&#8203;&#91;&#8203;page&#93;&#93; &#42;&#8203;iteration:1 "
            "{&#8203;+x+}");
  EXPECT_EQ(markdown_text("a-1 x-ray 18% (18%) a & b, c - 4!"), "a-1 x-ray 18% (18%) a &#38; b, c - 4!");
}

TEST(Markup, NoCommitIsLinkedThatNobodyMeant) {
  const std::string id = "1234567890abcdef1234567890abcdef12345678";
  EXPECT_EQ(markdown_text("base: " + id + " (9efa7e5)"), "base: `" + id + "` (`9efa7e5`)");
  EXPECT_EQ(markdown_text("main-3f2a91bc.js, a@9efa7e5 9efa7e5...abcdef1"),
            "main-3f2a91&#8203;bc.js, a@&#8203;9efa7e&#8203;5 9efa7e&#8203;5...abcdef&#8203;1");
  EXPECT_EQ(markdown_text("1234567 defaced"), "`1234567` deface&#8203;d");
  EXPECT_EQ(markdown_text("123456 abcdefg 12345678x"), "123456 abcdefg 12345678x");
}

TEST(Markup, NoEmojiAndNoLink) {
  EXPECT_EQ(markdown_text(":tada: :+1: a:b at 12:30"), ":&#8203;tada: :&#8203;+1: a:b at 12:30");
  EXPECT_EQ(markdown_text("HTTPS://x ftp://y WWW.z a@b.co"),
            "HTTPS:&#8203;//x ftp:&#8203;//y WWW&#8203;.z a@&#8203;b.co");
}

TEST(Markup, ASentenceBeginsNoBlock) {
  EXPECT_EQ(markdown_text("# x"), "&#35; x");
  EXPECT_EQ(markdown_text("## x"), "&#35;# x");
  EXPECT_EQ(markdown_text("- [ ] task"), "&#45; &#91; &#93; task");
  EXPECT_EQ(markdown_text("--- x"), "&#45;-- x");
  EXPECT_EQ(markdown_text("1. x"), "1&#46; x");
  EXPECT_EQ(markdown_text("12) x"), "12&#41; x");
  EXPECT_EQ(markdown_text("+5 B: # x, 1. y"), "+5 B: # x, 1. y");
  EXPECT_EQ(markdown_text("1.5 kB"), "1.5 kB");
}

TEST(Markup, NoLogFindsACommand) {
  for (const char* text : {"##vso[task.x]y", "a ##[error]b", "##teamcity[x]", "@@index(##vso[x])", "::error::x"}) {
    for (const std::string& out : {markdown_text(text), markdown_code(text), html_text(text)}) {
      EXPECT_EQ(log_text(out), out);
      EXPECT_EQ(out.find("##vso["), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace budgetcheck
