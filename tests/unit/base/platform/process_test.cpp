#include "base/platform/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::HasSubstr;

ProcessRequest shell(const std::string& script) {
  ProcessRequest request;
  request.arguments = {"sh", "-c", script};
  return request;
}

TEST(RunProcess, GivesStatusAndBothStreams) {
  const auto result = run_process(shell("echo out; echo err >&2; exit 3"));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 3);
  EXPECT_EQ(result->output, "out\n");
  EXPECT_EQ(result->errors, "err\n");
  EXPECT_FALSE(result->succeeded());
}

TEST(RunProcess, FeedsInputThatIsLargerThanAPipe) {
  ProcessRequest request = shell("wc -c");
  request.input.assign(1'000'000, 'x');
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(std::stoi(result->output), 1'000'000);
}

TEST(RunProcess, AChildThatReadsNoInputIsNoMatter) {
  ProcessRequest request = shell("exit 0");
  request.input.assign(1'000'000, 'x');
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->succeeded());
}

TEST(RunProcess, ArgumentsAreNotReadByAShell) {
  ProcessRequest request;
  request.arguments = {"printf", "%s", "$(id); `id` 'x'"};
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "$(id); `id` 'x'");
}

TEST(RunProcess, OutputIsBoundedAndTheChildStillEnds) {
  ProcessRequest request = shell("head -c 300000 /dev/zero; echo end >&2");
  request.max_output = 1000;
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output.size(), 1000U);
  EXPECT_TRUE(result->cut);
  EXPECT_EQ(result->errors, "end\n");
  EXPECT_FALSE(result->succeeded());
}

TEST(RunProcess, TheTimeoutEndsTheWholeGroup) {
  ProcessRequest request = shell("sleep 30 & sleep 30");
  request.timeout = std::chrono::milliseconds(200);
  const auto before = std::chrono::steady_clock::now();
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(15));
}

TEST(RunProcess, WhatIsLeftBehindHoldsNobodyUp) {
  const auto before = std::chrono::steady_clock::now();
  const auto result = run_process(shell("echo done; sleep 20 &"));
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->succeeded());
  EXPECT_EQ(result->output, "done\n");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(15));
}

TEST(RunProcess, SetsVariables) {
  ProcessRequest request = shell("echo \"$BUDGETCHECK_TEST_NEW\"");
  request.environment = {{"BUDGETCHECK_TEST_NEW", "new"}};
  const auto result = run_process(request);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->output, "new\n");
}

TEST(RunProcess, ASignalIsNoSuccess) {
  const auto result = run_process(shell("kill -9 $$"));
  ASSERT_TRUE(result);
  EXPECT_EQ(result->status, 128 + 9);
}

TEST(RunProcess, AProgramThatIsNotThereIsAnError) {
  ProcessRequest request;
  request.arguments = {"no-such-program-anywhere"};
  const auto result = run_process(request);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message, HasSubstr("cannot run 'no-such-program-anywhere'"));
}

}  // namespace
}  // namespace budgetcheck
