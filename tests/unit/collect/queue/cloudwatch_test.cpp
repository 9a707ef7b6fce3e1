#include "collect/queue/cloudwatch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/collect/queue/queue_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(CloudWatch, NewestFirstAndCountsOfPeriods) {
  const Facts facts = queue_facts({{"sqs.json",
                                    R"({"MetricDataResults":[
{"Id":"a","Label":"my queue ApproximateNumberOfMessagesVisible","Timestamps":["2026-11-28T03:02:00Z","2026-11-28T03:01:00Z","2026-11-28T03:00:00Z"],"Values":[3,2,1],"StatusCode":"Complete"},
{"Id":"b","Label":"my queue NumberOfMessagesDeleted","Timestamps":["2026-11-28T03:01:00Z","2026-11-28T03:00:00Z"],"Values":[7,5],"StatusCode":"Complete"}],"Messages":[]})"}});
  const QueueCourse* queue = course_of(facts, "my queue");
  ASSERT_NE(queue, nullptr);
  EXPECT_THAT(queue->waiting, ElementsAre(1, 2, 3));
  EXPECT_EQ(queue->finished.front(), 0);
  EXPECT_EQ(queue->finished.size(), 3U);
  EXPECT_GT(queue->finished.back(), 0);
}

TEST(CloudWatch, ALabelWithoutAQueueIsSaid) {
  const Facts facts = queue_facts(
      {{"sqs.json",
        R"({"MetricDataResults":[{"Id":"a","Label":"ApproximateNumberOfMessagesVisible","Timestamps":[],"Values":[],"StatusCode":"PartialData"}],"NextToken":"x"})"}});
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("no queue and metric of SQS"));
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("one page of several"));
}

}  // namespace
}  // namespace budgetcheck
