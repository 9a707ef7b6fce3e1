#include "judge/change/causes.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Verdict verdict(const std::string& metric, Labels where, double base, double value) {
  Verdict v;
  v.metric = metric;
  v.where = std::move(where);
  v.unit = metric.starts_with("queries.") ? Unit::kCount : Unit::kBytes;
  v.value = value;
  v.base = base;
  v.delta = value - base;
  return v;
}

Part package(const std::string& name, double size, Labels where = {{"entry", "main"}}) {
  return {"bundle.", std::move(where), "package", name, Unit::kBytes, size, {"src/date.ts"}};
}

struct Explained {
  Verdict verdict;
  std::vector<std::string> notes;

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Cause& cause : verdict.causes) {
      all.push_back(cause.name);
    }
    return all;
  }
};

Explained explain(const Verdict& v, const std::vector<Part>& head, const std::vector<Part>& base) {
  std::vector<Verdict> verdicts{v};
  Explained explained;
  explain_changes(verdicts, head, &base, explained.notes);
  explained.verdict = verdicts.front();
  return explained;
}

using Names = std::vector<std::string>;

TEST(Causes, PartsOfTheSamePlaceExplainAVerdict) {
  const std::vector<Part> base{package("react", 100), package("lodash", 400), package("x", 1, {{"entry", "admin"}})};
  const std::vector<Part> head{package("react", 100), package("moment", 700), package("y", 9000, {{"entry", "admin"}})};
  const Explained all = explain(verdict("bundle.gzip", {{"entry", "main"}, {"type", "js"}}, 50, 90), head, base);
  EXPECT_EQ(all.names(), (Names{"moment", "lodash"}));
  EXPECT_TRUE(all.notes.empty());
}

TEST(Causes, WithoutABaseABrokenLimitNamesTheBiggestParts) {
  Verdict broken = verdict("bundle.gzip", {{"entry", "main"}, {"type", "js"}}, 0, 90);
  broken.base.reset();
  broken.delta.reset();
  broken.code = "LIMIT_EXCEEDED";
  broken.hint = "split it";
  Verdict kept = broken;
  kept.code = "OK";
  Verdict other = broken;
  other.metric = "lighthouse.lcp";
  std::vector<Verdict> verdicts{broken, kept, other};
  const std::vector<Part> head{package("react", 100), package("mo\x1bment", 700), package("a", 1), package("b", 2),
                               package("y", 9000, {{"entry", "admin"}})};
  std::vector<std::string> notes;
  explain_changes(verdicts, head, nullptr, notes);
  EXPECT_EQ(verdicts[0].hint,
            "split, replace or drop the biggest: mo\xEF\xBF\xBDment (700 B of source), react (100 B of source), b (2 B "
            "of source)");
  EXPECT_TRUE(verdicts[0].causes.empty()) << "nothing is known to have grown";
  const auto hint_with = [&](std::vector<Part> parts) {
    std::vector<Verdict> one{broken};
    explain_changes(one, parts, nullptr, notes);
    return one.front().hint;
  };
  const Part file{"bundle.", {{"entry", "main"}}, "asset", "main.js", Unit::kBytes, 5000, {}};
  Part second = file;
  second.name = "lazy.js";
  second.size = 70;
  EXPECT_EQ(hint_with({file}), "split it") << "the one file is what the budget is on";
  EXPECT_EQ(hint_with({file, second}), "split or drop the biggest files: main.js (5 kB), lazy.js (70 B)");
  EXPECT_EQ(hint_with({file, second, package("a", 1)}), "split, replace or drop the biggest: a (1 B of source)");
  EXPECT_EQ(verdicts[1].hint, "split it");
  EXPECT_EQ(verdicts[2].hint, "split it");
}

TEST(Causes, WhatGrewIsWhatToDoSomethingAbout) {
  const std::vector<Part> base{package("old", 500)};
  const std::vector<Part> head{package("old", 400), package("moment", 9000)};
  const auto hint_of = [&](std::string code, double from, double to) {
    Verdict one = verdict("bundle.raw", {{"entry", "main"}}, from, to);
    one.code = std::move(code);
    one.hint = "split it";
    std::vector<Verdict> verdicts{one};
    std::vector<std::string> notes;
    explain_changes(verdicts, head, &base, notes);
    return verdicts.front().hint;
  };
  EXPECT_EQ(hint_of("REGRESSED", 500, 9400), "remove, replace or load later: moment");
  EXPECT_EQ(hint_of("LIMIT_EXCEEDED", 500, 9400), "remove, replace or load later: moment");
  EXPECT_EQ(hint_of("PREEXISTING_BREACH", 500, 9400), "split it");
}

