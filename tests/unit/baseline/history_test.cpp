#include "baseline/history.h"

#include <gmock/gmock.h>

#include "unit/baseline/stored_results_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ReadHistory : public StoredResults {};

TEST_F(ReadHistory, RunsBackAlongFirstParents) {
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

TEST_F(ReadHistory, SaysWhatItSkipped) {
  store(3, 13);
  const auto repository = open_repository(repo_.path(), variables_);
  Notes notes(**repository);
  ASSERT_TRUE(notes.commit({{commits_[2], "{\"v\":9,\"apps\":{}}"}}, {}, "x"));
  HistoryRequest request;
  request.folder = repo_.path();
  const auto history = read_history(files_, variables_, request);
  ASSERT_TRUE(history);
  EXPECT_EQ(history->records.size(), 1U);
  EXPECT_THAT(history->remarks, ElementsAre(HasSubstr("were written by a newer budgetcheck; they were skipped")));
}

}  // namespace
}  // namespace budgetcheck
