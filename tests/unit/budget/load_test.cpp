#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kWhole = R"(# the budgets of the shop
version: 1
project: shop
x-anchors: { mine: &where { page: /, device: mobile } }
inputs:
  - reports/lhr-*.json
  - { path: dist/stats.json, root: dist }
  - { path: "captures/*.har", optional: true }
  - { path: /abs/q.ndjson, schema: prisma/schema.prisma }
routes: [ "/api/users/:id" ]
budgets:
  - id: home-lcp
    metric: lighthouse.lcp
    where: *where
    stat: p75
    max: 2.5 s
    owner: "@web"
    why: conversion drops
    enforce_from: 2026-12-01
    raised: { reason: PERF-1, owner: "@web", expires: 2026-12-31 }
  - { metric: bundle.gzip, where: { entry: main, type: js }, max: 170 kB, max_increase: { percent: 5, absolute: 1 KiB } }
  - { metric: queries.count, where: { route: /api/orders }, stat: max, max: 12, max_increase: 10%, level: warning }
  - { metric: api.error_rate, max: 5% }
  - { metric: lighthouse.score.performance, min: 90 }
rules:
  n-plus-one: { level: note, min_repeats: 7, ignore: [Country] }
waivers:
  - { budget: home-lcp, where: { page: / }, owner: "@web", reason: PERF-2, expires: 2026-12-31, ceiling: 2800 ms }
metrics:
  api.error_rate: { unit: "1", direction: lower, class: rate, title: Errors }
table_rows: prisma/rows.csv
)";

TEST(LoadBudgets, ReadsEveryPart) {
  const auto file = load(std::string(kWhole));
  ASSERT_TRUE(file) << errors_of(std::string(kWhole));
  EXPECT_EQ(file->project, "shop");
  EXPECT_EQ(file->folder, ".");
  ASSERT_EQ(file->inputs.size(), 4U);
  EXPECT_EQ(file->inputs[1].settings.text("root"), "dist");
  EXPECT_TRUE(file->inputs[2].optional);
  EXPECT_EQ(file->inputs[3].settings.text("schema"), "prisma/schema.prisma");
  EXPECT_EQ(file->inputs[3].location.line, 9U);
  EXPECT_EQ(file->routes, std::vector<std::string>{"/api/users/:id"});
  ASSERT_TRUE(file->table_rows);
  EXPECT_EQ(file->table_rows->path, "prisma/rows.csv");
  EXPECT_TRUE(file->table_rows->settings.is_true("table_rows"));
  EXPECT_EQ(file->table_rows->location.line, 31U);

  ASSERT_EQ(file->budgets.size(), 5U);
  const Budget& lcp = file->budgets[0];
  EXPECT_EQ(lcp.where, (Labels{{"page", "/"}, {"device", "mobile"}}));
  EXPECT_EQ(lcp.stat, Stat::kP75);
  EXPECT_EQ(lcp.max, 2500);
  EXPECT_FALSE(lcp.min);
  EXPECT_EQ(lcp.level, Level::kError);
  EXPECT_EQ(lcp.enforce_from, "2026-12-01");
  ASSERT_TRUE(lcp.raised);
  EXPECT_EQ(lcp.raised->reason, "PERF-1");
  EXPECT_EQ(lcp.location.line, 12U);
  EXPECT_EQ(file->budgets[1].max, 170'000);
  EXPECT_EQ(file->budgets[1].max_increase->relative, 0.05);
  EXPECT_EQ(file->budgets[1].max_increase->absolute, 1024);
  EXPECT_EQ(file->budgets[2].max_increase->relative, 0.1);
  EXPECT_FALSE(file->budgets[2].max_increase->absolute);
  EXPECT_EQ(file->budgets[2].level, Level::kWarning);
  EXPECT_EQ(file->budgets[3].max, 0.05);
  EXPECT_EQ(file->budgets[3].metric->unit, Unit::kRatio);
  EXPECT_EQ(file->budgets[4].min, 90);
  EXPECT_EQ(file->budgets[4].metric->id, "lighthouse.score.performance");

  const Rule* rule = file->rules.find("n-plus-one");
  ASSERT_NE(rule, nullptr);
  EXPECT_EQ(rule->level, Level::kNote);
  EXPECT_EQ(rule->param("min_repeats"), 7);
  EXPECT_EQ(rule->ignore, std::vector<std::string>{"Country"});
  ASSERT_EQ(file->waivers.size(), 1U);
  EXPECT_EQ(file->waivers[0].ceiling, 2800);
  EXPECT_EQ(file->waivers[0].where, (Labels{{"page", "/"}}));
  EXPECT_NE(file->document.find("budgets"), nullptr);
}

TEST(LoadBudgets, JsonIsTheSameDocument) {
  const auto file = load("{\"version\": 1, // one\n \"budgets\": [{\"metric\": \"bundle.raw\", \"max\": \"3 kB\"},]}",
                         "a/budgets.jsonc");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->folder, "a");
  EXPECT_EQ(file->budgets[0].max, 3000);
}

