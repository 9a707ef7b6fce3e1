#include "unit/budget/import/import_testing.h"

namespace budgetcheck {
namespace {

std::string script(const std::string& thresholds) {
  return "import http from 'k6/http';\n// thresholds: { no: ['p(95)<1'] }\nexport const options = {\n  vus: 10,\n  "
         "thresholds: " +
         thresholds + ",\n};\nexport default function () { http.get(`http://x/${1}`); }\n";
}

const std::vector<ImportRow> kK6{
    {"DurationsOfAScript",
     "load.js",
     script("{ http_req_duration: ['p(95)<500', \"avg <= 200\", `med<100`,], }"),
     {"load.duration max 500 ms stat: p95", "load.duration max 200 ms stat: mean",
      "load.duration max 100 ms stat: median"},
     ""},
    {"OneExpressionWithoutAList",
     "load.mjs",
     script("{ 'http_req_duration': 'max<1500' }"),
     {"load.duration max 1500 ms stat: max"},
     ""},
    {"RatesAndCounts",
     "load.ts",
     script("{ http_req_failed: ['rate<0.01'], checks: ['rate>0.99'], http_reqs: ['count>=1000', 'rate>100'] } as T"),
     {"load.errors max 1%", "load.checks min 99%", "load.requests min 1000", "load.throughput min 100"},
     ""},
    {"ObjectsWithAbort",
     "load.js",
     script("{ http_req_failed: [{ threshold: 'rate<0.001', abortOnFail: true, delayAbortEval: '10s' }] }"),
     {"load.errors max 0.1%"},
     ""},
    {"TagsOfNameAndStatus",
     "load.js",
     script("{ 'http_req_duration{name:GET /events}': ['p(95)<300'], \"http_req_duration{name:http://x/a/${}/b}\": "
            "['p(90)<200'], 'http_req_duration{expected_response:true}': ['p(99)<900'], 'checks{check:is 200}': "
            "['rate>=0.999'] }"),
     {"load.duration { route: GET /events } max 300 ms stat: p95",
      "load.duration { route: \"*/a/$\\\\{\\\\}/b\" } max 200 ms stat: p90",
      "load.duration { status: success } max 900 ms stat: p99", "load.checks { check: is 200 } min 99.9%"},
     ""},
    {"TheStricterOfTwoIsKept",
     "load.js",
     script("{ http_req_duration: ['p(95)<500', 'p(95)<400'] }"),
     {"load.duration max 400 ms stat: p95"},
     ""},
    {"NoFailures", "load.js", script("{ http_req_failed: ['rate==0'] }"), {"load.errors max 0%"}, ""},
    {"OtherTags", "load.js", script("{ 'http_req_duration{scenario:a}': ['p(95)<1'] }"), {}, "'scenario'"},
    {"OtherStats", "load.js", script("{ http_req_duration: ['p(99.9)<1'] }"), {}, "no stat 'p(99.9)'"},
    {"OtherMetrics", "load.js", script("{ iteration_duration: ['p(95)<1'] }"), {}, "no metric"},
    {"ExactValues", "load.js", script("{ http_reqs: ['count==5'] }"), {}, "exact"},
    {"NotAComparison", "load.js", script("{ http_reqs: ['count'] }"), {}, "not a comparison"},
    {"WhatIsComputed",
     "load.js",
     script("{ http_req_duration: [`p(95)<${LIMIT}`, 'avg<' + N], http_reqs: limits(), ...shared }"),
     {},
     "...shared: it is computed by the script"},
    {"ThresholdsAreAConstant",
     "load.ts",
     "const limits: T = { http_req_failed: ['rate<0.05'] };\nexport let options = { thresholds: limits };\n",
     {"load.errors max 5%"},
     ""},
    {"Options",
     "options.json",
     R"({"vus":1,"thresholds":{"http_req_duration":["p(95)<500"]}})",
     {"load.duration max 500 ms stat: p95"},
     ""},
    {"SummaryExport",
     "summary.json",
     R"({"root_group":{},"metrics":{"http_req_failed":{"value":0.05,"thresholds":{"rate<0.5":false}},"vus":{"max":1}}})",
     {"load.errors max 50%"},
     ""},
    {"HandleSummary",
     "summary.json",
     R"({"state":{},"metrics":{"http_req_duration":{"values":{},"thresholds":{"p(95)<400":{"ok":true}}}}})",
     {"load.duration max 400 ms stat: p95"},
     ""},
};

BUDGETCHECK_IMPORT_TABLE(ImportK6, kK6);

TEST(ImportK6Program, OtherProgramsAreNotRead) {
  const auto import = import_budgets("lighthouserc.js", "module.exports = { ci: {} };\n");
  ASSERT_FALSE(import);
  EXPECT_NE(import.error().front().message.find("is a program"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
