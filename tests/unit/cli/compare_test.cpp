#include "cli/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(CompareCommand, TakesABaseAndAHead) {
  const auto line = parsed(compare_command, {"compare", "b.json", "h.json", "--output", "json", "--app", "web"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->base, "b.json");
  EXPECT_EQ(line->head, "h.json");
  EXPECT_EQ(line->app, "web");
  EXPECT_EQ(line->outputs.size(), 1U);
}

TEST(CompareCommand, HasFormatsOfItsOwn) {
  EXPECT_THAT(errors_of({"compare", "a", "b", "--output", "junit"}),
              HasSubstr("unknown output format 'junit' (formats: text, "));
}

TEST(CompareCommand, NoReportOverwritesASide) {
  EXPECT_THAT(errors_of({"compare", "a.json", "b.json", "--output", "json=b.json"}),
              HasSubstr("would overwrite 'b.json'"));
}

}  // namespace
}  // namespace budgetcheck