TEST(Causes, WhatPullsTheWayTheValueWentComesFirst) {
  const std::vector<Part> base{package("big", 9000), package("a", 1)};
  const std::vector<Part> head{package("a", 800)};
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}}, 10, 20), head, base).names(), (Names{"a", "big"}));
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}}, 20, 10), head, base).names(), (Names{"big", "a"}));
}

TEST(Causes, AreBoundedAndLeaveTrivialOnesOut) {
  std::vector<Part> base{package("p", 1)};
  std::vector<Part> head{package("p", 2), package("huge", 100'000)};
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}}, 1, 2), head, base).names(), Names{"huge"});
  for (int i = 0; i < 20; ++i) {
    head.push_back(package("n" + std::to_string(i), 90'000));
  }
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}}, 1, 2), head, base).verdict.causes.size(), kMostCauses);
}

TEST(Causes, NothingIsSaidOfOtherLabelsUnitsAndUnchangedValues) {
  const std::vector<Part> base{package("a", 1)};
  const std::vector<Part> head{package("a", 900)};
  EXPECT_TRUE(explain(verdict("bundle.raw", {{"asset", "main.js"}, {"type", "js"}}, 1, 2), head, base).names().empty());
  EXPECT_TRUE(explain(verdict("bundle.raw", {{"entry", "other"}}, 1, 2), head, base).names().empty());
  EXPECT_TRUE(explain(verdict("bundle.raw", {{"entry", "main"}}, 2, 2), head, base).names().empty());
  EXPECT_TRUE(explain(verdict("payload.decoded", {{"entry", "main"}}, 1, 2), head, base).names().empty());
  Verdict files = verdict("bundle.files", {{"entry", "main"}}, 1, 2);
  files.unit = Unit::kCount;
  EXPECT_TRUE(explain(files, head, base).names().empty());
}

TEST(Causes, TypesArePickedByName) {
  const auto module = [](const std::string& name, double size) {
    return Part{"bundle.", {{"entry", "main"}}, "module", name, Unit::kBytes, size, {}};
  };
  const std::vector<Part> base{module("src/a.ts", 10), module("src/a.scss", 10)};
  const std::vector<Part> head{module("src/a.ts", 20), module("src/a.scss", 40), package("p", 30)};
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}, {"type", "css"}}, 1, 2), head, base).names(),
            Names{"src/a.scss"});
  EXPECT_EQ(explain(verdict("bundle.raw", {{"entry", "main"}, {"type", "js"}}, 1, 2), head, base).names(),
            (Names{"p", "src/a.ts"}));
}

TEST(Causes, FieldsExplainWhatIsSentToo) {
  const auto field = [](const std::string& name, double size) {
    return Part{"payload.decoded", {{"route", "GET /u"}}, "field", name, Unit::kBytes, size, {}};
  };
  for (const char* metric : {"payload.decoded", "payload.body", "payload.transfer"}) {
    EXPECT_EQ(
        explain(verdict(metric, {{"route", "GET /u"}}, 1, 2), {field("a", 5), field("b", 9)}, {field("a", 5)}).names(),
        Names{"b"});
  }
}

TEST(Causes, ABaseWithoutPartsIsSaidOnceAndNoCauseIsMadeUp) {
  std::vector<Verdict> verdicts{verdict("bundle.raw", {{"entry", "main"}}, 1, 2),
                                verdict("bundle.gzip", {{"entry", "main"}}, 1, 2)};
  std::vector<std::string> notes;
  const std::vector<Part> nothing;
  explain_changes(verdicts, {package("a", 5)}, &nothing, notes);
  EXPECT_TRUE(verdicts[0].causes.empty());
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("base"), std::string::npos);

  notes.clear();
  explain_changes(verdicts, {}, &nothing, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("modules: true"), std::string::npos);

  notes.clear();
  explain_changes(verdicts, {package("a", 5)}, nullptr, notes);
  EXPECT_TRUE(notes.empty()) << "without a base nothing grew";
}

}  // namespace
}  // namespace budgetcheck
