#include "collect/http/page_label.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(LighthousePage, IsThePath) {
  EXPECT_EQ(page_label("https://shop.example/"), "/");
  EXPECT_EQ(page_label("https://shop.example"), "/");
  EXPECT_EQ(page_label("http://127.0.0.1:4301/report/all"), "/report/all");
  EXPECT_EQ(page_label("https://user:pw@shop.example/a"), "/a");
  EXPECT_EQ(page_label("https://shop.example/a?"), "/a");
  EXPECT_EQ(page_label("https://shop.example/a#"), "/a");
}

TEST(LighthousePage, AQueryMakesAnotherPageAndIsNeverShown) {
  const std::string one = page_label("https://shop.example/search?q=secret");
  const std::string two = page_label("https://shop.example/search?q=other");
  EXPECT_TRUE(one.starts_with("/search?~")) << one;
  EXPECT_EQ(one.size(), std::string("/search?~12345678").size());
  EXPECT_EQ(one.find("secret"), std::string::npos);
  EXPECT_NE(one, two);
  EXPECT_NE(one, page_label("https://shop.example/search"));
  EXPECT_EQ(one, page_label("https://other.example/search?q=secret"));
  // Labels are stored in baselines and written into budgets, so the hash may never change.
  EXPECT_EQ(page_label("https://shop.example/search?q=1"), "/search?~f0319c83");
}

TEST(LighthousePage, AFragmentIsARouteOrIsHidden) {
  EXPECT_EQ(page_label("https://a.example/#/cart/list"), "/#/cart/list");
  EXPECT_EQ(page_label("https://a.example/#!/cart"), "/#!/cart");
  const std::string token = page_label("https://a.example/#access_token=secret");
  EXPECT_EQ(token.find("secret"), std::string::npos);
  EXPECT_TRUE(token.starts_with("/#~")) << token;
  EXPECT_EQ(page_label("https://a.example/#/cart?token=secret").find("secret"), std::string::npos);
  EXPECT_TRUE(page_label("https://a.example/b?x=1#/c").ends_with("#/c"));
}

TEST(LighthousePage, ASegmentThatLooksPrivateIsHiddenAndMakesAnotherPage) {
  const std::string one = page_label("https://a.example/u/jo@shop.example/x");
  EXPECT_TRUE(one.starts_with("/u/:id/x~")) << one;
  EXPECT_NE(one, page_label("https://a.example/u/li@shop.example/x"));
  EXPECT_EQ(page_label("https://a.example/u/42"), "/u/42");
}

TEST(LighthousePage, OddUrlsAreSafe) {
  EXPECT_EQ(page_label("data:text/html,secret").find("secret"), std::string::npos);
  EXPECT_EQ(page_label("https://a.example/x\n\x1b[31m").find_first_of("\n\x1b"), std::string::npos);
  EXPECT_EQ(page_label(""), "/");
  const std::string long_path(5000, 'a');
  const std::string one = page_label("https://a.example/" + long_path + "1");
  EXPECT_LT(one.size(), 300U);
  EXPECT_NE(one, page_label("https://a.example/" + long_path + "2"));
}

TEST(LighthousePage, OriginLeavesOutCredentials) {
  EXPECT_EQ(url_origin("HTTPS://user:pw@Shop.Example:8443/a?b"), "https://shop.example:8443");
  EXPECT_EQ(url_origin("about:blank"), "");
}

TEST(LighthousePage, TextsLoseWhatTheirUrlsCarry) {
  EXPECT_EQ(without_query_strings("no URL here. Really?"), "no URL here. Really?");
  EXPECT_EQ(without_query_strings("(http://a.example/b?c=d), then"), "(http://a.example/b?…), then");
  EXPECT_EQ(without_query_strings("to /login?next=x."), "to /login?….");
  EXPECT_EQ(without_query_strings("could not load http://a.example/u/jo@shop.example?b=c for li@shop.example"),
            "could not load http://a.example/u/:id?… for …");
  EXPECT_EQ(without_query_strings("http://a.example/#token=x end"), "http://a.example/#… end");
  EXPECT_EQ(without_query_strings("http://u:p@a.example/x@y"), "http://…@a.example/x@y");
  EXPECT_EQ(without_query_strings("two\n lines  kept"), "two\n lines  kept");
  EXPECT_EQ(without_query_strings(""), "");
}

}  // namespace
}  // namespace budgetcheck
