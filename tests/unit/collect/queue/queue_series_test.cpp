#include "collect/queue/queue_series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/collect/queue/queue_testing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string answer(const std::string& series) {
  return R"({"status":"success","data":{"resultType":"matrix","result":[)" + series + "]}}";
}

TEST(QueueSeries, SeveralFilesTellOfOneQueue) {
  const Facts facts = queue_facts(
      {{"ready.json",
        answer(
            R"({"metric":{"__name__":"rabbitmq_queue_messages_ready","instance":"r-0","queue":"a","vhost":"/"},"values":[[1795824000,"1"],[1795824060,"2"]]},)"
            R"({"metric":{"__name__":"rabbitmq_queue_messages_ready","instance":"r-1","queue":"a","vhost":"/"},"values":[[1795824000,"3"],[1795824060,"2"]]},)"
            R"({"metric":{"__name__":"rabbitmq_queue_messages_ready","instance":"r-1","queue":"a","vhost":"eu"},"values":[[1795824000,"9"],[1795824060,"9"]]})")},
       {"unacked.json",
        answer(
            R"({"metric":{"__name__":"rabbitmq_queue_messages_unacked","instance":"r-0","queue":"a","vhost":"/"},"values":[[1795824001,"4"],[1795824061,"5"]]})")}});
  const QueueCourse* a = course_of(facts, "a");
  ASSERT_NE(a, nullptr);
  EXPECT_THAT(a->waiting, ElementsAre(3, 2));  // the highest of both nodes, not their sum
  EXPECT_THAT(a->active, ElementsAre(4, 5));
  EXPECT_NE(course_of(facts, "eu/a"), nullptr);
  EXPECT_THAT(why_not(facts, "queue.flow"), HasSubstr("it is not told how many jobs end"));
}

TEST(QueueSeries, WorkersOfOneExporterAreAddedUp) {
  const Facts facts = queue_facts(
      {{"a.json",
        answer(
            R"({"metric":{"__name__":"celery_worker_tasks_active","hostname":"w1","queue_name":"q"},"values":[[1795824000,"1"],[1795824060,"2"]]},)"
            R"({"metric":{"__name__":"celery_worker_tasks_active","hostname":"w2","queue_name":"q"},"values":[[1795824000,"3"],[1795824060,"NaN"]]},)"
            R"({"metric":{"__name__":"celery_queue_length","queue_name":"q"},"values":[[1795824000,"0"],[1795824060,"7"]]})")}});
  EXPECT_EQ(course_of(facts, "q")->active[0], 4);
  EXPECT_THAT(course_of(facts, "q")->waiting, ElementsAre(0, 7));
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("not a number or infinite"));
}

TEST(QueueSeries, WhatPrometheusSaysItself) {
  std::string warned = answer(
      R"({"metric":{"__name__":"celery_queue_length","queue_name":"q"},"values":[[1795824000,"0"],[1795824060,"7"]]})");
  warned.insert(1, R"("warnings":["2 stores did not answer","x"],)");
  const Facts facts = queue_facts({{"a.json", warned}});
  EXPECT_THAT(facts.inputs[0].message, HasSubstr("Prometheus warns 2 times: 2 stores did not answer"));
}

TEST(QueueSeries, MappedMetrics) {
  const Facts facts = queue_facts(
      {{"a.json",
        answer(
            R"({"metric":{"__name__":"shop_jobs_todo","topic":"q"},"values":[[1795824000,"1"],[1795824060,"2"]]})")}},
      {}, "queue:topic,waiting:shop_jobs_todo");
  ASSERT_NE(course_of(facts, "q"), nullptr);
  EXPECT_THAT(course_of(facts, "q")->waiting, ElementsAre(1, 2));
}

std::string scrape(int waiting, int completed) {
  return fmt::format(
      "# HELP bullmq_job_count Number of jobs in the queue by state\n# TYPE bullmq_job_count gauge\n"
      "bullmq_job_count{{queue=\"a\", state=\"waiting\"}} {}\nbullmq_job_count{{queue=\"a\", state=\"completed\"}} {}\n"
      "bullmq_job_count{{queue=\"a\", state=\"active\"}} 1\nbullmq_job_completed_total{{queue=\"a\"}} 0\n",
      waiting, completed);
}

TEST(QueueSeries, ScrapesWithoutTimesAreInTheOrderOfTheirNumbers) {
  const Facts facts = queue_facts({{"bullmq-149.prom", scrape(5, 90)}, {"bullmq-30.prom", scrape(2, 50)}});
  const QueueCourse* a = course_of(facts, "a");
  ASSERT_NE(a, nullptr);
  EXPECT_FALSE(a->has_times);
  EXPECT_THAT(a->waiting, ElementsAre(2, 5));
  EXPECT_THAT(a->finished, ElementsAre(0, 40));
  EXPECT_NEAR(std::get<double>(sample_of(facts, "queue.flow", "a")->value), 40.0 / 43, 1e-9);
  EXPECT_THAT(why_not(facts, "queue.utilisation"), HasSubstr("tell no time"));
}

}  // namespace
}  // namespace budgetcheck