TEST(LoadBudgets, DefaultsRunTheShippedRules) {
  const BudgetsFile file = default_budgets();
  EXPECT_TRUE(file.path.empty());
  EXPECT_NE(file.rules.find("n-plus-one"), nullptr);
  EXPECT_TRUE(file.catalogue.find("bundle.gzip"));
}

TEST(LoadBudgets, AMissingFileIsAUsageError) {
  MemoryFileSystem files;
  const auto file = load_budgets(files, "no.yml");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error()[0].kind, ErrorKind::kUsage);
}

TEST(LoadBudgets, EveryErrorComesInOneGoInTheOrderOfTheFile) {
  const std::string said = errors_of(
      "version: 1\nbudgts: []\nbudgets:\n  - metric: bundle.gzip\n    maxx: 3 kB\n  - metric: bundle.raw\n"
      "    max: 15O kB\n    level: eror\nwaivers:\n  - { budget: x }\nrules:\n  n-plus-oen: error\n");
  const std::vector<std::string> expected{"2:1: unknown key 'budgts' in a budgets file (did you mean 'budgets'?)",

                                          "5:5: unknown key 'maxx' in a budget (did you mean 'max'?)",
                                          "7:10: 'max': unknown unit 'O kB' in '15O kB' (units that fit: B, kB",
                                          "8:12: 'level' is 'eror' but must be one of error, warning, note, off "
                                          "(did you mean 'error'?)",
                                          "10:5: the waiver for 'x' has no 'owner' and no 'reason' and",
                                          "10:15: no budget has the id 'x'",
                                          "12:3: no rule is called 'n-plus-oen' (did you mean 'n-plus-one'?)"};
  std::size_t at = 0;
  for (const std::string& line : expected) {
    const std::size_t found = said.find(line, at);
    EXPECT_NE(found, std::string::npos) << line << "\nin\n" << said;
    at = found == std::string::npos ? at : found;
  }
}

TEST(LoadBudgets, AnErrorInEachSectionIsReportedInOneGo) {
  EXPECT_EQ(errors_of(R"(version: 1.5
project: 7
inputs: [{ pth: x }]
table_rows: [x]
routes: [api]
budgets:
  - { id: a, metric: bundle.gzip, maxx: 3 kB }
  - { metric: bundle.gziped, max: 1 kB }
rules: { n-plus-oen: error }
rules_dir: nowhere
waivers: [{ budget: b, owner: o, reason: r, expires: 2026-12-31 }]
removed: [{ budget: a, owner: o }]
metrics: { api: { unit: ms, direction: lower, class: timing-noisy } }
)"),
            R"(1:10: 'version' is 1.5 but must be the version of the file's format, 1
2:10: 'project' is 7 but must be the project's name (put it in quotes)
3:12: unknown key 'pth' in an input (did you mean 'path'?)
4:13: 'table_rows' is a list but must be a file with the row counts of tables
5:10: an entry of 'routes' is 'api' but must be a route template such as /api/users/:id
7:35: unknown key 'maxx' in a budget (did you mean 'max'?)
8:5: there is no metric 'bundle.gziped' (did you mean 'bundle.gzip'?)
9:10: no rule is called 'n-plus-oen' (did you mean 'n-plus-one'?)
10:12: 'rules_dir' names 'nowhere', which is not a folder (the path is relative to the budgets file)
11:21: no budget has the id 'b' (add an 'id' to the budget and name it here)
12:11: a removed budget needs 'reason' (add 'reason': text)
12:11: 'removed' names the budget 'a', which is still there (delete one of the two)
13:12: 'api' is not a name for a metric (write a prefix of your own, a dot and a name: api.error_rate (letters, digits, '.', '_', '-'))
)");
}

TEST(LoadBudgets, SyntaxErrorsOfBothReadersAreUsageErrors) {
  EXPECT_SAYS("version: 1\nproject: a\nproject: b\n", "3:1: the key 'project' appears a second time");
  EXPECT_SAYS("", "empty");
  EXPECT_SAYS(std::string("\xFF\xFEv\0", 4), "UTF-16");
  EXPECT_TRUE(contains(errors_of("{\"version\": 1,\n \"version\": 1}", "b.json"), "2:2: the key 'version'"));
  EXPECT_TRUE(contains(errors_of("{\"version\": ", "b.json"), "cut off"));
  EXPECT_TRUE(load("\xEF\xBB\xBFversion: 1\n"));
  EXPECT_TRUE(load("\xEF\xBB\xBF{\"version\": 1}", "b.json"));
  EXPECT_SAYS("- a\n", "must be a budgets file");
}

