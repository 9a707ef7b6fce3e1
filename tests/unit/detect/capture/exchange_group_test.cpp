#include "detect/capture/exchange_group.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ContentHash, IsTakenOutOfTheNamesThatRealBundlersWrite) {
  EXPECT_EQ(without_content_hash("/assets/index-BfA6cGt_.js"), "/assets/index-*.js");
  EXPECT_EQ(without_content_hash("/assets/discussion-Ck5Lem5-.js"), "/assets/discussion-*.js");
  EXPECT_EQ(without_content_hash("/assets/login-DOznCnix.js"), "/assets/login-*.js");
  EXPECT_EQ(without_content_hash("/main.0db6c1d5.js"), "/main.*.js");
  EXPECT_EQ(without_content_hash("/lazy-chart.c320aaa9.chunk.js"), "/lazy-chart.*.chunk.js");
  EXPECT_EQ(without_content_hash("/_next/static/chunks/main-app-1f2f6d3b941deb9d.js"),
            "/_next/static/chunks/main-app-*.js");
  EXPECT_EQ(without_content_hash("/_next/static/chunks/0cz1d0mv5g_q7.js"), "/_next/static/chunks/*.js");
  EXPECT_EQ(without_content_hash("/mockServiceWorker.js"), "/mockServiceWorker.js");
  EXPECT_EQ(without_content_hash("/UserProfileCard-TabPanelView.js"), "/UserProfileCard-TabPanelView.js");
  EXPECT_EQ(without_content_hash("/styles"), "/styles");
  EXPECT_EQ(without_content_hash(""), "");
}

}  // namespace
}  // namespace budgetcheck
