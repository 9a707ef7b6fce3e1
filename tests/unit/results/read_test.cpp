#include "results/read.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

std::string with_sample(const std::string& sample) { return "{\"version\":1,\n \"samples\":[\n  " + sample + "]}"; }

std::string first_error(const std::string& text) {
  const auto results = read_results("r.json", text);
  return results ? "" : results.error().front().message;
}

/// A distribution reads back as its runs while it is exact, so values are compared and not alternatives.
void expect_same(const Sample& a, const Sample& b) {
  EXPECT_EQ(a.metric, b.metric);
  EXPECT_EQ(a.where, b.where);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.lower_bound, b.lower_bound);
  EXPECT_EQ(a.lower_bound_reason, b.lower_bound_reason);
  EXPECT_EQ(a.location, b.location);
  EXPECT_EQ(run_count(a), run_count(b));
  for (const std::string& name : stat_names()) {
    Stat stat{};
    ASSERT_TRUE(parse_stat(name, stat));
    ASSERT_EQ(tells(a, stat), tells(b, stat));
    if (!tells(a, stat)) {
      continue;
    }
    // A sum of many values is kept in whole steps and written as a decimal: its last bit may differ.
    EXPECT_DOUBLE_EQ(aggregate(a, stat), aggregate(b, stat)) << a.metric << " " << name;
  }
}

TEST(Results, ReadsBackWhatTheJsonReportWrote) {
  const Report report = sample_report();
  const auto results = read_results("base.json", render_json(report, {}));
  ASSERT_TRUE(results) << to_string(results.error().front());
  EXPECT_EQ(results->app, "storefront");
  EXPECT_EQ(results->commit, report.commit);
  EXPECT_EQ(results->parents, report.parents);
  EXPECT_EQ(results->measured_at, report.measured_at);
  EXPECT_EQ(results->env.key, "ci-large");
  EXPECT_NE(results->budgets.find("budgets"), nullptr);
  ASSERT_EQ(results->samples.size(), report.samples.size());
  for (std::size_t i = 0; i < report.samples.size(); ++i) {
    expect_same(report.samples[i], results->samples[i]);
  }
  ASSERT_EQ(results->findings.size(), report.findings.size());
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    EXPECT_EQ(results->findings[i].key, report.findings[i].key);
    EXPECT_EQ(results->findings[i].rule, report.findings[i].rule);
    EXPECT_EQ(results->findings[i].level, report.findings[i].level);
    EXPECT_EQ(results->findings[i].magnitude, report.findings[i].magnitude);
    EXPECT_EQ(results->findings[i].location, report.findings[i].location);
  }
}

TEST(Results, ReadsBackAnySample) {
  std::mt19937_64 random(20261123);
  const auto number = [&] {
    return std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 60) - 55);
  };
  constexpr Unit kUnits[] = {Unit::kNone, Unit::kBytes, Unit::kMilliseconds, Unit::kCount, Unit::kPoints, Unit::kRatio};
  Report report;
  for (int i = 0; i < 500; ++i) {
    Sample s;
    s.metric = "m" + std::to_string(i);
    s.where = {{"page", "/" + std::to_string(random()) + "\n\"\\\x01é"}};
    s.unit = kUnits[random() % 6];
    s.location = {"in \"put\".json", static_cast<std::uint32_t>(1 + random() % 1000), 0, "/a~1b"};
    Distribution d;
    Runs runs;
    const std::size_t many = 1 + random() % 200;
    for (std::size_t k = 0; k < many; ++k) {
      d.add(std::min(number(), 1e12));
      runs.push_back(random() % 2 == 0 ? number() : -number());
    }
    KnownQuantiles told;
    told.add(0.5, number());
    told.add(0.99, number());
    told.n = many;
    switch (random() % 5) {
      case 0:
        s.value = number();
        break;
      case 1:
        s.value = runs;
        break;
      case 2:
        s.value = Rate{many / 2, many};
        break;
      case 3:
        s.value = many % 2 == 0 ? QuantileRuns{told} : QuantileRuns{told, told};
        s.failures_within = Rate{many / 3, many};
        break;
      default:
        s.value = d;
    }
    report.samples.push_back(s);
  }
  const auto results = read_results("base.json", render_json(report, {}));
  ASSERT_TRUE(results) << to_string(results.error().front());
  ASSERT_EQ(results->samples.size(), report.samples.size());
  for (std::size_t i = 0; i < report.samples.size(); ++i) {
    expect_same(report.samples[i], results->samples[i]);
  }
}

TEST(Results, ReadsASamplesFileWithUnits) {
  const std::string text = with_sample(R"({"metric":"own.size","where":{"part":"a"},"unit":"kB","value":1.5},
  {"metric":"own.time","unit":"s","runs":[1,0.25]})");
  const auto results = read_results("own.json", text);
  ASSERT_TRUE(results);
  EXPECT_EQ(std::get<Single>(results->samples[0].value), 1500);
  EXPECT_EQ(results->samples[0].unit, Unit::kBytes);
  EXPECT_EQ(std::get<Runs>(results->samples[1].value), (Runs{1000, 250}));
  // Where nothing says what it was read from, it is the file itself.
  EXPECT_EQ(to_string(results->samples[0].location), "own.json:3:3");
  EXPECT_EQ(to_string(results->samples[1].location), "own.json:4:3");
}

