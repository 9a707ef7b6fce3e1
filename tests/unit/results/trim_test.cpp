#include "results/trim.h"

#include <gtest/gtest.h>

#include "json/writer.h"

namespace budgetcheck {
namespace {

/// One sample with its history, made of 7 records.
Results with_history() {
  Results out;
  Sample size;
  size.metric = "bundle.gzip";
  size.where = {{"entry", "main"}};
  size.unit = Unit::kBytes;
  size.value = 170001.0;
  size.history = SampleHistory{7, 0.01234567, std::nullopt, 170000.0, {1.0, 2.0}};
  out.samples.push_back(size);
  return out;
}

TEST(TrimResults, KeepsTheLastValuesOfWhatHasABudget) {
  const StoredVerdict verdict{"home", "bundle.gzip", {{"entry", "main"}}, "fail", "LIMIT_EXCEEDED"};
  const std::string unbudgeted = json::to_json(trim_results(with_history(), "pass", {}));
  EXPECT_EQ(unbudgeted.find("\"last\""), std::string::npos);
  EXPECT_NE(unbudgeted.find("\"records\":7"), std::string::npos);
  const std::string budgeted = json::to_json(trim_results(with_history(), "fail", {verdict}));
  EXPECT_NE(budgeted.find("\"last\":[1,2]"), std::string::npos);
}

TEST(TrimResults, RoundsWhatIsNotWholeAndKeeps64Runs) {
  Results noisy;
  Sample lcp;
  lcp.metric = "lighthouse.lcp";
  lcp.unit = Unit::kMilliseconds;
  Runs runs;
  for (int i = 0; i < 200; ++i) {
    runs.push_back(1000.0 + i / 7.0);
  }
  lcp.value = runs;
  noisy.samples.push_back(lcp);
  Sample score = lcp;
  score.metric = "team.share";
  score.unit = Unit::kRatio;
  score.value = 0.000123456789;
  noisy.samples.push_back(score);
  const auto stored = read_results("record", json::to_json(trim_results(noisy, "", {})));
  ASSERT_TRUE(stored) << to_string(stored.error().front());
  const auto& kept = std::get<Runs>(stored->samples[0].value);
  ASSERT_EQ(kept.size(), 64U);
  EXPECT_EQ(kept[0], 1000);
  EXPECT_EQ(kept[1], 1000.429);  // the fourth of 200: every 3.125th is kept
  EXPECT_EQ(std::get<Single>(stored->samples[1].value), 0.000123457);
}

}  // namespace
}  // namespace budgetcheck
