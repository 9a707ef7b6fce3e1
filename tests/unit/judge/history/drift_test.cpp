#include "judge/history/drift.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

BudgetsFile budgets(const std::string& list) {
  auto file = load_past_budgets("budgets.yml", std::string_view("version: 1\nbudgets:\n" + list));
  EXPECT_TRUE(file) << (file ? "" : to_string(file.error().front()));
  return file ? std::move(*file) : BudgetsFile{};
}

const char* const kBytes = "  - {id: js, metric: bundle.raw, where: {entry: main}, max: 200 kB}\n";

std::vector<Sample> measured(double value) {
  Sample sample;
  sample.metric = "bundle.raw";
  sample.where = Labels{{"entry", "main"}};
  sample.unit = Unit::kBytes;
  sample.value = value;
  return {sample};
}

std::vector<Results> records(std::size_t count, double value) {
  Results one;
  one.samples = measured(value);
  return std::vector<Results>(count, one);
}

TEST(FindDrift, ComparesThePresentWithTheAnchor) {
  const BudgetsFile file = budgets(kBytes);
  const std::vector<Results> stored = records(70, 100'000);
  const auto drifted = [&](double now) { return find_drift(file, measured(now), stored); };
  ASSERT_THAT(drifted(105'001), SizeIs(1));
  EXPECT_EQ(drifted(105'001)[0].budget, "js");
  EXPECT_EQ(drifted(105'001)[0].drift.before, 100'000);
  EXPECT_EQ(drifted(105'001)[0].drift.now, 105'001);
  EXPECT_THAT(drifted(104'999), IsEmpty());
  EXPECT_THAT(drifted(90'000), IsEmpty());
}

TEST(FindDrift, NeedsRecordsAndABudget) {
  EXPECT_THAT(find_drift(budgets(kBytes), measured(150'000), records(30, 100'000)), IsEmpty());
  EXPECT_THAT(
      find_drift(budgets("  - {id: x, metric: bundle.gzip, max: 1 MB}\n"), measured(150'000), records(70, 100'000)),
      IsEmpty());
}

TEST(FindDrift, LeavesOutPartialValues) {
  std::vector<Sample> partial = measured(150'000);
  partial[0].lower_bound = true;
  EXPECT_THAT(find_drift(budgets(kBytes), partial, records(70, 100'000)), IsEmpty());
  EXPECT_THAT(samples_by_key(partial), IsEmpty());
}

}  // namespace
}  // namespace budgetcheck
