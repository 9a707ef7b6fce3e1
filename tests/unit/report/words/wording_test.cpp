#include "report/words/wording.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "model/exit_code.h"
#include "report/format.h"
#include "report/words/order.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Order, KnownFindingsBreakNothing) {
  Finding f;
  f.level = Level::kError;
  EXPECT_TRUE(breaks(f, Level::kError));
  EXPECT_TRUE(breaks(f, Level::kOff));
  f.state = FindingState::kSame;
  EXPECT_FALSE(breaks(f, Level::kError));
  f.state = FindingState::kWorse;
  f.level = Level::kWarning;
  EXPECT_FALSE(breaks(f, Level::kError));
  EXPECT_TRUE(breaks(f, Level::kWarning));
}

TEST(Order, ABudgetCountsOnceByItsWorst) {
  Report report;
  for (const Status status : {Status::kPass, Status::kFail, Status::kWarn}) {
    Verdict v;
    v.budget = "b";
    v.status = status;
    report.verdicts.push_back(v);
  }
  const Tally t = tally(report);
  EXPECT_EQ(t.budgets, 1U);
  EXPECT_EQ(t.failed, 1U);
  EXPECT_EQ(t.passed + t.warned, 0U);
}

TEST(Wording, ShowsADifferenceThatIsThere) {
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

TEST(Wording, EveryCodeHasANextStepWhenItIsBroken) {
  for (const CodeText& code : verdict_codes()) {
    Verdict v;
    v.status = Status::kError;
    v.code = code.code;
    EXPECT_FALSE(next_step(v).empty()) << code.code;
    EXPECT_FALSE(message_words(v).empty()) << code.code;
  }
}

TEST(Wording, ANameOfMegabytesIsCut) {
  const std::string name = std::string(3'000'000, 'a') + "end";
  EXPECT_EQ(display_width(name_text(name)), 160U);
  EXPECT_TRUE(name_text(name).ends_with("end"));
  EXPECT_LE(display_width(sentence_text(name)), 2000U);
}

}  // namespace
}  // namespace budgetcheck
