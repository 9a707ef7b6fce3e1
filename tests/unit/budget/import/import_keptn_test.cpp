#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

std::string slo(const std::string& objectives) {
  return "---\nspec_version: \"1.0\"\ncomparison:\n  aggregate_function: avg\nobjectives:\n" + objectives;
}
std::string analysis(const std::string& target) {
  return "kind: AnalysisDefinition\nspec:\n  objectives:\n    - analysisValueTemplateRef: { name: response-time-p95 }\n"
         "      target: " +
         target + "\n";
}

const std::vector<ImportRow> kKeptn{
    {"CriteriaOfOneSetHoldTogether",
     "slo.yaml",
     slo("  - sli: response_time_p95\n    pass:\n      - criteria: [\"<=+10%\", \"<600\"]\n"),
     {"load.duration max 600 ms max_increase 10% stat: p95"},
     ""},
    {"WarningIsTheLimit",
     "slo.yaml",
     slo("  - sli: response_time_p95\n    pass:\n      - criteria: [\"<600\"]\n    warning:\n      - criteria: "
         "[\"<=800\"]\n"),
     {"load.duration max 800 ms stat: p95"},
     "it only costs points"},
    {"ErrorsAndThroughput",
     "slo.yaml",
     slo("  - sli: error_rate\n    pass: [{ criteria: [\"<=1\"] }]\n  - sli: throughput\n    pass: [{ criteria: "
         "[\">=100\"] }]\n"),
     {"load.errors max 1%", "load.throughput min 100"},
     ""},
    {"SetsAreAlternatives",
     "slo.yaml",
     slo("  - sli: throughput\n    pass: [{ criteria: [\">=100\"] }, { criteria: [\">=-5%\"] }]\n"),
     {},
     "alternatives"},
    {"LessThanBefore",
     "slo.yaml",
     slo("  - sli: throughput\n    pass: [{ criteria: [\">=-5%\"] }]\n"),
     {},
     "only growth"},
    {"OnlyShown", "slo.yaml", slo("  - sli: response_time_p95\n"), {}, "only shows it"},
    {"OtherNumbers", "slo.yaml", slo("  - sli: cpu\n    pass: [{ criteria: [\"<5\"] }]\n"), {}, "no number for it"},
    {"NoQuantile", "slo.yaml", slo("  - sli: latency\n    pass: [{ criteria: [\"<5\"] }]\n"), {}, "which quantile"},
    {"NotACriterion",
     "slo.yaml",
     slo("  - sli: error_rate\n    pass: [{ criteria: [\"5\"] }]\n"),
     {},
     "not a comparison"},
    {"TotalScore",
     "slo.yaml",
     slo("  - sli: error_rate\n    weight: 2\n    pass: [{ criteria: [\"<=0.5\"] }]\ntotal_score:\n  pass: \"90%\"\n"),
     {"load.errors max 50%"},
     "decides alone"},
    {"AnalysisSaysWhenItFails",
     "analysis.yaml",
     analysis("{ failure: { greaterThan: { fixedValue: 600 } }, warning: { greaterThan: { fixedValue: 300 } } }"),
     {"load.duration max 600 ms stat: p95"},
     "points"},
    {"AnalysisWithARange", "analysis.yaml", analysis("{ failure: { inRange: { lowBound: 1 } } }"), {}, "lessThan"},
};

BUDGETCHECK_IMPORT_TABLE(ImportKeptn, kKeptn);

}  // namespace
}  // namespace budgetcheck
