#include "cli/calibrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(CalibrateCommand, TakesTwoMeasurements) {
  const auto line = parsed(calibrate_command, {"calibrate", "a.json", "b.json", "--paired"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->a, "a.json");
  EXPECT_EQ(line->b, "b.json");
  EXPECT_TRUE(line->paired);
  EXPECT_THAT(errors_of({"calibrate", "a.json"}), HasSubstr("'calibrate' takes 2 arguments (A B), not 1"));
}

TEST(Calibrate, WithoutNoiseThereIsNothingToCalibrate) {
  MemoryFileSystem files;
  files.add("a.json", R"({"budgetcheck": "samples/v1", "samples": []})");
  CalibrateOptions options;
  options.a = "a.json";
  options.b = "missing.json";
  EXPECT_EQ(run_calibrate(files, options), 3);
}

}  // namespace
}  // namespace budgetcheck
