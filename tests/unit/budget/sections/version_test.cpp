#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(VersionSection, ANewerVersionIsOneError) {
  const auto file = load("version: 2\nfuture: [1]\n");
  ASSERT_FALSE(file);
  ASSERT_EQ(file.error().size(), 1U);
  EXPECT_EQ(file.error()[0].code, "SCHEMA_VERSION");
  EXPECT_EQ(file.error()[0].message, "the file is of version 2, and this program reads version 1");
  EXPECT_EQ(file.error()[0].location.line, 1U);
  EXPECT_SAYS("version: 0\n", "'version' is 0 but must be 1 or more");
  EXPECT_SAYS("version: '1'\n", "must be the version");
  EXPECT_SAYS("version: 1.5\n", "must be the version");
  EXPECT_SAYS("project: x\n", "needs 'version'");
  EXPECT_TRUE(load("version: 1\n"));
}

}  // namespace
}  // namespace budgetcheck
