#include "judge/change/waivers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kToday = "2026-11-23";

Waiver waiver(std::string expires, std::optional<double> ceiling = std::nullopt) {
  Waiver out;
  out.budget = "js";
  out.owner = "@web";
  out.reason = "PERF-1";
  out.expires = std::move(expires);
  out.ceiling = ceiling;
  return out;
}

Verdict verdict(Status status, std::string code, double value = 180, Labels where = {{"route", "/"}}) {
  Verdict out;
  out.budget = "js";
  out.where = std::move(where);
  out.status = status;
  out.code = std::move(code);
  out.value = value;
  out.limit = 170;
  out.message = "over";
  return out;
}

Verdict applied(const Waiver& to_apply, Verdict to) {
  std::vector<Verdict> verdicts{std::move(to)};
  apply_waivers({to_apply}, kToday, verdicts);
  return verdicts.front();
}

TEST(Waivers, HoldThroughTheirLastDay) {
  EXPECT_EQ(applied(waiver("2026-11-23"), verdict(Status::kFail, "LIMIT_EXCEEDED")).code, "WAIVED");
  EXPECT_EQ(applied(waiver("2026-11-22"), verdict(Status::kFail, "LIMIT_EXCEEDED")).code, "WAIVER_EXPIRED");
}

TEST(Waivers, AcceptUpToTheCeiling) {
  EXPECT_EQ(applied(waiver("2026-12-31", 180), verdict(Status::kFail, "REGRESSED", 180)).status, Status::kWaived);
  const Verdict over = applied(waiver("2026-12-31", 180), verdict(Status::kFail, "REGRESSED", 180.5));
  EXPECT_EQ(over.status, Status::kFail);
  EXPECT_EQ(over.code, "WAIVER_CEILING");
  EXPECT_THAT(over.hint, HasSubstr("@web"));
}

TEST(Waivers, ACeilingOfAMinimumLiesBelowIt) {
  Verdict low = verdict(Status::kFail, "LIMIT_EXCEEDED", 80);
  low.limit_is_min = true;
  EXPECT_EQ(applied(waiver("2026-12-31", 75), low).code, "WAIVED");
  low.value = 70;
  EXPECT_EQ(applied(waiver("2026-12-31", 75), low).code, "WAIVER_CEILING");
}

TEST(Waivers, AnExpiredOneFailsWhatTheBaseHadToo) {
  const Verdict known = applied(waiver("2026-11-01"), verdict(Status::kWarn, "PREEXISTING_BREACH"));
  EXPECT_EQ(known.status, Status::kFail);
  EXPECT_EQ(known.code, "WAIVER_EXPIRED");
}

TEST(Waivers, AWarningStaysOne) {
  EXPECT_EQ(applied(waiver("2026-11-01"), verdict(Status::kWarn, "LIMIT_EXCEEDED")).status, Status::kWarn);
}

TEST(Waivers, SettleWhatNoiseLeavesOpen) {
  EXPECT_EQ(applied(waiver("2026-12-31"), verdict(Status::kInconclusive, "LIMIT_STRADDLED")).code, "WAIVED");
  EXPECT_EQ(applied(waiver("2026-11-01"), verdict(Status::kInconclusive, "RERUN")).code, "RERUN")
      << "not known to be broken";
  EXPECT_EQ(applied(waiver("2026-12-31"), verdict(Status::kInconclusive, "STALE_BASE")).code, "STALE_BASE");
}

TEST(Waivers, AnswerForNoChangeOfTheBudgetsFile) {
  for (const char* code : {"BUDGET_LOOSENED_NO_REASON", "BUDGET_REMOVED_NO_REASON"}) {
    EXPECT_EQ(applied(waiver("2026-12-31"), verdict(Status::kFail, code)).code, code);
  }
}

TEST(Waivers, TheOneWithMoreLabelsCounts) {
  Waiver wide = waiver("2026-12-31");
  Waiver narrow = waiver("2026-11-01");
  narrow.where = Labels{{"route", "/"}};
  std::vector<Verdict> verdicts{verdict(Status::kFail, "LIMIT_EXCEEDED"),
                                verdict(Status::kFail, "LIMIT_EXCEEDED", 180, {{"route", "/admin"}})};
  apply_waivers({wide, narrow}, kToday, verdicts);
  EXPECT_EQ(verdicts[0].code, "WAIVER_EXPIRED");
  EXPECT_EQ(verdicts[1].code, "WAIVED");
}

TEST(Waivers, AnIncompleteOneIsAnErrorOnce) {
  Waiver incomplete = waiver("");
  incomplete.missing = {"expires"};
  std::vector<Verdict> verdicts{verdict(Status::kFail, "LIMIT_EXCEEDED"), verdict(Status::kPass, "OK", 100)};
  apply_waivers({incomplete}, kToday, verdicts);
  EXPECT_EQ(verdicts[0].code, "WAIVER_INCOMPLETE");
  EXPECT_EQ(verdicts[0].status, Status::kError);
  EXPECT_EQ(verdicts[1].code, "OK");

  std::vector<Verdict> none;
  apply_waivers({incomplete}, kToday, none);
  ASSERT_EQ(none.size(), 1U) << "said although nothing was judged";
  EXPECT_EQ(none[0].code, "WAIVER_INCOMPLETE");
}

TEST(Waivers, RemarkOnTheirEnds) {
  const auto remarks = [](const Waiver& w, const char* code, Status status) {
    std::vector<Verdict> verdicts{verdict(status, code)};
    return apply_waivers({w}, kToday, verdicts);
  };
  EXPECT_THAT(remarks(waiver("2026-12-07"), "LIMIT_EXCEEDED", Status::kFail), ElementsAre(HasSubstr("in 14 days")));
  EXPECT_THAT(remarks(waiver("2026-12-08"), "LIMIT_EXCEEDED", Status::kFail), IsEmpty());
  EXPECT_THAT(remarks(waiver("2027-02-21"), "LIMIT_EXCEEDED", Status::kFail), IsEmpty()) << "90 days";
  EXPECT_THAT(remarks(waiver("2027-02-22"), "LIMIT_EXCEEDED", Status::kFail), ElementsAre(HasSubstr("91 more days")));
  EXPECT_THAT(remarks(waiver("2026-12-31"), "OK", Status::kPass), ElementsAre(HasSubstr("no longer needed")));
}

TEST(Waivers, NothingOfThemControlsTheTerminal) {
  Waiver hostile = waiver("2026-12-31");
  hostile.owner = "\x1b[31m@web";
  EXPECT_EQ(applied(hostile, verdict(Status::kFail, "LIMIT_EXCEEDED")).message.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
