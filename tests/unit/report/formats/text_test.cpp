#include <gtest/gtest.h>

#include <regex>

#include "model/exit_code.h"
#include "report/format.h"
#include "unit/report/report_testing.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

std::string without_colour(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

TEST(Text, NoLineIsWiderThanTheTerminal) {
  for (const std::size_t width : {20U, 40U, 79U, 80U, 120U, 200U}) {
    for (const Report& report : {sample_report(), hostile_report(), green_report(), big_report(100)}) {
      for (const std::string& line : lines_of(render_text(report, {.width = width}))) {
        ASSERT_LE(display_width(line), width) << line;
      }
    }
  }
}

TEST(Text, NoNameIsAnOrderToGithubsRunner) {
  Report report = sample_report();
  for (Verdict& v : report.verdicts) {
    v.budget = "::add-mask::x";
    v.message =
        "a long sentence ::stop-commands::y and another ::error file=a::b ##[add-mask]z and so it goes on and on";
    v.owner = "::set-output name=a::b";
  }
  report.notes.push_back("::warning::w");
  for (std::size_t width = 20; width < 120; ++width) {
    const std::string text = render_text(report, {.width = width});
    EXPECT_FALSE(has(text, "##["));
    for (const std::string& line : lines_of(text)) {
      ASSERT_FALSE(trim(line).starts_with("::")) << line;
      ASSERT_LE(display_width(line), width);
    }
  }
}

TEST(Text, NothingIsWrappedWithoutAWidth) {
  for (const std::size_t width : {std::size_t{0}, std::size_t{100'000}}) {
    const std::string text = render_text(sample_report(), {.width = width, .detail = Detail::kVerbose});
    EXPECT_TRUE(has(text, "WHERE (\"public\".\"User\".\"id\" = ? AND ? = ?) LIMIT ? OFFSET ?\n"));
  }
}

TEST(Text, ColourChangesNoText) {
  const std::string plain = render_text(sample_report(), {});
  const std::string coloured = render_text(sample_report(), {.colour = true});
  EXPECT_FALSE(has(plain, "\x1b"));
  EXPECT_NE(plain, coloured);
  EXPECT_EQ(without_colour(coloured), plain);
}

TEST(Text, AsciiOnlyWhereUnicodeIsNotSpoken) {
  for (const char c : render_text(hostile_report(), {.unicode = false})) {
    ASSERT_LT(static_cast<unsigned char>(c), 0x80);
  }
  EXPECT_TRUE(has(render_text(sample_report(), {.unicode = false}), "2.41 s -> 2.81 s"));
}

TEST(Text, SaysWhatWhereByHowMuchAndWhatToDo) {
  const std::string text = render_text(sample_report(), {.width = 0});
  EXPECT_TRUE(
      has(text,
          "FAIL lighthouse.lcp, page=/, device=mobile (median of 5): 2.41 s → 2.81 s, +400 ms (+16.6%), limit 2.5 "
          "s: over by 310 ms (12.4%)\n"
          "  do Make it smaller, or raise the limit in a change of its own with a reason.\n"
          "  at reports/lhr-mobile-1.json, budgets.yml:12:5 home-lcp @web\n"))
      << text;
  // Worst first: problems, budgets, findings, inputs, and what passed at the end.
  std::size_t at = 0;
  for (const char* part :
       {"'max_increse' is unknown", "FAIL lighthouse.lcp", "FAIL GET /api/posts runs", "ERROR payload",
        "UNCLEAR lighthouse.cls", "WARN queries.time", "WARN lodash", "the file is empty", "WAIVED bundle.brotli",
        "3 budgets kept, nearest: a11y", "41 measurements have no budget", "base: 9efa7e5, --base base.json",
        "ERROR: 2 of 9 budgets failed, 1 with an error"}) {
    const std::size_t next = text.find(part, at);
    ASSERT_NE(next, std::string::npos) << part << "\n" << text;
    at = next;
  }
}

TEST(Text, TheLastLineSaysOutcomeAndExitCode) {
  Report report = sample_report();
  report.problems.clear();
  report.inputs.resize(1);
  std::erase_if(report.verdicts,
                [](const Verdict& v) { return v.status != Status::kFail && v.status != Status::kPass; });
  report.findings.resize(2);
  report.outcome = Outcome::kFail;
  report.exit_code = kExitFailed;
  EXPECT_TRUE(render_text(report, {}).ends_with("\nFAILED: 2 of 5 budgets, 2 findings (exit 1)\n"));
  report.outcome = Outcome::kPass;
  report.exit_code = kExitPass;
  report.fail_level = Level::kOff;
  EXPECT_TRUE(has(render_text(report, {}), "(exit 0: nothing is enforced)"));
  EXPECT_TRUE(
      render_text(green_report(), {}).ends_with("base: none, absolute limits only\nPASSED: 3 budgets kept (exit 0)\n"));
}

TEST(Text, KeptBudgetsAreOneLineUnlessAllAreAskedFor) {
  Report report = green_report();
  const Verdict model = report.verdicts[1];
  report.verdicts.clear();
  for (int i = 0; i < 20; ++i) {
    report.verdicts.push_back(model);
    report.verdicts.back().metric = "bundle.part" + std::to_string(i);
  }
  report.verdicts.push_back(model);
  report.verdicts.back().value = 39.5;
  report.verdicts.back().budget = "near";
  const std::string text = render_text(report, {});
  EXPECT_TRUE(has(text, "nearest: near, ")) << text;
  EXPECT_FALSE(has(text, "bundle.part7"));
  const std::string all = render_text(report, {.detail = Detail::kVerbose});
  EXPECT_TRUE(has(all, "2 budgets kept (21 results within limits)")) << all;
  EXPECT_TRUE(has(all, "bundle.part7"));
}

TEST(Text, QuietSaysWhatTurnsTheRunRedAndTheOutcome) {
  const std::string text = render_text(sample_report(), {.detail = Detail::kQuiet});
  for (const char* part : {"'max_increse' is unknown", "FAIL lighthouse.lcp", "UNCLEAR lighthouse.cls",
                           "the file is empty", "ERROR: 2 of 9 budgets failed"}) {
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  }
  for (const char* part : {"WARN", "nearest", "base:", "measurements"}) {
    EXPECT_FALSE(has(text, part)) << part << "\n" << text;
  }
  EXPECT_EQ(render_text(green_report(), {.detail = Detail::kQuiet}), "PASSED: 3 budgets kept (exit 0)\n");
}

TEST(Text, QuietHasWarningsWhereTheyTurnTheRunRed) {
  Report report = sample_report();
  report.fail_level = Level::kWarning;
  EXPECT_TRUE(has(render_text(report, {.detail = Detail::kQuiet}), "WARN queries.time"));
}

TEST(Text, VerboseHasWhatAFindingRestsOn) {
  const std::string usual = render_text(sample_report(), {.width = 0});
  const std::string verbose = render_text(sample_report(), {.width = 0, .detail = Detail::kVerbose});
  for (const char* part : {"seen 30 times with 30 different parameter lists", "goal conversion drops above 2.5 s"}) {
    EXPECT_FALSE(has(usual, part)) << usual;
    EXPECT_TRUE(has(verbose, part)) << verbose;
  }
}

TEST(Text, OfManyProblemsTheWorstAreShownAndTheOthersCounted) {
  Report report = green_report();
  Verdict broken = report.verdicts[0];
  broken.status = Status::kFail;
  broken.code = "LIMIT_EXCEEDED";
  report.verdicts.clear();
  for (int i = 0; i < 60; ++i) {
    broken.budget = "b" + std::to_string(i);
    broken.metric = "own.m" + std::to_string(i);
    report.verdicts.push_back(broken);
  }
  EXPECT_TRUE(has(render_text(report, {}), "and 10 more problems, none worse than these: --verbose has all"));
  const std::string all = render_text(report, {.detail = Detail::kVerbose});
  EXPECT_TRUE(has(all, "own.m59"));
  // One budget that is broken at many places is one list.
  for (Verdict& verdict : report.verdicts) {
    verdict.budget = "every";
  }
  EXPECT_TRUE(has(render_text(report, {}), "and 50 more, none worse (--verbose lists all)"));
  EXPECT_TRUE(has(render_text(report, {.detail = Detail::kVerbose}), "own.m59"));
}

}  // namespace
}  // namespace budgetcheck
