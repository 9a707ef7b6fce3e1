#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(MetricsSection, OwnMetricsAreChecked) {
  const auto own = [](const std::string& id, const std::string& rest) {
    return "version: 1\nmetrics: { " + id + ": { " + rest + " } }\n";
  };
  EXPECT_SAYS(own("api.x", "unit: \"1\", direction: lower"), "a metric of your own needs 'class'");
  EXPECT_SAYS(own("api.x", "unit: mss, direction: lower, class: timing-noisy"), "unknown unit 'mss'");
  EXPECT_SAYS(own("api.x", "unit: ms, direction: down, class: timing-noisy"), "one of lower, higher");
  EXPECT_SAYS(own("api.x", "unit: ms, direction: lower, class: bytes"), "which the class 'bytes' cannot have");
  EXPECT_SAYS(own("bundle.x", "unit: B, direction: lower, class: bytes"),
              "'bundle.x' uses the prefix 'bundle.', which is reserved");
  EXPECT_SAYS(own("nodot", "unit: B, direction: lower, class: bytes"), "is not a name for a metric");
  EXPECT_TRUE(load(own("api.x", "unit: kB, direction: higher, class: bytes, stat: p95, title: X")));
}

TEST(MetricsSection, ABudgetOnAMetricWithAnErrorIsNotASecondError) {
  const std::string budgets = "budgets: [{ id: a, metric: api.x, max: 3 }, { metric: api.y, max: 3 }]\n";
  EXPECT_EQ(errors_of("version: 1\nmetrics: { api.x: { unit: mss, direction: lower, class: timing-noisy },\n"
                      "  api.y: { unit: ms, direction: lower, class: timing-loud } }\n" +
                      budgets),
            "2:27: 'unit': unknown unit 'mss' (did you mean 'ms'?)\n"
            "3:47: 'class' is 'timing-loud' but must be one of bytes, count, timing-quiet, timing-noisy, cls, score, "
            "rate, percentile (did you mean 'timing-noisy'?)\n");
  // The key itself is wrong: nothing is known of what it declares, but metrics of the program's own are.
  EXPECT_EQ(errors_of("version: 1\nmetric: { api.x: { unit: ms, direction: lower, class: timing-noisy } }\n" +
                      one_budget("metric: api.x, max: 3 ms }\n  - { metric: bundle.gziped, max: 1 kB").substr(11)),
            "2:1: unknown key 'metric' in a budgets file (did you mean 'metrics'?)\n"
            "5:5: there is no metric 'bundle.gziped' (did you mean "
            "'bundle.gzip'?)\n");
  EXPECT_EQ(errors_of("version: 1\nmetrics: [api.x]\n" + budgets),
            "2:10: 'metrics' is a list but must be a mapping from metric to its definition\n");
}

TEST(MetricsSection, AMetricThatIsDeclaredNowhereIsAnErrorBesideOthers) {
  const std::string said = errors_of(
      "version: 1\nmetrics: { api.x: { unit: mss, direction: lower, class: timing-noisy } }\n"
      "budgets: [{ metric: api.z, max: 3 }]\n");
  EXPECT_TRUE(contains(said, "there is no metric 'api.z'")) << said;
}

}  // namespace
}  // namespace budgetcheck
