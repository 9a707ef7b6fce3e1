#include "collect/http/redirect.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Redirect, ALoginIsAnotherPage) {
  EXPECT_TRUE(is_other_page("https://shop.example/account", "https://shop.example/login"));
  EXPECT_TRUE(is_other_page("https://shop.example/account", "https://login.example/login?next=%2Faccount"));
  EXPECT_TRUE(is_other_page("https://shop.example/", "https://shop.example/login"));
  EXPECT_TRUE(is_other_page("/", "/maintenance.html"));
  EXPECT_TRUE(is_other_page("/account", "/"));
  EXPECT_TRUE(is_other_page("/account", "/en/login"));
  EXPECT_TRUE(is_other_page("/a/b", "/a"));
  EXPECT_TRUE(is_other_page("https://shop.example/#/cart", "https://shop.example/#/login"));
  EXPECT_TRUE(is_other_page("/settings", "/me"));
  EXPECT_TRUE(is_other_page("/account.php", "/login.php"));
  EXPECT_TRUE(is_other_page("/", "/my"));
}

TEST(Redirect, AnotherSpellingIsTheSamePage) {
  EXPECT_FALSE(is_other_page("http://shop.example", "https://www.shop.example/"));
  EXPECT_FALSE(is_other_page("http://localhost:3000/docs", "http://127.0.0.1:3000/docs/"));
  EXPECT_FALSE(is_other_page("/docs//a", "/docs/a/"));
  EXPECT_FALSE(is_other_page("/docs?utm=1", "/docs?session=2#top"));
  EXPECT_FALSE(is_other_page("/About", "/about"));
  EXPECT_FALSE(is_other_page("/caf%C3%A9", "/caf\xC3\xA9"));
  EXPECT_FALSE(is_other_page("/about.html", "/about"));
  EXPECT_FALSE(is_other_page("/blog/index.html", "/blog/"));
  EXPECT_FALSE(is_other_page("/index.htm", "/"));
  EXPECT_FALSE(is_other_page("/", "/fr/index.php"));
  EXPECT_FALSE(is_other_page("/shop", "/shop/Default.aspx"));
  EXPECT_FALSE(is_other_page("/about.php", "/about"));
  EXPECT_FALSE(is_other_page("", "/"));
}

TEST(Redirect, ALocaleIsNoOtherPage) {
  for (const char* locale : {"/en", "/en/", "/en-us", "/de_DE/", "/pt-BR", "/zh-hant", "/zh-Hant-TW", "/es-419",
                             "/fil-ph", "/us", "/us/en"}) {
    EXPECT_FALSE(is_other_page("/", locale)) << locale;
    EXPECT_FALSE(is_other_page(locale, "/")) << locale;
  }
  EXPECT_FALSE(is_other_page("/products/7", "/en-us/products/7/"));
  EXPECT_FALSE(is_other_page("/de/products", "/fr/products"));
  EXPECT_TRUE(is_other_page("/products", "/products/en"));
  EXPECT_TRUE(is_other_page("/", "/sign-in"));
  EXPECT_TRUE(is_other_page("/", "/log-in"));
  EXPECT_TRUE(is_other_page("/", "/my-account"));
  EXPECT_TRUE(is_other_page("/", "/to-do"));
  EXPECT_TRUE(is_other_page("/", "/up-next"));
}

TEST(Redirect, TextsOfAnyKindHaveAnAnswer) {
  EXPECT_FALSE(is_other_page("%", "%"));
  EXPECT_TRUE(is_other_page("%4", "%5"));
  EXPECT_FALSE(is_other_page("/%", "/%/"));
  EXPECT_FALSE(is_other_page("#", "?"));
}

}  // namespace
}  // namespace budgetcheck
