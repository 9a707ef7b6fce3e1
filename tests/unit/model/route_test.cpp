#include "model/route.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(RouteTable, TheMostLiteralTemplateWins) {
  const RouteTable routes({"/users/:id", "/users/me", "/docs/*", "/shop/[slug]", "/files/[...rest]", "/v/{id}/x"});
  EXPECT_EQ(routes.match("/users/42").route, "/users/:id");
  EXPECT_EQ(routes.match("/users/me").route, "/users/me");
  EXPECT_EQ(routes.match("/docs/a/b").route, "/docs/*");
  EXPECT_EQ(routes.match("/shop/red-shoe").route, "/shop/[slug]");
  EXPECT_EQ(routes.match("/files/a/b/c").route, "/files/[...rest]");
  EXPECT_EQ(routes.match("/v/1/x").route, "/v/{id}/x");
  EXPECT_EQ(routes.match("/users/42/").route, "/users/:id");
  EXPECT_FALSE(routes.match("/users/42").inferred);
}

TEST(RouteTable, InfersIdsAndSaysSo) {
  const RouteTable routes;
  EXPECT_EQ(routes.match("/orders/1234").route, "/orders/:id");
  EXPECT_TRUE(routes.match("/orders/1234").inferred);
  EXPECT_EQ(routes.match("/o/3f2504e0-4f89-11d3-9a0c-0305e82c3301").route, "/o/:id");
  EXPECT_EQ(routes.match("/o/ckwz8l3gk0000qwer1234abcd").route, "/o/:id");
  EXPECT_EQ(routes.match("/about/our-team").route, "/about/our-team");
  EXPECT_FALSE(routes.match("/about/our-team").inferred);
  EXPECT_EQ(routes.match("/v2/list").route, "/v2/list");
  EXPECT_EQ(routes.match("/").route, "/");
  EXPECT_EQ(routes.match("").route, "/");
}

TEST(RouteTable, InfersOtherIdsAndLeavesNamesAlone) {
  const RouteTable routes;
  for (const char* id :
       {"cus_9s6XKzkNRiz8i3", "2026-11-23", "1,2,3", "jo@shop.example", "jo%40shop.example", "V1StGXR8_Z5jdHi6B-myT",
        "01ARZ3NDEKTSV4RRFFQ69G5FAV", "507f1f77bcf86cd799439011", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln",
        "sk_live_4eC39HqLyjWDarjtT1zdp7dc", "+491701234567", "k7Jq_x92-LmW3pZt0Rv8sYbNc4"}) {
    EXPECT_EQ(routes.match(std::string("/o/") + id).route, "/o/:id") << id;
  }
  for (const char* name :
       {"@me", "user_settings", "top10", "order_2", "web3-and-you", "2026", "a.b", "oauth2_callback1"}) {
    const bool number = std::string(name) == "2026";
    EXPECT_EQ(routes.match(std::string("/o/") + name).route, number ? "/o/:id" : std::string("/o/") + name) << name;
  }
}

TEST(RouteTable, TakesParametersOfASegmentAway) {
  const RouteTable routes;
  EXPECT_EQ(routes.match("/cart;jsessionid=1A2B3C/items").route, "/cart/items");
  EXPECT_EQ(routes.match("/static/main.4f3a2b1c.js").route, "/static/main.4f3a2b1c.js");
}

TEST(RouteTable, SaysWhetherATemplateGaveTheRoute) {
  const RouteTable routes({"/users/:id"});
  EXPECT_TRUE(routes.match("/users/42").given);
  EXPECT_FALSE(routes.match("/orders/42").given);
}

TEST(RouteTable, InfersTheIdAndKeepsTheEnding) {
  const RouteTable routes;
  EXPECT_EQ(routes.match("/products/632910392.json").route, "/products/:id.json");
  EXPECT_EQ(routes.match("/products/632910392/variants.json").route, "/products/:id/variants.json");
}

TEST(RouteTable, WhatABudgetNamesIsNotInferred) {
  RouteNames names;
  names.selected = {"GET /orders/42", "GET /reports/7*", "GET /faces/:id", "GET *"};
  const RouteTable routes({"/shops/:shop"}, names);
  EXPECT_EQ(routes.match("/orders/42", "GET").route, "/orders/42");
  EXPECT_TRUE(routes.match("/orders/42", "GET").given);
  EXPECT_FALSE(routes.match("/orders/42", "GET").inferred);
  EXPECT_EQ(routes.match("/orders/43", "GET").route, "/orders/:id");
  EXPECT_EQ(routes.match("/orders/42", "POST").route, "/orders/:id") << "another method";
  EXPECT_EQ(routes.match("/reports/77", "GET").route, "/reports/77") << "by a glob that ':id' does not match";
  EXPECT_EQ(routes.match("/reports/88", "GET").route, "/reports/:id");
  EXPECT_EQ(routes.match("/faces/a1b2c", "GET").route, "/faces/a1b2c");
  EXPECT_EQ(routes.match("/faces/2024", "GET").route, "/faces/:id") << "doubtful, and a budget says ':id'";
  EXPECT_TRUE(routes.match("/faces/2024", "GET").given) << "the budget names exactly this route";
  EXPECT_EQ(routes.match("/face/2024", "GET").route, "/face/2024");
  EXPECT_EQ(routes.match("/users/jo@shop.example", "GET").route, "/users/:id") << "private, whoever names it";
}

TEST(RouteTable, TemplatesGoBeforeWhatBudgetsName) {
  RouteNames names;
  names.selected = {"GET /docs/faq"};
  EXPECT_EQ(RouteTable({"/docs/*"}, names).match("/docs/faq", "GET").route, "/docs/*");
}

TEST(RouteTable, KeepsWhatTheBaseMeasured) {
  RouteNames names;
  names.measured = {"GET /docs/faq"};
  const RouteTable routes({}, names);
  EXPECT_TRUE(routes.keeps("GET /docs/faq", "GET /docs/:slug"));
  EXPECT_FALSE(routes.keeps("GET /docs/new", "GET /docs/:slug"));
}

TEST(Url, PathAndHost) {
  EXPECT_EQ(path_of_url("https://shop.example:8080/a/b?token=1#x"), "/a/b");
  EXPECT_EQ(path_of_url("https://shop.example"), "/");
  EXPECT_EQ(path_of_url("https://shop.example?x=1"), "/");
  EXPECT_EQ(path_of_url("/a?next=http://b/c"), "/a");
  EXPECT_EQ(host_of_url("https://user:secret@Shop.Example:8080/a"), "shop.example:8080");
  EXPECT_EQ(host_of_url("/a?next=http://b/c"), "");
}

}  // namespace
}  // namespace budgetcheck
