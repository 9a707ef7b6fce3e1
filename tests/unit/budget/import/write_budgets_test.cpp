#include "budget/import/write_budgets.h"

#include <gtest/gtest.h>

#include "json/document.h"

namespace budgetcheck {
namespace {

/// The string that `text` reads back as inside a flow mapping; a mark of its own when it does not.
std::string read_back(const std::string& text) {
  const std::string yaml = "a: { b: " + text + ", c: 1 }\n";
  const auto document = json::read_yaml("t.yml", yaml);
  if (!document) {
    return "(unreadable: " + document.error().front().message + ")";
  }
  const json::Value* value = document->at({"a", "b"});
  return value != nullptr && value->is_string() ? *value->string() : "(no string)";
}

TEST(YamlText, HostileNamesReadBackAsThemselves) {
  const std::vector<std::string> names{"",
                                       " ",
                                       "a b",
                                       "a  b",
                                       " a",
                                       "a ",
                                       "true",
                                       "null",
                                       "~",
                                       "12",
                                       "1e3",
                                       "0x1F",
                                       "no",
                                       "-",
                                       "- a",
                                       "a: b",
                                       "a:",
                                       ":a",
                                       "#x",
                                       "a #x",
                                       "{a,b}",
                                       "[a]",
                                       "*",
                                       "*.js",
                                       "&a",
                                       "!tag",
                                       "%x",
                                       "@web",
                                       "`x`",
                                       "'",
                                       "\"",
                                       "\\",
                                       "\\n",
                                       "a\nb",
                                       "a\tb",
                                       "\x01",
                                       "\x7F",
                                       "a\xC2\x85",
                                       "\xE2\x80\xAE"
                                       "evil",
                                       "\xEF\xBB\xBF"
                                       "bom",
                                       "\xE2\x80\xA8",
                                       "größe",
                                       "日本",
                                       "---",
                                       "...",
                                       "? a",
                                       "| a",
                                       "> a",
                                       "a, b: c",
                                       "}",
                                       "]",
                                       "=",
                                       "<<",
                                       "GET /api/users/:id",
                                       "..",
                                       ".",
                                       ".inf",
                                       "$(rm -rf)",
                                       "a\r\nversion: 2"};
  for (const std::string& name : names) {
    EXPECT_EQ(read_back(yaml_text(name)), name) << yaml_text(name);
  }
}

TEST(YamlText, MalformedUtf8IsReplaced) { EXPECT_EQ(read_back(yaml_text("a\xFF")), "a\xEF\xBF\xBD"); }

TEST(YamlText, PlainWordsStayPlain) {
  for (const char* name : {"main", "170 kB", "dist/stats.json", "bundle.gzip", "/about", "10%"}) {
    EXPECT_EQ(yaml_text(name), name);
  }
}

TEST(WriteBudgets, WritesEveryPart) {
  DraftFile file;
  file.comments = {"top"};
  file.project = "shop";
  file.inputs = {{"a/*.json", "", "", {"an input"}}, {"dist/stats.json", "dist", "", {}}};
  DraftBudget budget;
  budget.id = "main-js";
  budget.metric = "bundle.gzip";
  budget.where = {{"entry", "main"}, {"asset", "*.js"}};
  budget.max = "170 kB";
  budget.max_increase = "5%";
  budget.comments = {"from there"};
  DraftBudget score;
  score.metric = "lighthouse.score.seo";
  score.stat = "max";
  score.min = "90";
  score.level = "warning";
  file.budgets = {budget, score};
  file.rules = {{"n-plus-one", "warning", {"one"}}};
  file.closing = {"end\nof it"};
  EXPECT_EQ(write_budgets(file),
            "# yaml-language-server: $schema=.budgetcheck/schema.json\n"
            "# top\nversion: 1\nproject: shop\n\ninputs:\n  # an input\n  - \"a/*.json\"\n"
            "  - { path: dist/stats.json, root: dist }\n\nbudgets:\n  # from there\n"
            "  - { id: main-js, metric: bundle.gzip, where: { entry: main, asset: \"*.js\" }, max: 170 kB, "
            "max_increase: 5% }\n"
            "  - { metric: lighthouse.score.seo, stat: max, min: 90, level: warning }\n\nrules:\n  # one\n"
            "  n-plus-one: { level: warning }\n\n# end of it\n");
}

TEST(WriteBudgets, ACommentCannotBreakOut) {
  DraftFile file;
  file.closing = {"x\nbudgets: []", std::string(300, 'a')};
  const std::string text = write_budgets(file);
  const auto document = json::read_yaml("t.yml", text);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->object()->size(), 1U) << text;  // version only
}

TEST(WriteBudgets, LongBudgetsAreWrittenOverSeveralLines) {
  DraftFile file;
  DraftBudget budget;
  budget.id = std::string(90, 'i');
  budget.metric = "bundle.gzip";
  budget.where = {{"asset", std::string(90, 'a')}};
  budget.max = "1 kB";
  file.budgets = {budget};
  const std::string text = write_budgets(file);
  const auto document = json::read_yaml("t.yml", text);
  ASSERT_TRUE(document) << text;
  const json::Value& first = document->find("budgets")->array()->front();
  EXPECT_EQ(first.string_or("id", ""), budget.id);
  EXPECT_EQ(first.at({"where", "asset"})->string()->size(), 90U);
}

}  // namespace
}  // namespace budgetcheck
