#include "baseline/find_base.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "baseline/history.h"
#include "baseline/notes.h"
#include "results/trim.h"
#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A main branch of four commits, without a remote.
class FindBase : public testing::Test {
 protected:
  void SetUp() override {
    write_file("web/budgets.yml", "version: 1 # first");
    for (int i = 0; i < 4; ++i) {
      repo_.git({"add", "-A"});
      commits_.push_back(repo_.commit("c" + std::to_string(i)));
    }
  }

  void write_file(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = repo_.path() + "/" + name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }

  /// A record of commit `i` with one sample of `value`.
  void store(std::size_t i, double value, bool with_budgets = false, const std::string& app = "shop") const {
    Results results;
    Sample sample;
    sample.metric = "bundle.gzip";
    sample.unit = Unit::kBytes;
    sample.value = value;
    results.samples.push_back(sample);
    if (with_budgets) {
      results.budgets = json::Value(json::Object{{"version", json::Value(1.0)}});
    }
    Record record;
    record.commit = commits_[i];
    if (i > 0) {
      record.parents = {commits_[i - 1]};
    }
    record.time = "2026-11-23T10:00:0" + std::to_string(i) + "Z";
    record.set(app, trim_results(results, "pass", {}));
    const auto repository = open_repository(repo_.path(), variables_);
    ASSERT_TRUE(repository);
    Notes notes(**repository);
    const auto made = notes.commit({{commits_[i], write_record(record)}}, {}, "x");
    ASSERT_TRUE(made && *made);
  }

  Base find(BaseRequest request = {}) const {
    request.folder = request.folder == "." ? repo_.path() : request.folder;
    request.app = request.app.empty() ? "shop" : request.app;
    auto base = find_base(files_, variables_, request);
    EXPECT_TRUE(base) << base.error().front().message;
    return base ? std::move(*base) : Base();
  }

  GitFolder repo_;
  DiskFileSystem files_;
  Variables variables_ = fake_variables({});
  std::vector<std::string> commits_;
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

TEST_F(FindBase, HistoryRunsBackAlongFirstParents) {
  store(0, 10);
  store(1, 11);
  store(3, 13);
  HistoryRequest request;
  request.folder = repo_.path();
  request.app = "shop";
  auto history = read_history(files_, variables_, request);
  ASSERT_TRUE(history);
  std::vector<std::string> found;
  for (const StoredRecord& record : history->records) {
    found.push_back(record.commit);
  }
  EXPECT_THAT(found, ElementsAre(commits_[3], commits_[1], commits_[0]));
  EXPECT_TRUE(history->remarks.empty());
  request.limit = 2;
  EXPECT_EQ(read_history(files_, variables_, request)->records.size(), 2U);
  request.revision = commits_[1];
  EXPECT_EQ(read_history(files_, variables_, request)->records.front().commit, commits_[1]);
  request.revision = "no-such-branch";
  EXPECT_EQ(read_history(files_, variables_, request).error().front().kind, ErrorKind::kUsage);
}

TEST_F(FindBase, HistorySaysWhatItPassedOver) {
  store(3, 13);
  const auto repository = open_repository(repo_.path(), variables_);
  Notes notes(**repository);
  ASSERT_TRUE(notes.commit({{commits_[2], "{\"v\":9,\"apps\":{}}"}}, {}, "x"));
  HistoryRequest request;
  request.folder = repo_.path();
  const auto history = read_history(files_, variables_, request);
  ASSERT_TRUE(history);
  EXPECT_EQ(history->records.size(), 1U);
  EXPECT_THAT(history->remarks, ElementsAre(HasSubstr("were written by a newer budgetcheck; they were passed over")));
}

TEST_F(FindBase, AWriterThatComesTooLateChangesNothing) {
  const auto repository = open_repository(repo_.path(), variables_);
  Notes first(**repository);
  Notes second(**repository);
  EXPECT_EQ(first.commit({{commits_[0], "a"}}, {}, "x"), true);
  EXPECT_EQ(second.commit({{commits_[1], "b"}}, {}, "x"), false) << "the ref moved since it was read";
  second.refresh();
  EXPECT_EQ(second.commit({{commits_[1], "b"}}, {}, "x"), true);
  EXPECT_EQ(second.list().size(), 2U);
  EXPECT_EQ(second.read(commits_[0]).text, "a");
  EXPECT_EQ(second.read(commits_[2]).state, NoteText::State::kNone);
  EXPECT_EQ(second.commit({}, {commits_[0]}, "x"), true);
  EXPECT_EQ(second.read(commits_[0]).state, NoteText::State::kNone);
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
