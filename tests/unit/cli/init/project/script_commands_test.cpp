#include "cli/init/project/script_commands.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

std::vector<ScriptCommand> commands(const char* package) {
  return script_commands(*json::read_json("package.json", package));
}

TEST(ScriptCommands, SplitsAScriptIntoItsCommands) {
  const auto found = commands(
      R"({"scripts":{"lint":"eslint .","build":"tsc -b && cross-env CI=1 npx vite build --outDir \"my www\""}})");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].line(), "tsc -b");  // of 'build' first
  EXPECT_TRUE(found[1].runs("vite build"));
  EXPECT_EQ(found[1].option({"--outDir"}), "my www");
  EXPECT_EQ(found[1].variables, (std::vector<std::string>{"CI=1"}));
  EXPECT_EQ(found[2].script, "lint");
}

TEST(ScriptCommands, ReadsOptionsInBothForms) {
  const ScriptCommand command =
      commands(R"({"scripts":{"build":"esbuild a.js --bundle --outdir=www --metafile=m.json"}})").at(0);
  EXPECT_EQ(command.option({"--outdir", "-o"}), "www");
  EXPECT_TRUE(command.has_word("--metafile"));
  EXPECT_FALSE(command.has_word("--meta"));
  EXPECT_EQ(command.option({"--none"}), "");
}

TEST(ScriptCommands, SurvivesWhatIsNoScript) {
  EXPECT_TRUE(commands(R"({"scripts":{"build":5,"x":"&& ; | ( )  "}})").empty());
  EXPECT_TRUE(commands("{}").empty());
  EXPECT_TRUE(commands(R"({"scripts":"x"})").empty());
}

}  // namespace
}  // namespace budgetcheck
