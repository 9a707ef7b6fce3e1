#include "collect/query_log/key_index.h"

#include <gtest/gtest.h>

#include <random>
#include <unordered_map>

namespace budgetcheck {
namespace {

TEST(KeyIndex, GivesNumbersInTheOrderOfTheirKeys) {
  for (const std::uint64_t different : {1U, 5U, 16U, 17U, 33U, 5000U}) {
    std::mt19937_64 random(different);
    KeyIndex index;
    for (int turn = 0; turn < 2; ++turn) {
      std::unordered_map<std::uint64_t, std::uint32_t> expected;
      for (int i = 0; i < 10'000; ++i) {
        // Some near each other, some far apart.
        const std::uint64_t key = (random() % different) * (turn == 0 ? 1 : 0x100000001ULL);
        const bool is_new = !expected.contains(key);
        EXPECT_EQ(index.find(key), is_new ? KeyIndex::kNone : expected[key]);
        const auto number = static_cast<std::uint32_t>(expected.size());
        expected.emplace(key, number);
        ASSERT_EQ(index.number_of(key), expected[key]);
        ASSERT_EQ(index.keys()[expected[key]], key);
      }
      EXPECT_EQ(index.size(), expected.size());
      index.clear();
      EXPECT_EQ(index.size(), 0U);
      EXPECT_EQ(index.find(0), KeyIndex::kNone);
    }
  }
}

}  // namespace
}  // namespace budgetcheck
