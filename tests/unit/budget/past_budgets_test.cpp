#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(LoadPastBudgets, ReadsLimitsAndNothingThatNeedsFiles) {
  const auto file = load_past_budgets("budgets.yml", std::string_view(R"(version: 1
inputs: [missing/*.json]
rules_dir: gone
rules: { mine: error }
metrics: { api.error_rate: { unit: "1", direction: lower, class: rate } }
budgets:
  - { id: rate, metric: api.error_rate, max: 5% }
  - { id: js, metric: bundle.gzip, max: 170 kB }
)"));
  ASSERT_TRUE(file) << to_string(file.error().front());
  ASSERT_EQ(file->budgets.size(), 2U);
  EXPECT_TRUE(file->budgets[0].metric);
  EXPECT_EQ(file->budgets[1].max, 170'000);
  EXPECT_NE(file->document.find("rules"), nullptr);
}

TEST(LoadPastBudgets, SaysWhatItCannotRead) {
  EXPECT_EQ(load_past_budgets("b.yml", std::string_view("version: 9\n")).error().at(0).code, "SCHEMA_VERSION");
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("{")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("[1]")));
  EXPECT_FALSE(load_past_budgets("b.yml", std::string_view("version: 1\nbudgets: [{metric: bundle.gzip, max: 1 kX}]")));
}

TEST(LoadPastBudgets, ErrorsOfBothSectionsComeTogether) {
  const auto file = load_past_budgets("b.yml", std::string_view(R"(version: 1
budgets: [{metric: bundle.gzip, max: 1 kX}, {metric: api.x, max: 3}, {metric: bundle.gziped, max: 1 kB}]
metrics: { api.x: { unit: mss, direction: lower, class: timing-noisy } }
waivers: x
)"));
  ASSERT_FALSE(file);
  std::vector<std::string> places;
  for (const Error& error : file.error()) {
    places.push_back(to_string(error.location));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"b.yml:2:38", "b.yml:2:70", "b.yml:3:27"}));
}

}  // namespace
}  // namespace budgetcheck
