#include "cli/check/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(CheckCommand, StoresWhatItTakes) {
  const auto line = parsed(check_command, {"app.log", "--table-rows", "rows.csv", "--fail-level", "warning", "--app",
                                           "web", "--remote", "up", "--no-fetch", "--require-base"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->table_rows, "rows.csv");
  EXPECT_EQ(line->fail_level, Level::kWarning);
  EXPECT_EQ(line->app, "web");
  EXPECT_EQ(line->remote, "up");
  EXPECT_TRUE(line->no_fetch);
  EXPECT_TRUE(line->require_base);
  EXPECT_FALSE(line->paired);
}

TEST(CheckCommand, FailsAtErrorsUnlessToldOtherwise) {
  EXPECT_EQ(parsed(check_command, {})->fail_level, Level::kError);
  EXPECT_EQ(parsed(check_command, {"--fail-level", "none"})->fail_level, Level::kOff);
  EXPECT_THAT(errors_of({"--fail-level", "eror"}), HasSubstr("takes error, warning or none, not 'eror'"));
  EXPECT_NE(errors_of({"--fail-level", "info"}), "");
}

TEST(CheckCommand, NoReportOverwritesWhatIsRead) {
  EXPECT_THAT(errors_of({"x.json", "--output", "json=./x.json"}), HasSubstr("'x.json', which is read"));
  EXPECT_THAT(errors_of({"--budgets", "b.json", "--output", "json=b.json"}), HasSubstr("which is read"));
  EXPECT_THAT(errors_of({"app.log", "--table-rows", "r.json", "--output", "json=./r.json"}),
              HasSubstr("would overwrite 'r.json'"));
  EXPECT_EQ(errors_of({"x.json", "--output", "json=y.json", "--output", "sarif=y.sarif"}), "");
}

}  // namespace
}  // namespace budgetcheck
