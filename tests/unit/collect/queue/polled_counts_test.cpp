#include "collect/queue/polled_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "model/load/queue_course.h"
#include "unit/collect/queue/queue_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(PolledCounts, ReadsBullMqsCounts) {
  const Facts facts = queue_facts(
      {{"q.ndjson",
        R"({"ts":1795934046000,"queue":"mail","counts":{"active":2,"completed":3,"delayed":7,"failed":0,"prioritized":1,"waiting":4},"completed_total":3,"failed_total":0})"
        "\n"
        R"({"ts":1795934047000,"queue":"mail","counts":{"active":1,"completed":9,"delayed":7,"failed":2,"prioritized":0,"waiting":0},"completed_total":9,"failed_total":2})"
        "\n"}});
  EXPECT_EQ(facts.inputs[0].format, "queue-counts");
  EXPECT_EQ(facts.inputs[0].message, "");
  const QueueCourse* mail = course_of(facts, "mail");
  ASSERT_NE(mail, nullptr);
  EXPECT_THAT(mail->waiting, ElementsAre(5, 0));  // prioritized ones wait, delayed ones do not
  EXPECT_THAT(mail->active, ElementsAre(2, 1));
  EXPECT_THAT(mail->finished, ElementsAre(0, 8));
  EXPECT_THAT(mail->failed, ElementsAre(0, 2));
  EXPECT_EQ(std::get<Rate>(sample_of(facts, "queue.failures", "mail")->value), (Rate{2, 8}));
}

TEST(PolledCounts, ATotalOfZeroIsNoStandstill) {  // workers without the option of metrics
  const Facts facts = queue_facts(
      {{"q.ndjson",
        R"({"ts":1795934046,"queue":"a","counts":{"active":1,"completed":3,"waiting":0},"completed_total":0})"
        "\n"
        R"({"ts":1795934047,"queue":"a","counts":{"active":1,"completed":30,"waiting":0},"completed_total":0})"
        "\n"}});
  EXPECT_THAT(course_of(facts, "a")->finished, ElementsAre(0, 27));
}

TEST(PolledCounts, TooFewReadingsDoNotTellHowBusyWorkersAre) {
  const auto facts_of = [](int readings) {
    std::string text = "time,queue,waiting,active,completed\n";
    for (int i = 0; i < readings; ++i) {
      text += fmt::format("{},mail,{},2,{}\n", 1795934046 + i, i % 2, 10 * i);
    }
    QueueSetting setting;
    setting.queue = "mail";
    setting.concurrency = 4;
    return queue_facts({{"q.csv", text}}, {setting});
  };
  EXPECT_EQ(sample_of(facts_of(19), "queue.utilisation", "mail"), nullptr);
  EXPECT_THAT(why_not(facts_of(19), "queue.utilisation"), HasSubstr("19 readings do not tell how busy"));
  EXPECT_NE(sample_of(facts_of(20), "queue.utilisation", "mail"), nullptr);
}

TEST(PolledCounts, AMisspeltMappingSaysSo) {
  const Facts facts = queue_facts({{"q.ndjson",
                                    "{\"ts\":1795934046000,\"topic\":\"a\",\"todo\":1}\n"
                                    "{\"ts\":1795934047000,\"topic\":\"a\",\"todo\":2}\n"}},
                                  {}, "queue:topic,waiting:tood");
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
  EXPECT_THAT(facts.inputs[0].hint, HasSubstr("letter by letter"));
}

TEST(PolledCounts, FilesMayComeInAnyOrder) {
  const auto part = [](int begin) {
    std::string text = "time,queue,waiting,completed\n";
    for (int i = begin; i < begin + 10; ++i) {
      text += fmt::format("{},mail,{},{}\n", 1795934046 + i, i, 5 * i);
    }
    return text;
  };
  const Facts facts = queue_facts({{"q-1.csv", part(0)}, {"q-10.csv", part(20)}, {"q-2.csv", part(10)}});
  ASSERT_EQ(course_of(facts, "mail")->waiting.size(), 30U);
  EXPECT_EQ(course_of(facts, "mail")->waiting[15], 15);
  EXPECT_EQ(course_of(facts, "mail")->finished.back(), 145);
}

