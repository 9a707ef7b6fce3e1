#include "collect/load_test/load_result.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace budgetcheck {
namespace {

LoadPart part(std::uint64_t requests, std::uint64_t failed) {
  LoadPart made;
  made.requests = requests;
  made.failed = failed;
  made.seconds = 10;
  KnownQuantiles quantiles;
  quantiles.add(0.95, 40);
  made.durations = quantiles;
  return made;
}

struct Read {
  Input input;
  Facts facts;

  const Sample* find(std::string_view metric, const std::string& route = "") const {
    const auto found = std::find_if(facts.samples.begin(), facts.samples.end(), [&](const Sample& sample) {
      const std::string* of = sample.where.find("route");
      return sample.metric == metric && (of == nullptr ? "" : *of) == route;
    });
    return found == facts.samples.end() ? nullptr : &*found;
  }
  std::string why_not(std::string_view metric) const {
    const auto found = std::find_if(facts.unmeasured.begin(), facts.unmeasured.end(),
                                    [&](const Unmeasured& gap) { return gap.metric == metric; });
    return found == facts.unmeasured.end() ? "" : found->reason;
  }
};

Read added(LoadResult result, const std::string& path = "load/checkout.run.json", InputSettings settings = {},
           bool has_namesake = false) {
  result.tool = "vegeta";
  Source source;
  source.path = path;
  source.settings = std::move(settings);
  source.has_namesake = has_namesake;
  Read read;
  add_load_result(source, std::move(result), read.input, read.facts);
  return read;
}

TEST(LoadResult, SaysWhatSucceeded) {
  LoadResult result;
  result.parts = {part(50'000, 49'900)};
  const Read read = added(result);
  EXPECT_EQ(std::get<Runs>(read.find("load.throughput")->value), Runs{10}) << "100 successes in 10 s";
  EXPECT_EQ(std::get<Rate>(read.find("load.errors")->value), (Rate{49'900, 50'000}));
  EXPECT_EQ(std::get<Runs>(read.find("load.requests")->value), Runs{50'000});
  EXPECT_EQ(read.find("load.duration")->failures_within, (Rate{49'900, 50'000}));
  EXPECT_EQ(read.find("load.duration")->where.find("status"), nullptr);
  EXPECT_EQ(std::get<QuantileRuns>(read.find("load.duration")->value).at(0).n, 50'000U);
}

TEST(LoadResult, KnowsSuccessesByThemselves) {
  LoadResult result;
  result.parts = {part(100, 40)};
  Distribution values;
  values.add(7);
  result.parts[0].success_durations = values;
  const Read read = added(result);
  ASSERT_EQ(read.facts.samples.size(), 5U);
  const Sample& all = read.facts.samples[3];
  EXPECT_EQ(*all.where.find("status"), "all");
  EXPECT_EQ(all.failures_within, (Rate{40, 100}));
  const Sample& successes = read.facts.samples[4];
  EXPECT_EQ(*successes.where.find("status"), "success");
  EXPECT_FALSE(successes.failures_within);
  EXPECT_EQ(aggregate(successes, Stat::kP95), 7);
}

TEST(LoadResult, CountsNoFailureToo) {
  // Another run of the test may have some: only then is their share of all runs right.
  LoadResult result;
  result.parts = {part(100, 0)};
  const Read read = added(result);
  EXPECT_EQ(read.find("load.duration")->failures_within, (Rate{0, 100}));
  EXPECT_EQ(read.input.message, "");
}

TEST(LoadResult, SaysOnceThatFailuresMayBeWithin) {
  LoadResult result;
  result.parts = {part(100, 0), part(60, 0)};
  result.parts[1].route = "GET /events";
  for (LoadPart& one : result.parts) {
    one.failed.reset();
  }
  const Read read = added(result);
  EXPECT_FALSE(read.find("load.duration")->failures_within);
  const std::size_t at = read.input.message.find("times of failed ones may be among the durations");
  ASSERT_NE(at, std::string::npos) << read.input.message;
  EXPECT_EQ(read.input.message.find("times of failed ones", at + 1), std::string::npos);
  EXPECT_EQ(read.input.state, InputState::kRead);
}

TEST(LoadResult, NothingFailedOnARouteOfARunWithoutFailures) {
  LoadResult result;
  result.parts = {part(100, 0), part(60, 0)};
  result.parts[1].route = "GET /events";
  result.parts[1].failed.reset();
  EXPECT_EQ(added(result).input.message, "");
  result.parts[0].failed = 1;
  EXPECT_NE(added(result).input.message.find("of 1 route failed"), std::string::npos);
}

TEST(LoadResult, IsNamedByItsFileOrItsInput) {
  LoadResult result;
  result.parts = {part(10, 0)};
  EXPECT_EQ(*added(result).find("load.errors")->where.find("test"), "checkout.run");
  EXPECT_EQ(*added(result, "k6.ndjson.gz").find("load.errors")->where.find("test"), "k6");
  EXPECT_EQ(*added(result, "a/k6.csv", {}, true).find("load.errors")->where.find("test"), "k6.csv");
  InputSettings settings;
  settings.set("test", "checkout");
  EXPECT_EQ(*added(result, "a.json", settings).find("load.errors")->where.find("test"), "checkout");
}

TEST(LoadResult, HasNoDurationWhereNothingSucceeded) {
  LoadResult result;
  result.parts = {part(20, 20)};
  const Read read = added(result);
  EXPECT_EQ(read.find("load.duration"), nullptr);
  EXPECT_NE(read.why_not("load.duration").find("no request succeeded"), std::string::npos);
  EXPECT_EQ(std::get<Runs>(read.find("load.throughput")->value), Runs{0});
}

TEST(LoadResult, OfNoRequestIsIncomplete) {
  LoadResult result;
  result.parts = {part(0, 0)};
  const Read read = added(result);
  EXPECT_EQ(read.input.state, InputState::kIncomplete);
  EXPECT_TRUE(read.facts.samples.empty());
  EXPECT_EQ(read.why_not("load."), "no request was made");
}

TEST(LoadResult, LostRequestsAreErrorsAtLeast) {
  LoadResult result;
  result.parts = {part(1121, 0)};
  result.parts[0].lost = 155;
  const Read read = added(result);
  EXPECT_TRUE(read.find("load.errors")->lower_bound);
  EXPECT_NE(read.input.message.find("155"), std::string::npos) << read.input.message;
}

TEST(LoadResult, SaysWhatAFileDoesNotTell) {
  LoadResult result;
  result.parts = {LoadPart()};
  result.parts[0].requests = 5;
  KnownQuantiles odd;
  odd.add(0.8, 4);
  result.parts[0].durations = odd;
  const Read read = added(result);
  EXPECT_EQ(read.facts.samples.size(), 1U);
  EXPECT_NE(read.why_not("load.errors"), "");
  EXPECT_NE(read.why_not("load.throughput"), "");
  EXPECT_NE(read.why_not("load.duration").find("tells only p80"), std::string::npos) << read.why_not("load.duration");
}

TEST(LoadResult, RoutesChecksAndTheLoadItself) {
  LoadResult result;
  result.shape = "8 connections";
  result.parts = {part(30, 0), part(10, 0)};
  result.parts[1].route = "GET /events";
  result.checks = {{"status is 200", 29, 1}};
  const Read read = added(result);
  EXPECT_NE(read.find("load.duration", "GET /events"), nullptr);
  EXPECT_EQ(std::get<Rate>(read.find("load.checks")->value), (Rate{29, 30}));
  EXPECT_EQ(read.facts.env.parts.at("load checkout.run"), "8 connections");
}

}  // namespace
}  // namespace budgetcheck
