#include "collect/unread_outputs.h"

#include <gtest/gtest.h>

#include "collect/collect.h"

namespace budgetcheck {
namespace {

Input read(const std::string& text) {
  MemoryFileSystem files;
  files.add("f", text);
  std::vector<InputSpec> specs(1);
  specs[0].path = "f";
  return collect(files, specs, {}).inputs.at(0);
}

TEST(UnreadOutputs, AreNamedWithWhatToPass) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"traceEvents":[{"ph":"X","ts":1}],"metadata":{}})", "a trace of Chrome"},
      {R"([{"ph":"X","ts":1,"pid":1,"name":"a"}])", "a trace of Chrome"},
      {R"([{"method":"Network.requestWillBeSent","params":{}}])", "devtoolslog"},
      {R"({"src/App.vue":["/assets/App-1a2b.js"],"node_modules/x/y.js":[]})", "an SSR manifest"},
      {R"({"main.js":"/static/main.1a2b.js","main.css":"/static/main.1a2b.css"})", "an asset manifest"},
      {R"({"files":{"main.js":"/static/main.js"},"entrypoints":["static/main.js"]})", "an asset manifest"},
      {R"({"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"})", "a source map"},
      {R"({"name":"shop","version":"1.0.0","scripts":{"build":"vite build"}})", "a package.json"},
      {R"({"name":"shop","lockfileVersion":3,"packages":{}})", "package-lock.json"},
      {R"({"compilerOptions":{"strict":true}})", "TypeScript's configuration"},
      {R"({"ci":{"collect":{}}})", "Lighthouse CI's configuration"},
      {R"([{"path":"/*","resourceSizes":[{"resourceType":"script","budget":300}]}])", "a budget.json of Lighthouse"},
      {"TN:\nSF:src/a.ts\nDA:1,1\nend_of_record\n", "(lcov)"},
      {R"({"/src/a.ts":{"path":"/src/a.ts","statementMap":{},"fnMap":{}}})", "(Istanbul)"},
      {"<?xml version=\"1.0\"?>\n<testsuites><testsuite name=\"a\"/></testsuites>", "a JUnit report"},
      {R"({"numTotalTests":3,"testResults":[]})", "Jest or Vitest"},
      {"     checks.........................: 94.64% 795 out of 840\n     http_req_duration..............: "
       "avg=42.86ms\n"
       "     http_reqs......................: 420 25.8/s\n",
       "what k6 prints"},
      {"<!doctype html>\n<html><head><title>Gatling Stats - Global Information</title></head></html>",
       "a page of Gatling's report"},
      {"<html><head><title>k6 report</title></head></html>", "a page about a run of k6"},
      {"<html><head><title>Artillery report</title></head></html>", "a page of Artillery's report"},
      {"var stats = {\n    type: \"GROUP\",\nstats: {\n \"numberOfRequests\": {}}}\n", "js/stats.js"},
      {"RUN\tBasicSimulation\tbasic\t1795934363978\t \t3.9\nUSER\tAdmins\tSTART\t1795934364000\n", "simulation.log"},
      {"http.response_time:\n  min: .... 0\nvusers.created: .... 133\n", "what Artillery prints"},
      {"Fortio 1.69.5 running at 50 queries per second\nSockets used: 4\n# target 50% 0.0088\nCode 200 : 376\n",
       "what fortio prints"},
      {"# HELP http_requests_total Requests.\n# TYPE http_requests_total counter\nhttp_requests_total 3\n",
       "Prometheus's text format"},
      {R"({"status":"success","data":{"resultType":"vector","result":[]}})", "an answer of Prometheus's API"},
      {R"({"error":{"code":404,"message":"chrome ux report data not found","status":"NOT_FOUND"}})",
       "the error that an API"},
      {"<!doctype html>\n<html></html>", "an HTML page"},
      {"version: 1\nbudgets:\n  - { metric: lighthouse.lcp, max: 2500 ms }\n", "a budgets file"},
  };
  for (const auto& [text, what] : cases) {
    const Input input = read(text);
    EXPECT_EQ(input.state, InputState::kUnreadable) << text;
    EXPECT_NE(input.message.find(what), std::string::npos) << text << "\n" << input.message;
    EXPECT_FALSE(input.hint.empty()) << text;
    EXPECT_EQ(input.hint.find("prisma"), std::string::npos) << text;
  }
}

TEST(UnreadOutputs, WhatOnlyLooksAlikeIsNotNamed) {
  for (const char* text : {
           R"({"name":"shop","hello":1})",
           R"({"error":"none","hello":1})",
           R"({"main.js":["a"],"hello":["b"]})",
           R"({"main.js":"a","hello":"b"})",
           R"({"version":3,"mappings":1})",
       }) {
    EXPECT_TRUE(read(text).message.starts_with("JSON of no known format")) << text << "\n" << read(text).message;
  }
}

TEST(UnreadOutputs, AreNoInputOfARun) {
  EXPECT_EQ(unread_outputs_format().recognises, nullptr);
  EXPECT_TRUE(unread_outputs_format().page.empty());
  EXPECT_TRUE(unread_outputs_format().is_given_as.empty());
}

}  // namespace
}  // namespace budgetcheck
