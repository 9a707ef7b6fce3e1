#include "collect/trace/key_set.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(KeySet, HoldsWhatWasPutIn) {
  KeySet set;
  EXPECT_FALSE(set.contains(7));
  for (std::uint64_t i = 1; i < 10'000; ++i) {
    EXPECT_TRUE(set.insert(i * 64)) << "keys that differ in a few bits only";
    EXPECT_TRUE(set.insert(~i));
    EXPECT_FALSE(set.insert(i * 64));
  }
  EXPECT_EQ(set.size(), 2 * 9'999U);
  for (std::uint64_t i = 1; i < 10'000; ++i) {
    EXPECT_TRUE(set.contains(i * 64));
    EXPECT_FALSE(set.contains(i * 64 + 1));
  }
  EXPECT_TRUE(set.insert(0));
  EXPECT_TRUE(set.contains(0));
}

}  // namespace
}  // namespace budgetcheck
