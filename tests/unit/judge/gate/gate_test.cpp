#include "judge/gate/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kToday = "2026-11-23";

BudgetsFile file(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", "version: 1\n" + text);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded) << (loaded ? "" : to_string(loaded.error().front()));
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

Gate gate(const std::string& base, const std::string& head, const FileSystem& files = MemoryFileSystem(),
          const Results* results = nullptr) {
  const BudgetsFile then = file(base);
  return gate_in_force(files, file(head), {then, results}, {false, false, kToday});
}

const Rule& rule(const Gate& of, std::string_view id) {
  const Rule* found = of.rules.find(id);
  EXPECT_NE(found, nullptr) << id;
  static const Rule kNone;
  return found == nullptr ? kNone : *found;
}

TEST(Gate, OfAnEqualFileIsItsOwn) {
  const std::string text = "project: a\ninputs: [a.json]\nroutes: [/a/:id]\nrules: { n-plus-one: warning }\n";
  const Gate same = gate(text, text);
  EXPECT_THAT(same.verdicts, IsEmpty());
  EXPECT_THAT(same.remarks, IsEmpty());
  EXPECT_EQ(rule(same, "n-plus-one").level, Level::kWarning);
}

TEST(Gate, ARuleIsAsStrictAsAtTheBase) {
  const Gate held = gate("rules: { n-plus-one: { min_repeats: 5, ignore: [a] } }\n",
                         "rules: { n-plus-one: { level: note, min_repeats: 6, ignore: [a, b] } }\n");
  ASSERT_EQ(held.verdicts.size(), 1U);
  const Verdict& verdict = held.verdicts.front();
  EXPECT_EQ(verdict.budget, "rules.n-plus-one");
  EXPECT_EQ(verdict.code, "GATE_LOOSENED_NO_REASON");
  EXPECT_EQ(verdict.status, Status::kFail);
  EXPECT_THAT(verdict.message, HasSubstr("from error to note, sets 'min_repeats' of the rule 'n-plus-one' from 5 to 6, "
                                         "exempts 'b' from the rule 'n-plus-one' and gives no reason"));
  EXPECT_EQ(verdict.location.line, 2U);
  EXPECT_EQ(rule(held, "n-plus-one").level, Level::kError);
  EXPECT_EQ(rule(held, "n-plus-one").param("min_repeats"), 5);
  EXPECT_THAT(rule(held, "n-plus-one").ignore, ElementsAre("a"));
}

TEST(Gate, WhatIsLooserAndStricterAtOnceIsTheStricterOfBoth) {
  const Gate held = gate("rules: { n-plus-one: { level: warning, min_repeats: 5 } }\n",
                         "rules: { n-plus-one: { level: error, min_repeats: 50 } }\n");
  EXPECT_EQ(rule(held, "n-plus-one").level, Level::kError);
  EXPECT_EQ(rule(held, "n-plus-one").param("min_repeats"), 5);
  EXPECT_EQ(held.verdicts.front().status, Status::kWarn) << "it was a warning at the base";
}

TEST(Gate, ARuleThatWasOffMayBeAnything) {
  EXPECT_THAT(gate("rules: { n-plus-one: off }\n", "rules: { n-plus-one: { level: off, min_repeats: 99 } }\n").verdicts,
              IsEmpty());
}

TEST(Gate, AnExemptionThatAnotherCoversIsNone) {
  EXPECT_THAT(
      gate("rules: { n-plus-one: { ignore: [\"a*\"] } }\n", "rules: { n-plus-one: { ignore: [ab] } }\n").verdicts,
      IsEmpty());
}

TEST(Gate, AReasonLetsTheChangeHaveItsWay) {
  const std::string reason = "loosened: [{ setting: rules.n-plus-one, owner: \"@web\", reason: slow log";
  const Gate accepted = gate("", "rules: { n-plus-one: off }\n" + reason + ", expires: 2026-11-23 }]\n");
  EXPECT_EQ(accepted.verdicts.front().code, "GATE_LOOSENED");
  EXPECT_EQ(accepted.verdicts.front().status, Status::kWarn);
  EXPECT_EQ(rule(accepted, "n-plus-one").level, Level::kOff);
  const Gate over = gate("", "rules: { n-plus-one: off }\n" + reason + ", expires: 2026-11-22 }]\n");
  EXPECT_THAT(over.verdicts.front().message, HasSubstr("its reason has expired"));
  EXPECT_EQ(rule(over, "n-plus-one").level, Level::kError);
  const Gate old = gate(reason + " }]\n", "rules: { n-plus-one: off }\n" + reason + " }]\n");
  EXPECT_THAT(old.verdicts.front().message, HasSubstr("that of an earlier change"));
}

TEST(Gate, AnInputThatIsDroppedIsReadIfItIsThere) {
  MemoryFileSystem files;
  files.add("a.json", "{}");
  const Gate held = gate("inputs: [a.json, b.json]\n", "inputs: [b.json]\n", files);
  ASSERT_EQ(held.inputs.size(), 2U);
  EXPECT_EQ(held.inputs[1].path, "a.json");
  EXPECT_TRUE(held.inputs[1].optional);
  EXPECT_EQ(held.verdicts.front().budget, "inputs.a.json");
  EXPECT_THAT(held.verdicts.front().message, HasSubstr("no longer reads the input 'a.json' and gives no reason"));
}

TEST(Gate, OfANarrowerPatternTheRestIsMissed) {
  MemoryFileSystem files;
  files.add("logs/a.log", "x");
  files.add("logs/b.log", "x");
  EXPECT_EQ(gate("inputs: [\"logs/*.log\"]\n", "inputs: [logs/a.log]\n", files).verdicts.size(), 1U);
  EXPECT_THAT(gate("inputs: [\"logs/*.log\"]\n", "inputs: [logs/a.log, logs/b.log]\n", files).verdicts, IsEmpty());
  EXPECT_THAT(gate("inputs: [\"logs/*.log\"]\n", "inputs: [\"logs/**\"]\n", files).verdicts, IsEmpty());
}

TEST(Gate, AnOptionalInputWithoutFilesMayGo) {
  EXPECT_THAT(gate("inputs: [{ path: a.json, optional: true }, b.json]\n", "inputs: [b.json]\n").verdicts, IsEmpty());
}

TEST(Gate, SettingsOfAnInputDoNotVanish) {
  const Gate held = gate("inputs: [{ path: q.log, schema: s.prisma }]\n", "inputs: [q.log]\n");
  ASSERT_EQ(held.verdicts.size(), 1U);
  EXPECT_EQ(held.inputs.front().settings.text("schema"), "s.prisma");
  const Gate other =
      gate("inputs: [{ path: q.log, schema: s.prisma }]\n", "inputs: [{ path: q.log, schema: t.prisma }]\n");
  EXPECT_THAT(other.verdicts, IsEmpty());
  EXPECT_THAT(other.remarks, ElementsAre("it gives the input 'q.log' another 'schema'"));
  EXPECT_THAT(gate("inputs: [q.log]\n", "inputs: [{ path: q.log, schema: s.prisma }]\n").remarks, IsEmpty());
}

Results measured(std::initializer_list<const char*> routes) {
  Results results;
  for (const char* route : routes) {
    Sample sample;
    sample.metric = "payload.decoded";
    sample.where = {{"route", route}};
    results.samples.push_back(std::move(sample));
  }
  return results;
}

TEST(Gate, RoutesThatAreMeasuredKeepTheirNames) {
  const Results results = measured({"GET /a", "GET /b"});
  const Gate held = gate("routes: [/c/:id]\n", "routes: [/c/:id, \"/:page\"]\n", MemoryFileSystem(), &results);
  ASSERT_EQ(held.verdicts.size(), 1U);
  EXPECT_EQ(held.verdicts.front().budget, "routes");
  EXPECT_THAT(held.routes, ElementsAre("/c/:id"));
  const Gate more = gate("routes: [/c/:id]\n", "routes: [/c/:id, /d/:id]\n", MemoryFileSystem(), &results);
  EXPECT_THAT(more.verdicts, IsEmpty());
  EXPECT_THAT(more.routes, ElementsAre("/c/:id", "/d/:id"));
}

TEST(Gate, ABudgetOnOneOfManyThatTheBaseMeasuredTogetherIsSaid) {
  const Results results = measured({"GET /c/:slug", "GET /d/one-page"});
  const std::string base = "budgets: [{ metric: payload.time, where: { route: \"GET /c/:slug\" }, max: 1 s }]\n";
  const auto with = [&](const std::string& route) {
    return gate(base,
                "budgets: [{ metric: payload.time, where: { route: \"GET /c/:slug\" }, max: 1 s }, "
                "{ metric: payload.time, where: { route: " +
                    route + " }, max: 9 s }]\n",
                MemoryFileSystem(), &results)
        .remarks;
  };
  EXPECT_THAT(with("GET /c/the-heavy-one"),
              ElementsAre("it judges 'GET /c/the-heavy-one' apart, which the base measured within 'GET /c/:slug'"));
  EXPECT_THAT(with("GET /d/one-page"), IsEmpty());
  EXPECT_THAT(with("GET /e/*"), IsEmpty());
}

TEST(Gate, SizesOfTablesAreNotDropped) {
  const Gate held = gate("table_rows: rows.csv\n", "");
  ASSERT_EQ(held.more.size(), 1U);
  EXPECT_EQ(held.more.front().path, "rows.csv");
  EXPECT_EQ(held.verdicts.front().budget, "table_rows");
}

TEST(Gate, AWaiverIsSaid) {
  const std::string budget = "budgets: [{ id: a, metric: bundle.gzip, max: 1 kB }]\n";
  const std::string waiver = "waivers: [{ budget: a, owner: o, reason: r, expires: 2026-12-01 }]\n";
  const std::string longer = "waivers: [{ budget: a, owner: o, reason: r, expires: 2026-12-02 }]\n";
  EXPECT_THAT(gate(budget, budget + waiver).remarks,
              ElementsAre(HasSubstr("adds the waiver for 'a', until 2026-12-01")));
  EXPECT_THAT(gate(budget + waiver, budget + longer).remarks, ElementsAre(HasSubstr("changes the waiver for 'a'")));
  EXPECT_THAT(gate(budget + longer, budget + waiver).remarks, IsEmpty());
}

TEST(Gate, AnotherNameOfTheProjectIsSaid) {
  EXPECT_THAT(gate("project: a\n", "project: b\n").remarks,
              ElementsAre("it calls the project 'b', which is 'a' at the base"));
}

/// Verdicts and remarks when `head` names other apps than { web: apps/web, admin: apps/admin }.
Gate apps_gate(const std::string& head, const std::string& also = {}) {
  MemoryFileSystem before;
  MemoryFileSystem now;
  for (const char* app : {"apps/web/budgets.yml", "apps/admin/budgets.yml"}) {
    before.add(app, "version: 1\n");
  }
  now.add("apps/web/budgets.yml", "version: 1\n");
  if (!also.empty()) {
    now.add(also, "version: 1\n");
  }
  before.add("budgets.yml", "version: 1\napps: { web: apps/web, admin: apps/admin }\n");
  now.add("budgets.yml", "version: 1\n" + head);
  const auto then = load_budgets(before, "budgets.yml");
  const auto file = load_budgets(now, "budgets.yml");
  EXPECT_TRUE(then && file);
  return gate_in_force(now, *file, {*then, nullptr}, {false, false, kToday});
}

TEST(Gate, AnAppThatIsNoLongerJudgedNeedsAReason) {
  const Gate held = apps_gate("apps: { web: apps/web }\n", "apps/admin/budgets.yml");
  ASSERT_EQ(held.verdicts.size(), 1U);
  EXPECT_EQ(held.verdicts[0].budget, "apps.admin");
  EXPECT_EQ(held.verdicts[0].status, Status::kFail);
  EXPECT_EQ(held.verdicts[0].message,
            "this change no longer judges the app 'admin' in 'apps/admin' and gives no reason");
  const Gate excused = apps_gate("apps: { web: apps/web }\nloosened: [{ setting: apps.admin, owner: o, reason: r }]\n",
                                 "apps/admin/budgets.yml");
  ASSERT_EQ(excused.verdicts.size(), 1U);
  EXPECT_EQ(excused.verdicts[0].status, Status::kWarn);
}

TEST(Gate, AGlobThatNoLongerMatchesAnAppIsSeen) {
  const Gate held = apps_gate("apps: apps/*\n", "apps/admin/package.json");
  ASSERT_EQ(held.verdicts.size(), 1U) << "its budgets file was deleted, its folder was not";
  EXPECT_EQ(held.verdicts[0].budget, "apps.admin");
}

TEST(Gate, ARemovedFolderAndAnotherNameAreOnlyTold) {
  const Gate gone = apps_gate("apps: { web: apps/web }\n");
  EXPECT_THAT(gone.verdicts, IsEmpty());
  EXPECT_THAT(gone.remarks, ElementsAre("it removes the app 'admin' with its folder 'apps/admin'"));
  const Gate renamed = apps_gate("apps: { site: apps/web, admin: apps/admin }\n", "apps/admin/budgets.yml");
  EXPECT_THAT(renamed.verdicts, IsEmpty());
  EXPECT_THAT(renamed.remarks, ElementsAre("it calls the app in 'apps/web' 'site', which is 'web' at the base"));
}

}  // namespace
}  // namespace budgetcheck
