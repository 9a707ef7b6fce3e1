#include <gtest/gtest.h>

#include <regex>

#include "report/format.h"
#include "unit/report/report_testing.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

/// Cells of a table row as GitHub splits them: at every pipe that no backslash precedes.
std::size_t cells_of(const std::string& row) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    n += row[i] == '|' && (i == 0 || row[i - 1] != '\\') ? 1U : 0U;
  }
  return n - 1;
}

TEST(Markdown, BeginsWithTheHiddenMarker) {
  EXPECT_EQ(lines_of(render_markdown(sample_report(), {}))[0], "<!-- budgetcheck v1 app=storefront job=default -->");
  const std::string hostile = lines_of(render_markdown(hostile_report(), {}))[0];
  EXPECT_EQ(count_of(hostile, "--"), 2U) << hostile;
  EXPECT_EQ(count_of(hostile, ">"), 1U) << hostile;
}

TEST(Markdown, ListsBreachedAndChangedRowsWorstFirst) {
  const std::string text = render_markdown(sample_report(), {});
  EXPECT_TRUE(has(text,
                  "| ❌ fail | `home-lcp`<br>`page=/, device=mobile` | 2.41 s | 2.81 s | +400 ms (+16.6%) | ≤ 2.5 s | "
                  "−310 ms (12.4%) |\n"))
      << text;
  EXPECT_LT(text.find("`home-lcp`"), text.find("`orders-time`"));
  EXPECT_LT(text.find("`orders-time`"), text.find("`a11y`"));
  EXPECT_LT(text.find("`a11y`"), text.find("#### Findings"));
  EXPECT_LT(text.find("Within budget, unchanged (2)"), text.find("`files`"));
  EXPECT_TRUE(has(text, "base: `9efa7e5`, --base base.json"));
  EXPECT_TRUE(has(text, "run `budgetcheck check --budgets budgets.yml --base 9efa7e5"));
}

TEST(Markdown, AProblemIsAsGraveAsTheWorstInIt) {
  Report report = sample_report();
  std::erase_if(report.verdicts, [](const Verdict& v) { return v.budget != "orders-time"; });  // a warning
  report.findings.resize(1);                                                                   // an error
  report.findings[0].evidence.route = "/api/orders";
  Rule rule = *report.rules.find("n-plus-one");
  rule.explains = {"queries.time"};
  report.rules = RuleSet({rule});
  const std::string text = render_markdown(report, {});
  EXPECT_TRUE(has(text, "- ❌ fail `orders-time`\n")) << text;
  EXPECT_FALSE(has(text, "❌ warn"));
}

TEST(Markdown, HostileNamesAreNoMarkup) {
  const std::string text = render_markdown(hostile_report(), {});
  EXPECT_LE(text.size(), 65'000U);
  for (const std::string& line : lines_of(text)) {
    if (line.starts_with("|")) {
      EXPECT_EQ(cells_of(line), 7U) << line;
    }
    EXPECT_FALSE(line.starts_with("## ")) << line;
    EXPECT_FALSE(line.starts_with("/")) << line;
  }
  const std::string outside_code =
      std::regex_replace(std::regex_replace(text, std::regex("<code>.*?</code>"), ""), std::regex("`[^`\n]*`"), "");
  EXPECT_FALSE(std::regex_search(outside_code, std::regex("@[a-z0-9]"))) << outside_code;
  EXPECT_FALSE(std::regex_search(outside_code, std::regex("[^&]#[0-9]"))) << outside_code;
  EXPECT_FALSE(has(text, "<b>"));
  EXPECT_FALSE(has(text, "]("));
  EXPECT_FALSE(has(text, "http://"));
}

}  // namespace
}  // namespace budgetcheck
