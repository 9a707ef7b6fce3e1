#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

std::string argo(const std::string& metric) {
  return "apiVersion: v1\nkind: Service\n---\napiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\nspec:\n  "
         "metrics:\n" +
         metric;
}
std::string flagger(const std::string& metrics) {
  return "apiVersion: flagger.app/v1beta1\nkind: Canary\nspec:\n  analysis:\n    metrics:\n" + metrics;
}
const std::string kQuery =
    "    provider:\n      prometheus:\n        query: histogram_quantile(0.99, "
    "sum(rate(http_request_duration_seconds_bucket[5m])) by (le))\n";

const std::vector<ImportRow> kRollouts{
    {"SuccessOfArgo",
     "analysis.yaml",
     argo("  - name: success-rate\n    successCondition: result[0] >= 0.95\n"),
     {"load.errors max 5%"},
     ""},
    {"FailureOfArgoWithTheUnitOfItsQuery",
     "analysis.yaml",
     argo("  - name: latency\n    failureCondition: result[0] >= 0.5\n    failureLimit: 3\n" + kQuery),
     {"load.duration max 500 ms stat: p99"},
     ""},
    {"NoUnit",
     "analysis.yaml",
     argo("  - name: latency-p95\n    successCondition: result < 5\n"),
     {},
     "does not tell the unit"},
    {"OtherExpressions",
     "analysis.yaml",
     argo("  - name: success-rate\n    successCondition: len(result) > 0\n  - name: none\n"),
     {},
     "only a comparison of the result"},
    {"BuiltInOfFlagger",
     "canary.yaml",
     flagger("    - name: request-success-rate\n      thresholdRange: { min: 99 }\n    - name: request-duration\n      "
             "thresholdRange: { max: 500 }\n"),
     {"load.errors max 1%", "load.duration max 500 ms stat: p99"},
     ""},
    {"BeforeRanges",
     "canary.yaml",
     "kind: Canary\nspec:\n  canaryAnalysis:\n    metrics:\n    - { name: request-success-rate, threshold: 99.9 }\n",
     {"load.errors max 0.1%"},
     ""},
    {"OwnOfFlagger",
     "canary.yaml",
     flagger("    - name: cpu\n      thresholdRange: { max: 5 }\n    - name: request-duration\n"),
     {},
     "no thresholdRange"},
};

BUDGETCHECK_IMPORT_TABLE(ImportRollouts, kRollouts);

}  // namespace
}  // namespace budgetcheck
