#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(BudgetsSection, UnitsMustFitTheMetric) {
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max: 170"), "'max': '170' needs a unit (units that fit: B, kB");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max: \"170\""), "needs a unit");
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, max: 2500"), "units that fit: us, ms or s");
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, max: 3 kB"), "unit of another kind");
  EXPECT_SAYS(one_budget("metric: queries.count, max: 3 kB"), "unit of another kind");
  EXPECT_SAYS(one_budget("metric: queries.count, max: -1"), "negative");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max: 1 kB, max_increase: 3"), "or a percentage");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max_increase: -3%"), "negative");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max_increase: {percent: -3}"), "'percent'");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max_increase: {absolute: 3}"), "'absolute': '3' needs a unit");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max_increase: {}"), "neither 'percent' nor 'absolute'");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max: [1]"), "must be a limit with its unit");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, max: "), "'max' has no value");
  EXPECT_TRUE(load(one_budget("metric: bundle.gzip, max: 0")));
  EXPECT_TRUE(load(one_budget("metric: bundle.gzip, max: 1 kB, max_increase: 0")));
  EXPECT_EQ(load(one_budget("metric: bundle.gzip, max_increase: {percent: 5%}"))->budgets[0].max_increase->relative,
            0.05);
  EXPECT_EQ(load(one_budget("metric: queries.count, max_increase: 2"))->budgets[0].max_increase->absolute, 2);
}

TEST(BudgetsSection, LimitsMustMakeSense) {
  EXPECT_SAYS(one_budget("metric: bundle.gzip"), "has no limit");
  EXPECT_SAYS(one_budget("metric: bundle.gzip, min: 2 kB, max: 1 kB"), "no value can keep both");
  EXPECT_TRUE(load(one_budget("metric: bundle.gzip, min: 1 kB, max: 1 kB")));
  EXPECT_SAYS(one_budget("metric: lighthouse.score.seo, min: 101"), "0 to 100");
  EXPECT_TRUE(load(one_budget("metric: lighthouse.score.seo, min: 100")));
  EXPECT_SAYS(one_budget("metric: lighthouse.score.seo, min: 0.9"), "write 90");
  EXPECT_SAYS(one_budget("metric: lighthouse.score.seo, min: 1"), "write 100");
  EXPECT_TRUE(load(one_budget("metric: lighthouse.score.seo, min: 1.5")));
  const std::string rate = "metrics: { api.e: { unit: \"1\", direction: lower, class: rate } }\n";
  EXPECT_SAYS(one_budget("metric: api.e, max: 5") + rate, "written as a percentage: 5%");
  EXPECT_TRUE(load(one_budget("metric: api.e, max: 0.05") + rate));
}

TEST(BudgetsSection, ABudgetThatIsCopiedWholeIsOneError) {
  EXPECT_EQ(errors_of(one_budget("id: a, metric: queries.count, max: 1 }\n  - { id: a, metric: queries.count, max: 2")),
            "4:5: the budget 'a' is written twice (the first is in line 3; delete one of the two)\n");
  EXPECT_SAYS(one_budget("id: a, metric: queries.count, max: 1 }\n  - { id: a, metric: queries.time, max: 2 s"),
              "another budget has the id 'a' already");
}

TEST(BudgetsSection, DatesMustExist) {
  EXPECT_SAYS(one_budget("metric: queries.count, max: 1, enforce_from: 2026-02-29"), "does not exist");
  EXPECT_TRUE(load(one_budget("metric: queries.count, max: 1, enforce_from: 2028-02-29")));
  EXPECT_SAYS(one_budget("metric: queries.count, max: 1, enforce_from: 31.12.2026"), "a date such as");
  EXPECT_SAYS(one_budget("metric: queries.count, max: 1, raised: {reason: r, owner: o, expires: 2026-13-01}"),
              "does not exist");
  EXPECT_SAYS(one_budget("metric: queries.count, max: 1, raised: {reason: r}"),
              "needs 'owner' and 'expires' (add 'owner': a person or team, and 'expires': a date such as");
}

TEST(BudgetsSection, LabelsMustBelongToTheMetric) {
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, where: {devise: mobile}, max: 1 s"),
              "'lighthouse.lcp' has no label 'devise' (did you mean 'device'?)");
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, where: {zzzzzzzz: x}, max: 1 s"), "its labels: ");
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, where: {page: \"\"}, max: 1 s"), "'page' is empty");
  EXPECT_SAYS(one_budget("metric: lighthouse.lcp, where: {page:/}, max: 1 s"), "'page:/'");
  const auto file = load(one_budget("metric: payload.decoded, where: {status: 404}, max: 1 kB"));
  ASSERT_TRUE(file);
  EXPECT_EQ(*file->budgets[0].where.find("status"), "404");
}

