#include "collect/query_log/loops/distinct_hashes.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(DistinctHashes, CountsFewAndMany) {
  DistinctHashes hashes;
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t i = 0; i < 1000; ++i) {
      hashes.add(i * 0x9E3779B97F4A7C15ULL);
    }
    EXPECT_EQ(hashes.count(), 1000U);
  }
  hashes.clear();
  EXPECT_EQ(hashes.count(), 0U);
  hashes.add(0);
  hashes.add(0);
  EXPECT_EQ(hashes.count(), 1U);
}

TEST(DistinctHashes, JoinsOthers) {
  for (const std::uint64_t size : {3U, 4U, 5U, 100U}) {
    DistinctHashes one;
    DistinctHashes other;
    for (std::uint64_t i = 1; i <= size; ++i) {
      one.add(i);
      other.add(i + size / 2);
    }
    one.add(other);
    EXPECT_EQ(one.count(), size + size / 2) << size;
  }
}

TEST(DistinctHashes, BeyondTheMostEachIsAnotherOne) {
  DistinctHashes hashes;
  for (std::uint64_t i = 1; i <= DistinctHashes::kMost + 10; ++i) {
    hashes.add(i);
  }
  EXPECT_EQ(hashes.count(), DistinctHashes::kMost + 10);
  hashes.add(7);
  EXPECT_EQ(hashes.count(), DistinctHashes::kMost + 10);
  hashes.clear();
  hashes.add(7);
  EXPECT_EQ(hashes.count(), 1U) << "and starts anew";
}

}  // namespace
}  // namespace budgetcheck
