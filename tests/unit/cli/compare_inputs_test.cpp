#include "cli/compare_inputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

BudgetsFile budgets_of(const std::string& inputs) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\ninputs:\n" + inputs + "budgets: [{ metric: bundle.raw, max: 1 kB }]\n");
  return load_budgets(files, "budgets.yml").value();
}

std::string base_root(const std::string& inputs, const std::string& base, const std::string& head) {
  return compared_inputs(budgets_of(inputs), base, head).base.root;
}

TEST(ComparedInputs, TheFileOfAnInputHasItsSettings) {
  const ComparedInputs both = compared_inputs(budgets_of("  - { path: dist/stats.json, root: build, app: web }\n"),
                                              "base.json", "./dist/stats.json");
  EXPECT_EQ(both.head.root, "build");
  EXPECT_EQ(both.head.spec.path, "./dist/stats.json");
  EXPECT_EQ(both.head.spec.settings.text("app"), "web");
  EXPECT_EQ(both.head.like, "dist/stats.json");
  EXPECT_EQ(both.head.described_at.line, 3U);
}

TEST(ComparedInputs, AFileSpelledOutWinsOverAGlobAsWhenInputsAreRead) {
  const std::string inputs = "  - { path: dist/stats.json, root: dist }\n  - { path: 'dist/*.json', root: other }\n";
  EXPECT_EQ(compared_inputs(budgets_of(inputs), "x", "dist/stats.json").head.root, "dist");
  EXPECT_EQ(compared_inputs(budgets_of(inputs), "x", "dist/more.json").head.root, "other");
}

TEST(ComparedInputs, TheOtherBuildsRootLiesThereToo) {
  const std::string same = "  - { path: dist/stats.json, root: dist }\n";
  EXPECT_EQ(base_root(same, "main/stats.json", "dist/stats.json"), "main");
  EXPECT_EQ(base_root(same, "../main/dist/stats.json", "dist/stats.json"), "../main/dist");
  EXPECT_EQ(base_root(same, "/tmp/main/renamed.json", "dist/stats.json"), "/tmp/main");
  const std::string below = "  - { path: stats.json, root: dist }\n";
  EXPECT_EQ(base_root(below, "main/stats.json", "stats.json"), "main/dist");
  const std::string above = "  - { path: dist/meta/stats.json, root: dist }\n";
  EXPECT_EQ(base_root(above, "main/dist/meta/stats.json", "dist/meta/stats.json"), "main/dist");
  const std::string beside = "  - { path: reports/stats.json, root: dist }\n";
  EXPECT_EQ(base_root(beside, "../main/reports/stats.json", "reports/stats.json"), "../main/dist");
  const std::string here = "  - { path: dist/meta.json, root: . }\n";
  EXPECT_EQ(base_root(here, "../main/dist/meta.json", "dist/meta.json"), "../main");
}

TEST(ComparedInputs, WhereTheRootLiesIsNotGuessed) {
  const ComparedInputs both = compared_inputs(budgets_of("  - { path: reports/stats.json, root: dist }\n"),
                                              "saved/stats.json", "reports/stats.json");
  EXPECT_THAT(both.base.root, IsEmpty());
  EXPECT_THAT(both.base.spec.settings.path("root"), IsEmpty());
  EXPECT_THAT(both.base.rootless, HasSubstr("'saved/stats.json' does not lie to its files"));
  EXPECT_EQ(both.head.root, "dist");
  EXPECT_THAT(
      base_root("  - { path: 'apps/*/stats.json', root: dist }\n", "main/apps/web/stats.json", "apps/web/stats.json"),
      IsEmpty());
}

TEST(ComparedInputs, OneFolderCannotHoldBothBuilds) {
  const ComparedInputs both = compared_inputs(budgets_of("  - { path: dist/stats.json, root: dist }\n"),
                                              "dist/base-stats.json", "dist/stats.json");
  EXPECT_THAT(both.base.root, IsEmpty());
  EXPECT_THAT(both.base.spec.settings.path("root"), IsEmpty());
  EXPECT_THAT(both.base.rootless, HasSubstr("'dist' cannot hold the files of both builds"));
  EXPECT_EQ(both.head.root, "dist");
  const ComparedInputs itself = compared_inputs(budgets_of("  - { path: dist/stats.json, root: dist }\n"),
                                                "dist/stats.json", "./dist/stats.json");
  EXPECT_EQ(itself.base.root, "dist");
  EXPECT_EQ(itself.head.root, "dist");
}

TEST(ComparedInputs, WithoutAFileOfAnInputTheNearestOfThatNameIsMeant) {
  const std::string inputs =
      "  - { path: apps/web/dist/stats.json, root: apps/web/dist }\n"
      "  - { path: apps/admin/dist/stats.json, root: apps/admin/dist, app: admin }\n";
  const ComparedInputs both =
      compared_inputs(budgets_of(inputs), "a/apps/admin/dist/stats.json", "b/apps/admin/dist/stats.json");
  EXPECT_EQ(both.base.root, "a/apps/admin/dist");
  EXPECT_EQ(both.head.root, "b/apps/admin/dist");
  EXPECT_EQ(both.head.spec.settings.text("app"), "admin");
  EXPECT_THAT(compared_inputs(budgets_of(inputs), "a/stats.json", "b/stats.json").head.like, IsEmpty());  // either
  EXPECT_THAT(compared_inputs(budgets_of(inputs), "a/x.json", "b/x.json").head.like, IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
