#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

std::vector<std::string> lines(const Report& report) {
  std::vector<std::string> out;
  const std::string text = render_compact(report, {});
  for (const std::string_view line : split(text, '\n')) {
    out.emplace_back(line);
  }
  EXPECT_EQ(out.back(), "");  // each line ends with a line feed
  out.pop_back();
  return out;
}

Verdict verdict_of(Status status) {
  Verdict v;
  v.budget = "main-js";
  v.metric = "bundle.gzip";
  v.where = {{"entry", "main"}};
  v.status = status;
  v.code = "LIMIT_EXCEEDED";
  v.message = "171 kB is over the limit";
  v.hint = "split the chunk; or raise the limit in a change of its own with a reason";
  v.location = {"budgets.yml", 7, 5, {}};
  return v;
}

TEST(Compact, OneLineSaysPlaceLevelNumbersActionAndCode) {
  Report report;
  report.exit_code = 1;
  report.verdicts = {verdict_of(Status::kFail)};
  EXPECT_EQ(render_compact(report, {}),
            "budgets.yml:7:5: error: bundle.gzip, entry=main: 171 kB is over the limit; do: split the chunk "
            "[LIMIT_EXCEEDED]\n");
}

TEST(Compact, WhatPassesOrIsWaivedOrKnownIsNoLine) {
  EXPECT_EQ(render_compact(green_report(), {}), "");
  Report report;
  report.verdicts = {verdict_of(Status::kPass), verdict_of(Status::kWaived)};
  Finding known;
  known.rule = "n-plus-one";
  known.level = Level::kError;
  known.state = FindingState::kSame;
  report.findings = {known};
  EXPECT_EQ(render_compact(report, {}), "");
  report.findings[0].state = FindingState::kWorse;
  EXPECT_EQ(lines(report).size(), 1U);
}

TEST(Compact, LevelsAreThoseThatTurnTheRunRed) {
  Report report;
  report.verdicts = {verdict_of(Status::kWarn)};
  EXPECT_THAT(render_compact(report, {}), HasSubstr(": warning: "));
  report.fail_level = Level::kWarning;
  EXPECT_THAT(render_compact(report, {}), HasSubstr(": error: "));
  report.verdicts = {verdict_of(Status::kInconclusive)};
  EXPECT_THAT(render_compact(report, {}), HasSubstr(": error: unclear: bundle.gzip, entry=main: "));
  Finding note;
  note.rule = "r";
  note.level = Level::kNote;
  note.message = "seen";
  note.location = {"a.log", 3, 0, {}};
  report.findings = {note};
  EXPECT_EQ(lines(report).back(), "a.log:3:1: note: seen [r]");
}

TEST(Compact, TheWorstComeFirstWhateverTheirKind) {
  const std::vector<std::string> all = lines(sample_report());
  ASSERT_GT(all.size(), 3U);
  const auto level_of = [](const std::string& line) {
    return line.find(": error: ") != std::string::npos ? 0 : line.find(": warning: ") != std::string::npos ? 1 : 2;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_THAT(all[i], ContainsRegex("^(budgetcheck|.+:[1-9][0-9]*:[1-9][0-9]*): (error|warning|note): .+"));
    EXPECT_TRUE(i == 0 || level_of(all[i - 1]) <= level_of(all[i])) << all[i];
  }
}

TEST(Compact, PathsAreAsOneOpensThemFromHere) {
  Report report;
  report.exit_code = 3;
  report.path_prefix = "apps/web";
  Input input;
  input.path = "../logs/app.log";
  input.state = InputState::kUnreadable;
  input.message = "the file is empty";
  input.hint = "check the step that writes it.";
  report.inputs = {input};
  EXPECT_EQ(render_compact(report, {}),
            "../logs/app.log:1:1: error: not usable: the file is empty; do: check the step that writes it [input]\n");
  report.exit_code = 0;  // it was not needed
  EXPECT_THAT(render_compact(report, {}), HasSubstr(": warning: not usable"));
}

TEST(Compact, ARedRunIsNeverWithoutAnError) {
  Report report;
  report.exit_code = 4;
  report.outcome = Outcome::kError;
  EXPECT_THAT(render_compact(report, {}), MatchesRegex("budgetcheck: error: ERROR: .*exit 4.*\n"));
  report.budgets_path = "budgets.yml";
  report.verdicts = {verdict_of(Status::kWarn)};
  EXPECT_THAT(lines(report).front(), HasSubstr("budgets.yml:1:1: error: ERROR: "));
}

TEST(Compact, ALongActionEndsWhereASentenceOrAClauseDoes) {
  Report report;
  report.verdicts = {verdict_of(Status::kFail)};
  report.verdicts[0].hint = "Run 'npm dedupe' in the folder. " + std::string(200, 'x') + " y";
  EXPECT_THAT(render_compact(report, {}), HasSubstr("; do: Run 'npm dedupe' in the folder [LIMIT"));
  report.verdicts[0].hint = std::string(300, 'x');
  EXPECT_THAT(render_compact(report, {}), HasSubstr("xx… [LIMIT"));
}

TEST(Compact, NothingOfANameBreaksALineOrIsACommand) {
  const std::string text = render_compact(hostile_report(), {});
  for (const std::string_view line : split(text, '\n')) {
    EXPECT_FALSE(line.starts_with("::")) << line;
    EXPECT_EQ(line.find('\x1b'), std::string_view::npos);
    EXPECT_EQ(printable(line), line);
  }
  Report report;
  report.problems.push_back({ErrorKind::kUsage, "x", {"::error::y", 1, 1, {}}, ""});
  EXPECT_FALSE(render_compact(report, {}).starts_with("::"));
  Rendering plain;
  plain.unicode = false;
  report.problems.front().message = "a → b…";
  EXPECT_THAT(render_compact(report, plain), HasSubstr("a -> b..."));
  EXPECT_THAT(render_compact(report, plain), Not(HasSubstr("→")));
}

}  // namespace
}  // namespace budgetcheck
