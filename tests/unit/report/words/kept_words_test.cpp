#include "report/words/kept_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

Verdict kept(std::string budget, double value, double limit) {
  Verdict v;
  v.budget = std::move(budget);
  v.metric = "bundle.raw";
  v.unit = Unit::kBytes;
  v.value = value;
  v.limit = limit;
  return v;
}

TEST(KeptWords, NamesTheNearestToItsLimit) {
  Report report;
  report.verdicts = {kept("far", 100, 1000), kept("near", 950, 1000), kept("far", 200, 1000)};
  EXPECT_EQ(kept_words(report), "nearest: near, 5% left (950 B of 1 kB)");
  EXPECT_EQ(kept_heading(report), "2 budgets kept (3 results within limits)");
  report.verdicts[1].limit_is_min = true;
  report.verdicts[1].limit = 940;
  report.verdicts[2].budget = "broken";
  report.verdicts[2].status = Status::kFail;
  EXPECT_EQ(kept_words(report), "2 budgets kept, nearest: near, 1.1% left (950 B for at least 940 B)");
  EXPECT_EQ(kept_words(Report{}), "");
}

TEST(KeptWords, OneWithoutALimitIsNotNear) {
  Report report;
  report.verdicts = {kept("growth", 100, 0), kept("broken", 2, 1)};
  report.verdicts[0].limit.reset();
  report.verdicts[1].status = Status::kFail;
  EXPECT_EQ(kept_words(report), "1 budget kept");
}

TEST(KeptWords, WhatGrewWithinItsLimitIsNamed) {
  Report report;
  for (const char* name : {"a", "b", "c", "d"}) {
    report.verdicts.push_back(kept(name, 500, 1000));
    report.verdicts.back().base = 400;
    report.verdicts.back().delta = 100;
  }
  report.verdicts.push_back(kept("better", 300, 1000));
  report.verdicts.back().base = 400;
  report.verdicts.back().delta = -100;
  report.verdicts.push_back(kept("same", 400, 1000));
  report.verdicts.back().base = 400;
  report.verdicts.back().delta = 0;
  EXPECT_EQ(grown_words(report),
            "worse than the base, within limits: a +100 B (+25%); b +100 B (+25%); c +100 B (+25%); and 1 more: "
            "--verbose has all");
}

TEST(KeptWords, TheWayToAcceptAValueIsToldOnce) {
  const Report report = sample_report();
  const std::vector<std::string> ways = ways_on(report, problem_groups(report));
  ASSERT_EQ(ways.size(), 2U);
  EXPECT_EQ(ways[0], "or raise the limit: budgetcheck update home-lcp --reason TEXT --owner NAME");
  EXPECT_EQ(ways[1], "to read more on a rule: budgetcheck explain n-plus-one");
  EXPECT_TRUE(ways_on(green_report(), {}).empty());

  Report both = sample_report();
  both.verdicts.erase(both.verdicts.begin() + 1, both.verdicts.end());
  both.verdicts.push_back(both.verdicts[0]);
  both.verdicts.back().budget = "again";
  both.findings.clear();
  EXPECT_EQ(
      ways_on(both, problem_groups(both)),
      std::vector<std::string>{"or raise the limit: budgetcheck update home-lcp again --reason TEXT --owner NAME"});
}

}  // namespace
}  // namespace budgetcheck
