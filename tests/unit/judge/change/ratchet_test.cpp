#include "judge/change/ratchet.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Budget budget(double max) {
  Budget out;
  out.metric = Metric{};
  out.metric->metric_class = MetricClass::kBytes;
  out.metric->unit = Unit::kBytes;
  out.max = max;
  return out;
}

Sample base(std::uint64_t records, double max) {
  Sample out;
  out.history = SampleHistory{records, std::nullopt, std::nullopt, max, {}};
  return out;
}

Verdict passed(double value) {
  Verdict out;
  out.code = "OK";
  out.value = value;
  out.unit = Unit::kBytes;
  return out;
}

std::string code(const Budget& on, const Sample& of, double value) {
  Verdict verdict = passed(value);
  suggest_ratchet(on, of, verdict);
  return verdict.code;
}

TEST(Ratchet, NeedsTenRecordsAndRoom) {
  EXPECT_EQ(code(budget(170'000), base(10, 136'000), 135'000), "RATCHET_SUGGESTED");
  EXPECT_EQ(code(budget(170'000), base(9, 136'000), 135'000), "OK");
  // 153,809 x 1.05 is just below 161,500, which is 0.95 x 170,000.
  EXPECT_EQ(code(budget(170'000), base(10, 153'800), 135'000), "RATCHET_SUGGESTED");
  EXPECT_EQ(code(budget(170'000), base(10, 153'810), 135'000), "OK");
}

TEST(Ratchet, TheValueOfThisChangeCountsToo) { EXPECT_EQ(code(budget(170'000), base(10, 136'000), 169'000), "OK"); }

TEST(Ratchet, ProposesALimitAboveEveryResult) {
  Verdict verdict = passed(135'000);
  suggest_ratchet(budget(170'000), base(10, 136'000), verdict);
  EXPECT_NE(verdict.hint.find("max: 143 kB"), std::string::npos) << verdict.hint;  // 142,800 rounded up
}

TEST(Ratchet, IsForExactMetricsOnly) {
  Budget noisy = budget(170'000);
  noisy.metric->metric_class = MetricClass::kTimingQuiet;
  EXPECT_EQ(code(noisy, base(30, 1000), 1000), "OK");
}

TEST(Ratchet, LeavesOtherCodesAndEmptyHistoriesAlone) {
  Verdict verdict = passed(1);
  verdict.code = "GREW_BELOW_FLOOR";
  suggest_ratchet(budget(170'000), base(30, 1000), verdict);
  EXPECT_EQ(verdict.code, "GREW_BELOW_FLOOR");
  EXPECT_EQ(code(budget(170'000), Sample{}, 1000), "OK");
  EXPECT_EQ(code(budget(0), base(30, 0), 0), "OK");
}

}  // namespace
}  // namespace budgetcheck
