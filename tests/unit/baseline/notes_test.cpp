#include "baseline/notes.h"

#include "unit/baseline/stored_results_testing.h"

namespace budgetcheck {
namespace {

class NotesTest : public StoredResults {};

TEST_F(NotesTest, AWriterThatComesTooLateChangesNothing) {
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

}  // namespace
}  // namespace budgetcheck
