#include "cli/list/listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "base/file_system.h"
#include "budget/catalogue.h"
#include "budget/load.h"
#include "judge/judge_budgets.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Sample sample_of(std::string metric, Labels where, decltype(Sample::value) value) {
  Sample sample;
  sample.metric = std::move(metric);
  sample.where = std::move(where);
  const auto known = shipped_metrics().find(sample.metric);
  sample.unit = known ? known->unit : Unit::kNone;
  sample.value = std::move(value);
  return sample;
}

BudgetsFile file_of(const std::string& text) {
  MemoryFileSystem files;
  files.add("budgets.yml", text);
  ExpectedAll<BudgetsFile> file = load_budgets(files, "budgets.yml");
  for (const Error& error : file ? Errors() : file.error()) {
    ADD_FAILURE() << to_string(error) << "\n" << text;
  }
  return file ? std::move(*file) : default_budgets();
}

constexpr const char* kOwnMetrics =
    "version: 1\n"
    "metrics:\n"
    "  shop.hits: { unit: ratio, direction: higher, class: rate }\n"
    "  shop.errors: { unit: ratio, direction: lower, class: rate }\n"
    "  shop.throughput: { unit: '1', direction: higher, class: count }\n"
    "  shop.free: { unit: B, direction: higher, class: bytes }\n";

/// Every metric of the catalogue at every value, and whatever a team may declare.
Facts everything_at(const BudgetsFile& file, double value) {
  Facts facts;
  for (const Metric& metric : file.catalogue.all()) {
    std::string id = metric.id;
    if (const std::size_t star = id.find('*'); star != std::string::npos) {
      id.replace(star, 1, "some-thing");
    }
    const bool is_ratio = metric.unit == Unit::kRatio;
    const double in_range = metric.unit == Unit::kPoints ? std::fmod(value, 101)
                            : is_ratio                   ? std::fmod(value, 1)
                                                         : value;
    Sample sample = sample_of(id, {}, in_range);
    if (metric.metric_class == MetricClass::kRate) {
      sample.value = Rate{static_cast<std::uint64_t>(in_range * 5000), 5000};
    }
    sample.unit = metric.unit;
    if (!metric.labels.empty()) {
      sample.where = Labels{{metric.labels.front(), "/a: \"b\" {c}*?\\d"}};
    }
    facts.samples.push_back(std::move(sample));
  }
  return facts;
}

