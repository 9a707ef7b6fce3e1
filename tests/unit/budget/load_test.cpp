#include "budget/load.h"

#include <gtest/gtest.h>

#include "budget/catalogue.h"

namespace budgetcheck {
namespace {

ExpectedAll<BudgetsFile> load(const std::string& text, const std::string& path = "budgets.yml") {
  MemoryFileSystem files;
  files.add(path, text);
  return load_budgets(files, path);
}

/// All errors, one a line: "line:column message (hint)".
std::string errors_of(const std::string& text, const std::string& path = "budgets.yml") {
  const auto file = load(text, path);
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kUsage);
      const std::string whole = to_string(error);
      out += (whole.starts_with(path + ":") ? whole.substr(path.size() + 1) : whole) + "\n";
    }
  }
  return out;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

#define EXPECT_SAYS(text, part)                  \
  do {                                           \
    const std::string said_ = errors_of(text);   \
    EXPECT_TRUE(contains(said_, part)) << said_; \
  } while (false)

/// A file with one budget, `rest` being its keys.
std::string one(const std::string& rest) { return "version: 1\nbudgets:\n  - { " + rest + " }\n"; }

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
  EXPECT_EQ(file->inputs[1].root, "dist");
  EXPECT_TRUE(file->inputs[2].optional);
  EXPECT_EQ(file->inputs[3].schema, "prisma/schema.prisma");
  EXPECT_EQ(file->inputs[3].location.line, 9U);
  EXPECT_EQ(file->routes, std::vector<std::string>{"/api/users/:id"});
  ASSERT_TRUE(file->table_rows);
  EXPECT_EQ(file->table_rows->path, "prisma/rows.csv");
  EXPECT_TRUE(file->table_rows->table_rows);
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
                                          "4:5: the budget on 'bundle.gzip' has no limit",
                                          "5:5: unknown key 'maxx' in a budget (did you mean 'max'?)",
                                          "7:10: 'max': unknown unit 'O kB' in '15O kB' (units that fit: B, kB",
                                          "8:12: 'level' is 'eror' but must be one of error, warning, note, off "
                                          "(did you mean 'error'?)",
                                          "10:5: WAIVER_INCOMPLETE: the waiver for 'x' lacks owner and reason and",
                                          "10:15: no budget has the id 'x'",
                                          "12:3: no rule is called 'n-plus-oen' (did you mean 'n-plus-one'?)"};
  std::size_t at = 0;
  for (const std::string& line : expected) {
    const std::size_t found = said.find(line, at);
    EXPECT_NE(found, std::string::npos) << line << "\nin\n" << said;
    at = found == std::string::npos ? at : found;
  }
}

