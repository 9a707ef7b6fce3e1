#include "judge/change/loosening.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

constexpr const char* kToday = "2026-11-23";

BudgetsFile file(const std::string& budgets) {
  auto loaded = load_past_budgets("budgets.yml", std::string_view("version: 1\nbudgets:\n" + budgets));
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

Sample sample(std::string metric, Labels where, double value) {
  Sample out;
  out.metric = std::move(metric);
  out.where = std::move(where);
  out.value = value;
  return out;
}

/// What the head's last budget loosens for one sample.
std::optional<Loosening> loosened(const std::string& head, const std::string& base, const Sample& of) {
  const BudgetsFile now = file(head);
  const BudgetsFile then = file(base);
  const std::vector<Sample> samples{of};
  const BaseLimits limits(now, then.budgets, samples, kToday);
  auto found = limits.loosened(0, now.budgets.back(), std::get<Single>(of.value));
  if (found) {
    found->before = nullptr;  // it points into `then`
  }
  return found;
}

const Sample kMain = sample("bundle.raw", {{"entry", "main"}}, 1'000'000);

TEST(Loosening, SaysWhatIsLooser) {
  const std::string base = "  - {id: a, metric: bundle.raw, where: {entry: main}, max: 170 kB}\n";
  EXPECT_THAT(loosened("  - {id: a, metric: bundle.raw, where: {entry: main}, max: 170.001 kB}\n", base, kMain)->what,
              HasSubstr("raises its limit from 170 kB to 170.001 kB"));
  EXPECT_FALSE(loosened(base, base, kMain));
  EXPECT_FALSE(loosened("  - {id: a, metric: bundle.raw, where: {entry: main}, max: 169 kB}\n", base, kMain));
  EXPECT_THAT(loosened("  - {id: a, metric: bundle.raw, where: {entry: main}, max_increase: 1 B}\n", base, kMain)->what,
              HasSubstr("drops its limit of 170 kB"));
  EXPECT_THAT(
      loosened("  - {id: a, metric: bundle.raw, where: {entry: main}, max: 170 kB, level: note}\n", base, kMain)->what,
      HasSubstr("from error to note"));
}

TEST(Loosening, OfAMinimumIsALowerOne) {
  const Sample score = sample("lighthouse.score.performance", {{"page", "/"}}, 90);
  const std::string base = "  - {id: s, metric: lighthouse.score.performance, min: 90}\n";
  EXPECT_THAT(loosened("  - {id: s, metric: lighthouse.score.performance, min: 89}\n", base, score)->what,
              HasSubstr("lowers its minimum from 90 points to 89 points"));
  EXPECT_FALSE(loosened("  - {id: s, metric: lighthouse.score.performance, min: 91}\n", base, score));
}

TEST(Loosening, OfGrowthIsMeasuredOnTheValue) {
  const std::string percent = "  - {id: a, metric: bundle.raw, max_increase: 1%}\n";
  const std::string absolute = "  - {id: a, metric: bundle.raw, max_increase: 5 kB}\n";
  EXPECT_FALSE(loosened(absolute, percent, kMain)) << "1 % of 1 MB is 10 kB";
  EXPECT_TRUE(loosened(absolute, percent, sample("bundle.raw", {{"entry", "main"}}, 100'000)));
  EXPECT_TRUE(loosened("  - {id: a, metric: bundle.raw, max: 2 MB}\n",
                       "  - {id: a, metric: bundle.raw, max: 2 MB, max_increase: 100 B}\n", kMain))
      << "the class lets more pass";
}

TEST(Loosening, AnotherStatisticOfTheSameBudget) {
  const Sample time = sample("queries.time", {{"route", "/"}}, 30);
  EXPECT_THAT(loosened("  - {id: t, metric: queries.time, stat: median, max: 40 ms}\n",
                       "  - {id: t, metric: queries.time, stat: p95, max: 40 ms}\n", time)
                  ->what,
              HasSubstr("judges its median instead of its p95"));
}

TEST(Loosening, AnExcuseIsWholeAndNotOver) {
  const std::string base = "  - {id: a, metric: bundle.raw, max: 170 kB}\n";
  const auto with = [&](const std::string& raised) {
    return loosened("  - {id: a, metric: bundle.raw, max: 180 kB, raised: " + raised + "}\n", base, kMain)->excused;
  };
  EXPECT_TRUE(with("{reason: r, owner: o, expires: 2026-11-23}"));
  EXPECT_FALSE(with("{reason: r, owner: o, expires: 2026-11-22}"));
  EXPECT_FALSE(with("{reason: ' ', owner: o, expires: 2026-12-31}"));
  EXPECT_FALSE(with("{reason: r, owner: '', expires: 2026-12-31}"));
}

TEST(Loosening, OfTheKindOfMetric) {
  const Sample rate = sample("api.errors", {}, 3);
  const auto with = [](const std::string& direction) {
    return "  - {id: e, metric: api.errors, max: 5}\nmetrics: {api.errors: {unit: '1', class: count, direction: " +
           direction + "}}\n";
  };
  EXPECT_FALSE(loosened(with("lower"), with("lower"), rate));
  EXPECT_THAT(loosened(with("higher"), with("lower"), rate)->what, HasSubstr("as another kind of metric"));
}

TEST(Loosening, AReasonOfTheBaseIsForAnEarlierChange) {
  const std::string raised = ", raised: {reason: r, owner: o, expires: 2027-01-01}}\n";
  const std::string base = "  - {id: a, metric: bundle.raw, where: {entry: main}, max: 170 kB" + raised;
  const std::string head = "  - {id: a, metric: bundle.raw, where: {entry: main}, max: 180 kB";
  EXPECT_FALSE(loosened(head + raised, base, kMain)->excused);
  EXPECT_TRUE(loosened(head + ", raised: {reason: another, owner: o, expires: 2027-01-01}}\n", base, kMain)->excused);
}

TEST(Loosening, ABudgetThatGoesWithWhatItJudgedIsSaid) {
  const BudgetsFile head = file("  - {id: b, metric: bundle.raw, where: {entry: b}, max: 1 kB}\n");
  const BudgetsFile base = file(
      "  - {id: a, metric: bundle.raw, where: {entry: a}, max: 1 kB}\n"
      "  - {id: old-b, metric: bundle.raw, where: {entry: b}, max: 1 kB}\n"
      "  - {id: main, metric: bundle.raw, where: {entry: main}, max: 1 kB}\n");
  const std::vector<Sample> samples{kMain};
  const BaseLimits limits(head, base.budgets, samples, kToday);
  EXPECT_THAT(limits.removed_with_measurements(), testing::ElementsAre(HasSubstr("removes the budget 'a'")))
      << "another id is a new name, and what is measured is removed()'s";
}

}  // namespace
}  // namespace budgetcheck