TEST(PolledCounts, LongRowsOfSeveralPollersAreReadOnce) {  // each reading looked at all of them
  std::string text = "time,queue,host,waiting\n";
  for (int i = 0; i < 20000; ++i) {
    text += fmt::format("{},mail,{},{}\n", 1795934046 + i / 2, i % 2 == 0 ? "a" : "b", i % 7);
  }
  EXPECT_GT(course_of(queue_facts({{"q.csv", text}}), "mail")->waiting.size(), 4000U);
}

TEST(PolledCounts, TheDeepestReadingOfALongCaptureIsKept) {
  for (const int peak : {7, 4000, 15001, 30003, 49999}) {
    std::string text = "time,queue,waiting\n";
    for (int i = 0; i < 50000; ++i) {
      text += fmt::format("{},mail,{}\n", 1795934046 + i, i == peak ? 900 : i % 7);
    }
    const Facts facts = queue_facts({{"q.csv", text}});
    const std::vector<double>& waiting = course_of(facts, "mail")->waiting;
    EXPECT_LT(waiting.size(), 21000U);
    EXPECT_EQ(*std::max_element(waiting.begin(), waiting.end()), 900) << peak;
  }
}

TEST(PolledCounts, TimesAsPsqlWritesThem) {
  const Facts facts = queue_facts({{"q.csv",
                                    "at,name,state,count\n2026-11-29 06:55:22.728123+00,mail,created,3\n"
                                    "2026-11-29 12:25:23.728+05:30,mail,created,4\n"}});
  EXPECT_EQ(facts.inputs[0].message, "");
  ASSERT_NE(course_of(facts, "mail"), nullptr);
  EXPECT_THAT(course_of(facts, "mail")->waiting, ElementsAre(3, 4));
  EXPECT_NEAR(length_of(*course_of(facts, "mail"), {0, 1}), 1, 0.01);
}

TEST(PolledCounts, ATotalThatFallsBeganAnew) {
  const Facts facts = queue_facts({{"q.csv",
                                    "time,queue,waiting,active,completed_total\n1795934046,a,0,1,100\n"
                                    "1795934047,a,0,1,110\n1795934048,a,0,1,4\n1795934049,a,0,1,9\n"}});
  EXPECT_THAT(course_of(facts, "a")->finished, ElementsAre(0, 10, 14, 19));
}

TEST(PolledCounts, AStateWithoutRowsIsZero) {  // pg-boss
  const Facts facts = queue_facts({{"q.csv",
                                    "at,name,state,count\n"
                                    "2026-11-29T06:55:22Z,mail,created,3\n2026-11-29T06:55:22Z,other,active,1\n"
                                    "2026-11-29T06:55:23Z,mail,completed,3\n2026-11-29T06:55:23Z,other,active,1\n"
                                    "2026-11-29T06:55:24Z,other,active,1\n"}});
  EXPECT_THAT(course_of(facts, "mail")->waiting, ElementsAre(3, 0, 0));
  EXPECT_THAT(course_of(facts, "mail")->finished, ElementsAre(0, 3, 3));
  EXPECT_THAT(course_of(facts, "other")->waiting, ElementsAre(0, 0, 0));
}

