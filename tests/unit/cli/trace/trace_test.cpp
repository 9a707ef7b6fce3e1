#include "cli/trace/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TraceCommand, TakesFilesAndWhatToShow) {
  const auto line = parsed(trace_command, {"trace", "a.jsonl", "b.jsonl", "--route", "/a", "--service", "api",
                                           "--slowest", "3", "--html", "t.html"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->files.size(), 2U);
  EXPECT_EQ(line->route, "/a");
  EXPECT_EQ(line->service, "api");
  EXPECT_EQ(line->slowest, 3U);
  EXPECT_EQ(line->html, "t.html");
}

TEST(TraceCommand, NamesWhatExcludesEachOther) {
  EXPECT_THAT(errors_of({"trace", "a", "--trace", "4b", "--route", "/a"}),
              HasSubstr("--trace and --route exclude each other"));
  EXPECT_THAT(errors_of({"trace", "a", "--trace", "4b", "--slowest", "2"}),
              HasSubstr("--trace and --slowest exclude each other"));
  EXPECT_THAT(errors_of({"trace", "a", "--against", "b", "--html", "c"}),
              HasSubstr("--against and --html exclude each other"));
  EXPECT_THAT(errors_of({"trace", "a", "--html", "-"}), HasSubstr("--html takes a file"));
  EXPECT_THAT(errors_of({"trace"}), HasSubstr("'trace' takes at least 1 argument"));
  EXPECT_THAT(errors_of({"trace", "a", "--slowest", "21"}), HasSubstr("from 1 to 20"));
}

TEST(TraceCommand, ThePageDoesNotOverwriteTheSpans) {
  EXPECT_THAT(errors_of({"trace", "a.jsonl", "--html", "a.jsonl"}), HasSubstr("--html would overwrite 'a.jsonl'"));
  EXPECT_THAT(errors_of({"trace", "a.jsonl", "--html", "a.jsonl"}), Not(HasSubstr("--output")));
}

}  // namespace
}  // namespace budgetcheck
