// The commonest set-up, one run of each side in two jobs: how often a change that changes nothing is red, and what is
// seen of one that does.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "judge/history/record_history.h"
#include "property/simulation.h"

namespace budgetcheck::simulation {
namespace {

constexpr std::size_t kRecords = 30;
constexpr std::size_t kSupply = 40;  // histories that the changes draw from

double percent(std::size_t part, std::size_t all) { return 100 * static_cast<double>(part) / static_cast<double>(all); }

/// What main stored before: nothing, or records of so many runs.
struct Stored {
  const char* name;
  std::size_t runs;
};
constexpr Stored kNothing{"no history", 0};
constexpr Stored kSingle{"records of 1 run", 1};
constexpr Stored kFive{"records of 5 runs", 5};

struct Rates {
  std::size_t failed = 0;  ///< exit 1
  std::size_t asked = 0;   ///< exit 3
  std::size_t all = 0;
};

/// Changes of one metric, each judged by the real code against a base of main with its history.
class Page {
 public:
  Page(const Model& model, const Stored& stored, std::optional<double> max_increase, double max)
      : model_(model), stored_(stored), noise_(7) {
    Metric metric;
    metric.id = "team.metric";
    metric.unit = Unit::kMilliseconds;
    metric.metric_class = model.metric_class;
    metric.floor_absolute = model.metric_class == MetricClass::kTimingQuiet ? 25 : 50;
    metric.floor_relative = model.metric_class == MetricClass::kTimingQuiet ? 0.05 : 0.1;
    catalogue_.add(metric);
    Budget budget;
    budget.id = budget.metric_id = metric.id;
    budget.metric = metric;
    budget.max = max;
    if (max_increase) {
      budget.max_increase = Increase{max_increase, std::nullopt};
    }
    budgets_.budgets = {budget};
    for (std::size_t i = 0; i < kSupply; ++i) {
      histories_.push_back(recorded());
    }
  }

  Rates change(double effect, std::size_t changes) {
    Facts facts;
    Results base;
    Rates out;
    out.all = changes;
    facts.samples = base.samples = {sample(1)};
    for (std::size_t i = 0; i < changes; ++i) {
      base.samples = {sample(std::max<std::size_t>(stored_.runs, 1))};
      base.samples[0].history = histories_[noise_.below(kSupply)];
      facts.samples = {sample(1, effect)};
      for (const Verdict& verdict : judge_budgets(budgets_, facts, {&base, nullptr, nullptr}, "2026-11-23").verdicts) {
        out.failed += verdict.status == Status::kFail || verdict.status == Status::kError ? 1U : 0U;
        out.asked += verdict.status == Status::kInconclusive ? 1U : 0U;
      }
    }
    return out;
  }

 private:
  Sample sample(std::size_t runs, double effect = 0) {
    Sample out;
    out.metric = "team.metric";
    out.unit = Unit::kMilliseconds;
    out.value = noise_.runs(model_, runs, noise_.job(model_), effect);
    return out;
  }

  /// As `baseline push` sums it up.
  std::optional<SampleHistory> recorded() {
    if (stored_.runs == 0) {
      return std::nullopt;
    }
    std::vector<Results> records(kRecords);
    std::vector<const Results*> before;
    for (Results& record : records) {
      record.samples = {sample(stored_.runs)};
      before.push_back(&record);
    }
    Results newest;
    newest.samples = {sample(stored_.runs)};
    add_history(newest, before, catalogue_);
    return newest.samples[0].history;
  }

  const Model& model_;
  Stored stored_;
  Noise noise_;
  MetricCatalogue catalogue_;
  BudgetsFile budgets_;
  std::vector<std::optional<SampleHistory>> histories_;
};

constexpr double kFarLimit = 1e9;

struct Row {
  const Model* model;
  Stored stored;
  double asked_at_most;   ///< percent of unchanged changes with max_increase: 10%
  double asked_at_least;  ///< percent of changes that add half as much again
};

class SingleRuns : public ::testing::TestWithParam<Row> {};

TEST_P(SingleRuns, OfALimitAloneAreNeverRed) {
  const std::size_t n = simulations(2000);
  Page page(*GetParam().model, GetParam().stored, std::nullopt, kFarLimit);
  const Rates rates = page.change(0, n);
  EXPECT_EQ(rates.failed, 0U);
  EXPECT_EQ(rates.asked, 0U);
}

TEST_P(SingleRuns, WithMaxIncreaseAskForRunsSometimesAndNeverFail) {
  const Row& row = GetParam();
  const std::size_t n = simulations(2000);
  Page page(*row.model, row.stored, 0.1, kFarLimit);
  const Rates unchanged = page.change(0, n);
  const Rates grown = page.change(std::log(1.5), n);
  std::printf("one run, %s, %s: %.1f%% of unchanged changes ask for runs, %.1f%% of those that add 50%%\n",
              row.model->name, row.stored.name, percent(unchanged.asked, n), percent(grown.asked, n));
  EXPECT_EQ(unchanged.failed, 0U);
  EXPECT_LE(percent(unchanged.asked, n), row.asked_at_most);
  EXPECT_GE(percent(grown.asked, n), row.asked_at_least);
}

TEST_P(SingleRuns, OfAPageThatMainHasOverItsLimitAreHardlyEverRed) {
  const std::size_t n = simulations(2000);
  for (const double share : {0.4, 0.6}) {
    Page page(*GetParam().model, GetParam().stored, std::nullopt, kLevel * share);
    const Rates rates = page.change(0, n);
    EXPECT_LE(percent(rates.failed, n), n > 10000 ? 0.3 : 0.5) << share;
    EXPECT_EQ(rates.asked, 0U) << share;
  }
}

TEST_P(SingleRuns, BreakALimitByNoiseHardlyEver) {
  const std::size_t n = simulations(5000);
  Page page(*GetParam().model, GetParam().stored, std::nullopt, kLevel * 1.1);
  const Rates unchanged = page.change(0, n);
  const Rates broken = page.change(std::log(3), n);
  std::printf(
      "one run, %s, %s: %.3f%% break a limit 10%% above, %.1f%% ask for runs; of a page three times as slow "
      "%.1f%% break it\n",
      GetParam().model->name, GetParam().stored.name, percent(unchanged.failed, n), percent(unchanged.asked, n),
      percent(broken.failed, n));
  EXPECT_LE(percent(unchanged.failed, n), n > 10000 ? 0.3 : 0.5);
  // The rest are warnings: by noise, the base's own run was over the limit, and nearly as far.
  EXPECT_GE(percent(broken.failed, n), 88);
}

INSTANTIATE_TEST_SUITE_P(Table, SingleRuns,
                         ::testing::Values(Row{&kQuiet, kNothing, 7, 98}, Row{&kQuiet, kSingle, 6, 98},
                                           Row{&kQuiet, kFive, 5, 98}, Row{&kNoisy, kNothing, 36, 89},
                                           Row{&kNoisy, kSingle, 17, 84}, Row{&kNoisy, kFive, 11, 82},
                                           Row{&kBimodal, kNothing, 27, 87}, Row{&kBimodal, kSingle, 17, 86},
                                           Row{&kBimodal, kFive, 25, 92}));

}  // namespace
}  // namespace budgetcheck::simulation
