#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "report/html/html_frame.h"
#include "report/html/html_sections.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(const std::string& text, std::string_view what) {
  std::size_t n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) {
    ++n;
  }
  return n;
}

Report failures(int count) {
  Report r;
  for (int i = 0; i < count; ++i) {
    Verdict v;
    v.budget = "budget-" + std::to_string(i);
    v.metric = "bundle.raw";
    v.where = Labels{{"asset", "a" + std::to_string(i) + ".js"}};
    v.status = Status::kFail;
    v.unit = Unit::kBytes;
    v.value = 2000;
    v.limit = 1000;
    r.verdicts.push_back(v);
  }
  return r;
}

std::string to_do(const Report& report) { return html_to_do(HtmlReport(report)); }

TEST(HtmlToDo, TenAreSeenAtOnceAndAllOthersAreAClickAway) {
  const std::string ten = to_do(failures(10));
  EXPECT_THAT(ten, Not(HasSubstr("<details")));
  EXPECT_EQ(count_of(ten, "<li"), 10U);
  const std::string eleven = to_do(failures(11));
  EXPECT_THAT(eleven, HasSubstr("<details class=\"more\"><summary>and 1 more</summary>\n<ol start=\"11\">"));
  EXPECT_LT(eleven.find("budget-9<"), eleven.find("<details"));
  EXPECT_GT(eleven.find("budget-10<"), eleven.find("<details"));
}

TEST(HtmlToDo, EveryFailureIsListedOrCounted) {
  const std::string many = to_do(failures(500));
  for (int i = 0; i < 500; ++i) {
    EXPECT_THAT(many, HasSubstr("<a href=\"#v" + std::to_string(i) + "\">"));
  }
  EXPECT_THAT(many, Not(HasSubstr("more is in")));
  const std::string more = to_do(failures(501));
  EXPECT_EQ(count_of(more, "<li"), 500U);
  EXPECT_THAT(more, HasSubstr("1 more is in <a href=\"#verdicts\">all budgets</a>"));
  EXPECT_THAT(more, HasSubstr("<span class=\"count\">501</span>"));
}

TEST(HtmlToDo, ABudgetOnManyPlacesSaysWhich) {
  Report r = failures(2);
  EXPECT_THAT(to_do(r), Not(HasSubstr("asset=a1.js")));
  r.verdicts[1].budget = r.verdicts[0].budget;
  EXPECT_THAT(to_do(r), HasSubstr("<span class=\"place\">asset=a1.js</span>"));
}

TEST(HtmlToDo, BaseAndNowStandBesideEachOtherOnOneScale) {
  Report r = failures(1);
  EXPECT_THAT(to_do(r), Not(HasSubstr("beside")));
  r.verdicts[0].base = 500;
  const std::optional<PairOfBars> bars = bars_beside(r.verdicts[0]);
  ASSERT_TRUE(bars);
  EXPECT_EQ(bars->base, 25);
  EXPECT_EQ(bars->now, 100);
  EXPECT_EQ(bars->limit, 50);
  EXPECT_THAT(to_do(r), HasSubstr("<span class=\"num\">500 B</span><span>now</span>"));
  r.verdicts[0].limit.reset();
  EXPECT_EQ(bars_beside(r.verdicts[0])->limit, -1);
  r.verdicts[0].base = 2000;  // the same
  EXPECT_FALSE(bars_beside(r.verdicts[0]));
  r.verdicts[0].base = -1;
  EXPECT_FALSE(bars_beside(r.verdicts[0]));
}

TEST(HtmlToDo, PaperIsLight) {
  for (const char* name : {"base.css", "report.css"}) {
    const std::string style(page_file(name));
    EXPECT_EQ(count_of(style, "prefers-color-scheme: dark"), count_of(style, "screen and (prefers-color-scheme: dark"));
    EXPECT_EQ(count_of(style, "\n:root[data-theme=\"dark\"]"), 0U);  // inside "@media screen" it is indented
  }
}

}  // namespace
}  // namespace budgetcheck
