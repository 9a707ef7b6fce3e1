#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::vector<std::string> commands(const Report& report, std::string_view name) {
  std::vector<std::string> out;
  const std::string text = render_github(report, {});
  for (const std::string_view line : split(text, '\n')) {
    if (line.starts_with("::" + std::string(name) + " ")) {
      out.emplace_back(line);
    }
  }
  return out;
}

TEST(Github, WorstFirstWithPlaceTitleAndNextStep) {
  const std::vector<std::string> errors = commands(sample_report(), "error");
  const std::vector<std::string> warnings = commands(sample_report(), "warning");
  ASSERT_FALSE(errors.empty());
  ASSERT_FALSE(warnings.empty());
  EXPECT_THAT(errors[1], ContainsRegex("^::error file=[^,]+,line=[0-9]+,title=budgetcheck fail%3A [^:]+::.+"));
  EXPECT_THAT(render_github(sample_report(), {}), Not(HasSubstr("waived")));
}

TEST(Github, AtMostTenOfALevelAndTheRestIsCounted) {
  const std::vector<std::string> errors = commands(big_report(100), "error");
  const std::vector<std::string> warnings = commands(big_report(100), "warning");
  ASSERT_EQ(errors.size(), 10U);
  EXPECT_LE(warnings.size(), 10U);
  EXPECT_THAT(errors.back(), HasSubstr(" more errors of "));

  Report ten;
  ten.exit_code = 1;
  for (int i = 0; i < 10; ++i) {
    Verdict v;
    v.budget = "b" + std::to_string(i);
    v.status = Status::kFail;
    v.message = "over";
    ten.verdicts.push_back(v);
  }
  EXPECT_EQ(commands(ten, "error").size(), 10U);
  EXPECT_THAT(commands(ten, "error").back(), Not(HasSubstr("more errors")));
}

TEST(Github, NothingOfANameIsACommand) {
  Report report;
  report.exit_code = 1;
  report.problems.push_back({ErrorKind::kUsage, "50% of a,b\n::add-mask::x", {"a:b,c%.yml", 3, 0, {}}, ""});
  const std::string text = render_github(report, {});
  EXPECT_EQ(text, "::error file=a%3Ab%2Cc%25.yml,line=3,title=budgetcheck::50%25 of a,b ::add-mask::x\n");
  const std::string hostile = render_github(hostile_report(), {});
  for (const std::string_view line : split(hostile, '\n')) {
    if (!line.empty()) {
      EXPECT_THAT(std::string(line), testing::AnyOf(StartsWith("::error "), StartsWith("::warning ")));
    }
  }
}

TEST(Github, ARedRunIsNeverWithoutAnAnnotation) {
  Report report;
  report.exit_code = 4;
  EXPECT_EQ(commands(report, "error").size(), 1U);
  EXPECT_TRUE(commands(green_report(), "error").empty());
  EXPECT_TRUE(commands(green_report(), "warning").empty());
}

}  // namespace
}  // namespace budgetcheck
