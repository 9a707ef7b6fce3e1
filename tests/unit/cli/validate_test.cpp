#include "cli/validate.h"

#include <gtest/gtest.h>

#include <sstream>

#include "model/exit_code.h"

namespace budgetcheck {
namespace {

struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
};

Outcome validate(const MemoryFileSystem& files, const std::string& path = "", const std::string& folder = ".") {
  std::ostringstream out;
  std::ostringstream err;
  Outcome run;
  run.code = run_validate(files, path, folder, out, err);
  run.out = out.str();
  run.err = err.str();
  return run;
}

TEST(Validate, ReadsTheFilesOfTheAppsToo) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\napps: { web: apps/web, docs: apps/docs }\n");
  files.add("apps/web/budgets.yml", "version: 1\nbudgets:\n  - {metric: bundle.gzip, max: 3 kB}\n");
  files.add("apps/docs/budgets.yml", "version: 1\nruls: {}\n");
  const Outcome run = validate(files);
  EXPECT_EQ(run.code, kExitUsage);
  EXPECT_EQ(run.out,
            "budgets.yml: valid: 2 apps, 0 budgets, 0 rules set, 0 inputs\n"
            "apps/web/budgets.yml: valid: 1 budget, 0 rules set, 0 inputs\n");
  EXPECT_NE(run.err.find("apps/docs/budgets.yml:2:1: unknown key 'ruls'"), std::string::npos) << run.err;
}

TEST(Validate, SumsUpAGoodFileAndRemarksOnInputs) {
  MemoryFileSystem files;
  files.add("budgets.yml",
            "version: 1\ninputs:\n  - a.json\n  - \"b/*.har\"\nrules: {n-plus-one: off}\n"
            "budgets:\n  - {metric: bundle.gzip, max: 3 kB}\n");
  files.add("a.json", "{}");
  const Outcome run = validate(files);
  EXPECT_EQ(run.code, kExitPass);
  EXPECT_EQ(run.err, "");
  EXPECT_EQ(run.out,
            "budgets.yml: valid: 1 budget, 1 rule set, 2 inputs\n"
            "budgets.yml:4:5: note: no file matches 'b/*.har' now\n");
}

TEST(Validate, PrintsEveryErrorWithItsHint) {
  MemoryFileSystem files;
  files.add("p/b.yml", "version: 1\nbudgts: []\nbudgets:\n  - {metric: bundle.gzip, max: 3}\n");
  const Outcome run = validate(files, "p/b.yml");
  EXPECT_EQ(run.code, kExitUsage);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(
      run.err.starts_with("p/b.yml:2:1: unknown key 'budgts' in a budgets file\n"
                          "  hint: did you mean 'budgets'?\n"
                          "p/b.yml:4:32: 'max': '3' needs a unit\n  hint: units that fit: "))
      << run.err;
}

TEST(Validate, AnUnknownMetricIsAnErrorHere) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\nbudgets:\n  - {id: x, metric: bundle.gzp, max: 3 kB}\n");
  const Outcome run = validate(files);
  EXPECT_EQ(run.code, kExitUsage);
  EXPECT_EQ(run.err,
            "budgets.yml:3:5: the budget 'x' is on 'bundle.gzp', which is not a known metric\n"
            "  hint: did you mean 'bundle.gzip'?\n");
}

TEST(Validate, NoFileIsAUsageError) {
  MemoryFileSystem files;
  files.add("x", "");
  EXPECT_EQ(validate(files).code, kExitUsage);
  EXPECT_NE(validate(files).err.find("no budgets file"), std::string::npos);
  EXPECT_EQ(validate(files, "missing.yml").code, kExitUsage);
}

TEST(Validate, NothingFromTheFileControlsTheTerminal) {
  MemoryFileSystem files;
  files.add("budgets.json", R"({"version":1,"a\u001b[31m\nb":1,"budgets":[{"metric":"\u001b[2J","max":1}]})");
  const Outcome run = validate(files);
  EXPECT_EQ(run.code, kExitUsage);
  EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
