#include "query/sql/params.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "base/text.h"

namespace budgetcheck {
namespace {

std::string listed(const std::vector<std::string>& elements) { return "[" + join(elements, ",") + "]"; }

/// A statement with `count` placeholders, of which `range` is told apart.
Shape shape_with(std::uint32_t count, std::vector<ParamRange> ranges) {
  Shape shape;
  shape.placeholders = count;
  shape.ranges = std::move(ranges);
  return shape;
}

TEST(HashParams, TellsCutOffAndBlackedOutListsFromReadableOnes) {
  const Shape shape = shape_with(1, {});
  for (const char* good : {"[1]", "[\"x\"]", "[\"a\\\"]\"]", " [1] ", "[null]", "[\"[REDACTED\\\"]\"]"}) {
    EXPECT_TRUE(hash_params(shape, good).known) << good;
  }
  for (const char* bad : {"", "[]", "[1", "1]", "[\"***\"]", "[1,\"[REDACTED]\"]", "[\"<filtered>\",2]"}) {
    EXPECT_FALSE(hash_params(shape, bad).known) << bad;
  }
}

TEST(HashParams, CountsTheEntriesOfAnArray) {
  const Shape shape = shape_with(2, {{1, 1, ParamRange::Kind::kArray}});
  EXPECT_EQ(hash_params(shape, "[[1,2,3],4]").list_size, 3U);
  EXPECT_EQ(hash_params(shape, "[[" + std::string(40, '7') + ",\"" + std::string(60, 'x') + "\",3,4],5]").list_size,
            4U);
}

TEST(HashParamsProperty, EachElementCountsWhereItBelongsInListsOfAnyLength) {
  std::mt19937 random(37);
  const auto element = [&]() -> std::string {
    switch (random() % 8) {
      case 0:
        return "\"" + std::string(random() % 90, 'y') + "\"";
      case 1:
        return R"("a,\"],[\\")";
      case 2:
        return "[1,2]";  // ends the fast way
      case 3:
        return "{\"k\":\"}\"}";
      default:
        return std::to_string(random() % 100'000);
    }
  };
  for (int i = 0; i < 4000; ++i) {
    std::vector<std::string> elements(3 + random() % (i % 10 == 0 ? 200U : 12U));
    const bool plain = random() % 2 == 0;
    for (std::string& one : elements) {
      one = plain ? std::to_string(random() % 100'000) : element();
    }
    const auto size = static_cast<std::uint32_t>(elements.size());
    // A list of keys, then what the statement asks for, then a page: [list…, wanted…, page].
    const std::uint32_t list_end = 1 + static_cast<std::uint32_t>(random() % (size - 2));
    const Shape shape =
        shape_with(size, {{1, list_end, ParamRange::Kind::kList}, {size, size, ParamRange::Kind::kPage}});
    const ParamHashes before = hash_params(shape, listed(elements));
    ASSERT_TRUE(before.known) << listed(elements);
    const std::size_t changed = random() % size;
    elements[changed] = "\"other" + std::to_string(i) + "\"";
    const ParamHashes after = hash_params(shape, listed(elements));
    ASSERT_TRUE(after.known);
    const bool in_list = changed < list_end;
    const bool in_page = changed == size - 1;
    ASSERT_NE(before.all, after.all);
    ASSERT_EQ(before.unpaged == after.unpaged, in_page) << changed << " of " << listed(elements);
    ASSERT_EQ(before.rest == after.rest, in_page || in_list) << changed << " of " << listed(elements);
  }
}

}  // namespace
}  // namespace budgetcheck
