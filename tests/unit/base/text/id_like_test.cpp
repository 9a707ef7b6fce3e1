#include "base/text/id_like.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(LooksPrivate, PersonsTokensAndKeys) {
  for (const char* word : {"jo@shop.example",
                           "jo%40shop.example",
                           "li@163.com",
                           "+491701234567",
                           "+49-170-1234567",
                           "%2B49%20170%201234567",
                           "192.168.1.10",
                           "2001:db8::1",
                           "DE89370400440532013000",
                           "NO9386011117947",
                           "4111-1111-1111-1111",
                           "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
                           "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
                           "github_pat_11ABCDEFG0_abcdefgh",
                           "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
                           "xoxb-17653672481-19874698323-pdFZKVeTuE8s",
                           "AKIAIOSFODNN7EXAMPLE",
                           "glpat-XyZ0123456789abcdefg",
                           "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
                           "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                           "d41d8cd98f00b204e9800998ecf8427e",
                           "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                           "dGhpcyBpcyBhIHNlY3JldCBibG9i",
                           "k7Jq_x92-LmW3pZt0Rv8sYbNc4",
                           "Zm9vYmFyMTIzNDU2Nzg5MA==",
                           "v1.30Hol_LeVwVb9koo2LFIYf48XVZ9kalc"}) {
    EXPECT_TRUE(looks_private(word)) << word;
  }
}

TEST(LooksLikeSecret, IdsOfRequestsAreNot) {
  for (const char* word : {"jo@shop.example", "+491701234567", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"}) {
    EXPECT_TRUE(looks_like_secret(word)) << word;
  }
  for (const char* word : {"req-1", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "7983aff7addb167fc7773c260dd0c4ce",
                           "V1StGXR8_Z5jdHi6B-myT", "01ARZ3NDEKTSV4RRFFQ69G5FAV"}) {
    EXPECT_FALSE(looks_like_secret(word)) << word;
  }
}

TEST(LooksPrivate, NamesOfThingsAreNot) {
  for (const char* word : {"",
                           "users",
                           "@me",
                           "user_settings",
                           "top10",
                           "v2",
                           "web3-and-you",
                           "oauth2_callback1",
                           "created_at",
                           "home_address2",
                           "react@18.2.0",
                           "lodash@4.17.21.min.js",
                           "main.4f3a2b1c.js",
                           "index-BfA6cGt_.js",
                           "index-k7Jq_x92-LmW3pZt0Rv8sYbNc4.js",
                           "getProductV2_byCategoryId",
                           "iPhone15ProMax-256GB-Black",
                           "internationalizationsettings",
                           "getCustomerOrderHistoryV2",
                           "ListK8sClustersV1Beta1",
                           "Base64EncodedDocuments",
                           "internationalization2",
                           "openssl@3.json",
                           "sk-settings-page-one",
                           "pypi-package-index",
                           "Nike-Air-Max-90-White-2024",
                           "1.2.3",
                           "10:30",
                           "42",
                           "100%",
                           "%zz",
                           "a.b.c.d"}) {
    EXPECT_FALSE(looks_private(word)) << word;
  }
}

TEST(LooksLikeName, IsWhatPeopleCallAKey) {
  for (const char* word : {"queries", "max_increase", "req.url", "http-method", "$schema", "größe"}) {
    EXPECT_TRUE(looks_like_name(word)) << word;
  }
  for (const char* word : {"", "42", "two words", "mF_9.B5f-4.1JqMzX7uRw2KtYvN3", "jo@shop.example", "a/b",
                           "ghp_16C7e42F292c6912E7710c838347Ae178B4a"}) {
    EXPECT_FALSE(looks_like_name(word)) << word;
  }
  EXPECT_EQ(quoted_name("queries"), "'queries'");
  EXPECT_EQ(quoted_name("jo@shop.example"), "'…'");
}

TEST(WithoutPrivateWords, KeepsTheSentence) {
  EXPECT_EQ(without_private_words("Module not found: 'jo@shop.example' (10.0.0.1), in ./src/app.js."),
            "Module not found: '…' (…), in ./src/app.js.");
  EXPECT_EQ(without_private_words("GET /u/jo@shop.example/x failed: token=ghp_16C7e42F292c6912E7710c838347Ae178B4a!"),
            "GET /u/:id/x failed: token=…!");
  EXPECT_EQ(without_private_words("see https://shop.example/u/jo@shop.example?… now"),
            "see https://shop.example/u/:id?… now");
  EXPECT_EQ(without_private_words(""), "");
}

TEST(WithoutPrivateSegments, KeepsTheRest) {
  EXPECT_EQ(without_private_segments("/reset/ghp_16C7e42F292c6912E7710c838347Ae178B4a/now"), "/reset/:id/now");
  EXPECT_EQ(without_private_segments("/cart;jsessionid=1A2B3C/items/42"), "/cart/items/42");
  EXPECT_EQ(without_private_segments("/static/main.4f3a2b1c.js"), "/static/main.4f3a2b1c.js");
  EXPECT_EQ(without_private_segments("/"), "/");
  EXPECT_EQ(without_private_segments("users/jo@shop.example/"), "users/:id/");
  EXPECT_EQ(without_private_segments(""), "");
}

}  // namespace
}  // namespace budgetcheck
