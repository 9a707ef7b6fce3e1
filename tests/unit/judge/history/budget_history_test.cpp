#include "judge/history/budget_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/date.h"
#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

BudgetsFile budgets(const std::string& list) {
  auto file = load_past_budgets("budgets.yml", std::string_view("version: 1\nbudgets:\n" + list));
  EXPECT_TRUE(file) << (file ? "" : to_string(file.error().front()));
  return file ? std::move(*file) : BudgetsFile{};
}

const char* const kBytes = "  - {id: js, metric: bundle.raw, where: {entry: main}, max: 200 kB}\n";

Results record(int day, double value) {
  Results out;
  out.commit = "c" + std::to_string(day);
  out.measured_at = date_text(20'000 + day) + "T12:00:00Z";
  Sample sample;
  sample.metric = "bundle.raw";
  sample.where = Labels{{"entry", "main"}};
  sample.unit = Unit::kBytes;
  sample.value = value;
  out.samples = {sample};
  return out;
}

/// Records of `values`, one a day, oldest first.
std::vector<Results> records(const std::vector<double>& values) {
  std::vector<Results> out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    out.push_back(record(static_cast<int>(i), values[i]));
  }
  return out;
}

std::vector<const Results*> newest_first(const std::vector<Results>& all) {
  std::vector<const Results*> out;
  for (auto one = all.rbegin(); one != all.rend(); ++one) {
    out.push_back(&*one);
  }
  return out;
}

std::vector<double> rising(std::size_t n, double from, double step) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(from + step * static_cast<double>(i));
  }
  return out;
}

BudgetHistory history_of(const std::vector<Results>& all, const std::string& list = kBytes) {
  return build_history(budgets(list), newest_first(all), date_text(20'100));
}

TEST(BudgetHistory, OrdersPointsByTime) {
  const auto all = records({100'000, 101'000, 102'000});
  const BudgetHistory history = history_of(all);
  ASSERT_THAT(history.series, SizeIs(1));
  const BudgetSeries& series = history.series[0];
  EXPECT_EQ(history.records, 3U);
  EXPECT_EQ(series.points.front().value, 100'000);
  EXPECT_EQ(series.points.back().commit, "c2");
  EXPECT_EQ(series.limit, 200'000);
  EXPECT_THAT(series.remark, HasSubstr("too few"));
}

TEST(BudgetHistory, ProjectsWhenTheLimitIsReached) {
  // 1 kB a day from 100 kB: 200 kB on day 100, which is today.
  const BudgetHistory history = history_of(records(rising(60, 100'000, 1000)));
  ASSERT_TRUE(history.series.at(0).trend);
  const Trend& trend = *history.series[0].trend;
  EXPECT_NEAR(trend.per_30_days, 30'000, 1);
  EXPECT_EQ(trend.breach_from, date_text(20'100));
  EXPECT_EQ(trend.breach_to, date_text(20'100));
}

TEST(BudgetHistory, AFlatSeriesHasNoTrendAndSaysWhy) {
  const BudgetHistory history = history_of(records(std::vector<double>(30, 150'000)));
  EXPECT_FALSE(history.series.at(0).trend);
  EXPECT_THAT(history.series[0].remark, HasSubstr("noise"));
  EXPECT_FALSE(history.series[0].drift);
}

TEST(BudgetHistory, FallingDoesNotBreach) {
  const BudgetHistory history = history_of(records(rising(30, 150'000, -1000)));
  ASSERT_TRUE(history.series.at(0).trend);
  EXPECT_EQ(history.series[0].trend->breach_from, "");
}

TEST(BudgetHistory, LeavesOutWhatIsDatedAheadOrNotAtAll) {
  auto all = records({100'000, 101'000, 102'000});
  all[1].measured_at = date_text(20'102) + "T00:00:00Z";
  all[2].measured_at = "soon";
  const BudgetHistory history = history_of(all);
  EXPECT_EQ(history.records, 1U);
  EXPECT_THAT(history.notes, ElementsAre(HasSubstr("dated after today"), HasSubstr("without a date")));
}

TEST(BudgetHistory, LeavesOutPartialValuesAndOtherPlaces) {
  auto all = records({100'000, 101'000, 102'000});
  all[0].samples[0].lower_bound = true;
  all[1].samples[0].where = Labels{{"entry", "admin"}};
  EXPECT_THAT(history_of(all).series.at(0).points, SizeIs(1));
}

TEST(BudgetHistory, TheNearestToABreachComesFirst) {
  std::vector<Results> all = records(rising(30, 100'000, 100));
  for (std::size_t i = 0; i < all.size(); ++i) {
    Sample other = all[i].samples[0];
    other.where = Labels{{"entry", "admin"}};
    other.value = 150'000 + 1000.0 * static_cast<double>(i);
    all[i].samples.push_back(other);
    other.where = Labels{{"entry", "over"}};
    other.value = 210'000.0;
    all[i].samples.push_back(other);
  }
  const BudgetHistory history = history_of(all, "  - {id: js, metric: bundle.raw, where: {entry: '*'}, max: 200 kB}\n");
  ASSERT_THAT(history.series, SizeIs(3));
  EXPECT_EQ(*history.series[0].where.find("entry"), "over");
  EXPECT_EQ(*history.series[1].where.find("entry"), "admin");
}

TEST(BudgetHistory, NoRecordsGiveNoSeries) { EXPECT_THAT(history_of({}).series, SizeIs(0)); }

}  // namespace
}  // namespace budgetcheck
