#include "baseline/git_program.h"

#include <gtest/gtest.h>

#include "unit/baseline/git_testing.h"

namespace budgetcheck {
namespace {

TEST(ShellWord, QuotesWhatAShellWouldRead) {
  EXPECT_EQ(shell_word("refs/heads/main"), "refs/heads/main");
  EXPECT_EQ(shell_word("a b"), "'a b'");
  EXPECT_EQ(shell_word("x';id;'"), "'x'\\'';id;'\\'''");
  EXPECT_EQ(shell_word(""), "''");
}

TEST(WithoutCredentials, AreRemovedFromEveryAddress) {
  EXPECT_EQ(without_credentials("fatal: 'https://u:p@h/x' and http://t@h:8/y@z"),
            "fatal: 'https://h/x' and http://h:8/y@z");
  EXPECT_EQ(without_credentials("https://u:p@ss@h/x"), "https://h/x");
  EXPECT_EQ(without_credentials("git@github.com:a/b ://"), "git@github.com:a/b ://");
}

TEST(GitProgram, SaysWhatGitSaysInOneSafeLine) {
  const GitFolder folder;
  const GitProgram git(folder.path(), fake_variables({}));
  EXPECT_TRUE(git.run({"rev-parse", "--git-dir"}).ok);
  const GitRun failed = git.run({"cat-file", "blob", "none:none"});
  EXPECT_FALSE(failed.ok);
  EXPECT_TRUE(failed.problem.starts_with("fatal:")) << failed.problem;
  EXPECT_EQ(failed.problem.find('\n'), std::string::npos);
}

TEST(CredentialsHint, IsForMissingCredentialsOnly) {
  EXPECT_NE(credentials_hint("fatal: could not read Username for 'https://h'"), "");
  EXPECT_EQ(credentials_hint("fatal: repository not found"), "");
}

}  // namespace
}  // namespace budgetcheck
