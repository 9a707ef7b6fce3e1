#include "collect/logs/keys/logged_moment.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

constexpr double kTen = 1'795'946'400'000;  // 2026-11-29 10:00 UTC

TEST(LoggedMoment, ReadsWhatLogsWrite) {
  struct Row {
    std::string_view text;
    double ms;
    bool whole;
  };
  for (const Row& row :
       {Row{"2026-11-29T10:00:00Z", kTen, true}, Row{"2026-11-29T11:00:00.250+01:00", kTen + 250, false},
        Row{"29/Nov/2026:10:00:00 +0000", kTen, true}, Row{"[29/Nov/2026:12:30:00 +0230]", kTen, true},
        Row{"29/Nov/2026:06:00:00 -0400", kTen, true}, Row{"1795946400", kTen, true},
        Row{"1795946400.000", kTen, false}, Row{"1795946400.250", kTen + 250, false},
        Row{"1795946400250", kTen + 250, false}, Row{"1795946400250000", kTen + 250, false},
        Row{"1795946400250000000", kTen + 250, false}}) {
    const auto moment = moment_in(row.text);
    ASSERT_TRUE(moment) << row.text;
    EXPECT_NEAR(moment->ms, row.ms, 0.01) << row.text;
    EXPECT_EQ(moment->whole_seconds, row.whole) << row.text;
  }
}

TEST(LoggedMoment, IsNothingElse) {
  for (const std::string_view text : {"", "-", "0", "-5", "GET", "29/Nov/2026", "32/Nov/2026:10:00:00 +0000", "nan"}) {
    EXPECT_FALSE(moment_in(text)) << text;
  }
}

}  // namespace
}  // namespace budgetcheck
