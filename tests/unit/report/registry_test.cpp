#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "json/writer.h"
#include "report/format.h"
#include "unit/report/report_testing.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

/// Nothing that a terminal, an XML reader or a person would stumble over, but line feeds.
void expect_clean(const std::string& text, std::string_view name) {
  for (const std::string& line : lines_of(text)) {
    ASSERT_EQ(printable(line), line) << name;
  }
}

TEST(Reports, EveryFormatIsAFunctionOfTheReport) {
  for (const Report& report : {sample_report(), hostile_report(), green_report(), Report{}}) {
    for (const ReportFormat& format : report_formats()) {
      const std::string text = format.render(report, {});
      EXPECT_EQ(text, format.render(report, {})) << format.name;
      // One line a problem: none where there is none.
      EXPECT_TRUE(text.ends_with("\n") || (format.name == "compact" && text.empty())) << format.name;
      EXPECT_EQ(valid_utf8(text), text) << format.name;
    }
  }
}

TEST(Reports, HostileNamesLeaveNoControlCharacters) {
  for (const ReportFormat& format : report_formats()) {
    if (format.name == "junit" || format.name == "markdown" || format.name == "text") {
      expect_clean(format.render(hostile_report(), {}), format.name);
    }
    if (format.name == "sarif" || format.name == "json") {
      const json::Value back = read_back(format.render(hostile_report(), {}));
      EXPECT_TRUE(back.is_object());
    }
  }
}

TEST(Reports, ANumberThatIsNotFiniteIsNeverShown) {
  Report report = sample_report();
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    for (std::size_t i = 0; i < report.verdicts.size(); ++i) {
      (i % 3 == 0 ? report.verdicts[i].value : i % 3 == 1 ? report.verdicts[i].limit : report.verdicts[i].base) = bad;
      report.verdicts[i].delta.reset();
    }
    report.samples[0].value = bad;
    report.samples[1].value = Runs{1, bad};
    report.findings[0].magnitude = bad;
    for (const ReportFormat& format : report_formats()) {
      const std::string text = lower(format.render(report, {}));
      EXPECT_FALSE(std::regex_search(text, std::regex("\\bnan\\b|\\binf\\b"))) << format.name;
    }
    const std::string json = render_json(report, {});
    EXPECT_EQ(read_back(json).find("samples")->array()->size(), report.samples.size() - 2);
    EXPECT_EQ(count_of(json, "is left out: its value"), 2U);
  }
}

TEST(Reports, ManyVerdictsAreBounded) {
  const Report report = big_report(6000);
  const std::string markdown = render_markdown(report, {});
  const json::Value sarif = read_back(render_sarif(report, {}));
  render_text(report, {});
  render_junit(report, {});
  render_json(report, {});

  EXPECT_LE(markdown.size(), 65'000U);
  EXPECT_GT(markdown.size(), 50'000U);
  EXPECT_TRUE(has(markdown, " more rows not shown"));
  EXPECT_EQ(count_of(markdown, "<details>"), count_of(markdown, "</details>"));

  const json::Value& run = (*sarif.find("runs")->array())[0];
  EXPECT_EQ(run.find("results")->array()->size(), 5000U);
  const std::string invocation = json::to_json(*run.find("invocations"));
  EXPECT_TRUE(has(invocation, "5002 results left out, the least severe of 10002.")) << invocation;
}

}  // namespace
}  // namespace budgetcheck
