#include "report/words/verdict_words.h"

#include <gtest/gtest.h>

#include "unit/report/report_testing.h"

namespace budgetcheck {
namespace {

TEST(VerdictWords, ShowsADifferenceThatIsThere) {
  Verdict v;
  v.unit = Unit::kBytes;
  v.value = 170'001;
  v.limit = 170'000;
  EXPECT_EQ(numbers_sentence(v), "170.001 kB, limit 170 kB: over by 1 B (0%)");
  v.limit_is_min = true;
  EXPECT_EQ(numbers_sentence(v), "170.001 kB, limit at least 170 kB: 1 B (0%) left");
  v.limit = 0;
  EXPECT_FALSE(has(numbers_sentence(v), "%"));
}

TEST(VerdictWords, ADifferenceBelowTheLastDigitIsNoChange) {
  Verdict v;
  v.unit = Unit::kNone;
  v.value = 500.0001;
  v.base = 500;
  EXPECT_EQ(numbers(v).delta, "no change");
  v.value = 501;
  EXPECT_EQ(numbers(v).delta, "+1 (+0.2%)");
}

TEST(VerdictWords, EveryCodeHasANextStepWhenItIsBroken) {
  for (const CodeText& code : verdict_codes()) {
    Verdict v;
    v.status = Status::kError;
    v.code = code.code;
    EXPECT_FALSE(next_step(v).empty()) << code.code;
    EXPECT_FALSE(message_words(v).empty()) << code.code;
  }
}

}  // namespace
}  // namespace budgetcheck
