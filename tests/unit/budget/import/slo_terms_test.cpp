#include "budget/import/slo_terms.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(SloTerms, NamesAndQueries) {
  EXPECT_EQ(slo_metric("request-success-rate").number, SloNumber::kSuccess);
  EXPECT_EQ(slo_metric("error_rate").number, SloNumber::kErrors);
  EXPECT_EQ(slo_metric("throughput").number, SloNumber::kThroughput);
  EXPECT_EQ(slo_metric("cpu").number, SloNumber::kNone);
  const SloMetric named = slo_metric("response_time_p90");
  EXPECT_EQ(named.stat, "p90");
  EXPECT_EQ(named.unit_ms, 0);
  const SloMetric asked = slo_metric("latency", "histogram_quantile(0.95, sum(rate(x_seconds_bucket[0.5m]))) * 1000");
  EXPECT_EQ(asked.stat, "p95");
  EXPECT_EQ(asked.unit_ms, 1);
  EXPECT_EQ(slo_metric("latency", "histogram_quantile(0.999, x_milliseconds_bucket)").stat, "");
}

TEST(SloTerms, SharesAndPercentages) {
  const auto limit = [](const char* name, double number, bool is_at_most) {
    DraftBudget budget;
    std::vector<std::string> notes;
    const std::string why = fill_slo_budget(budget, slo_metric(name), is_at_most, number, notes);
    return why.empty() ? budget.max : why;
  };
  EXPECT_EQ(limit("error_rate", 0.5, true), "50%");
  EXPECT_EQ(limit("error_rate", 1, true), "1%");
  EXPECT_EQ(limit("success_rate", 1, false), "0%");
  EXPECT_EQ(limit("success_rate", 0.99, false), "1%");
  EXPECT_EQ(limit("success_rate", 99.5, false), "0.5%");
  EXPECT_EQ(limit("success_rate", 99.5, true), "it asks for failures");
}

}  // namespace
}  // namespace budgetcheck
