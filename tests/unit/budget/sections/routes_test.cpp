#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(RoutesSection, AreTemplatesAndListedOnce) {
  EXPECT_SAYS("version: 1\nroutes: [/a, /a]\n", "listed twice");
  EXPECT_SAYS("version: 1\nroutes: [api/users]\n", "must be a route template");
}

}  // namespace
}  // namespace budgetcheck
