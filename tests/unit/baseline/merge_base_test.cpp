#include "baseline/merge_base.h"

#include "unit/baseline/base_commit_testing.h"

namespace budgetcheck {
namespace {

class MergeBaseTest : public BaseOfSituation {};

TEST_F(MergeBaseTest, AncestryIsKnownInAFullClone) {
  const auto repository = open_repository(repo_.path(), fake_variables({}));
  ASSERT_TRUE(repository);
  EXPECT_EQ(is_ancestor(**repository, a_, c_), std::optional<bool>(true));
  EXPECT_EQ(is_ancestor(**repository, head_, c_), std::optional<bool>(false));
  EXPECT_EQ(is_ancestor(**repository, std::string(40, 'd'), c_), std::nullopt);
}

}  // namespace
}  // namespace budgetcheck