TEST(Results, ReadsKnownQuantiles) {
  const std::string begin = R"({"metric": "load.duration", "unit": "s", )";
  const auto results =
      read_results("r.json", with_sample(begin + R"("quantiles": {"p50": 0.009, "p99.9": 0.061, "max": 1, "n": 400},
                                       "failures_within": {"events": 4, "n": 400}})"));
  ASSERT_TRUE(results) << to_string(results.error().front());
  const Sample& sample = results->samples.at(0);
  const auto& runs = std::get<QuantileRuns>(sample.value);
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_DOUBLE_EQ(*runs[0].at(0.999), 61);
  EXPECT_EQ(runs[0].n, 400U);
  EXPECT_EQ(sample.failures_within, (Rate{4, 400}));
  const auto rerun = read_results(
      "r.json", with_sample(begin + R"("quantiles": {"p50": 1}, "base_quantiles": [{"p50": 0.5}, {"p50": 2}]})"));
  ASSERT_TRUE(rerun) << to_string(rerun.error().front());
  EXPECT_EQ(told_by_each(rerun->samples.at(0).base_quantiles, Stat::kMedian), (Runs{500, 2000}));
  EXPECT_NE(first_error(with_sample(begin + R"("quantiles": {"p50": 1}, "base_quantiles": "fast"})")), "");
  EXPECT_EQ(first_error(with_sample(begin + R"("quantiles": {"p50": "9"}})")),
            "'quantiles' is no mapping of quantiles to numbers");
  EXPECT_EQ(first_error(with_sample(begin + R"("quantiles": {"median": 9}})")),
            "'quantiles' is no mapping of quantiles to numbers");
  EXPECT_EQ(first_error(with_sample(begin + R"("quantiles": {"n": 9}})")),
            "'quantiles' is no mapping of quantiles to numbers");
  EXPECT_NE(first_error(with_sample(begin + R"("quantiles": {"p80": 9}})")).find("tells none of"), std::string::npos);
  EXPECT_NE(first_error(with_sample(begin + R"("value": 1, "failures_within": {"events": 5, "n": 4}})")), "");
}

TEST(Results, SaysEveryErrorWithItsPlace) {
  const auto results = read_results("r.json", with_sample(R"({"metric":"a","unit":"furlong","value":1},
  {"metric":"b","unit":"B"},
  {"metric":"c","unit":"B","value":1,"runs":[1]},
  {"metric":"d","unit":"1","events":3,"n":2},
  {"metric":"e","unit":"1","events":-1,"n":2},
  {"unit":"1","value":"7"},
  7)"));
  ASSERT_FALSE(results);
  std::vector<std::string> places;
  for (const Error& error : results.error()) {
    places.push_back(to_string(error.location));
    EXPECT_EQ(error.kind, ErrorKind::kInput);
    EXPECT_FALSE(error.hint.empty()) << error.message;
  }
  EXPECT_EQ(places, (std::vector<std::string>{"r.json:3:3", "r.json:4:3", "r.json:5:3", "r.json:6:3", "r.json:7:3",
                                              "r.json:8:3", "r.json:8:3", "r.json:9"}));
}

TEST(Results, RefusesWhatItCannotRead) {
  EXPECT_EQ(first_error(R"({"version":2,"samples":5})").rfind("the results file is of a newer version", 0), 0U);
  EXPECT_EQ(read_results("r.json", R"({"version":2})").error().front().code, "SCHEMA_VERSION");
  EXPECT_EQ(first_error(R"({"version":1,"samples":[]})"), "");
  EXPECT_NE(first_error(R"({"samples":[]})").find("'version'"), std::string::npos);
  EXPECT_NE(first_error(R"({"version":0,"samples":[]})"), "");
  EXPECT_NE(first_error(R"({"version":1})").find("'samples'"), std::string::npos);
  EXPECT_NE(first_error(R"({"version":1,"samples":{}})").find("not a list"), std::string::npos);
  EXPECT_NE(first_error("[]"), "");
  EXPECT_NE(first_error("null"), "");
  EXPECT_NE(first_error("{\"version\":1,"), "");
  EXPECT_NE(first_error(""), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"s","value":1e308})")), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"B","runs":[]})")), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"B","runs":[null]})")), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"B","value":null})")), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"B","value":1,"where":{"x":1}})")), "");
  EXPECT_NE(first_error(with_sample(R"({"metric":"a","unit":"1","events":1.5,"n":2})")), "");
}

TEST(Results, RefusesAHistogramThatContradictsItself) {
  const std::string good =
      R"({"metric":"a","unit":"ms","histogram":{"n":2,"min":0.1,"max":0.2,"sum":0.3,"bins":[[100,1],[200,1]]}})";
  EXPECT_EQ(first_error(with_sample(good)), "");
  for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{{"\"n\":2", "\"n\":3"},
                                                                                 {"[200,1]", "[200,1,1]"},
                                                                                 {"[200,1]", "[100,1]"},
                                                                                 {"[200,1]", "[-200,1]"},
                                                                                 {"[200,1]", "[1e300,1]"},
                                                                                 {"[200,1]", "[257,1]"},
                                                                                 {"0.2", "0.5"},
                                                                                 {"\"ms\"", "\"s\""}}) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    EXPECT_NE(first_error(with_sample(bad)), "") << bad;
  }
}

TEST(Results, IgnoresWhatANewerProgramAdded) {
  EXPECT_TRUE(
      read_results("r.json", R"({"version":1,"new":[[{}]],"samples":[{"metric":"a","unit":"B","value":1,"z":2}]})"));
}

}  // namespace
}  // namespace budgetcheck
