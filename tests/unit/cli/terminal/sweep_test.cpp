#include "cli/terminal/sweep.h"

#include <gtest/gtest.h>

#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

TEST(Sweep, IsEmptyUnlessItIsAskedFor) { EXPECT_FALSE(sweep_of(std::nullopt, "")); }

TEST(Sweep, MasksWhatALabelBroughtAlongAndKeepsTheBudgetsFilesOwn) {
  const Sweep sweep = sweep_of(PersonalDataSettings(), R"({"owner":"ops@firma.de"})");
  EXPECT_EQ(sweep("GET /u/ann@firma.de, ask ops@firma.de"), "GET /u/a***@***, ask ops@firma.de");
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
