#include "model/routes/route_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/budget.h"
#include "model/sample.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;

TEST(RouteNames, AreThoseOfBudgetsWaiversAndTheBase) {
  BudgetsFile file;
  file.budgets.resize(3);
  file.budgets[0].where = {{"route", "GET /b"}};
  file.budgets[1].where = {{"route", "GET /a"}, {"status", "200"}};
  file.budgets[2].where = {{"page", "/"}};
  file.waivers.resize(1);
  file.waivers[0].where = {{"route", "GET /b"}};
  std::vector<Sample> samples(3);
  samples[0].metric = "payload.time";
  samples[0].where = {{"route", "GET /c"}};
  samples[1].metric = "queries.count";
  samples[1].where = {{"route", "GET /d"}};
  samples[2].metric = "payload.time";
  RouteNames names;
  add_selected(file, names);
  add_measured(samples, names);
  EXPECT_THAT(names.selected, ElementsAre("GET /a", "GET /b"));
  EXPECT_THAT(names.measured, ElementsAre("GET /c"));
}

}  // namespace
}  // namespace budgetcheck
