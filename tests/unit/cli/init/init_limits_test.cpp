#include "cli/init/init_limits.h"

#include <gtest/gtest.h>

#include "budget/catalogue.h"
#include "cli/init/init.h"

namespace budgetcheck {
namespace {

Metric metric(const char* id) { return *shipped_metrics().find(id); }

/// A sample of a build's size.
Sample gzip(Labels where, double value) {
  Sample sample;
  sample.metric = "bundle.gzip";
  sample.where = std::move(where);
  sample.value = Single(value);
  return sample;
}

std::vector<std::string> limited(const std::vector<Sample>& samples) {
  Facts facts;
  facts.samples = samples;
  std::vector<std::string> out;
  for (const DraftBudget& budget : limits_of(facts).budgets) {
    std::string labels;
    for (const auto& [name, value] : budget.where) {
      labels += name + "=" + value + " ";
    }
    out.push_back(labels);
  }
  return out;
}

TEST(Limits, OneEntryThatIsTheWholeHasNoBudgetOfItsOwn) {
  const Labels whole{{"type", "js"}};
  const Labels main{{"entry", "main"}, {"type", "js"}};
  EXPECT_EQ(limited({gzip(whole, 5000), gzip(main, 5000)}), (std::vector<std::string>{"type=js "}));
  // Some of it is loaded later.
  EXPECT_EQ(limited({gzip(whole, 5001), gzip(main, 5000)}),
            (std::vector<std::string>{"entry=main type=js ", "type=js "}));
  // Each of two entries may load all there is.
  EXPECT_EQ(limited({gzip(whole, 5000), gzip(main, 5000), gzip({{"entry", "b"}, {"type", "js"}}, 10)}),
            (std::vector<std::string>{"entry=b type=js ", "entry=main type=js ", "type=js "}));
  // Another app's entries are not this one's.
  EXPECT_EQ(
      limited({gzip({{"app", "a"}, {"type", "js"}}, 5000), gzip({{"app", "a"}, {"entry", "x"}, {"type", "js"}}, 5000),
               gzip({{"app", "b"}, {"type", "js"}}, 9), gzip({{"app", "b"}, {"entry", "y"}, {"type", "js"}}, 8)}),
      (std::vector<std::string>{"app=b entry=y type=js ", "app=a type=js ", "app=b type=js "}));
  // Without a budget on the whole, the entry has one.
  EXPECT_EQ(limited({gzip(main, 5000)}), (std::vector<std::string>{"entry=main type=js "}));
}

TEST(LimitFor, LeavesRoomByTheClassOfTheMetric) {
  EXPECT_DOUBLE_EQ(limit_for(metric("bundle.gzip"), 100'000, {}), 105'000);
  EXPECT_DOUBLE_EQ(limit_for(metric("bundle.gzip"), 151'300, {}), 160'000);
  EXPECT_DOUBLE_EQ(limit_for(metric("bundle.gzip"), 157, {}), 1200);  // less than 1 KiB is no regression
  EXPECT_DOUBLE_EQ(limit_for(metric("queries.count"), 5, {}), 5);
  EXPECT_DOUBLE_EQ(limit_for(metric("queries.count"), 10, {}), 11);
  EXPECT_DOUBLE_EQ(limit_for(metric("queries.count"), 31, {}), 34);
  EXPECT_DOUBLE_EQ(limit_for(metric("bundle.duplicates"), 20, {}), 20);
  EXPECT_DOUBLE_EQ(limit_for(metric("lighthouse.cls"), 0, {0, 0, 0, 0, 0}), 0.02);
  EXPECT_DOUBLE_EQ(limit_for(metric("lighthouse.tbt"), 0, {0, 0, 0, 0, 0}), 50);
  EXPECT_DOUBLE_EQ(limit_for(metric("lighthouse.score.performance"), 98, {98, 98, 98, 98, 98}), 93);
}

TEST(LimitFor, ABuildThatGrowsByAPackageIsNeverWithinIt) {
  for (double value = 1e3; value < 1e8; value *= 1.21) {
    EXPECT_LT(limit_for(metric("bundle.gzip"), value, {}), value + 45'000) << value;  // 150 kB of scripts, compressed
  }
}

TEST(LimitFor, NoisyRunsGetMoreRoomThanQuietOnes) {
  const double quiet = limit_for(metric("lighthouse.lcp"), 2000, {2000, 2000, 2000, 2000, 2000});
  const double noisy = limit_for(metric("lighthouse.lcp"), 2000, {1500, 1800, 2000, 2300, 2700});
  EXPECT_DOUBLE_EQ(quiet, 2250);  // 10 %, and up to the next readable value
  EXPECT_GT(noisy, 2800);
}

TEST(LimitFor, IsNeverOnTheWrongSideOfTheValue) {
  for (const char* id : {"bundle.gzip", "queries.count", "lighthouse.lcp", "lighthouse.tbt", "lighthouse.cls"}) {
    for (double value = 0.001; value < 1e12; value *= 1.37) {
      EXPECT_GE(limit_for(metric(id), value, {value, value, value}), value) << id;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
