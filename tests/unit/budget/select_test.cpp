#include "budget/select.h"

#include <gtest/gtest.h>

#include "unit/base/growth.h"

namespace budgetcheck {
namespace {

Budget budget(std::string metric, Labels where, Stat stat = Stat::kMedian) {
  Budget b;
  b.metric_id = std::move(metric);
  b.where = std::move(where);
  b.stat = stat;
  return b;
}

Sample sample(std::string metric, Labels where) {
  Sample s;
  s.metric = std::move(metric);
  s.where = std::move(where);
  return s;
}

using Indices = std::vector<std::size_t>;

TEST(WhereMatches, EveryGlobNeedsALabelThatItMatches) {
  const Labels labels{{"page", "/products/1"}, {"device", "mobile"}};
  EXPECT_TRUE(where_matches({}, labels));
  EXPECT_TRUE(where_matches({{"page", "/products/*"}}, labels));
  EXPECT_TRUE(where_matches({{"device", "{mobile,desktop}"}}, labels));
  EXPECT_FALSE(where_matches({{"page", "/products"}}, labels));
  EXPECT_FALSE(where_matches({{"page", "*"}, {"mode", "*"}}, labels));
  EXPECT_TRUE(where_matches({{"page", "a\\*b"}}, {{"page", "a*b"}}));
  EXPECT_FALSE(where_matches({{"page", "a\\*b"}}, {{"page", "axb"}}));
  EXPECT_TRUE(where_matches({{"page", "/[slug]/:id"}}, {{"page", "/[slug]/:id"}}));
}

TEST(WhereCouldMatch, UnknownLabelsAreOpen) {
  EXPECT_TRUE(where_could_match({{"page", "/"}, {"device", "mobile"}}, {{"page", "/"}}));
  EXPECT_FALSE(where_could_match({{"page", "/"}, {"device", "mobile"}}, {{"page", "/a"}}));
  EXPECT_TRUE(where_could_match({{"page", "/"}}, {}));
}

TEST(WhereCouldMatch, WhatIsOfAPageIsOfNoRoute) {
  EXPECT_FALSE(where_could_match({{"page", "/"}}, {{"route", "GET /api/x"}}));
  EXPECT_FALSE(where_could_match({{"route", "GET /*"}}, {{"page", "/"}}));
  EXPECT_TRUE(where_could_match({{"type", "script"}}, {{"page", "/"}}));
}

TEST(WhereMatches, TheOwnHostNeedNotBeNamed) {
  EXPECT_TRUE(where_matches({{"host", "self"}}, {{"route", "GET /"}}));
  EXPECT_TRUE(where_matches({{"host", "self"}}, {{"route", "GET /"}, {"host", "self"}}));
  EXPECT_FALSE(where_matches({{"host", "self"}}, {{"route", "GET /"}, {"host", "cdn.test"}}));
  EXPECT_FALSE(where_matches({{"host", "cdn.test"}}, {{"route", "GET /"}}));
}

TEST(SelectSamples, WhatHasNoHostIsNoSumOfThoseThatHaveOne) {
  const std::vector<Sample> samples{sample("m", {{"route", "GET /"}}),
                                    sample("m", {{"route", "GET /"}, {"host", "self"}}),
                                    sample("m", {{"route", "GET /"}, {"host", "cdn.test"}}),
                                    sample("m", {{"route", "GET /"}, {"host", "cdn.test"}, {"status", "200"}})};
  EXPECT_EQ(select_samples({budget("m", {{"route", "GET /"}})}, samples).selected[0], (Indices{0, 1, 2}));
  EXPECT_EQ(select_samples({budget("m", {{"host", "self"}})}, samples).selected[0], (Indices{0, 1}));
  EXPECT_EQ(select_samples({budget("m", {{"host", "cdn.test"}})}, samples).selected[0], (Indices{2}));
}

TEST(MoreSpecific, LabelsThenExactThenLength) {
  const Budget two = budget("m", {{"a", "*"}, {"b", "*"}});
  const Budget exact = budget("m", {{"a", "/admin"}});
  const Budget longer = budget("m", {{"a", "/admin/*"}});
  const Budget shorter = budget("m", {{"a", "/*"}});
  EXPECT_TRUE(more_specific(two, exact));
  EXPECT_TRUE(more_specific(exact, longer));
  EXPECT_TRUE(more_specific(longer, shorter));
  EXPECT_FALSE(more_specific(shorter, longer));
  EXPECT_FALSE(more_specific(shorter, shorter));
}

TEST(SelectSamples, TheTotalStandsForItsParts) {
  const std::vector<Sample> samples{sample("bundle.gzip", {}),
                                    sample("bundle.gzip", {{"type", "js"}}),
                                    sample("bundle.gzip", {{"entry", "main"}}),
                                    sample("bundle.gzip", {{"entry", "main"}, {"type", "js"}}),
                                    sample("bundle.gzip", {{"entry", "admin"}, {"type", "js"}}),
                                    sample("bundle.raw", {{"entry", "main"}})};
  const auto selected = [&](Labels where) {
    return select_samples({budget("bundle.gzip", std::move(where))}, samples).selected[0];
  };
  EXPECT_EQ(selected({}), Indices{0});
  EXPECT_EQ(selected({{"entry", "main"}}), Indices{2});
  EXPECT_EQ(selected({{"entry", "main"}, {"type", "js"}}), Indices{3});
  EXPECT_EQ(selected({{"type", "js"}}), Indices{1});
  // admin has no total of its own here, so its part is the coarsest there is.
  EXPECT_EQ(selected({{"entry", "*"}}), (Indices{2, 4}));
  EXPECT_EQ(selected({{"entry", "none"}}), Indices{});
}

TEST(SelectSamples, APartIsLeftOutOnlyForAWholeThatIsSelected) {
  const std::vector<Sample> samples{sample("m", {{"a", "1"}}), sample("m", {{"a", "2"}, {"b", "1"}}),
                                    sample("m", {{"a", "1"}, {"b", "1"}})};
  EXPECT_EQ(select_samples({budget("m", {})}, samples).selected[0], (Indices{0, 1}));
  EXPECT_EQ(select_samples({budget("m", {{"b", "1"}})}, samples).selected[0], (Indices{1, 2}));
}

TEST(SelectSamples, LabelValuesAreNotMixedUp) {
  const std::vector<Sample> samples{sample("m", {{"a", "1"}, {"b", "23"}}),
                                    sample("m", {{"a", "12"}, {"b", "3"}, {"c", "x"}})};
  EXPECT_EQ(select_samples({budget("m", {})}, samples).selected[0], (Indices{0, 1}));
}

TEST(SelectSamples, TheMostSpecificBudgetOwns) {
  const std::vector<Sample> samples{sample("m", {{"route", "/"}}), sample("m", {{"route", "/admin/users"}}),
                                    sample("other", {{"route", "/"}})};
  const Selection s = select_samples({budget("m", {{"route", "/admin/*"}}), budget("m", {{"route", "/*"}})}, samples);
  EXPECT_EQ(s.owners[0], Indices{1});
  EXPECT_EQ(s.owners[1], Indices{0});
  EXPECT_TRUE(s.owners[2].empty());
  EXPECT_EQ(s.selected[1], (Indices{0, 1}));
}

TEST(SelectSamples, ADrawGoesToTheLaterAndEachStatHasItsOwner) {
  const std::vector<Sample> samples{sample("m", {{"a", "xy"}})};
  const Selection s =
      select_samples({budget("m", {{"a", "x*"}}), budget("m", {{"a", "*y"}}), budget("m", {}, Stat::kP95)}, samples);
  EXPECT_EQ(s.owners[0], (Indices{1, 2}));
}

TEST(SelectSamples, DurationsOfAllRequestsAreForWhoeverNamesThem) {
  const std::vector<Sample> samples{
      sample("load.duration", {{"test", "a"}, {"status", "all"}}),
      sample("load.duration", {{"test", "a"}, {"status", "success"}}),
      sample("load.duration", {{"test", "a"}, {"route", "/x"}, {"status", "all"}}),
      sample("load.duration", {{"test", "a"}, {"route", "/x"}, {"status", "success"}}),
      sample("load.duration", {{"test", "b"}, {"status", "all"}}),
  };
  const auto selected = [&](Labels where) {
    return select_samples({budget("load.duration", std::move(where))}, samples).selected[0];
  };
  EXPECT_EQ(selected({{"test", "a"}}), Indices{1});
  EXPECT_EQ(selected({{"test", "a"}, {"status", "success"}}), Indices{1});
  EXPECT_EQ(selected({{"test", "a"}, {"status", "all"}}), Indices{0});
  EXPECT_EQ(selected({{"test", "a"}, {"route", "*"}}), Indices{3});
  EXPECT_EQ(selected({{"test", "b"}}), Indices{4}) << "nothing else is told";
}

TEST(SelectSamples, NothingIsFineToo) {
  EXPECT_TRUE(select_samples({}, {}).owners.empty());
  EXPECT_EQ(select_samples({budget("m", {})}, {}).selected[0], Indices{});
  EXPECT_TRUE(select_samples({}, {sample("m", {})}).owners[0].empty());
}

TEST(SelectSamples, TakesTimeLinearInTheSamples) {
  std::vector<Budget> budgets;
  for (int i = 0; i < 100; ++i) {
    budgets.push_back(budget("payload.decoded", {{"route", "*r" + std::to_string(i) + "*"}}));
  }
  const auto selecting = [&](std::size_t count) {
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < count; ++i) {
      Labels labels{{"route", "GET /api/r" + std::to_string(i / 2)}};
      if (i % 2 == 1) {
        labels.set("status", "200");
      }
      samples.push_back(sample("payload.decoded", std::move(labels)));
    }
    return [&budgets, samples] {
      const Selection s = select_samples(budgets, samples);
      EXPECT_EQ(s.selected[99].size(), 11U);  // r99 and r990 to r999
    };
  };
  EXPECT_LT(growth(2'000, selecting), kLinear);
}

/// k6's summary tells of the whole run which durations are of successes, and not of its routes.
TEST(SelectSamples, TheWholeRunStandsForItsRoutesHoweverDurationsAreTold) {
  const std::vector<Sample> samples{
      sample("load.duration", {{"test", "a"}, {"status", "success"}}),
      sample("load.duration", {{"test", "a"}, {"route", "GET /"}}), sample("load.duration", {{"test", "b"}}),
      sample("load.duration", {{"test", "b"}, {"route", "GET /"}, {"status", "success"}})};
  const Selection s =
      select_samples({budget("load.duration", {}), budget("load.duration", {{"route", "GET /"}})}, samples);
  EXPECT_EQ(s.selected[0], (Indices{0, 2}));
  EXPECT_EQ(s.selected[1], (Indices{1, 3}));
}

}  // namespace
}  // namespace budgetcheck
