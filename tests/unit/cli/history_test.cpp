#include "cli/history.h"

#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

TEST(HistoryCommand, TakesARevisionAndADate) {
  const auto line =
      parsed(history_command, {"history", "main", "--today", "2026-12-31", "--output", "html=history.html"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->revision, "main");
  EXPECT_EQ(line->today, "2026-12-31");
  EXPECT_EQ(line->outputs.front().path, "history.html");
  EXPECT_EQ(parsed(history_command, {"history"})->revision, "");
}

}  // namespace
}  // namespace budgetcheck
