#include "cli/explain/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"
#include "budget/catalogue.h"
#include "cli/explain/exit_text.h"
#include "cli/explain/text_page.h"
#include "unit/cli/explain/sample_rule.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Said {
  int code = 0;
  std::string out;
  std::string err;
};

Said explain(const std::string& name, const BudgetsFile* budgets = nullptr) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = run_explain(name, budgets, out, err);
  return {code, out.str(), err.str()};
}

Rule sample_rule() {
  Rule rule = many_repeats_rule();
  rule.level = Level::kError;
  rule.params = {{"min_repeats", Unit::kCount, 7, 2, 100, "how often is too often"},
                 {"min_size", Unit::kBytes, 10'000, 0, 1e18, "smaller ones do not count"}};
  rule.ignore = {"/health"};
  return rule;
}

Budget budget_of(const std::string& id, Labels where, double max, std::uint32_t line) {
  Budget budget;
  budget.id = id;
  budget.metric_id = "bundle.gzip";
  budget.metric = shipped_metrics().find("bundle.gzip");
  budget.stat = Stat::kMax;
  budget.where = std::move(where);
  budget.max = max;
  budget.location = {"perf/budgets.yml", line, 5, ""};
  return budget;
}

BudgetsFile file_with_budgets() {
  BudgetsFile file;
  file.path = "perf/budgets.yml";
  file.catalogue = shipped_metrics();
  file.rules = RuleSet({sample_rule()});
  file.budgets = {budget_of("all-js", {{"type", "js"}}, 500'000, 4),
                  budget_of("any-entry", {{"entry", "*"}}, 200'000, 5),
                  budget_of("main-js", {{"entry", "main"}, {"type", "js"}}, 170'000, 6)};
  file.budgets[2].owner = "@web";
  file.budgets[2].why = "phones";
  file.budgets[2].enforce_from = "2027-01-01";
  file.budgets[2].max_increase = Increase{0.05, 1000.0};
  file.budgets[2].raised = Raised{"PERF-1", "@web", "2027-02-01"};
  Waiver waiver;
  waiver.budget = "main-js";
  waiver.owner = "@web";
  waiver.reason = "PERF-398";
  waiver.expires = "2026-12-31";
  waiver.ceiling = 180'000;
  file.waivers.push_back(waiver);
  return file;
}

TEST(Explain, ARuleWithEverythingItSays) {
  const BudgetsFile file = file_with_budgets();
  const Said said = explain("many-repeats", &file);
  EXPECT_EQ(said.code, 0);
  for (const char* text : {"Rule many-repeats: Many repeats", "Something repeats.", "It costs time.", "Do it once.",
                           "A poller repeats on purpose.", "how often is too often", "/health",
                           "many-repeats: { level: error, min_repeats: 7, min_size: 10 kB,"}) {
    EXPECT_THAT(said.out, HasSubstr(text));
  }
}

TEST(Explain, EveryShippedRuleShowsItsTextsAndWhatTheBudgetsFileSets) {
  for (const Rule& rule : shipped_rules().all()) {
    EXPECT_THAT(explain(rule.id).out, HasSubstr("Rule " + rule.id + ": "));
    BudgetsFile file;
    file.path = "perf/budgets.yml";
    Rule set = rule;
    set.level = rule.level == Level::kNote ? Level::kError : Level::kNote;
    for (RuleParam& param : set.params) {
      param.value += 1;
    }
    file.rules = RuleSet({set});
    const std::string text = explain(rule.id, &file).out;
    EXPECT_THAT(text,
                HasSubstr("(set in perf/budgets.yml; the default is " + std::string(to_string(rule.level)) + ")"));
    for (const RuleParam& param : rule.params) {
      EXPECT_THAT(text, HasSubstr(param.name));
    }
  }
}

TEST(Explain, AMetricWithItsUnitsAndAnExample) {
  const Said said = explain("bundle.gzip");
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("zlib at level 9"));
  EXPECT_THAT(said.out, HasSubstr("B, kB (1000), KiB (1024), MB or MiB"));
  EXPECT_THAT(said.out, HasSubstr("entry, route, type, initial, asset"));
  EXPECT_THAT(said.out, HasSubstr("    - { metric: bundle.gzip, where: { entry: main, type: js }, max: 170 kB }"));
}

TEST(Explain, AnAliasShowsTheMetricItMeans) {
  EXPECT_THAT(explain("lighthouse.largest-contentful-paint").out, HasSubstr("Metric lighthouse.lcp:"));
}

TEST(Explain, ANameThatOnlyAnOpenRowKnowsSaysSo) {
  const std::string text = replace_all(explain("lighthouse.lpc").out, "\n              ", " ");
  EXPECT_THAT(text, HasSubstr("lighthouse.*, because no metric has this name; did you mean 'lighthouse.lcp'?"));
  EXPECT_THAT(explain("lighthouse.score.seo").out, HasSubstr("Matched by    lighthouse.score.*\n"));
  EXPECT_THAT(explain("lighthouse.lcp").out, Not(HasSubstr("Matched by")));
}

TEST(Explain, EveryVerdictCodeAndExitCode) {
  for (const CodeText& code : verdict_codes()) {
    EXPECT_EQ(explain(std::string(code.code)).code, 0);
    EXPECT_THAT(explain(lower(code.code)).out, HasSubstr(code.code));
  }
  for (const ExitText& exit : exit_texts()) {
    EXPECT_THAT(explain("exit " + std::to_string(exit.code)).out, HasSubstr(exit.title));
    EXPECT_THAT(explain(std::to_string(exit.code)).out, HasSubstr(exit.title));
  }
  EXPECT_EQ(exit_texts().size(), 7U);
  EXPECT_EQ(explain("exit 4711").code, 2);
}

TEST(Explain, ABudgetWithItsPlaceAndTheChainOfOwners) {
  const BudgetsFile file = file_with_budgets();
  const std::string text = replace_all(explain("main-js", &file).out, "\n      ", " ");
  EXPECT_THAT(text, HasSubstr("perf/budgets.yml:6:5"));
  EXPECT_THAT(text, HasSubstr("max at most 170 kB, growth compared with the base at most by 5% and by 1 kB"));
  EXPECT_THAT(text, HasSubstr("error; at most a warning before 2027-01-01"));
  EXPECT_THAT(text, HasSubstr("until 2026-12-31 up to 180 kB by @web: PERF-398"));
  EXPECT_THAT(text, HasSubstr("until 2027-02-01 by @web: PERF-1"));
  const std::size_t own = text.find("1.  main-js");
  const std::size_t exact = text.find("2.  all-js");
  const std::size_t glob = text.find("3.  any-entry");
  ASSERT_NE(own, std::string::npos);
  ASSERT_NE(exact, std::string::npos);
  ASSERT_NE(glob, std::string::npos);
  EXPECT_LT(own, exact);
  EXPECT_LT(exact, glob);
}

TEST(Explain, ABudgetOfAnotherStatIsNotInTheChain) {
  BudgetsFile file = file_with_budgets();
  file.budgets[0].stat = file.budgets[1].stat = Stat::kMin;
  EXPECT_THAT(explain("main-js", &file).out, HasSubstr("No other budget judges this metric by the same stat."));
}

TEST(Explain, OfEqualBudgetsTheLaterOneOwns) {
  BudgetsFile file = file_with_budgets();
  file.budgets = {budget_of("first", {{"type", "js"}}, 1, 4), budget_of("second", {{"type", "js"}}, 2, 5)};
  const std::string text = explain("first", &file).out;
  EXPECT_LT(text.find("1.  second"), text.find("2.  first"));
}

TEST(Explain, ABudgetOfAnUnknownMetric) {
  BudgetsFile file = file_with_budgets();
  file.budgets[0].metric.reset();
  file.budgets[0].metric_id = "bundle.gizp";
  file.budgets[0].metric_suggestion = "bundle.gzip";
  EXPECT_THAT(explain("all-js", &file).out, AllOf(HasSubstr("bundle.gizp, which is not a known metric; did you mean\n"),
                                                  HasSubstr("'bundle.gzip'?")));
}

TEST(Explain, AnUnknownNameGetsTheNearestAndExitCode2) {
  const Said said = explain("queries.cuont");
  EXPECT_EQ(said.code, 2);
  EXPECT_TRUE(said.out.empty());
  EXPECT_THAT(said.err, HasSubstr("did you mean\n  queries.count  metric: Statements of a request\n"));
  EXPECT_THAT(explain("lcp").err, HasSubstr("\n  lighthouse.lcp "));
  EXPECT_THAT(explain("LIMIT_EXEEDED").err, HasSubstr("\n  LIMIT_EXCEEDED "));
  EXPECT_THAT(explain("what is zzz").err, HasSubstr("'budgetcheck explain' lists"));
  EXPECT_THAT(explain("\x1b[31m").err, Not(HasSubstr("\x1b")));
}

TEST(Explain, FreeWordsFindWhatMentionsThem) {
  EXPECT_THAT(explain("n+1").err, HasSubstr("did you mean\n  n-plus-one  rule: A query runs once for each row"));
  EXPECT_THAT(explain("seq scan").err, HasSubstr("full-scan"));
  EXPECT_THAT(explain("duplicate package").err, HasSubstr("duplicate-package"));
  const Said many = explain("bytes");
  EXPECT_EQ(many.code, 2);
  EXPECT_THAT(many.err, HasSubstr(" more that mention it\n"));
  const std::vector<std::string_view> lines = split(many.err, '\n');
  EXPECT_EQ(lines.size(), 12U) << many.err;  // two above, eight, the rest, and what follows the last line feed
  for (const std::string_view line : lines) {
    EXPECT_LE(display_width(line), TextPage::kWidth) << line;
  }
}

TEST(Explain, AnyCaseWillDoAndNothingIsSuggestedThatIsCalledSo) {
  EXPECT_THAT(explain("N-Plus-One").out, HasSubstr("Rule n-plus-one: "));
  EXPECT_THAT(explain("Queries.Count").out, HasSubstr("Metric queries.count: "));
  EXPECT_EQ(explain("n-plus-one").err, "");
}

TEST(Explain, OptionsFormatsKeysAndCommandsHavePagesToo) {
  EXPECT_THAT(explain("--fail-level").out,
              AllOf(HasSubstr("Option --fail-level LEVEL\n"), HasSubstr("Of            check\n")));
  EXPECT_THAT(explain("today").out, HasSubstr("check, history"));
  EXPECT_THAT(explain("compact").out, HasSubstr("budgetcheck check --output compact=FILE"));
  EXPECT_THAT(explain("webpack").out, HasSubstr("Input webpack: "));
  EXPECT_THAT(explain("merge").out, HasSubstr("budgetcheck help merge"));
  EXPECT_THAT(explain("waivers").out, AllOf(HasSubstr("May hold"), HasSubstr("  expires         The last day")));
  EXPECT_THAT(explain("budgets.max_increase").out, HasSubstr("How much the value may grow"));
  EXPECT_THAT(explain("max_increase").out, HasSubstr("How much the value may grow"));
  EXPECT_THAT(explain("max_incraese").err, HasSubstr("budgets.max_increase"));
}

TEST(Explain, WithoutANameEverythingIsListed) {
  const BudgetsFile file = file_with_budgets();
  const Said said = explain("", &file);
  EXPECT_EQ(said.code, 0);
  for (const Metric& metric : shipped_metrics().all()) {
    EXPECT_THAT(said.out, HasSubstr("  " + metric.id));
  }
  for (const char* text : {"many-repeats", "main-js", "NO_MATCH", "exit 70"}) {
    EXPECT_THAT(said.out, HasSubstr(text));
  }
}

TEST(Explain, NothingIsWiderThanATerminal) {
  const BudgetsFile file = file_with_budgets();
  std::vector<std::string> names{"", "many-repeats", "main-js", "LIMIT_EXCEEDED", "exit 2"};
  for (const Metric& metric : shipped_metrics().all()) {
    names.push_back(metric.id);
  }
  for (const std::string& name : names) {
    const std::string text = explain(name, &file).out;
    for (const std::string_view line : split(text, '\n')) {
      EXPECT_LE(display_width(line), TextPage::kWidth) << name << ": " << line;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
