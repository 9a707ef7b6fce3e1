#include "detect/capture/sites.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Sites, AreNamedByTheirLastLabels) {
  EXPECT_EQ(site_of("cdn.shop.example:8443"), "shop.example");
  EXPECT_EQ(site_of("assets.shop.co.uk"), "shop.co.uk");
  EXPECT_EQ(site_of("localhost:3000"), "localhost");
  EXPECT_EQ(site_of("10.0.0.1:80"), "10.0.0.1");
  EXPECT_EQ(site_of("[::1]:80"), "[::1]");
  EXPECT_EQ(site_of(""), "");
}

}  // namespace
}  // namespace budgetcheck
