#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/catalogue.h"
#include "cli/list/listing.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Listing three() {
  Listing listing;
  for (const auto& [metric, where] : {std::pair<const char*, Labels>{"queries.count", {{"route", "/api/posts"}}},
                                      {"queries.time", {{"route", "/api/users"}}},
                                      {"bundle.gzip", {{"entry", "main"}}}}) {
    ListedMeasurement m;
    m.metric = metric;
    m.where = where;
    listing.measurements.push_back(m);
  }
  return listing;
}

struct Left {
  std::vector<std::string> metrics;
  std::string error;
  ErrorKind kind = ErrorKind::kOutput;
};

Left filtered(const ListFilter& filter, Listing listing = three()) {
  Left left;
  for (const Error& error : apply_filter(filter, shipped_metrics(), listing)) {
    left.error += to_string(error) + "\n";
    left.kind = error.kind;
  }
  for (const ListedMeasurement& m : listing.measurements) {
    left.metrics.push_back(m.metric);
  }
  return left;
}

TEST(ListFilter, OneMetricOrAPattern) {
  EXPECT_THAT(filtered({}).metrics.size(), 3U);
  EXPECT_THAT(filtered({{"queries.count"}, {}}).metrics, ElementsAre("queries.count"));
  EXPECT_THAT(filtered({{"queries.*"}, {}}).metrics, ElementsAre("queries.count", "queries.time"));
  EXPECT_THAT(filtered({{"queries.time", "bundle.*"}, {}}).metrics, ElementsAre("queries.time", "bundle.gzip"));
}

TEST(ListFilter, AllLabelsFit) {
  EXPECT_THAT(filtered({{}, {{"route", "/api/*"}}}).metrics, ElementsAre("queries.count", "queries.time"));
  EXPECT_THAT(filtered({{}, {{"route", "/api/*"}, {"route", "*posts"}}}).metrics, ElementsAre("queries.count"));
  const Left none = filtered({{"bundle.gzip"}, {{"route", "/api/*"}}});
  EXPECT_EQ(none.error, "nothing that was measured fits all of the filters (leave one of them out)\n");
  EXPECT_EQ(none.kind, ErrorKind::kUsage);
}

TEST(ListFilter, WhatDoesNotExistIsSaidWithTheNearestName) {
  EXPECT_EQ(filtered({{"queries.coutn"}, {}}).error,
            "nothing was measured as 'queries.coutn' (did you mean 'queries.count'?)\n");
  EXPECT_EQ(filtered({{"payload.transfre"}, {}}).error,
            "there is no metric 'payload.transfre' (did you mean 'payload.transfer'?)\n");
  EXPECT_EQ(filtered({{}, {{"rout", "x"}}}).error,
            "nothing that was measured has a label 'rout' (did you mean 'route'?)\n");
  EXPECT_EQ(filtered({{}, {{"route", "/api/post"}}}).error,
            "no route '/api/post' was measured (did you mean '/api/posts'?)\n");
  EXPECT_EQ(filtered({{}, {{"entry", "x-y-z"}}}).error, "no entry 'x-y-z' was measured (it is 'main')\n");
}

TEST(ListFilter, AMetricThatIsKnownWasNotMeasuredForAReason) {
  EXPECT_EQ(filtered({{"lighthouse.inp"}, {}}).error,
            "no input measures lighthouse.inp (check that its report is among the inputs)\n");
  Listing listing = three();
  listing.unmeasured.push_back({"bundle.brotli", {}, "the files are not there", "name root", {"stats.json", 0, 0, {}}});
  EXPECT_EQ(filtered({{"bundle.brotli"}, {}}, listing).error,
            "bundle.brotli was not measured: stats.json: the files are not there (name root)\n");
}

TEST(ListFilter, WhereAnInputIsMissingTheFilterIsNotAtFault) {
  Listing listing = three();
  listing.inputs.emplace_back();
  listing.inputs.back().state = InputState::kUnreadable;
  EXPECT_EQ(filtered({{"lighthouse.inp"}, {}}, listing).kind, ErrorKind::kInput);
  EXPECT_EQ(filtered({{"payload.transfre"}, {}}, listing).kind, ErrorKind::kUsage);  // whatever was in it
}

TEST(ListFilter, GapsOfOtherThingsAreLeftOut) {
  Listing listing = three();
  listing.unmeasured = {
      {"queries.", {}, "a", "", {}}, {"bundle.", {}, "b", "", {}}, {"", {{"route", "/x"}}, "c", "", {}}};
  EXPECT_THAT(apply_filter({{"queries.count"}, {{"route", "/api/posts"}}}, shipped_metrics(), listing), IsEmpty());
  ASSERT_EQ(listing.unmeasured.size(), 1U);
  EXPECT_EQ(listing.unmeasured[0].reason, "a");
  EXPECT_EQ(listing.others, 2U);
}

}  // namespace
}  // namespace budgetcheck
