#include "collect/load_test/request_label.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(RequestLabel, AUrlIsMethodAndPath) {
  const RouteTable routes({"/shops/:shop"});
  EXPECT_EQ(request_label("get", "http://shop.test/events?token=abc", &routes), "GET /events");
  EXPECT_EQ(request_label("POST", "https://shop.test", &routes), "POST /");
  EXPECT_EQ(request_label("GET", "https://shop.test/shops/north", &routes), "GET /shops/:shop");
  EXPECT_EQ(request_label("GET", "https://shop.test/users/48121", &routes), "GET /users/:id");
  EXPECT_EQ(request_label("", "https://shop.test/events", nullptr), "/events");
}

TEST(RequestLabel, ANameOfTheScriptStays) {
  EXPECT_EQ(request_label("GET", "GET /users/:id", nullptr), "GET /users/:id");
  EXPECT_EQ(request_label("GET", "Search / results", nullptr), "Search / results");
  EXPECT_EQ(request_label("GET", "", nullptr), "");
}

TEST(RequestLabel, IsSafeToShowAndShort) {
  EXPECT_EQ(request_label("", "a\nb", nullptr), "a b");
  EXPECT_LE(request_label("GET", std::string(5'000, 'a'), nullptr).size(), 130U);
  EXPECT_LE(request_label("GET", "http://a/" + std::string(5'000, 'a'), nullptr).size(), 130U);
}

}  // namespace
}  // namespace budgetcheck
