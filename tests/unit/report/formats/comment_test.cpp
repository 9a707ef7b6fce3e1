#include "report/formats/comment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Comment, TheMarkerTellsApplicationsAndJobsApart) {
  EXPECT_EQ(comment_marker("storefront", "ci"), "<!-- budgetcheck v1 app=storefront job=ci -->");
  EXPECT_EQ(comment_marker("", ""), "<!-- budgetcheck v1 app=default job=default -->");
  EXPECT_NE(comment_marker("a", "test (1)"), comment_marker("a", "test [1]"));
  EXPECT_NE(comment_marker("a", std::string(200, 'x')), comment_marker("a", std::string(201, 'x')));
  const std::string hostile = comment_marker("--> <b> job=x", hostile_text());
  EXPECT_EQ(hostile.find("-->"), hostile.size() - 3);
}

TEST(Comment, SaysTheRunAndTheCommit) {
  Report report = sample_report();
  report.commit = std::string(40, 'a');
  const std::string url = "https://github.com/o/r/actions/runs/5";
  const std::string text = render_comment({report}, {"", "ci", url});
  EXPECT_THAT(text, StartsWith("<!-- budgetcheck v1 app=storefront job=ci -->\n### ❌ budgetcheck `storefront`"));
  EXPECT_THAT(text, HasSubstr("<sub>budgetcheck of `aaaaaaa` in <a href=\"" + url + "\">this run</a></sub>\n"));
  EXPECT_THAT(render_comment({report}, {"", "ci", "javascript:alert(1)"}), Not(HasSubstr("href")));
  EXPECT_THAT(render_comment({report}, {"", "ci", "https://x/\"><img"}), Not(HasSubstr("href")));
}

TEST(Comment, GreenIsOneLine) {
  const std::string text = render_comment({green_report()}, {});
  EXPECT_TRUE(is_quiet(green_report()));
  EXPECT_THAT(text, HasSubstr("✅"));
  EXPECT_THAT(text, Not(HasSubstr("<details>")));
  for (const Status status : {Status::kWarn, Status::kFail, Status::kInconclusive, Status::kError}) {
    Report report = green_report();
    report.verdicts.front().status = status;
    EXPECT_FALSE(is_quiet(report)) << to_string(status);
  }
  Report unread = green_report();
  unread.inputs.emplace_back();
  unread.inputs.back().state = InputState::kIncomplete;
  EXPECT_FALSE(is_quiet(unread));
  Report red = green_report();
  red.exit_code = 4;
  EXPECT_FALSE(is_quiet(red));
}

TEST(Comment, SaysWhoseWordTheNumbersAre) {
  const Report report = sample_report();
  const auto of = [](const std::vector<Report>& reports, const OtherRun& run) {
    return render_comment(reports, {"a", "ci", "", run});
  };
  EXPECT_THAT(of({report}, {true, "success"}),
              HasSubstr("\n\nMeasured by the fork's own run, whose conclusion is `success`\n\n"));
  EXPECT_THAT(of({report}, {true, "failure"}), HasSubstr("⚠️ Measured by the fork's own run"));
  EXPECT_THAT(of({report, report}, {false, ""}), HasSubstr("did not pass\n\nMeasured by another run\n\n"));
  EXPECT_THAT(of({green_report()}, {true, "success"}), HasSubstr("Measured by the fork's own run"));
  EXPECT_THAT(of({green_report()}, {true, "`|@all"}), HasSubstr("<code>&#96;&#124;&#64;all</code>"));
  EXPECT_THAT(render_comment({report}, {"a", "ci", ""}), Not(HasSubstr("Measured by")));
  EXPECT_LE(of({big_report(6000)}, {true, "failure"}).size(), 65'000U);
}

TEST(Comment, IsBounded) {
  for (const Report& report : {sample_report(), hostile_report(), big_report(6000)}) {
    EXPECT_LE(render_comment({report}, {}).size(), 65'000U);
    std::vector<Report> many(60, report);
    many.push_back(green_report());
    const std::string text = render_comment(many, {"all-of-them", "ci", ""});
    EXPECT_LE(text.size(), 65'000U);
    EXPECT_THAT(text, StartsWith("<!-- budgetcheck v1 app=all-of-them job=ci -->\n### ❌ budgetcheck: 60 of 61 "));
    EXPECT_EQ(text.rfind("</sub>\n"), text.size() - 7);
  }
}

TEST(Comment, OfSeveralTheWorstComesFirst) {
  Report red = sample_report();
  red.app = "red";
  Report green = green_report();
  green.app = "green";
  const std::string text = render_comment({green, red}, {"", "ci", ""});
  EXPECT_THAT(text, StartsWith("<!-- budgetcheck v1 app=all job=ci -->"));
  EXPECT_LT(text.find("| `red` |"), text.find("| `green` |"));
  EXPECT_THAT(text, HasSubstr("#### ❌ `red`"));
  EXPECT_THAT(text, Not(HasSubstr("#### ✅ `green`")));
  EXPECT_THAT(render_comment({red, red}, {}), HasSubstr("`red (2)`"));
  EXPECT_THAT(render_comment({green, green}, {}), Not(HasSubstr("|---|")));
}

TEST(Comment, OnlyTheLastLineMayDifferWithoutAReasonToWrite) {
  Report report = sample_report();
  const std::string one = render_comment({report}, {"", "ci", "https://x.example/1"});
  const std::string two = render_comment({report}, {"", "ci", "https://x.example/2"});
  EXPECT_NE(one, two);
  EXPECT_EQ(comment_substance(one), comment_substance(two));
  EXPECT_EQ(comment_substance(replace_all(one, "\n", "\r\n") + " \r\n"), comment_substance(two));
  report.verdicts[0].value = 1;
  EXPECT_NE(comment_substance(render_comment({report}, {"", "ci", ""})), comment_substance(one));
  EXPECT_EQ(comment_substance("a\n<b>c"), "a\n<b>c");
}

}  // namespace
}  // namespace budgetcheck
