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

/// Problems that have nothing in common.
Report failures(int count) {
  Report r;
  for (int i = 0; i < count; ++i) {
    Verdict v;
    v.budget = "budget-" + std::to_string(i);
    v.metric = "custom.metric" + std::to_string(i);
    v.status = Status::kFail;
    v.code = "LIMIT_EXCEEDED";
    v.hint = "fix " + std::to_string(i);
    v.unit = Unit::kBytes;
    v.value = 2000;
    v.limit = 1000;
    r.verdicts.push_back(v);
  }
  return r;
}

/// One budget on many files.
Report many_places(int count) {
  Report r = failures(count);
  for (Verdict& v : r.verdicts) {
    v.where = Labels{{"asset", v.budget + ".js"}};
    v.budget = "chunks";
    v.metric = "bundle.raw";
    v.hint = "split it";
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
  EXPECT_LT(eleven.find(">budget-9<"), eleven.find("<details"));
  EXPECT_GT(eleven.find(">budget-10<"), eleven.find("<details"));
}

TEST(HtmlToDo, EveryFailureIsListedOrCounted) {
  const std::string many = to_do(failures(300));
  for (int i = 0; i < 300; ++i) {
    EXPECT_THAT(many, HasSubstr("<a href=\"#v" + std::to_string(i) + "\">"));
  }
  EXPECT_THAT(many, Not(HasSubstr("json report")));
  const std::string more = to_do(failures(301));
  EXPECT_EQ(count_of(more, "<li"), 300U);
  EXPECT_THAT(more, HasSubstr("1 more is among <a href=\"#verdicts\">all budgets</a>; the json report lists all"));
  EXPECT_THAT(more, HasSubstr("<span class=\"count\">301 problems</span>"));
}

TEST(HtmlToDo, OneProblemIsOneItemWithAllItsPlaces) {
  const std::string five = to_do(many_places(5));
  EXPECT_EQ(count_of(five, "<li"), 1U);
  EXPECT_EQ(count_of(five, "<p class=\"what\">"), 5U);
  EXPECT_EQ(count_of(five, "split it"), 1U);
  EXPECT_THAT(five, Not(HasSubstr("<details")));
  const std::string six = to_do(many_places(6));
  EXPECT_THAT(six, HasSubstr("<summary>and 1 more, none worse</summary>"));
  EXPECT_THAT(six, HasSubstr("asset=budget-5.js"));
  EXPECT_THAT(to_do(many_places(305)), Not(HasSubstr("json report")));
  EXPECT_THAT(to_do(many_places(306)), HasSubstr("<summary>and 301 more, none worse</summary>"));
  EXPECT_THAT(to_do(many_places(306)), HasSubstr("1 more is among"));
}

TEST(HtmlToDo, WarningsAloneBrokeNothing) {
  Report r = failures(1);
  r.verdicts[0].status = Status::kWarn;
  EXPECT_THAT(to_do(r), HasSubstr(">Warnings, and how to fix them <span class=\"count\">1 warning</span>"));
  r.verdicts[0].status = Status::kPass;
  EXPECT_EQ(to_do(r), "");
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
