#include "detect/query/duplicate_query.h"

#include <gmock/gmock.h>

#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Findings when `count` reads of one shape are `equal` times the very same read.
std::vector<Finding> duplicates(std::uint64_t count, std::uint64_t equal, void (*change)(Repeat&) = nullptr) {
  FactsOfLog facts(kBlog);
  Repeat& repeat = facts.repeated(facts.ran(kPosts), count);
  repeat.most_repeated = equal;
  if (change != nullptr) {
    change(repeat);
  }
  return findings_of(detect_duplicate_query, facts.facts,
                     query_rule("duplicate-query", Level::kWarning, "min_repeats", 2));
}

TEST(DuplicateQuery, FiresAtTwoEqualReads) {
  EXPECT_THAT(duplicates(2, 1), SizeIs(0));
  const std::vector<Finding> found = duplicates(2, 2);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].message, HasSubstr("2 identical reads of 'Post'"));
  EXPECT_EQ(found[0].magnitude, 2);
}

TEST(DuplicateQuery, ALoopIsLeftToNPlusOne) {
  EXPECT_THAT(duplicates(4, 2), SizeIs(1));
  EXPECT_THAT(duplicates(5, 2), SizeIs(0));
  EXPECT_THAT(duplicates(5, 2, [](Repeat& repeat) { repeat.loop = false; }), SizeIs(1));
}

TEST(DuplicateQuery, PagesBatchesAndUnknownParametersAreNone) {
  EXPECT_THAT(duplicates(3, 3, [](Repeat& repeat) { repeat.paging = true; }), SizeIs(0));
  EXPECT_THAT(duplicates(3, 3, [](Repeat& repeat) { repeat.batched = true; }), SizeIs(0));
  EXPECT_THAT(duplicates(3, 3, [](Repeat& repeat) { repeat.params_known = false; }), SizeIs(0));
}

}  // namespace
}  // namespace budgetcheck
