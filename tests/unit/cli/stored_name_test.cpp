#include "cli/stored_name.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

Expected<std::string> name_of(const std::string& path, const std::string& given = {}) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\nproject: shop\napps: { storefront: apps/web }\n");
  files.add("apps/web/budgets.yml", "version: 1\nproject: web\n");
  files.add("tools/budgets.yml", "version: 1\nproject: tools\n");
  const auto file = load_budgets(files, path);
  EXPECT_TRUE(file);
  return stored_name(files, *file, given);
}

TEST(StoredName, IsThatOfTheRootsFileThenTheProjects) {
  EXPECT_EQ(*name_of("apps/web/budgets.yml"), "storefront");
  EXPECT_EQ(*name_of("tools/budgets.yml"), "tools");
  EXPECT_EQ(*name_of("apps/web/budgets.yml", "other"), "other");
  EXPECT_EQ(*stored_name(MemoryFileSystem(), default_budgets(), ""), "");
}

TEST(StoredName, OfSeveralAppsOneMustBeNamed) {
  const auto several = name_of("budgets.yml");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(several.error().hint, HasSubstr("--app: storefront"));
  EXPECT_EQ(*name_of("budgets.yml", "storefront"), "storefront");
}

}  // namespace
}  // namespace budgetcheck
