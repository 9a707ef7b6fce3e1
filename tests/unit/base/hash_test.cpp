#include "base/hash.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(StableKey, IsTheSameForEver) {
  EXPECT_EQ(stable_key(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(stable_key("budgetcheck").size(), 32U);
  EXPECT_NE(stable_key("a"), stable_key("b"));
}

}  // namespace
}  // namespace budgetcheck
