#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::HasSubstr;

ExpectedAll<BudgetsFile> queues_file(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  return load_budgets(files, "budgets.yml");
}

std::string refused_queues(const std::string& text) {
  const auto file = queues_file(text);
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      out += to_string(error) + " (" + error.hint + ")\n";
    }
  }
  return out;
}

TEST(QueuesSection, ReadsTiersAndQueues) {
  const auto file = queues_file(
      "queues:\n  - { queue: mail, tier: jobs, concurrency: 8, max_depth: 1000, max_wait: 30 s, max_utilisation: 80% "
      "}\n"
      "tiers:\n  jobs: { owner: \"@jobs\", page: pager, notify: \"#jobs\", runbooks: docs/runbooks }\n");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->tiers.size(), 1U);
  EXPECT_EQ(file->tiers[0].owner, "@jobs");
  EXPECT_EQ(file->tiers[0].runbooks, "docs/runbooks");
  ASSERT_EQ(file->queues.size(), 1U);
  EXPECT_EQ(file->queues[0].queue, "mail");
  EXPECT_EQ(file->queues[0].concurrency, 8);
  EXPECT_EQ(file->queues[0].max_depth, 1000);
  EXPECT_EQ(file->queues[0].max_wait_ms, 30'000);
  EXPECT_EQ(file->queues[0].max_utilisation, 0.8);
}

TEST(QueuesSection, ATierMustExist) {
  EXPECT_THAT(refused_queues("tiers: { jobs: { owner: a } }\nqueues: [{ queue: mail, tier: job }]\n"),
              AllOf(HasSubstr("there is no tier 'job'"), HasSubstr("did you mean 'jobs'")));
  EXPECT_THAT(refused_queues("queues: [{ queue: mail, tier: jobs }]\n"), HasSubstr("declare it: tiers:"));
}

TEST(QueuesSection, AllErrorsAtOnce) {
  const std::string errors = refused_queues(
      "tiers: { jobs: {} }\nqueues:\n  - { queue: a, max_depth: 0, max_wait: 30, max_utilisation: 150%, concurrency: "
      "1.5 }\n"
      "  - { queue: a }\n");
  for (const char* part : {"the tier 'jobs' says nothing", "'max_depth' is 0", "'max_wait'", "more than all",
                           "whole number", "declared twice"}) {
    EXPECT_THAT(errors, HasSubstr(part));
  }
}

}  // namespace
}  // namespace budgetcheck
