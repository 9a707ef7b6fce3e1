#include "report/queues/queue_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Sample sample(const std::string& metric, Labels where, Unit unit, SampleValue value) {
  Sample made;
  made.metric = metric;
  made.where = std::move(where);
  made.unit = unit;
  made.value = std::move(value);
  return made;
}

Distribution values(std::initializer_list<double> list) {
  Distribution all;
  for (const double value : list) {
    all.add(value);
  }
  return all;
}

std::vector<Sample> samples() {
  std::vector<Sample> all{
      sample("queue.depth", {{"queue", "mail"}}, Unit::kCount, values({1, 2, 9})),
      sample("queue.utilisation", {{"queue", "mail"}}, Unit::kRatio, 0.734),
      sample("queue.flow", {{"queue", "mail"}}, Unit::kRatio, 1.0),
      sample("queue.drain_time", {{"queue", "mail"}}, Unit::kMilliseconds, 1500.0),
      sample("queue.depth", {{"queue", "mail"}, {"service", "eu"}}, Unit::kCount, values({40, 50, 60})),
      sample("queue.drain_time", {{"queue", "mail"}, {"service", "eu"}}, Unit::kMilliseconds, 2.592e9),
      sample("queue.wait", {{"queue", "pdf"}}, Unit::kMilliseconds, values({10, 10, 10})),
      sample("trace.duration", {{"queue", "other"}}, Unit::kMilliseconds, 7.0)};
  all[5].lower_bound = true;
  return all;
}

TEST(QueueRows, AreTheDeepestFirst) {
  const std::vector<QueueRow> rows = queue_rows(samples());
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].service, "eu");
  EXPECT_THAT(queue_cells(rows[0]), ElementsAre("50", "60", "-", "-", "-", "never"));
  EXPECT_THAT(queue_cells(rows[1]), ElementsAre("2", "9", "-", "73%", "100%", "1.5 s"));
  EXPECT_EQ(rows[2].queue, "pdf");  // of which no depth is told
  EXPECT_EQ(queue_cells(rows[2]).size(), queue_heads().size());
}

TEST(QueueRows, TextLeavesOutWhatWasNotMeasured) {
  Page page((Rendering()));
  write_queues(page, queue_rows(samples()), 2);
  const std::string text = page.take();
  EXPECT_THAT(text, AllOf(HasSubstr("mail of eu: waiting (median) 50, waiting (most) 60, never empty as it goes"),
                          HasSubstr("and 1 more"), Not(HasSubstr("pdf")), Not(HasSubstr("wait p95"))));
}

TEST(QueueRows, NamesAreMadePrintable) {
  Page page((Rendering()));
  write_queues(page,
               queue_rows({sample("queue.depth", {{"queue", "a\n::error::x\x1b[31m"}}, Unit::kCount, values({1}))}), 5);
  EXPECT_THAT(page.take(), AllOf(Not(HasSubstr("\n::error")), Not(HasSubstr("\x1b["))));
}

}  // namespace
}  // namespace budgetcheck