TEST(BudgetsSection, AnUnknownMetricIsNoErrorButAProperty) {
  const auto file = load(
      "version: 1\nbudgets:\n  - { metric: bundle.gzp, max: nonsense }\n"
      "  - { metric: lighthouse.scroe.seo, min: 5 }\n  - { metric: zzz.y, max: 1 }\n");
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->budgets[0].metric);
  EXPECT_FALSE(file->budgets[0].max);
  EXPECT_EQ(file->budgets[0].metric_suggestion, "bundle.gzip");
  EXPECT_EQ(file->budgets[0].metric_hint, "did you mean 'bundle.gzip'?");
  EXPECT_EQ(file->budgets[1].metric_suggestion, "lighthouse.score.seo");
  EXPECT_EQ(file->budgets[2].metric_suggestion, "");
  EXPECT_TRUE(contains(file->budgets[2].metric_hint, "'metrics'"));
}

TEST(BudgetsSection, DuplicatesAreRefused) {
  EXPECT_SAYS(
      "version: 1\nbudgets:\n  - {id: a, metric: bundle.gzip, max: 1 kB}\n"
      "  - {id: a, metric: bundle.raw, max: 1 kB}\n",
      "4:10: another budget has the id 'a' already (it is in line 3");
  EXPECT_SAYS(
      "version: 1\nbudgets:\n  - {id: a, metric: bundle.gzip, max: 1 kB}\n"
      "  - {id: b, metric: bundle.gzip, max: 2 kB}\n",
      "4:5: a second budget on 'bundle.gzip'");
  EXPECT_TRUE(
      load("version: 1\nbudgets:\n  - {metric: queries.count, max: 1, stat: max}\n"
           "  - {metric: queries.count, max: 1, stat: min}\n"));
  EXPECT_SAYS(one_budget("id: \"*\", metric: bundle.raw, max: 1 kB"), "cannot be '*'");
  EXPECT_SAYS(one_budget("id: \"a\\nb\", metric: bundle.raw, max: 1 kB"), "without control characters");
  EXPECT_SAYS(one_budget("id: \"a\\0b\", metric: bundle.raw, max: 1 kB"), "without control characters");
}

TEST(BudgetsSection, IdsAreDerivedAndUnique) {
  const auto file = load(R"(version: 1
budgets:
  - { metric: bundle.gzip, where: { type: js, entry: main }, max: 1 kB }
  - { metric: queries.time, max: 1 ms, stat: max }
  - { metric: queries.time, max: 1 ms, stat: p95 }
  - { id: bundle.raw, metric: bundle.gzip, max: 1 kB, stat: min }
  - { metric: bundle.raw, max: 1 kB, stat: max }
  - { id: bundle.raw@max, metric: bundle.gzip, max: 1 kB, stat: max }
)");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->budgets[0].id, "bundle.gzip{entry=main,type=js}");
  EXPECT_EQ(file->budgets[1].id, "queries.time");
  EXPECT_EQ(file->budgets[2].id, "queries.time@p95");
  EXPECT_EQ(file->budgets[4].id, "bundle.raw#2");
}

TEST(BudgetsSection, AMisspeltKeyIsOneError) {
  EXPECT_EQ(errors_of(one_budget("metric: bundle.gzip, maxx: 3 kB")),
            "3:28: unknown key 'maxx' in a budget (did you mean 'max'?)\n");
  EXPECT_EQ(errors_of(one_budget("metric: bundle.gzip, max_increase: { percnt: 5 }")),
            "3:44: unknown key 'percnt' in an increase (did you mean 'percent'?)\n");
  EXPECT_EQ(errors_of(one_budget("metric: bundle.gzip, max: 1 kB }\n  - { metric: bundle.gzip, wher: { entry: x }, "
                                 "max: 1 kB")),
            "4:28: unknown key 'wher' in a budget (did you mean 'where'?)\n");
}

TEST(BudgetsSection, AnUnknownMetricIsAnErrorBesideOthers) {
  EXPECT_EQ(errors_of(one_budget("metric: bundle.gzip, maxx: 3 kB }\n  - { metric: bundle.gziped, max: 3 kB")),
            "3:28: unknown key 'maxx' in a budget (did you mean 'max'?)\n"
            "4:5: there is no metric 'bundle.gziped' (did you mean "
            "'bundle.gzip'?)\n");
  EXPECT_EQ(errors_of(one_budget("metric: '', max: 3 kB")),
            "3:15: 'metric' is empty (write a metric such as "
            "lighthouse.lcp)\n");
}

}  // namespace
}  // namespace budgetcheck