TEST(LoadBudgets, ManyErrorsEndInACount) {
  std::string text = "version: 1\nbudgets:\n";
  for (int i = 0; i < 5000; ++i) {
    text += "  - {metric: bundle.gzip, max: x" + std::to_string(i) + "}\n";
  }
  const auto file = load(text);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().size(), 201U);
  EXPECT_TRUE(contains(file.error().back().message, "more errors not listed"));
}

TEST(LoadBudgets, HostileFilesEndQuickly) {
  std::string labels = "version: 1\nbudgets:\n  - metric: bundle.gzip\n    max: 1 kB\n    where:\n";
  std::string rules = "version: 1\nrules:\n";
  std::string metrics = "version: 1\nbudgets:\n";
  for (int i = 0; i < 3000; ++i) {
    const std::string name = std::string(200, 'x') + std::to_string(i);
    labels += "      " + name + ": a\n";
    rules += "  " + name + ": error\n";
    metrics += "  - { metric: " + name + ", max: 1 }\n";
  }
  EXPECT_SAYS(labels, "more than 64 labels");
  EXPECT_SAYS(rules, "more errors not listed");
  const auto file = load(metrics);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->budgets.size(), 3000U);
}

TEST(LoadPastBudgets, OfARecordHasNoFiles) {
  const auto file = load_past_budgets("budgets.yml", std::string_view(R"(version: 1
inputs: [missing/*.json]
rules_dir: gone
rules: { mine: error }
metrics: { api.error_rate: { unit: "1", direction: lower, class: rate } }
budgets:
  - { id: rate, metric: api.error_rate, max: 5% }
  - { id: js, metric: bundle.gzip, max: 170 kB }
)"));
  ASSERT_TRUE(file) << to_string(file.error().front());
  ASSERT_EQ(file->budgets.size(), 2U);
  EXPECT_TRUE(file->budgets[0].metric);
  EXPECT_EQ(file->budgets[1].max, 170'000);
  EXPECT_NE(file->document.find("rules"), nullptr);
  EXPECT_EQ(file->inputs.size(), 1U);
  EXPECT_TRUE(file->unread.empty()) << "the record does not hold the rules' files";
}

TEST(LoadPastBudgets, ReadsOwnRulesFromTheTree) {
  MemoryFileSystem tree;
  tree.add("perf/no-moment.json",
           R"({"id": "no-moment", "title": "t", "short": "s", "why": "w", "help": "h", "limits": "l",
    "kind": "pattern", "on": "package", "pattern": "^moment$", "level": "warning", "tags": [], "since": "1"})");
  const auto file = load_past_budgets(
      "budgets.yml", std::string_view("version: 1\nrules_dir: perf\nrules: { no-moment: error }\n"), &tree);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->unread.empty()) << to_string(file->unread.front());
  ASSERT_NE(file->rules.find("no-moment"), nullptr);
  EXPECT_EQ(file->rules.find("no-moment")->level, Level::kError);
}

TEST(LoadPastBudgets, WhatIsWrongBesidesLimitsLeavesTheLimits) {
  const MemoryFileSystem tree;
  const auto file = load_past_budgets("budgets.yml", std::string_view(R"(version: 1
rules_dir: gone
budgets: [{metric: bundle.gzip, max: 1 kB}]
)"),
                                      &tree);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->budgets.size(), 1U);
  ASSERT_EQ(file->unread.size(), 1U);
  EXPECT_NE(file->unread.front().message.find("gone"), std::string::npos);
}

TEST(LoadPastBudgets, SaysWhatItCannotRead) {
  EXPECT_EQ(load_past_budgets("b.yml", std::string_view("version: 9\n")).error().at(0).code, "SCHEMA_VERSION");
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("{")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("[1]")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("version: 1\nbudgets: [{metric: bundle.gzip, max: 1 kX}]")));
}

TEST(LoadPastBudgets, ErrorsOfBothSectionsComeTogether) {
  const auto file = load_past_budgets("b.yml", std::string_view(R"(version: 1
budgets: [{metric: bundle.gzip, max: 1 kX}, {metric: api.x, max: 3}, {metric: bundle.gziped, max: 1 kB}]
metrics: { api.x: { unit: mss, direction: lower, class: timing-noisy } }
waivers: x
)"));
  ASSERT_FALSE(file);
  std::vector<std::string> places;
  for (const Error& error : file.error()) {
    places.push_back(to_string(error.location));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"b.yml:2:38", "b.yml:2:70", "b.yml:3:27"}));
}

}  // namespace
}  // namespace budgetcheck