TEST(PolledCounts, AQueueWithoutALineIsEmptyWhereNothingIsWrittenForZero) {  // graphile-worker
  const Facts facts = queue_facts({{"q.ndjson",
                                    "{\"at\":\"2026-11-29T06:55:22Z\",\"task\":\"a\",\"waiting\":2,\"active\":1}\n"
                                    "{\"at\":\"2026-11-29T06:55:22Z\",\"task\":\"b\",\"waiting\":0,\"active\":1}\n"
                                    "{\"at\":\"2026-11-29T06:55:23Z\",\"task\":\"b\",\"waiting\":5,\"active\":1}\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(2, 0));
  EXPECT_THAT(why_not(facts, "queue.flow"), HasSubstr("it is not told how many jobs end"));
}

TEST(PolledCounts, AGapIsAGapWhereZerosAreWritten) {
  const Facts facts = queue_facts({{"q.csv",
                                    "time,queue,waiting,active\n1795934046,a,2,1\n1795934046,b,0,0\n"
                                    "1795934047,b,0,0\n1795934048,a,2,1\n1795934048,b,0,0\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(2, 2));
}

TEST(PolledCounts, NewestFirstIsTurnedRound) {
  const Facts facts =
      queue_facts({{"q.csv", "time,queue,waiting,active\n1795934048,a,3,0\n1795934047,a,2,0\n1795934046,a,1,0\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(1, 2, 3));
}

TEST(PolledCounts, AClockThatGoesBackIsSaid) {
  const Facts facts = queue_facts({{"q.csv",
                                    "time,queue,waiting,active\n1795934046,a,1,0\n1795934047,a,2,0\n"
                                    "1795934040,a,3,0\n1795934048,a,4,0\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(1, 2, 4));
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("the clock goes back"));
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
}

TEST(PolledCounts, WhatIsNoNumberIsPassedOver) {
  const Facts facts = queue_facts(
      {{"q.csv",
        "time,queue,waiting,active\n1795934046,a,1,0\n1795934047,a,NaN,0\n1795934048,a,+Inf,0\n1795934049,a,-2,0\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(1));
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("not a number or infinite"));
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("below 0"));
}

TEST(PolledCounts, SeveralPollersAreNotAddedUp) {
  const Facts facts = queue_facts({{"q.csv",
                                    "time,queue,host,waiting,active\n1795934046,a,x,4,0\n1795934046,a,y,5,0\n"
                                    "1795934047,a,x,6,0\n1795934047,a,y,6,0\n"}});
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(5, 6));
}

TEST(PolledCounts, JobsThatLeaveUncountedAreRemovedOnes) {
  std::string text = "time,queue,waiting,active,completed\n";
  for (int i = 0; i < 40; ++i) {
    text += fmt::format("{},a,{},0,0\n", 1795934046 + i, i % 2 == 0 ? 30 : 0);
  }
  const Facts facts = queue_facts({{"q.csv", text}});
  EXPECT_THAT(course_of(facts, "a")->finished, IsEmpty());
  EXPECT_THAT(why_not(facts, "queue.flow"), HasSubstr("removeOnComplete"));
}

TEST(PolledCounts, TimesOfJobsAreWaitsAndProcessing) {
  const Facts facts = queue_facts({{"jobs.ndjson",
                                    "{\"queue\":\"a\",\"id\":\"1\",\"timestamp\":1795934045000,\"processedOn\":"
                                    "1795934045100,\"finishedOn\":1795934045350}\n"
                                    "{\"queue\":\"a\",\"id\":\"2\",\"timestamp\":1795934045000,\"delay\":50,"
                                    "\"processedOn\":1795934045100,\"finishedOn\":1795934045200}\n"}});
  EXPECT_THAT(std::get<Distribution>(sample_of(facts, "queue.wait", "a")->value).values(), ElementsAre(100, 50));
  EXPECT_THAT(std::get<Distribution>(sample_of(facts, "queue.processing", "a")->value).values(), ElementsAre(250, 100));
  EXPECT_THAT(why_not(facts, "queue."), HasSubstr("finished jobs do not tell how many wait"));
}

TEST(PolledCounts, NamesCanBeMapped) {
  const Facts facts = queue_facts({{"q.ndjson",
                                    "{\"when\":\"2026-11-29T06:55:22Z\",\"topic\":\"a\",\"todo\":3,\"doing\":1}\n"
                                    "{\"when\":\"2026-11-29T06:55:23Z\",\"topic\":\"a\",\"todo\":4,\"doing\":1}\n"}},
                                  {}, "queue:topic,time:when,waiting:todo,active:doing");
  ASSERT_NE(course_of(facts, "a"), nullptr);
  EXPECT_THAT(course_of(facts, "a")->waiting, ElementsAre(3, 4));
}

TEST(PolledCounts, BrokenRowsAreSaid) {
  const Facts facts =
      queue_facts({{"q.csv", "time,queue,waiting,active\n1795934046,a,1,0\nyesterday,a,2,0\n1795934048,a\n"}});
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("2 of 3 rows are no counts of a queue, the first in line 3"));
}

TEST(PolledCounts, ALogIsNone) {
  const Facts facts =
      queue_facts({{"app.log",
                    "{\"time\":1795934046000,\"level\":30,\"queue\":\"a\",\"waiting\":3,\"msg\":\"hello\"}\n"
                    "{\"time\":1795934046000,\"level\":30,\"queue\":\"a\",\"waiting\":3,\"msg\":\"hello\"}\n"}});
  EXPECT_NE(facts.inputs[0].format, "queue-counts");
}

}  // namespace
}  // namespace budgetcheck
