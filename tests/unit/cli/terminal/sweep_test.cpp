#include "cli/terminal/sweep.h"

#include <gtest/gtest.h>

#include "report/format.h"
#include "report/words/markup.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

TEST(Sweep, IsEmptyUnlessItIsAskedFor) { EXPECT_FALSE(sweep_of(std::nullopt, "")); }

TEST(Sweep, MasksWhatALabelBroughtAlongAndKeepsTheBudgetsFilesOwn) {
  const Sweep sweep = sweep_of(PersonalDataSettings(), R"({"owner":"ops@firma.de"})");
  EXPECT_EQ(sweep("GET /u/ann@firma.de, ask ops@firma.de"), "GET /u/a***@***, ask ops@firma.de");
}

TEST(Sweep, MasksWhatMarkdownWroteWithBreaksInside) {
  const Sweep sweep = sweep_of(PersonalDataSettings(), R"({"owner":"ops@firma.de"})");
  const auto swept = [&](const std::string& sentence) { return sweep(markdown_text(sentence)); };
  EXPECT_EQ(swept("of 'ann@firma.de' by @web"), "of 'a***@***' by " + markdown_text("@web"))
      << "what is none keeps its break, so that nobody is mentioned";
  EXPECT_EQ(sweep("| " + markdown_text("service=ann@firma.de") + " |"), "| service=a***@*** |");
  EXPECT_EQ(swept("ask ops@firma.de"), markdown_text("ask ops@firma.de")) << "the budgets file's own";
  EXPECT_EQ(swept("a@b.de\nb@c.de").find("@&#8203;"), std::string::npos);
  EXPECT_EQ(sweep("&#8203;"), "&#8203;");
}

TEST(Sweep, LeavesEveryOutputAsItIs) {
  const Sweep sweep = sweep_of(PersonalDataSettings(), "");
  const Report report = sample_report();
  for (const ReportFormat& format : report_formats()) {
    const std::string text = format.render(report, {});
    EXPECT_EQ(sweep(text), text) << format.name;
  }
}

}  // namespace
}  // namespace budgetcheck