TEST(LoadBudgets, ANewerVersionIsOneError) {
  const auto file = load("version: 2\nfuture: [1]\n");
  ASSERT_FALSE(file);
  ASSERT_EQ(file.error().size(), 1U);
  EXPECT_TRUE(file.error()[0].message.starts_with("SCHEMA_VERSION: "));
  EXPECT_EQ(file.error()[0].location.line, 1U);
  EXPECT_SAYS("version: 0\n", "'version' is 0 but must be 1 or more");
  EXPECT_SAYS("version: '1'\n", "must be the version");
  EXPECT_SAYS("version: 1.5\n", "must be the version");
  EXPECT_SAYS("project: x\n", "lacks 'version'");
  EXPECT_TRUE(load("version: 1\n"));
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

TEST(LoadBudgets, UnitsMustFitTheMetric) {
  EXPECT_SAYS(one("metric: bundle.gzip, max: 170"), "'max': '170' needs a unit (units that fit: B, kB");
  EXPECT_SAYS(one("metric: bundle.gzip, max: \"170\""), "needs a unit");
  EXPECT_SAYS(one("metric: lighthouse.lcp, max: 2500"), "units that fit: us, ms or s");
  EXPECT_SAYS(one("metric: lighthouse.lcp, max: 3 kB"), "unit of another kind");
  EXPECT_SAYS(one("metric: queries.count, max: 3 kB"), "unit of another kind");
  EXPECT_SAYS(one("metric: queries.count, max: -1"), "negative");
  EXPECT_SAYS(one("metric: bundle.gzip, max: 1 kB, max_increase: 3"), "or a percentage");
  EXPECT_SAYS(one("metric: bundle.gzip, max_increase: -3%"), "negative");
  EXPECT_SAYS(one("metric: bundle.gzip, max_increase: {percent: -3}"), "'percent'");
  EXPECT_SAYS(one("metric: bundle.gzip, max_increase: {absolute: 3}"), "'absolute': '3' needs a unit");
  EXPECT_SAYS(one("metric: bundle.gzip, max_increase: {}"), "neither 'percent' nor 'absolute'");
  EXPECT_SAYS(one("metric: bundle.gzip, max: [1]"), "must be a limit with its unit");
  EXPECT_SAYS(one("metric: bundle.gzip, max: "), "'max' has no value");
  EXPECT_TRUE(load(one("metric: bundle.gzip, max: 0")));
  EXPECT_TRUE(load(one("metric: bundle.gzip, max: 1 kB, max_increase: 0")));
  EXPECT_EQ(load(one("metric: bundle.gzip, max_increase: {percent: 5%}"))->budgets[0].max_increase->relative, 0.05);
  EXPECT_EQ(load(one("metric: queries.count, max_increase: 2"))->budgets[0].max_increase->absolute, 2);
}

TEST(LoadBudgets, LimitsMustMakeSense) {
  EXPECT_SAYS(one("metric: bundle.gzip"), "has no limit");
  EXPECT_SAYS(one("metric: bundle.gzip, min: 2 kB, max: 1 kB"), "no value can keep both");
  EXPECT_TRUE(load(one("metric: bundle.gzip, min: 1 kB, max: 1 kB")));
  EXPECT_SAYS(one("metric: lighthouse.score.seo, min: 101"), "0 to 100");
  EXPECT_TRUE(load(one("metric: lighthouse.score.seo, min: 100")));
  EXPECT_SAYS(one("metric: lighthouse.score.seo, min: 0.9"), "write 90");
  EXPECT_SAYS(one("metric: lighthouse.score.seo, min: 1"), "write 100");
  EXPECT_TRUE(load(one("metric: lighthouse.score.seo, min: 1.5")));
  const std::string rate = "metrics: { api.e: { unit: \"1\", direction: lower, class: rate } }\n";
  EXPECT_SAYS(one("metric: api.e, max: 5") + rate, "written as a percentage: 5%");
  EXPECT_TRUE(load(one("metric: api.e, max: 0.05") + rate));
}

TEST(LoadBudgets, DatesMustExist) {
  EXPECT_SAYS(one("metric: queries.count, max: 1, enforce_from: 2026-02-29"), "does not exist");
  EXPECT_TRUE(load(one("metric: queries.count, max: 1, enforce_from: 2028-02-29")));
  EXPECT_SAYS(one("metric: queries.count, max: 1, enforce_from: 31.12.2026"), "a date such as");
  EXPECT_SAYS(one("metric: queries.count, max: 1, raised: {reason: r, owner: o, expires: 2026-13-01}"),
              "does not exist");
  EXPECT_SAYS(one("metric: queries.count, max: 1, raised: {reason: r}"), "lacks 'expires'");
}

TEST(LoadBudgets, LabelsMustBelongToTheMetric) {
  EXPECT_SAYS(one("metric: lighthouse.lcp, where: {devise: mobile}, max: 1 s"),
              "'lighthouse.lcp' has no label 'devise' (did you mean 'device'?)");
  EXPECT_SAYS(one("metric: lighthouse.lcp, where: {zzzzzzzz: x}, max: 1 s"), "its labels: ");
  EXPECT_SAYS(one("metric: lighthouse.lcp, where: {page: \"\"}, max: 1 s"), "'page' is empty");
  EXPECT_SAYS(one("metric: lighthouse.lcp, where: {page:/}, max: 1 s"), "'page:/'");
  const auto file = load(one("metric: payload.decoded, where: {status: 404}, max: 1 kB"));
  ASSERT_TRUE(file);
  EXPECT_EQ(*file->budgets[0].where.find("status"), "404");
}

TEST(LoadBudgets, AnUnknownMetricIsNoErrorButAProperty) {
  const auto file = load(
      "version: 1\nbudgets:\n  - { metric: bundle.gzp, max: nonsense }\n"
      "  - { metric: lighthouse.scroe.seo, min: 5 }\n  - { metric: zzz.y, max: 1 }\n");
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->budgets[0].metric);
  EXPECT_FALSE(file->budgets[0].max);
  EXPECT_EQ(file->budgets[0].metric_suggestion, "bundle.gzip");
  EXPECT_EQ(file->budgets[0].metric_hint, "did you mean 'bundle.gzip'?");
  EXPECT_EQ(file->budgets[1].metric_suggestion, "lighthouse.score.seo");
  EXPECT_EQ(file->budgets[2].metric_suggestion, "");
  EXPECT_TRUE(contains(file->budgets[2].metric_hint, "'metrics'"));
}

