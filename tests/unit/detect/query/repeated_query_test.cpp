#include "detect/query/repeated_query.h"

#include <gmock/gmock.h>

#include "detect/query/n_plus_one.h"
#include "unit/detect/query/blog_testing.h"
#include "unit/detect/query/query_testing.h"

namespace budgetcheck {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<Finding> repeated(const Facts& facts) {
  return findings_of(detect_repeated_query, facts, query_rule("repeated-query", Level::kWarning, "min_repeats", 5));
}
TEST(RepeatedQuery, FiresAtFiveWithoutParametersAndNotAtFour) {
  for (const auto& [count, expected] : std::vector<std::pair<std::uint64_t, std::size_t>>{{4, 0}, {5, 1}}) {
    LogFacts facts(kBlog);
    const std::uint32_t users = facts.ran(kUsers);
    facts.repeated_unknown(facts.ran(kPosts), count, {users});
    const auto found = repeated(facts.facts);
    ASSERT_EQ(found.size(), expected) << count;
    if (expected == 1) {
      EXPECT_THAT(found[0].message, HasSubstr("5 statements of one shape on 'Post'"));
      EXPECT_THAT(found[0].fix.text, HasSubstr("prisma.user.findMany with include: { posts: true }"));
      EXPECT_EQ(found[0].level, Level::kWarning);
      const Rule loop = query_rule("n-plus-one", Level::kError, "min_repeats", 5);
      EXPECT_THAT(findings_of(detect_n_plus_one, facts.facts, loop), IsEmpty()) << "one thing is reported once";
    }
  }
}

TEST(RepeatedQuery, ParametersBatchesWritesBesideAndNoTableAreNone) {
  const auto count_with = [](auto change, std::string_view sql = kPosts) {
    LogFacts facts(kBlog);
    Repeat& repeat = facts.repeated_unknown(facts.ran(sql), 10);
    change(repeat);
    return repeated(facts.facts).size();
  };
  EXPECT_EQ(count_with([](Repeat&) {}), 1U);
  EXPECT_EQ(count_with([](Repeat& r) { r.params_known = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.batched = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.paging = true; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.beside_writes = 8; }), 0U);
  EXPECT_EQ(count_with([](Repeat& r) { r.beside_writes = 7; }), 1U);
  EXPECT_EQ(count_with([](Repeat&) {}, "SELECT set_config($1, $2, true)"), 0U);
}

TEST(RepeatedQuery, WithoutRequestsItsSurroundingsDecide) {
  LogFacts facts(kBlog);
  const std::uint32_t tags = facts.ran("SELECT id FROM \"Tag\"");
  const std::uint32_t users = facts.ran(kUsers);
  Repeat& repeat = facts.repeated_unknown(facts.ran(kPosts), 10, {tags});
  repeat.evidence.turns = repeat.evidence.present = repeat.evidence.statements = 10;
  repeat.evidence.first = true;
  facts.log().has_ids = false;
  ASSERT_EQ(repeated(facts.facts).size(), 1U);
  EXPECT_EQ(repeated(facts.facts)[0].level, Level::kNote);
  repeat.before = {users};
  EXPECT_EQ(repeated(facts.facts).at(0).level, Level::kWarning) << "the schema ties it to the read before";
  repeat.evidence.turns = 0;
  EXPECT_TRUE(repeated(facts.facts).empty()) << "nothing shows a loop";
}

}  // namespace
}  // namespace budgetcheck
