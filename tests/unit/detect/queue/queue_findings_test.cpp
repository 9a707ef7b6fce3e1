#include "detect/queue/queue_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/detect.h"
#include "unit/detect/queue/queue_simulation.h"

namespace budgetcheck {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;

Rule rule_of_queues(const std::string& id, const std::string& param, double value) {
  Rule rule;
  rule.id = id;
  rule.level = Level::kError;
  rule.params.push_back({param, Unit::kRatio, value, 0, 1, "", true});
  return rule;
}

std::vector<Finding> all_findings(const Facts& facts) {
  std::vector<Finding> found;
  detect_queue_growing(facts, rule_of_queues("queue-growing", "min_growth", 0.02), found);
  detect_queue_stalled(facts, rule_of_queues("queue-stalled", "finished", 0.05), found);
  detect_queue_saturated(facts, rule_of_queues("queue-saturated", "utilisation", 0.8), found);
  return found;
}

Facts facts_of(const SimulatedQueue& queue) {
  std::mt19937_64 random(5);
  Facts facts;
  facts.queues.courses.push_back(simulated(queue, random));
  return facts;
}

TEST(QueueFindings, GrowthNamesRatesAndTheTimeThatIsLeft) {
  Facts facts = facts_of(busy(1.5));
  facts.queues.courses[0].max_depth = 10'000;
  const auto found = all_findings(facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "queue-growing");
  EXPECT_EQ(found[0].subject, "q");
  EXPECT_THAT(found[0].message, HasSubstr("the queue 'q' grows by"));
  EXPECT_THAT(found[0].message, HasSubstr("max_depth 10000 is reached"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("in place of 3"));
  for (const char* name : {"slope_per_s", "arrivals_per_s", "finished_per_s", "time_to_max_depth_s", "drain_s",
                           "wait_by_littles_law_s", "utilisation"}) {
    EXPECT_THAT(found[0].evidence.details, Contains(Key(name)));
  }
}

TEST(QueueFindings, AStandstillIsToldOnceAndSaysBothReasons) {
  SimulatedQueue queue = busy(0.5);
  queue.can_work = [](double at) { return at < 70; };
  const auto found = all_findings(facts_of(queue));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "queue-stalled");
  EXPECT_THAT(found[0].fix.text, HasSubstr("paused on purpose"));
  EXPECT_THAT(found[0].fix.text, HasSubstr("Start the workers again"));
}

TEST(QueueFindings, ADeadLetterQueueGrows) {
  SimulatedQueue queue = busy(0.2);
  queue.can_work = [](double) { return false; };
  Facts facts = facts_of(queue);
  facts.queues.courses[0].queue = "orders-dlq";
  const auto found = all_findings(facts);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule, "queue-growing");
  EXPECT_THAT(found[0].message, HasSubstr("nobody works on the queue"));
}

TEST(QueueFindings, SaturationIsLeftToADeclaredLimit) {
  Facts facts = facts_of(busy(0.93));
  ASSERT_EQ(all_findings(facts).size(), 1U);
  EXPECT_EQ(all_findings(facts)[0].rule, "queue-saturated");
  facts.queues.courses[0].has_max_utilisation = true;
  EXPECT_THAT(all_findings(facts), IsEmpty());
}

TEST(QueueFindings, APausedQueueIsANote) {
  Facts facts = facts_of(busy(0.5));
  facts.queues.courses[0].paused.assign(facts.queues.courses[0].at.size(), 7);
  std::vector<std::string> notes;
  note_queues(facts, {}, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0], HasSubstr("paused, with 7 jobs held back"));
}

TEST(QueueFindings, ADeclaredQueueThatNobodySawIsANote) {
  Facts facts = facts_of(busy(0.5));
  QueueSetting setting;
  setting.queue = facts.queues.courses[0].queue + "s";
  setting.concurrency = 3;
  facts.queues.settings.push_back(setting);
  std::vector<std::string> notes;
  note_queues(facts, {}, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_THAT(notes[0], HasSubstr("no input tells of the queue '" + setting.queue + "'"));
  facts.queues.settings[0].max_depth = 5;  // its budget says so
  notes.clear();
  note_queues(facts, {}, notes);
  EXPECT_THAT(notes, IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
