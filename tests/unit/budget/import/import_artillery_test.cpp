#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

std::string script(const std::string& ensure) {
  return "config:\n  target: http://x\n  ensure:\n" + ensure + "scenarios: []\n";
}

const std::vector<ImportRow> kArtillery{
    {"Thresholds",
     "load.yml",
     script("    thresholds:\n      - http.response_time.p95: 250\n      - http.response_time.2xx.p99: 900\n"
            "      - plugins.metrics-by-endpoint.response_time./seats.median: 40\n"),
     {"load.duration max 250 ms stat: p95", "load.duration { status: success } max 900 ms stat: p99",
      "load.duration { route: /seats } max 40 ms stat: median"},
     ""},
    {"Conditions",
     "load.yml",
     script("    conditions:\n      - expression: http.response_time.p99 < 500 and http.request_rate >= 100\n"
            "        strict: false\n"),
     {"load.duration max 500 ms stat: p99 level: warning", "load.throughput min 100 level: warning"},
     ""},
    {"ErrorRateIsAPercentage", "load.yml", script("    maxErrorRate: 1\n"), {"load.errors max 1%"}, ""},
    {"BeforeVersionTwo", "load.yml", script("    p95: 240\n"), {"load.duration max 240 ms stat: p95"}, ""},
    {"BelowPlugins",
     "load.json",
     R"({"config":{"plugins":{"ensure":{"thresholds":[{"http.response_time.max":800}]}}}})",
     {"load.duration max 800 ms stat: max"},
     ""},
    {"OtherStats", "load.yml", script("    thresholds:\n      - http.response_time.p999: 1\n"), {}, "no stat 'p999'"},
    {"OtherMetrics", "load.yml", script("    thresholds:\n      - http.codes.500: 1\n"), {}, "no metric"},
    {"Alternatives",
     "load.yml",
     script("    conditions:\n      - expression: http.requests > 3 or http.response_time.p95 < 9\n"),
     {},
     "alternatives"},
    {"NotANumber", "load.yml", script("    maxErrorRate: low\n    apdex: 1\n"), {}, "not a number"},
};

BUDGETCHECK_IMPORT_TABLE(ImportArtillery, kArtillery);

}  // namespace
}  // namespace budgetcheck
