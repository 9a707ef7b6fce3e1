#include "cli/init/add_to_file.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

const std::vector<DraftInput> kInputs{{"dist", "", "", {}, "web"}};

DraftBudget budget() {
  DraftBudget budget;
  budget.metric = "bundle.gzip";
  budget.where = {{"type", "js"}};
  budget.max = "9 kB";
  budget.comments = {"today: 8 kB"};
  return budget;
}

TEST(AddToFile, KeepsEveryByteAndAddsAtTheEndsOfLists) {
  const std::string text =
      "# ours\nversion: 1\n\ninputs:   # what we measure\n- a.json   # first\n\n# about budgets\nbudgets:\n"
      "    - metric: bundle.raw\n      max: 5 kB   # tight\n      # why: it was asked for\n\n    # commented out\n"
      "rules:\n  x: { level: off }\n";
  const Expected<std::string> added = add_to_file("budgets.yml", text, kInputs, {budget()});
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(
      *added,
      "# ours\nversion: 1\n\ninputs:   # what we measure\n- a.json   # first\n- { path: dist, app: web }\n\n"
      "# about budgets\nbudgets:\n    - metric: bundle.raw\n      max: 5 kB   # tight\n      # why: it was asked for\n"
      "    # today: 8 kB\n    - { metric: bundle.gzip, where: { type: js }, max: 9 kB }\n\n"
      "    # commented out\nrules:\n  x: { level: off }\n");
}

TEST(AddToFile, ACommentAtTheMarginEndsNoItem) {
  const Expected<std::string> added =
      add_to_file("budgets.yml", "inputs:\n  - path: a\n# in between\n    root: b\n", kInputs, {});
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, "inputs:\n  - path: a\n# in between\n    root: b\n  - { path: dist, app: web }\n");
}

TEST(AddToFile, WritesAListThatIsNotThere) {
  const Expected<std::string> added = add_to_file("budgets.yaml", "version: 1", kInputs, {});
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, "version: 1\n\ninputs:\n  - { path: dist, app: web }\n");
}

TEST(AddToFile, KeepsTheLineEndsOfWindows) {
  const Expected<std::string> added = add_to_file("budgets.yml", "version: 1\r\ninputs:\r\n  - a\r\n", kInputs, {});
  ASSERT_TRUE(added);
  EXPECT_EQ(*added, "version: 1\r\ninputs:\r\n  - a\r\n  - { path: dist, app: web }\r\n");
}

TEST(AddToFile, SaysWhereNoLineCanBeAdded) {
  for (const char* text : {"version: 1\ninputs: [a, b]\n", "version: 1\ninputs: []\n", "version: 1\ninputs:\n"}) {
    const Expected<std::string> added = add_to_file("budgets.yml", text, kInputs, {});
    ASSERT_FALSE(added) << text;
    EXPECT_NE(added.error().hint.find("- { path: dist, app: web }"), std::string::npos) << added.error().hint;
  }
  EXPECT_FALSE(add_to_file("budgets.json", "{\"version\":1}", kInputs, {}));
  EXPECT_FALSE(add_to_file("budgets.yml", "a: [", kInputs, {}));
}

}  // namespace
}  // namespace budgetcheck
