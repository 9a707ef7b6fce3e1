#include "report/load/load_rows.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Sample sample(const std::string& metric, Labels where, SampleValue value) {
  Sample made;
  made.metric = metric;
  made.where = std::move(where);
  made.value = std::move(value);
  return made;
}

QuantileRuns told(double p50, double p99) {
  KnownQuantiles run;
  run.add(0.5, p50);
  run.add(0.99, p99);
  run.max = p99 * 2;
  return {run};
}

std::vector<Sample> checkout() {
  return {sample("load.requests", {{"test", "checkout"}}, 2000.0),
          sample("load.throughput", {{"test", "checkout"}}, Runs{61.25}),
          sample("load.errors", {{"test", "checkout"}}, Rate{30, 2000}),
          sample("load.duration", {{"test", "checkout"}}, told(9, 61)),
          sample("load.duration", {{"test", "checkout"}, {"route", "/fast"}, {"status", "success"}}, told(2, 5)),
          sample("load.duration", {{"test", "checkout"}, {"route", "/slow"}, {"status", "success"}}, told(20, 80)),
          sample("load.checks", {{"test", "checkout"}, {"check", "status is 200"}}, Rate{1, 1}),
          sample("trace.duration", {{"service", "api"}}, 7.0)};
}

TEST(LoadRows, AreTheWholeAndItsSlowestRoutes) {
  const std::vector<LoadRow> rows = load_rows(checkout(), {});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(load_name(rows[0]), "checkout");
  EXPECT_EQ(load_name(rows[1]), "checkout /slow");
  EXPECT_EQ(load_name(rows[2]), "checkout /fast");
  EXPECT_FALSE(rows[0].of_successes);
  EXPECT_TRUE(rows[1].of_successes);
  EXPECT_EQ(load_cells(rows[0]), (std::vector<std::string>{"2000", "61.3", "1.5%", "9 ms", "-", "61 ms"}));
  EXPECT_EQ(load_cells(rows[2]), (std::vector<std::string>{"-", "-", "-", "2 ms", "-", "5 ms"}));
}

TEST(LoadRows, HaveTheQuantilesOfTheBaseBeside) {
  std::vector<Sample> base = checkout();
  base[1].value = Runs{70};
  base[3].value = told(8, 50);
  base[4].value = QuantileRuns{KnownQuantiles()};
  const std::vector<LoadRow> rows = load_rows(checkout(), base);
  EXPECT_EQ(rows[0].base_throughput, 70);
  ASSERT_EQ(rows[0].quantiles.size(), 3U);
  EXPECT_EQ(rows[0].quantiles[1].name, "p99");
  EXPECT_EQ(rows[0].quantiles[1].base, 50);
  EXPECT_EQ(rows[2].quantiles[0].base, std::nullopt) << "the base does not tell it";
  Page page({});
  write_loads(page, rows, 2);
  const std::string text = page.take();
  EXPECT_NE(text.find("61.3 successes a second (base 70), 1.5% failed, p50 9 ms\n    (base 8 ms)"), std::string::npos)
      << text;
  EXPECT_NE(text.find("and 1 more route"), std::string::npos);
}

TEST(LoadRows, AStageIsNamedAsOne) {
  std::vector<Sample> samples = checkout();
  samples.push_back(sample("load.requests", {{"test", "checkout"}, {"stage", "1"}}, 900.0));
  const std::vector<LoadRow> rows = load_rows(samples, {});
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].requests, 2000);
  EXPECT_EQ(load_name(rows[3]), "checkout stage 1");
}

TEST(LoadRows, OfSuccessesWhereTheyAreTold) {
  const Labels all{{"test", "a"}, {"status", "all"}};
  const Labels successes{{"test", "a"}, {"status", "success"}};
  const std::vector<Sample> samples{sample("load.duration", all, told(1, 2)),
                                    sample("load.duration", successes, told(3, 4))};
  for (const std::vector<Sample>& order : {samples, {samples[1], samples[0]}}) {
    EXPECT_EQ(load_rows(order, {}).at(0).quantiles.at(0).value, 3);
  }
}

TEST(LoadRows, ShowNoFailuresWhereNoneHappened) {
  EXPECT_EQ(load_cells(load_rows({sample("load.errors", {{"test", "a"}}, Rate{0, 7})}, {}).at(0)).at(2), "0");
  EXPECT_TRUE(load_rows({}, {}).empty());
}

}  // namespace
}  // namespace budgetcheck
