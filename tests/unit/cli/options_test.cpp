#include "cli/options.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

std::string error_of(const std::vector<std::string>& arguments) {
  const ExpectedAll<Options> options = parse_options(arguments);
  return options ? "" : to_string(options.error().front());
}

TEST(Options, CheckIsTheDefaultCommandAndTakesInputs) {
  const auto options = parse_options({"a.json", "--budgets", "b.yml", "c.json"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->command, "check");
  EXPECT_EQ(options->arguments, (std::vector<std::string>{"a.json", "c.json"}));
  EXPECT_EQ(options->budgets, "b.yml");
}

TEST(Options, ARepeatedOutputDoesNotSwallowTheInputs) {
  const auto options = parse_options({"check", "--output", "json=o.json", "a.json", "--output=text", "b.json"});
  ASSERT_TRUE(options);
  ASSERT_EQ(options->outputs.size(), 2U);
  EXPECT_EQ(options->outputs[0].format, "json");
  EXPECT_EQ(options->outputs[0].path, "o.json");
  EXPECT_EQ(options->outputs[1].path, "-");
  EXPECT_EQ(options->arguments, (std::vector<std::string>{"a.json", "b.json"}));
}

TEST(Options, AnnotationsGoBesideTheTextAndNothingElse) {
  EXPECT_EQ(error_of({"--output", "text", "--output", "github"}), "");
  EXPECT_EQ(error_of({"--output", "github"}), "");
  EXPECT_NE(error_of({"--output", "json", "--output", "github"}), "");
  EXPECT_NE(error_of({"--output", "text", "--output", "json"}), "");
}

TEST(Options, OfAComment) {
  const auto options = parse_options({"comment", "a.json", "b.json", "--pull-request", "12", "--when-green", "hide"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->command, "comment");
  EXPECT_EQ(options->arguments, (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_EQ(options->pull_request, 12U);
  EXPECT_EQ(options->when_green, "hide");
  for (const char* number : {"0", "-1", "1.5", "x", "1e99"}) {
    EXPECT_NE(error_of({"comment", "a", "--pull-request", number}), "") << number;
  }
  EXPECT_NE(error_of({"comment", "a", "--when-green", "no"}), "");
  EXPECT_NE(error_of({"check", "--job", "x"}), "");
}

TEST(Options, AbbreviationsAreRefused) {
  EXPECT_NE(error_of({"--budg", "x"}).find("unknown option '--budg'"), std::string::npos);
}

TEST(Options, AMisspeltOptionNamesTheNearest) {
  EXPECT_NE(error_of({"--ouput", "json"}).find("did you mean '--output'?"), std::string::npos);
}

TEST(Options, AnOptionOfAnotherCommandIsRefused) {
  EXPECT_NE(error_of({"validate", "--base", "x"}).find("'validate' takes no --base"), std::string::npos);
}

TEST(Options, KeepIsAWholeNumberOfBaseline) {
  EXPECT_EQ(parse_options({"baseline", "prune"})->keep, 500U);
  EXPECT_EQ(parse_options({"baseline", "prune", "--keep", "20"})->keep, 20U);
  for (const char* wrong : {"0", "-1", "2.5", "many", "1e9"}) {
    EXPECT_NE(error_of({"baseline", "prune", "--keep", wrong}).find("--keep takes a whole number"), std::string::npos)
        << wrong;
  }
  EXPECT_NE(error_of({"check", "--keep", "3"}).find("'check' takes no --keep"), std::string::npos);
}

TEST(Options, AnEmptyValueIsNotTakenForAnAbsentOne) {
  EXPECT_NE(error_of({"--base", ""}).find("--base was given an empty value"), std::string::npos);
  EXPECT_NE(error_of({"--budgets", ""}).find("--budgets was given an empty value"), std::string::npos);
  EXPECT_NE(error_of({"--today="}), "");
  EXPECT_EQ(error_of({"--base", "none"}), "");
}

TEST(Options, ADashBeginsAnOptionAndNotAnInput) {
  EXPECT_NE(error_of({"-h"}).find("did you mean '--help'?"), std::string::npos);
  EXPECT_NE(error_of({"check", "-x.json"}).find("write './-x.json'"), std::string::npos);
  EXPECT_EQ(error_of({"check", "-", "./-x.json"}), "");
}

TEST(Options, AnOutputOverwritesNeitherAnInputNorAnother) {
  EXPECT_NE(error_of({"x.json", "--output", "json=./x.json"}).find("'x.json', which is read"), std::string::npos);
  EXPECT_NE(error_of({"--budgets", "b.json", "--output", "json=b.json"}).find("which is read"), std::string::npos);
  EXPECT_NE(error_of({"--output", "json=r", "--output", "sarif=./r"}).find("another output"), std::string::npos);
  EXPECT_EQ(error_of({"x.json", "--output", "json=y.json", "--output", "sarif=y.sarif"}), "");
}

TEST(Options, SizesOfTablesAreAFileThatIsRead) {
  const auto options = parse_options({"app.log", "--table-rows", "rows.csv"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->table_rows, "rows.csv");
  EXPECT_NE(
      error_of({"app.log", "--table-rows", "r.json", "--output", "json=./r.json"}).find("would overwrite 'r.json'"),
      std::string::npos);
}

TEST(Options, WrongValuesAreSaid) {
  EXPECT_NE(error_of({"--today", "2026-13-01"}).find("takes a date"), std::string::npos);
  EXPECT_NE(error_of({"--today", "tomorrow"}).find("takes a date"), std::string::npos);
  EXPECT_NE(error_of({"--fail-level", "eror"}).find("error, warning or none"), std::string::npos);
  EXPECT_NE(error_of({"--output", "jsn"}).find("did you mean 'json'?"), std::string::npos);
  EXPECT_NE(error_of({"--output", "json="}).find("names no file"), std::string::npos);
  EXPECT_NE(error_of({"--output", "json", "--output", "text"}).find("standard output"), std::string::npos);
  EXPECT_EQ(error_of({"--fail-level", "none"}), "");
}

TEST(Options, HelpListsEveryOptionOfTheCommand) {
  const std::string help = help_text("");
  for (const std::string_view line : split(help, '\n')) {
    EXPECT_LE(line.size(), 80U) << line;
  }
  for (const OptionSpec& spec : option_specs()) {
    if (spec.commands.empty() || spec.commands.find("check") != std::string_view::npos) {
      EXPECT_NE(help.find("--" + std::string(spec.name)), std::string::npos) << spec.name;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
