#include "cli/claims.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

const std::string kHead(40, 'a');

Report report_with(Status status, Outcome said, int exit_code) {
  Report out;
  out.app = "billing";
  out.project = "billing";
  out.commit = kHead;
  out.verdicts.emplace_back();
  out.verdicts.back().status = status;
  out.outcome = said;
  out.exit_code = exit_code;
  return out;
}

Report judged(Report report) {
  judge_again(report);
  return report;
}

TEST(Claims, TheOutcomeIsThatOfTheVerdicts) {
  EXPECT_EQ(judged(report_with(Status::kFail, Outcome::kPass, 0)).outcome, Outcome::kFail);
  EXPECT_EQ(judged(report_with(Status::kFail, Outcome::kPass, 0)).exit_code, kExitFailed);
  EXPECT_EQ(judged(report_with(Status::kInconclusive, Outcome::kPass, 0)).outcome, Outcome::kInconclusive);
  EXPECT_EQ(judged(report_with(Status::kError, Outcome::kPass, 0)).outcome, Outcome::kError);
  EXPECT_EQ(judged(report_with(Status::kPass, Outcome::kPass, 0)).outcome, Outcome::kPass);
  Report finding = report_with(Status::kPass, Outcome::kPass, 0);
  finding.findings.emplace_back();
  finding.findings.back().level = Level::kError;
  EXPECT_EQ(judged(finding).outcome, Outcome::kFail);
  Report unread = report_with(Status::kPass, Outcome::kPass, 0);
  unread.inputs.emplace_back();
  unread.inputs.back().state = InputState::kUnreadable;
  EXPECT_EQ(judged(unread).outcome, Outcome::kInconclusive);
}

TEST(Claims, WhatItsRunAloneKnewStaysWhenItIsWorse) {
  const Report strict = judged(report_with(Status::kWarn, Outcome::kFail, kExitFailed));
  EXPECT_EQ(strict.outcome, Outcome::kFail);
  EXPECT_EQ(strict.exit_code, kExitFailed);
  const Report no_base = judged(report_with(Status::kPass, Outcome::kInconclusive, kExitNoBase));
  EXPECT_EQ(no_base.outcome, Outcome::kInconclusive);
  EXPECT_EQ(no_base.exit_code, kExitNoBase);
  EXPECT_NE(judged(report_with(Status::kPass, Outcome::kPass, kExitFailed)).outcome, Outcome::kPass);
}

Errors taken(std::vector<Report>& reports, const OtherRun& run = {true, "success"}, const std::string& app = "shop",
             const std::string& head = kHead) {
  return take_as_claims(reports, std::vector<std::string>(reports.size(), "r.json"), {app, head, run});
}

TEST(Claims, AreOfTheCommitOfTheRunOrAMergeOfIt) {
  std::vector<Report> good{report_with(Status::kPass, Outcome::kPass, 0)};
  EXPECT_TRUE(taken(good).empty());
  good[0].commit = std::string(40, 'd');
  good[0].parents = {std::string(40, 'c'), kHead};
  EXPECT_TRUE(taken(good).empty());
  for (const std::string& commit : {std::string(40, 'b'), std::string()}) {
    std::vector<Report> other{report_with(Status::kPass, Outcome::kPass, 0)};
    other[0].commit = commit;
    const Errors errors = taken(other);
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].kind, ErrorKind::kInput);
    EXPECT_EQ(errors[0].location.file, "r.json");
  }
}

TEST(Claims, TheWorkflowNamesTheApplicationAndTheCommit) {
  std::vector<Report> reports{report_with(Status::kPass, Outcome::kPass, 0)};
  EXPECT_THAT(to_string(taken(reports, {}, "").at(0)), HasSubstr("--app NAME"));
  EXPECT_THAT(to_string(taken(reports, {}, "shop", "").at(0)), HasSubstr("--head-sha"));
  EXPECT_TRUE(taken(reports).empty());
  EXPECT_EQ(reports[0].app, "shop");
}

TEST(Claims, GoodNumbersOfARunThatDidNotPassAreNotJudged) {
  for (const char* conclusion : {"failure", "cancelled", "timed_out"}) {
    std::vector<Report> reports{report_with(Status::kPass, Outcome::kPass, 0)};
    EXPECT_TRUE(taken(reports, {true, conclusion}).empty());
    EXPECT_EQ(reports[0].outcome, Outcome::kInconclusive);
  }
  for (const char* conclusion : {"success", ""}) {
    std::vector<Report> reports{report_with(Status::kPass, Outcome::kPass, 0)};
    EXPECT_TRUE(taken(reports, {true, conclusion}).empty());
    EXPECT_EQ(reports[0].outcome, Outcome::kPass);
  }
}

}  // namespace
}  // namespace budgetcheck