TEST(LoadBudgets, DuplicatesAreRefused) {
  EXPECT_SAYS(
      "version: 1\nbudgets:\n  - {id: a, metric: bundle.gzip, max: 1 kB}\n"
      "  - {id: a, metric: bundle.raw, max: 1 kB}\n",
      "4:10: another budget has the id 'a' already (it stands in line 3");
  EXPECT_SAYS(
      "version: 1\nbudgets:\n  - {id: a, metric: bundle.gzip, max: 1 kB}\n"
      "  - {id: b, metric: bundle.gzip, max: 2 kB}\n",
      "4:5: a second budget on 'bundle.gzip'");
  EXPECT_TRUE(
      load("version: 1\nbudgets:\n  - {metric: queries.count, max: 1, stat: max}\n"
           "  - {metric: queries.count, max: 1, stat: min}\n"));
  EXPECT_SAYS("version: 1\ninputs: [a.json, ./a.json]\n", "listed twice");
  EXPECT_SAYS("version: 1\nroutes: [/a, /a]\n", "listed twice");
  EXPECT_SAYS(one("id: \"*\", metric: bundle.raw, max: 1 kB"), "cannot be '*'");
  EXPECT_SAYS(one("id: \"a\\nb\", metric: bundle.raw, max: 1 kB"), "without control characters");
  EXPECT_SAYS(one("id: \"a\\0b\", metric: bundle.raw, max: 1 kB"), "without control characters");
}

TEST(LoadBudgets, IdsAreDerivedAndUnique) {
  const auto file = load(R"(version: 1
budgets:
  - { metric: bundle.gzip, where: { type: js, entry: main }, max: 1 kB }
  - { metric: queries.time, max: 1 ms, stat: max }
  - { metric: queries.time, max: 1 ms, stat: p95 }
  - { id: bundle.raw, metric: bundle.gzip, max: 1 kB, stat: min }
  - { metric: bundle.raw, max: 1 kB, stat: max }
  - { id: bundle.raw@max, metric: bundle.gzip, max: 1 kB, stat: max }
)");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->budgets[0].id, "bundle.gzip{entry=main,type=js}");
  EXPECT_EQ(file->budgets[1].id, "queries.time");
  EXPECT_EQ(file->budgets[2].id, "queries.time@p95");
  EXPECT_EQ(file->budgets[4].id, "bundle.raw#2");
}

TEST(LoadBudgets, WaiversMustBeWholeAndNameABudget) {
  const std::string budget = "version: 1\nbudgets: [{id: js-home, metric: bundle.gzip, max: 170 kB}]\nwaivers:\n";
  const auto incomplete = load(budget + "  - {budget: js-home, owner: ' ', reason: r}\n");
  ASSERT_TRUE(incomplete) << "a verdict says it";
  EXPECT_EQ(incomplete->waivers[0].missing, (std::vector<std::string>{"owner", "expires"}));
  EXPECT_NE(incomplete_waivers(*incomplete).at(0).message.find("lacks owner and expires"), std::string::npos);
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, ceiling: x}\n",
              "WAIVER_INCOMPLETE");  // all are listed
  EXPECT_SAYS(budget + "  - {budget: js-hoem, owner: o, reason: r, expires: 2026-12-31}\n",
              "no budget has the id 'js-hoem' (did you mean 'js-home'?)");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 185}\n",
              "'ceiling': '185' needs a unit");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 160 kB}\n",
              "stricter than the limit");
  EXPECT_SAYS(budget + "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, where: {pgae: x}}\n",
              "has no label 'pgae'");
  const std::string whole = "  - {budget: js-home, owner: o, reason: r, expires: 2026-12-31, ceiling: 185 kB}\n";
  EXPECT_TRUE(load(budget + whole));
  EXPECT_SAYS(budget + whole + whole, "a second waiver");
}

TEST(LoadBudgets, InputsMustHaveAPath) {
  EXPECT_SAYS("version: 1\ninputs: ['']\n", "an entry of 'inputs' is empty");
  EXPECT_SAYS("version: 1\ninputs: [{root: dist}]\n", "an input needs 'path'");
  EXPECT_SAYS("version: 1\ninputs: [{pth: x}]\n", "unknown key 'pth' in an input (did you mean 'path'?)");
  EXPECT_SAYS("version: 1\ninputs: [3]\n", "must be a path or a mapping with 'path'");
  EXPECT_SAYS("version: 1\ninputs: x\n", "'inputs' is 'x' but must be a list of inputs");
  EXPECT_SAYS("version: 1\nroutes: [api/users]\n", "must be a route template");
}

TEST(LoadBudgets, RuleSettingsAreChecked) {
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: eror}\n", "did you mean 'error'?");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {level: warn}}\n", "did you mean 'warning'?");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeat: 7}}\n",
              "has no parameter 'min_repeat' (did you mean 'min_repeats'?)");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeats: 0}}\n", "but must be from ");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {min_repeats: 7 kB}}\n", "unit of another kind");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: true}\n", "must be a level");
  EXPECT_SAYS("version: 1\nrules: {n-plus-one: {ignore: x}}\n", "must be a list of names");
  const auto off = load("version: 1\nrules: {n-plus-one: off}\n");
  ASSERT_TRUE(off);
  EXPECT_EQ(off->rules.find("n-plus-one")->level, Level::kOff);
}

