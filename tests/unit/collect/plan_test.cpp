#include "collect/plan.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

InputSpec spec(std::string path, bool optional = false) {
  InputSpec out;
  out.path = std::move(path);
  out.optional = optional;
  return out;
}

std::vector<std::string> paths_of(const Plan& plan) {
  std::vector<std::string> paths;
  for (const Plan::File& file : plan.files) {
    paths.push_back(file.disk_path);
  }
  return paths;
}

Facts facts_of(const std::vector<InputSpec>& specs, const MemoryFileSystem& files = MemoryFileSystem()) {
  Facts facts;
  plan_inputs(files, specs, formats(), facts);
  return facts;
}

TEST(PlanInputs, AMissingFileIsAnUnreadableInput) {
  const Facts facts = facts_of({spec("reports/*.json"), spec("x.har")});
  ASSERT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kUnreadable);
  EXPECT_EQ(facts.inputs[0].message, "no file matches this pattern");
  EXPECT_EQ(facts.inputs[1].message, "there is no such file");
}

TEST(PlanInputs, AnOptionalFileThatIsMissingIsANoteOnly) {
  const Facts facts = facts_of({spec("x.har", true)});
  EXPECT_TRUE(facts.inputs.empty());
  EXPECT_EQ(facts.notes, (std::vector<std::string>{"optional input 'x.har': no file"}));
}

TEST(PlanInputs, OnlyALineOfTheListOfInputsMayBeOptional) {
  InputSpec listed = spec("x.har");
  listed.location = Location::of("budgets.yml");
  InputSpec at_top = listed;
  at_top.settings.set("table_rows", json::Value(true));
  const Facts facts = facts_of({listed, at_top, spec("x.har")});
  EXPECT_NE(facts.inputs.at(0).hint.find("optional: true"), std::string::npos);
  EXPECT_EQ(facts.inputs.at(1).hint.find("optional: true"), std::string::npos);
  EXPECT_EQ(facts.inputs.at(2).hint.find("optional: true"), std::string::npos) << "the command line has no such mark";
}

TEST(PlanInputs, AFileIsReadOnceByTheSpecThatSpellsItOut) {
  MemoryFileSystem files;
  files.add("logs/a.log", "");
  files.add("logs/b.log", "");
  const std::vector<InputSpec> specs{spec("logs/*.log"), spec("logs/b.log")};
  Facts facts;
  const Plan plan = plan_inputs(files, specs, formats(), facts);
  EXPECT_EQ(paths_of(plan), (std::vector<std::string>{"logs/a.log", "logs/b.log"}));
  EXPECT_EQ(plan.files[0].spec, &specs[0]);
  EXPECT_EQ(plan.files[1].spec, &specs[1]);
}

TEST(PlanInputs, ASpecThatNamesItsFormatWins) {
  MemoryFileSystem files;
  files.add("rows.csv", "");
  std::vector<InputSpec> specs{spec("rows.csv"), spec("rows.csv")};
  specs[1].settings.set("table_rows", json::Value(true));
  Facts facts;
  const Plan plan = plan_inputs(files, specs, formats(), facts);
  ASSERT_EQ(plan.files.size(), 1U);
  EXPECT_EQ(plan.files[0].spec, &specs[1]);
}

TEST(PlanInputs, FilesThatDifferInTheirExtensionAreNamesakes) {
  MemoryFileSystem files;
  for (const char* path : {"a/k6.json", "a/k6.csv.gz", "b/k6.json", "a/other.json"}) {
    files.add(path, "");
  }
  Facts facts;
  const std::vector<InputSpec> specs{spec("*/*")};
  const Plan plan = plan_inputs(files, specs, formats(), facts);
  ASSERT_EQ(plan.files.size(), 4U);
  for (const Plan::File& file : plan.files) {
    EXPECT_EQ(file.has_namesake, file.disk_path.starts_with("a/k6")) << file.disk_path;
  }
}

TEST(PlanInputs, StandardInputIsItself) {
  const std::vector<InputSpec> specs{spec("-")};
  Facts facts;
  EXPECT_EQ(paths_of(plan_inputs(MemoryFileSystem(), specs, formats(), facts)), (std::vector<std::string>{"-"}));
}

}  // namespace
}  // namespace budgetcheck
