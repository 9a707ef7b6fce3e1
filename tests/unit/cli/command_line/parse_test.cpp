#include "cli/command_line/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "cli/check/command.h"
#include "unit/cli/parsed.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

TEST(Parse, CheckIsTheDefaultCommandAndTakesInputs) {
  const auto line = parsed(check_command, {"a.json", "--budgets", "b.yml", "c.json"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line.command, "check");
  EXPECT_EQ(line->arguments, (std::vector<std::string>{"a.json", "c.json"}));
  EXPECT_EQ(line->budgets, "b.yml");
}

TEST(Parse, ARepeatedOptionDoesNotSwallowTheInputs) {
  const auto line = parsed(check_command, {"check", "--output", "json=o.json", "a.json", "--output=text", "b.json"});
  ASSERT_TRUE(line) << line.errors;
  EXPECT_EQ(line->outputs.size(), 2U);
  EXPECT_EQ(line->arguments, (std::vector<std::string>{"a.json", "b.json"}));
}

TEST(Parse, AbbreviationsAreRefused) {
  EXPECT_THAT(errors_of({"--budg", "x"}), HasSubstr("unknown option '--budg' (did you mean '--budgets'?)"));
}

TEST(Parse, AMisspeltOptionNamesTheNearest) {
  EXPECT_THAT(errors_of({"--ouput", "json"}), HasSubstr("did you mean '--output'?"));
  EXPECT_THAT(errors_of({"check", "--qqqqqq"}), HasSubstr("see budgetcheck help check"));
}

TEST(Parse, AFirstWordThatIsNoFileMayBeAMisspeltCommand) {
  MemoryFileSystem files;
  files.add("lost", "");
  const std::vector<std::string> names{"check", "list", "validate"};
  const Errors errors = misspelt_command(files, "chekc", names);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(to_string(errors.front()), "unknown command 'chekc': did you mean 'check'?");
  EXPECT_EQ(errors.front().kind, ErrorKind::kUsage);
  for (const char* input : {"", "dist", "lost", "chekc.json", "./chekc", "logs/*.log", "chekc*", "Checks-1"}) {
    EXPECT_TRUE(misspelt_command(files, input, names).empty()) << input;
  }
  for (const char* slip : {"lst", "hceck", "lits", "valdate"}) {
    EXPECT_EQ(misspelt_command(files, slip, names).size(), 1U) << slip;
  }
}

TEST(Parse, AnOptionOfAnotherCommandIsRefused) {
  EXPECT_THAT(
      errors_of({"validate", "--base", "x"}),
      HasSubstr("'validate' takes no --base (it is an option of check, update; see budgetcheck help validate)"));
  EXPECT_THAT(errors_of({"check", "--keep", "3"}), HasSubstr("'check' takes no --keep"));
  EXPECT_THAT(errors_of({"check", "--job", "x"}), HasSubstr("'check' takes no --job"));
}

TEST(Parse, AllErrorsComeAtOnce) {
  const std::string errors = errors_of(
      {"check", "--bugdets", "b.yml", "--today", "soon", "--keep", "3", "--fail-level", "eror", "--oupput=json"});
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 5);
  for (const char* part : {"--bugdets", "--oupput", "--today takes a date", "takes no --keep", "--fail-level takes"}) {
    EXPECT_THAT(errors, HasSubstr(part));
  }
}

TEST(Parse, TheValueOfAnUnknownOptionIsNeitherACommandNorAnArgument) {
  EXPECT_EQ(errors_of({"--bugdets", "b.yml", "validate"}), "unknown option '--bugdets' (did you mean '--budgets'?)\n");
  EXPECT_EQ(errors_of({"validate", "--bugdets", "b.yml"}), "unknown option '--bugdets' (did you mean '--budgets'?)\n");
}

TEST(Parse, AnEmptyValueIsNotTakenForAnAbsentOne) {
  EXPECT_THAT(errors_of({"--base", ""}), HasSubstr("--base was given an empty value"));
  EXPECT_THAT(errors_of({"--budgets", ""}), HasSubstr("--budgets was given an empty value"));
  EXPECT_NE(errors_of({"--today="}), "");
  EXPECT_NE(errors_of({"--base"}), "");
  EXPECT_EQ(errors_of({"--base", "none"}), "");
}

TEST(Parse, AnOptionThatMayNotBeRepeatedIsGivenOnce) {
  EXPECT_THAT(errors_of({"--base", "a", "--base", "b"}), HasSubstr("--base may be given only once"));
  EXPECT_THAT(errors_of({"--paired", "--paired"}), HasSubstr("--paired may be given only once"));
}

TEST(Parse, ADashBeginsAnOptionAndNotAnInput) {
  EXPECT_THAT(errors_of({"check", "-x.json"}), HasSubstr("write './-x.json'"));
  EXPECT_EQ(errors_of({"check", "-", "./-x.json"}), "");
}

TEST(Parse, TheNumberOfArgumentsIsTheRows) {
  EXPECT_EQ(errors_of({"validate", "x"}),
            "unexpected argument 'x': 'validate' takes no arguments (for example: budgetcheck validate)\n");
  EXPECT_THAT(errors_of({"compare", "a"}), HasSubstr("'compare' takes 2 arguments (BASE HEAD), not 1"));
  EXPECT_THAT(errors_of({"compare", "a", "b", "c"}), HasSubstr("unexpected argument 'c'"));
  EXPECT_THAT(errors_of({"history", "a", "b"}), HasSubstr("'history' takes at most 1 argument ([REV])"));
  EXPECT_THAT(errors_of({"comment"}), HasSubstr("'comment' takes at least 1 argument (RESULTS...), not 0"));
}

TEST(Parse, AnActionHasArgumentsOfItsOwn) {
  EXPECT_EQ(errors_of({"baseline", "push", "r.json"}), "");
  EXPECT_THAT(errors_of({"baseline", "push"}), HasSubstr("'baseline push' takes 1 argument (RESULTS), not 0"));
  EXPECT_THAT(errors_of({"baseline", "prune", "x"}), HasSubstr("'baseline prune' takes no arguments"));
  EXPECT_THAT(errors_of({"baseline", "shw"}), HasSubstr("did you mean 'show'?"));
  EXPECT_THAT(errors_of({"baseline"}), HasSubstr("'baseline' takes push RESULTS | show [REV] | prune"));
  EXPECT_EQ(errors_of({"hook", "run", "origin", "git@example.org:shop.git"}), "");
  EXPECT_THAT(errors_of({"hook", "install", "x"}), HasSubstr("'hook install' takes no arguments"));
}

TEST(Parse, HelpIsAskedForInEveryWay) {
  const std::vector<std::vector<std::string>> ways{
      {"--help"}, {"-h"}, {"compare", "--help"}, {"compare", "-h"}, {"baseline", "-h"}};
  for (const std::vector<std::string>& words : ways) {
    const auto line = parse_command_line(all_commands(), words);
    ASSERT_TRUE(line) << words.front();
    EXPECT_TRUE(line->help);
    EXPECT_EQ(line->is_named, words.size() > 1);
  }
}

TEST(Parse, VersionNeedsNoCommand) {
  const auto line = parse_command_line(all_commands(), {"--version"});
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->version);
  EXPECT_EQ(parse_command_line(all_commands(), {"version"})->command.name, "version");
}

}  // namespace
}  // namespace budgetcheck
