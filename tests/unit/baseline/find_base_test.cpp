#include "baseline/find_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/baseline/stored_results_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class FindBase : public StoredResults {
 protected:
  Base find(BaseRequest request = {}) const {
    request.folder = request.folder == "." ? repo_.path() : request.folder;
    request.app = request.app.empty() ? "shop" : request.app;
    auto base = find_base(files_, variables_, request);
    EXPECT_TRUE(base) << base.error().front().message;
    return base ? std::move(*base) : Base();
  }
};

TEST_F(FindBase, TheNoteOfTheCommitBefore) {
  store(1, 1);
  store(2, 2);
  const Base base = find();
  EXPECT_EQ(base.info.kind, "note");
  EXPECT_EQ(base.info.commit, commits_[2]);
  EXPECT_EQ(base.info.commits_older, 0U);
  EXPECT_EQ(base.info.measured_at, "2026-11-23T10:00:02Z");
  EXPECT_EQ(std::get<Single>(base.results.samples.at(0).value), 2);
}

TEST_F(FindBase, TheBudgetsOfTheBaseAreThoseOfItsCommit) {
  write_file("web/budgets.yml", "version: 1 # changed by this change");
  repo_.git({"add", "-A"});
  repo_.commit("head");
  const Base base = find({{}, {}, "web/budgets.yml", {}, true, "."});
  EXPECT_EQ(base.info.kind, "none");
  ASSERT_TRUE(base.budgets) << "they are read even where no results are stored";
  EXPECT_EQ(base.budgets->path, "web/budgets.yml");
  EXPECT_EQ(base.budgets->text, "version: 1 # first");
  EXPECT_EQ(base.budgets->commit, commits_[3]);
}

TEST_F(FindBase, BudgetsThatMovedOrWereDeletedAreFoundAtTheBase) {
  write_file("web/budgets.yml", "");
  repo_.git({"mv", "web/budgets.yml", "web/budgets.json"});
  repo_.git({"add", "-A"});
  repo_.commit("renamed");
  ASSERT_TRUE(find({{}, {}, "web/budgets.json", {}, true, "."}).budgets);
  EXPECT_EQ(find({{}, {}, "web/budgets.json", {}, true, "."}).budgets->path, "web/budgets.yml");
  const auto deleted = find({{}, {}, {}, {}, true, repo_.path() + "/web"}).budgets;
  ASSERT_TRUE(deleted);
  EXPECT_EQ(deleted->path, "web/budgets.yml");
  EXPECT_FALSE(find({{}, {}, {}, {}, true, "."}).budgets) << "a file of a folder below is not the one of this folder";
}

TEST_F(FindBase, BudgetsAreLookedForUpwards) {
  write_file("budgets.yaml", "version: 1 # top");
  repo_.git({"add", "-A"});
  repo_.commit("top");
  write_file("api/budgets.yml", "version: 1 # new");
  repo_.git({"add", "-A"});
  repo_.commit("new");
  const auto budgets = find({{}, {}, "api/budgets.yml", {}, true, "."}).budgets;
  ASSERT_TRUE(budgets);
  EXPECT_EQ(budgets->path, "budgets.yaml");
}

TEST_F(FindBase, OlderResultsComeWithTheLimitsOfTheBaseItself) {
  store(1, 1, true);
  write_file("web/budgets.yml", "version: 1 # of the base");
  repo_.git({"add", "-A"});
  commits_.push_back(repo_.commit("base"));
  repo_.commit("head");
  const Base base = find({{}, {}, "web/budgets.yml", {}, true, "."});
  EXPECT_EQ(base.info.commit, commits_[1]);
  EXPECT_EQ(base.info.commits_older, 3U);
  ASSERT_TRUE(base.budgets);
  EXPECT_EQ(base.budgets->text, "version: 1 # of the base");
  EXPECT_EQ(base.budgets->commit, commits_[4]);
}

TEST_F(FindBase, TheOnlyApplicationServesARunWithoutAName) {
  store(2, 2, false, "web");
  BaseRequest request;
  request.folder = repo_.path();
  const auto base = find_base(files_, variables_, request);
  ASSERT_TRUE(base);
  EXPECT_EQ(base->info.kind, "note");
  const Base other = find();
  EXPECT_EQ(other.info.kind, "none");
  EXPECT_THAT(other.notes, testing::Contains(HasSubstr("are of 'web', not of 'shop'")));
}

TEST(FindBaseOutside, OfGitThereIsNoneAndNoNoise) {
  GitFolder folder;
  BaseRequest request;
  request.folder = folder.path("..");
  const DiskFileSystem files;
  const auto base = find_base(files, fake_variables({{"GIT_CEILING_DIRECTORIES", "/"}}), request);
  ASSERT_TRUE(base);
  EXPECT_EQ(base->info.kind, "none");
  EXPECT_EQ(base->info.how, "not in a git repository");
  EXPECT_TRUE(base->notes.empty());
}

}  // namespace
}  // namespace budgetcheck