TEST(Listing, LinesOfBudgetsAreReadBackAndKept) {
  const BudgetsFile own = file_of(kOwnMetrics);
  for (const double value :
       {0.0, 0.04, 0.5, 1.0, 1.23451234, 7.0, 49.0, 51.0, 99.99, 1234.5678, 170'001.0, 9.87654321e9}) {
    const Facts facts = everything_at(own, value);
    Listing listing = listing_of(facts, own);
    for (const ListedMeasurement& m : listing.measurements) {
      EXPECT_TRUE(m.no_draft.empty() || m.unit == Unit::kPoints) << m.metric << ": " << m.no_draft << " at " << value;
    }
    const std::string lines = render_list_budgets(listing, {});
    const BudgetsFile file = file_of(kOwnMetrics + std::string("budgets:\n") + lines);
    EXPECT_TRUE(deferred_errors(file).empty());
    EXPECT_GT(file.budgets.size() + 10, facts.samples.size()) << lines;  // scores so low have none
    for (const Verdict& verdict : judge_budgets(file, facts, {}, "2026-11-30").verdicts) {
      EXPECT_EQ(verdict.status, Status::kPass) << verdict.metric << " " << verdict.message << " at " << value;
    }
  }
}

TEST(Listing, TotalsThenTheWorstFirst) {
  Facts facts;
  facts.samples = {sample_of("queries.count", {{"route", "/a"}}, 3.0),
                   sample_of("queries.count", {{"route", "/b"}}, 9.0),
                   sample_of("bundle.gzip", {{"entry", "main"}}, 5000.0), sample_of("bundle.gzip", {}, 9000.0)};
  std::vector<std::string> seen;
  for (const ListedMeasurement& m : listing_of(facts, default_budgets()).measurements) {
    seen.push_back(m.metric + " " + to_string(m.where));
  }
  EXPECT_THAT(
      seen, ElementsAre("bundle.gzip ", "bundle.gzip entry=main", "queries.count route=/b", "queries.count route=/a"));
}

TEST(Listing, SaysWhichBudgetJudgesIt) {
  const BudgetsFile file = file_of(
      "version: 1\nbudgets:\n"
      "  - { id: any, metric: queries.count, where: { route: '*' }, max: 20 }\n"
      "  - { id: a-mean, metric: queries.count, where: { route: /a }, stat: mean, max: 20 }\n");
  Facts facts;
  facts.samples = {sample_of("queries.count", {{"route", "/a"}}, 3.0),
                   sample_of("queries.count", {{"route", "/a"}, {"model", "User"}}, 2.0)};
  const Listing listing = listing_of(facts, file);
  EXPECT_THAT(listing.measurements[0].budgets, ElementsAre("any", "a-mean"));
  EXPECT_THAT(listing.measurements[1].budgets, ElementsAre());
  const std::string lines = render_list_budgets(listing, {});
  EXPECT_THAT(lines, HasSubstr("# today: 3, has a budget: any, a-mean\n  # - { metric: queries.count, "));
  EXPECT_THAT(lines, HasSubstr("\n  - { metric: queries.count, where: { route: /a, model: User }, max: 2 }\n"));
}

TEST(Listing, WhatIsKnownInPartOrHasNoMetricGetsNoLimit) {
  Facts facts;
  facts.samples = {sample_of("payload.body", {{"route", "/a"}}, 3e4), sample_of("shop.orders", {}, 3.0)};
  facts.samples[0].lower_bound = true;
  facts.samples[0].lower_bound_reason = "2 of 3 responses have no size";
  const Listing listing = listing_of(facts, default_budgets());
  const std::string lines = render_list_budgets(listing, {});
  EXPECT_THAT(lines, Not(HasSubstr("\n  - ")));
  EXPECT_THAT(lines, HasSubstr("# payload.body { route: /a }: today: at least 30 kB: it is known in part only"));
  EXPECT_THAT(lines, HasSubstr("# shop.orders: today: 3: no metric has this name: declare it under metrics: first"));
  EXPECT_THAT(render_list_text(listing, {}), HasSubstr("at least 30 kB  route=/a (2 of 3 responses have no size)"));
}

TEST(Listing, AShareOfFewTrialsGetsNoLimit) {
  const BudgetsFile own = file_of(kOwnMetrics);
  Facts facts;
  facts.samples = {sample_of("shop.errors", {}, Rate{1, 999}), sample_of("shop.errors", {{"x", "y"}}, Rate{10, 1000})};
  facts.samples[0].unit = facts.samples[1].unit = Unit::kRatio;
  const std::string lines = render_list_budgets(listing_of(facts, own), {});
  EXPECT_THAT(lines, HasSubstr("# shop.errors: today: 0.1% (of 999): 0.1% (1 of 999) against a limit"));
  EXPECT_THAT(lines, HasSubstr("\n  - { metric: shop.errors, where: { x: y }, max: 1.2% }\n"));
}

TEST(Listing, OfEqualLabelsTheWorstGetsTheLimit) {
  Facts facts;
  facts.samples = {sample_of("payload.body", {{"page", "/"}}, 1e4), sample_of("payload.body", {{"page", "/"}}, 5e4)};
  facts.samples[0].source = "https://a.example";
  facts.samples[1].source = "https://b.example";
  const std::string lines = render_list_budgets(listing_of(facts, default_budgets()), {});
  EXPECT_THAT(lines, HasSubstr("# today: 50 kB\n  - { metric: payload.body"));
  EXPECT_THAT(lines, HasSubstr("# payload.body { page: / }: today: 10 kB: the same labels as a worse value"));
}

}  // namespace
}  // namespace budgetcheck
