#include "judge/gate/queues_in_force.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "judge/gate/gate.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

BudgetsFile file_with_queues(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << text << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

Gate gate_of_queues(const std::string& base, const std::string& head, const std::string& more = {}) {
  const BudgetsFile then = file_with_queues("queues: [" + base + "]\n");
  return gate_in_force(MemoryFileSystem(), file_with_queues("queues: [" + head + "]\n" + more), {then, nullptr},
                       {false, false, "2026-11-23"});
}

constexpr const char* kMail = "{ queue: mail, concurrency: 4, max_depth: 100, max_wait: 30 s, max_utilisation: 80% }";

TEST(QueuesInForce, TheSameOrTighterIsNoChange) {
  EXPECT_THAT(gate_of_queues(kMail, kMail).verdicts, IsEmpty());
  EXPECT_THAT(
      gate_of_queues("{ queue: mail, max_depth: 100 }", "{ queue: mail, max_depth: 99, max_wait: 1 s }").verdicts,
      IsEmpty());
  EXPECT_THAT(gate_of_queues("{ queue: mail, concurrency: 4 }", "{ queue: mail, concurrency: 3 }").verdicts, IsEmpty());
  EXPECT_THAT(gate_of_queues("{ queue: mail }", "{ queue: mail, concurrency: 9 }").verdicts, IsEmpty());
}

// The rule queue-saturated judges by it, so it counts without max_utilisation too.
TEST(QueuesInForce, MoreWorkersOrNoNumberOfThemNeedAReason) {
  const Gate more = gate_of_queues("{ queue: mail, concurrency: 4 }", "{ queue: mail, concurrency: 9 }");
  ASSERT_EQ(more.verdicts.size(), 1U);
  EXPECT_EQ(more.verdicts[0].code, "GATE_LOOSENED_NO_REASON");
  EXPECT_THAT(more.verdicts[0].message, HasSubstr("declares a concurrency of 9 instead of 4 for the queue 'mail'"));
  ASSERT_EQ(more.queues.size(), 1U);
  EXPECT_EQ(more.queues[0].concurrency, 4);
  const Gate none = gate_of_queues("{ queue: mail, concurrency: 4 }", "{ queue: mail }");
  ASSERT_EQ(none.verdicts.size(), 1U);
  EXPECT_THAT(none.verdicts[0].message, HasSubstr("no longer declares a concurrency of 4 for the queue 'mail'"));
  EXPECT_EQ(none.queues[0].concurrency, 4);
  const Gate told = gate_of_queues("{ queue: mail, concurrency: 4 }", "{ queue: mail, concurrency: 9 }",
                                   "loosened: [{ setting: queues.mail, owner: \"@jobs\", reason: five more pods }]\n");
  ASSERT_EQ(told.verdicts.size(), 1U);
  EXPECT_EQ(told.verdicts[0].code, "GATE_LOOSENED");
  EXPECT_EQ(told.queues[0].concurrency, 9);
}

TEST(QueuesInForce, ALooserLimitNeedsAReason) {
  const Gate gate = gate_of_queues(kMail, "{ queue: mail, concurrency: 8, max_depth: 200, max_utilisation: 80% }");
  ASSERT_EQ(gate.verdicts.size(), 1U);
  EXPECT_EQ(gate.verdicts[0].budget, "queues.mail");
  EXPECT_EQ(gate.verdicts[0].code, "GATE_LOOSENED_NO_REASON");
  EXPECT_THAT(gate.verdicts[0].message, HasSubstr("raises max_depth of the queue 'mail' from 100 to 200"));
  EXPECT_THAT(gate.verdicts[0].message, HasSubstr("removes max_wait"));
  ASSERT_EQ(gate.queues.size(), 1U);
  EXPECT_EQ(gate.queues[0].max_depth, 100);
  EXPECT_EQ(gate.queues[0].max_wait_ms, 30'000);
  EXPECT_EQ(gate.queues[0].concurrency, 4);
}

TEST(QueuesInForce, AQueueThatIsNoLongerDeclaredIsStillLimited) {
  const Gate gate = gate_of_queues(kMail, "{ queue: other }");
  ASSERT_EQ(gate.queues.size(), 2U);
  EXPECT_EQ(gate.queues[1].queue, "mail");
  EXPECT_EQ(gate.queues[1].max_depth, 100);
}

TEST(QueuesInForce, WithAReasonTheChangesOwnHolds) {
  const Gate gate = gate_of_queues(kMail, "{ queue: mail, max_depth: 200 }",
                                   "loosened: [{ setting: queues.mail, owner: \"@jobs\", reason: newsletter }]\n");
  ASSERT_EQ(gate.verdicts.size(), 1U);
  EXPECT_EQ(gate.verdicts[0].code, "GATE_LOOSENED");
  EXPECT_EQ(gate.queues[0].max_depth, 200);
}

}  // namespace
}  // namespace budgetcheck
