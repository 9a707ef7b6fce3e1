#include "judge/load/queue_budgets.h"

#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

TEST(QueueBudgets, EachLimitIsABudgetOfTheTiersOwner) {
  MemoryFileSystem files;
  files.add(
      "budgets.yml",
      "version: 1\ntiers: { jobs: { owner: \"@jobs\" } }\nqueues:\n"
      "  - { queue: \"a*\", tier: jobs, max_depth: 10, max_wait: 1 s, max_utilisation: 70% }\n  - { queue: b }\n");
  const auto file = load_budgets(files, "budgets.yml");
  ASSERT_TRUE(file);
  const std::vector<Budget> budgets = queue_budgets(*file);
  ASSERT_EQ(budgets.size(), 3U);
  EXPECT_EQ(budgets[0].id, "queues.a*.max_depth");
  EXPECT_EQ(budgets[0].metric_id, "queue.depth");
  EXPECT_TRUE(budgets[0].metric);
  EXPECT_EQ(budgets[0].stat, Stat::kMax);
  EXPECT_EQ(budgets[0].max, 10);
  EXPECT_EQ(budgets[0].owner, "@jobs");
  EXPECT_EQ(*budgets[0].where.find("queue"), "a\\*");
  EXPECT_EQ(budgets[1].metric_id, "queue.wait");
  EXPECT_EQ(budgets[2].metric_id, "queue.utilisation");
}

}  // namespace
}  // namespace budgetcheck