TEST(LoadBudgets, OwnMetricsAreChecked) {
  const auto own = [](const std::string& id, const std::string& rest) {
    return "version: 1\nmetrics: { " + id + ": { " + rest + " } }\n";
  };
  EXPECT_SAYS(own("api.x", "unit: \"1\", direction: lower"), "a metric of your own needs 'class'");
  EXPECT_SAYS(own("api.x", "unit: mss, direction: lower, class: timing-noisy"), "unknown unit 'mss'");
  EXPECT_SAYS(own("api.x", "unit: ms, direction: down, class: timing-noisy"), "one of lower, higher");
  EXPECT_SAYS(own("api.x", "unit: ms, direction: lower, class: bytes"), "which the class 'bytes' cannot have");
  EXPECT_SAYS(own("bundle.x", "unit: B, direction: lower, class: bytes"), "which is not free");
  EXPECT_SAYS(own("nodot", "unit: B, direction: lower, class: bytes"), "is no name for a metric");
  EXPECT_TRUE(load(own("api.x", "unit: kB, direction: higher, class: bytes, stat: p95, title: X")));
}

constexpr std::string_view kOwnRule = R"({"id":"no-moment","title":"No moment","short":"s","why":"w","help":"h",
  "limits":"l","level":"warning","kind":"pattern","on":"package","pattern":"^moment$","params":{},"tags":[],
  "since":"0.1.0"})";

std::string with_rule(const std::string& rules, const std::string& rule, bool& accepted) {
  MemoryFileSystem files;
  files.add("app/budgets.yml", "version: 1\nrules_dir: perf/rules\nrules: " + rules + "\n");
  files.add("app/perf/rules/own.json", rule);
  files.add("app/perf/rules/README.md", "no rule");
  const auto file = load_budgets(files, "app/budgets.yml");
  accepted = file.has_value();
  std::string said;
  if (!file) {
    for (const Error& error : file.error()) {
      said += to_string(error) + "\n";
    }
  } else {
    const Rule* own = file->rules.find("no-moment");
    said = own == nullptr ? "none" : std::string(to_string(own->level));
  }
  return said;
}

TEST(LoadBudgets, OwnRulesAreReadFromTheirFolder) {
  bool accepted = false;
  EXPECT_EQ(with_rule("{}", std::string(kOwnRule), accepted), "warning");
  EXPECT_EQ(with_rule("{no-moment: error}", std::string(kOwnRule), accepted), "error");
  std::string shipped(kOwnRule);
  shipped.replace(shipped.find("no-moment"), 9, "n-plus-one");
  EXPECT_TRUE(contains(with_rule("{}", shipped, accepted), "comes with the program"));
  EXPECT_FALSE(accepted);
  const std::string broken = with_rule("{own: error}", "{", accepted);
  EXPECT_TRUE(contains(broken, "perf/rules/own.json")) << broken;
  EXPECT_FALSE(contains(broken, "no rule is called 'own'")) << broken;
  std::string coded(kOwnRule);
  coded.replace(coded.find("pattern"), 7, "coded");
  with_rule("{}", coded, accepted);
  EXPECT_FALSE(accepted);
  EXPECT_SAYS("version: 1\nrules_dir: nowhere\nrules: {mine: error}\n", "which is no folder");
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

TEST(FindBudgets, LooksUpwardsToTheRepository) {
  MemoryFileSystem files;
  files.add("repo/.git/HEAD", "");
  files.add("repo/budgets.json", "{}");
  files.add("repo/app/src/x", "");
  files.add("budgets.yml", "");
  EXPECT_EQ(*find_budgets_file(files, "repo/app/src"), "repo/budgets.json");
  EXPECT_EQ(*find_budgets_file(files, "repo"), "repo/budgets.json");
  files.add("repo2/.git", "gitdir: x");
  files.add("repo2/app/x", "");
  EXPECT_EQ(*find_budgets_file(files, "repo2/app"), "");
  files.add("plain/x", "");
  EXPECT_EQ(*find_budgets_file(files, "plain"), "budgets.yml");
  files.add("repo/budgets.yml", "");
  const auto two = find_budgets_file(files, "repo/app");
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().kind, ErrorKind::kUsage);
}

TEST(FindBudgets, StopsAtTheRoot) {
  MemoryFileSystem files;
  files.add("/a/b/x", "");
  EXPECT_EQ(*find_budgets_file(files, "/a/b"), "");
  files.add("/budgets.yaml", "");
  EXPECT_EQ(*find_budgets_file(files, "/a/b"), "/budgets.yaml");
}

}  // namespace
}  // namespace budgetcheck
