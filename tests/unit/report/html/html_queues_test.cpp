#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/html/html_sections.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

QueueCourse course(const std::string& name, std::vector<double> waiting) {
  QueueCourse made;
  made.queue = name;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    made.at.push_back(1.7e12 + 1000 * static_cast<double>(i));
  }
  made.waiting = std::move(waiting);
  return made;
}

std::string section_of(std::vector<QueueCourse> courses) {
  Report report;
  report.queues = std::move(courses);
  return html_queues(HtmlReport(report));
}

TEST(HtmlQueues, NothingWithoutQueues) { EXPECT_EQ(section_of({}), ""); }

TEST(HtmlQueues, DepthOverTimeIsDrawn) {
  const std::string html = section_of({course("mail", {0, 5, 10})});
  EXPECT_THAT(html, AllOf(HasSubstr("<svg"), HasSubstr("M0 78L150 40L300 2"),
                          HasSubstr("Waiting jobs of mail over 2 s: 0 at first, 10 at the end, 10 at most")));
  EXPECT_THAT(html, Not(HasSubstr("class=\"limit\"")));
}

TEST(HtmlQueues, AGapIsAsLongAsItWas) {
  QueueCourse gap = course("mail", {0, 5, 10});
  gap.at[1] = gap.at[0] + 500;
  EXPECT_THAT(section_of({gap}), HasSubstr("M0 78L75 40L300 2"));
}

TEST(HtmlQueues, NoPeakIsThinnedAway) {
  std::vector<double> waiting(5000, 1);
  waiting[3333] = 77;
  EXPECT_THAT(section_of({course("mail", waiting)}), AllOf(HasSubstr("77 at most"), HasSubstr(" 2L")));
}

TEST(HtmlQueues, MaxDepthIsDashedWhereItIsNear) {
  QueueCourse near = course("mail", {0, 5, 10});
  near.max_depth = 20;
  EXPECT_THAT(section_of({near}), AllOf(HasSubstr("class=\"limit\""), HasSubstr("dashed: max_depth 20")));
  near.max_depth = 1000;
  EXPECT_THAT(section_of({near}), Not(HasSubstr("class=\"limit\"")));
}

TEST(HtmlQueues, NamesAreEscaped) {
  EXPECT_THAT(section_of({course("<script>\"&", {0, 5, 10})}),
              AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("\"&"))));
}

TEST(HtmlQueues, WithoutTimesReadingsAreCounted) {
  QueueCourse untimed = course("mail", {0, 5, 10});
  untimed.has_times = false;
  untimed.at = {0, 1, 2};
  EXPECT_THAT(section_of({untimed}), HasSubstr("over 3 readings"));
}

}  // namespace
}  // namespace budgetcheck
