#include "judge/history/slow_drift.h"

#include <gtest/gtest.h>

#include "base/file_system.h"
#include "budget/load.h"

namespace budgetcheck {
namespace {

std::vector<Sample> measured(double value) {
  Sample sample;
  sample.metric = "bundle.raw";
  sample.where = Labels{{"entry", "main"}};
  sample.unit = Unit::kBytes;
  sample.value = value;
  return {sample};
}

/// What the rule finds when 70 records of 100 kB are followed by `now`.
std::vector<Finding> find(double now, const std::string& settings = "{}", std::size_t count = 70) {
  const std::string text =
      "version: 1\nbudgets:\n  - {id: js, metric: bundle.raw, where: {entry: main}, max: 200 kB}\nrules:\n"
      "  slow-drift: " +
      settings + "\n";
  MemoryFileSystem files;
  files.add("budgets.yml", text);
  const auto file = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(file) << (file ? "" : to_string(file.error().front()));
  Results record;
  record.samples = measured(100'000);
  return file ? slow_drift_findings(*file, measured(now), std::vector<Results>(count, record)) : std::vector<Finding>{};
}

TEST(SlowDrift, FiresFromItsThresholdOn) {
  EXPECT_EQ(find(110'000, "{min_growth: 10%}").size(), 1U);
  EXPECT_TRUE(find(109'900, "{min_growth: 10%}").empty());
  EXPECT_TRUE(find(100'000).empty());
}

TEST(SlowDrift, FindsNothingWhenItIsOffOrWithoutRecords) {
  EXPECT_TRUE(find(150'000, "off").empty());
  EXPECT_TRUE(find(150'000, "{}", 0).empty());
}

TEST(SlowDrift, IsSilentOnWhatTheBudgetsFileExempts) {
  EXPECT_TRUE(find(150'000, "{ignore: ['bundle.raw*']}").empty());
}

TEST(SlowDrift, SaysFromWhereToWhere) {
  const Finding finding = find(107'000).at(0);
  EXPECT_EQ(finding.rule, "slow-drift");
  EXPECT_EQ(finding.level, Level::kWarning);
  EXPECT_EQ(finding.message,
            "bundle.raw, entry=main drifted from 100 kB to 107 kB (7% worse) over the last 70 stored results of the "
            "main branch");
  EXPECT_EQ(finding.location.file, "budgets.yml");
}

TEST(SlowDrift, TheKeyDoesNotFollowTheNumbers) { EXPECT_EQ(find(107'000).at(0).key, find(109'000).at(0).key); }

}  // namespace
}  // namespace budgetcheck
