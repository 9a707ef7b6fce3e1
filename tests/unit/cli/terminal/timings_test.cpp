#include "cli/terminal/timings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

struct TimedRun {
  std::chrono::steady_clock::time_point now;
  Timings timings{[this] { return now; }};

  void pass(int ms) { now += milliseconds(ms); }
};

TEST(Timings, PhasesWithTheirShares) {
  TimedRun run;
  run.timings.begin("plan");
  run.pass(5);
  run.timings.begin("collect");
  run.pass(90);
  run.timings.begin("report");
  run.pass(2);
  run.timings.begin("deliver");
  run.pass(1);
  run.timings.begin("report");  // a second output
  run.pass(2);
  EXPECT_EQ(run.timings.table(),
            "where the time went: 100.0 ms\n"
            "  plan                                               5.0 ms   5.0 %\n"
            "  collect                                           90.0 ms  90.0 %\n"
            "  report                                             4.0 ms   4.0 %\n"
            "  deliver                                            1.0 ms   1.0 %\n");
}

TEST(Timings, FilesOfAPhaseTheSlowestFirst) {
  TimedRun run;
  MemoryFileSystem files;
  files.add("small.json", std::string(1000, ' '));
  files.add("logs/big.ndjson", std::string(2'000'000, ' '));
  const TimedFiles timed(files, run.timings);
  EXPECT_TRUE(timed.open("small.json"));  // before the first phase: of none
  run.timings.begin("collect");
  for (const char* path : {"small.json", "logs/big.ndjson"}) {
    const auto content = timed.open(path);
    ASSERT_TRUE(content);
    run.pass(std::string_view(path) == "small.json" ? 1 : 10);
  }
  EXPECT_FALSE(timed.open("missing"));
  EXPECT_EQ(run.timings.table(),
            "where the time went: 11.0 ms\n"
            "  collect                                           11.0 ms 100.0 %\n"
            "    logs/big.ndjson                                 10.0 ms  90.9 %  2 MB, 200 MB/s\n"
            "    small.json                                       1.0 ms   9.1 %  1 kB, 1.0 MB/s\n");
}

TEST(Timings, ManyFilesAreSummedUp) {
  TimedRun run;
  run.timings.begin("collect");
  for (int i = 0; i < 12; ++i) {
    run.timings.file_read("f" + std::to_string(i), 1'000'000, run.now);
  }
  EXPECT_THAT(run.timings.table(), HasSubstr("    2 more"));
  EXPECT_THAT(run.timings.table(), Not(HasSubstr("    f10 ")));
  EXPECT_THAT(run.timings.table(), HasSubstr(" %  1 MB\n"));  // no time, no speed
}

TEST(Timings, WhatNobodyAskedForIsNoRun) {
  begin_phase(nullptr, "plan");
  EXPECT_EQ(Timings().table(), "where the time went: 0.0 ms\n");
}

}  // namespace
}  // namespace budgetcheck
