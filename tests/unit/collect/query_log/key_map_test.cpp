#include "collect/query_log/key_map.h"

#include <gtest/gtest.h>

#include <random>
#include <unordered_map>

namespace budgetcheck {
namespace {

TEST(KeyMap, FindsWhatIsThereWhileKeysComeAndGo) {
  for (const std::uint64_t different : {1U, 7U, 64U, 5000U}) {
    std::mt19937_64 random(different);
    std::vector<int> values(different);
    KeyMap<int> map;
    std::unordered_map<std::uint64_t, int*> expected;
    EXPECT_EQ(map.find(0), nullptr);
    for (int i = 0; i < 20'000; ++i) {
      // Some near each other, some far apart.
      const std::uint64_t number = random() % different;
      const std::uint64_t key = i % 2 == 0 ? number : number * 0x100000001ULL;
      const auto known = expected.find(key);
      ASSERT_EQ(map.find(key), known == expected.end() ? nullptr : known->second);
      if (known == expected.end()) {
        map.put(key, &values[number]);
        expected.emplace(key, &values[number]);
      } else if (random() % 2 == 0) {
        map.erase(key);
        expected.erase(known);
      }
      ASSERT_EQ(map.size(), expected.size());
    }
    for (const auto& [key, value] : expected) {
      EXPECT_EQ(map.find(key), value);
    }
  }
}

}  // namespace
}  // namespace budgetcheck
