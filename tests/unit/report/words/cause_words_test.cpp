#include "report/words/cause_words.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

using Change = Cause::Change;

TEST(CauseWords, SayWhatIsCountedAndWhoAsksForIt) {
  EXPECT_EQ(cause_words({Change::kNew, "package", "moment", Unit::kBytes, 0, 72000, "src/date.ts"}),
            "+72 kB of source: moment (new package, imported by src/date.ts)");
  EXPECT_EQ(cause_words({Change::kGone, "package", "moment", Unit::kBytes, 72000, 0, "src/date.ts"}),
            "-72 kB of source: moment (gone package)");
  EXPECT_EQ(cause_words({Change::kBigger, "field", "users[].bio", Unit::kBytes, 1000, 4000, ""}),
            "+3 kB of decoded JSON: users[].bio (field, 1 kB → 4 kB)");
  EXPECT_EQ(cause_words({Change::kNew, "query", "SELECT a FROM t", Unit::kCount, 0, 30, "src/a.ts:4"}),
            "+30 in one request: SELECT a FROM t (new statement, called from src/a.ts:4)");
  EXPECT_EQ(cause_words({Change::kBigger, "module", "src/x.ts", Unit::kBytes, 100, 4100, "", true}),
            "+4 kB or more of source: src/x.ts (module, new or bigger)");
}

TEST(CauseWords, HostileNamesAreOneHarmlessLine) {
  const std::string line =
      cause_words({Change::kNew, "pack\nage", "a\x1b[31m\n" + std::string(9000, 'x'), Unit::kBytes, 0, 1, "\xff\n"});
  EXPECT_EQ(printable(line), line);
  EXPECT_LT(line.size(), 600U);
}

TEST(CauseWords, OnlyWhatGotWorseOrFailsIsExplained) {
  Verdict verdict;
  verdict.causes = {{Change::kNew, "package", "moment", Unit::kBytes, 0, 72000, ""}};
  verdict.value = 90;
  verdict.base = 100;
  verdict.delta = -10;
  EXPECT_TRUE(cause_lines(verdict).empty()) << "it passed and is better";
  verdict.delta = 10;
  EXPECT_EQ(cause_lines(verdict).size(), 1U);
  verdict.delta = -10;
  verdict.status = Status::kFail;
  EXPECT_EQ(cause_lines(verdict).size(), 1U);
}

}  // namespace
}  // namespace budgetcheck
