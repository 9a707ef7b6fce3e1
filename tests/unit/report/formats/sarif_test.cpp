#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "json/writer.h"
#include "report/format.h"
#include "report/words/paths.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

const json::Array& results_of(const json::Value& sarif) {
  return *(*sarif.find("runs")->array())[0].find("results")->array();
}

TEST(Sarif, ResultsNameRulePlaceAndFingerprint) {
  const json::Value sarif = read_back(render_sarif(sample_report(), {}));
  const json::Value& run = (*sarif.find("runs")->array())[0];
  const json::Array& rules = *run.at({"tool", "driver", "rules"})->array();
  std::set<std::string> fingerprints;
  ASSERT_EQ(results_of(sarif).size(), 11U);  // 6 verdicts that did not pass, 5 findings
  for (const json::Value& result : results_of(sarif)) {
    const auto index = static_cast<std::size_t>(*result.find("ruleIndex")->number());
    ASSERT_LT(index, rules.size());
    EXPECT_EQ(rules[index].string_or("id", "?"), result.string_or("ruleId", ""));
    const json::Value& place = *(*result.find("locations")->array())[0].find("physicalLocation");
    EXPECT_GE(*place.at({"region", "startLine"})->number(), 1);
    EXPECT_GE(*place.at({"region", "startColumn"})->number(), 1);
    EXPECT_FALSE(place.at({"artifactLocation", "uri"})->string()->empty());
    fingerprints.insert(std::string(result.find("partialFingerprints")->string_or("primaryLocationLineHash", "")));
  }
  EXPECT_EQ(fingerprints.size(), 11U);
  EXPECT_EQ(results_of(sarif)[0].string_or("ruleId", ""), "budget/LIMIT_EXCEEDED");
  EXPECT_EQ(results_of(sarif)[0].string_or("level", ""), "error");
  EXPECT_EQ(*run.at({"automationDetails", "id"})->string(), "budgetcheck/storefront/");
  const json::Value& invocation = (*run.find("invocations")->array())[0];
  EXPECT_FALSE(*invocation.find("executionSuccessful")->boolean());
  EXPECT_EQ(invocation.find("toolExecutionNotifications")->array()->size(), 3U);  // a problem and two inputs
}

TEST(Sarif, FingerprintsDependOnNoMeasuredValue) {
  Report report = sample_report();
  const json::Value before = read_back(render_sarif(report, {}));
  for (Verdict& v : report.verdicts) {
    v.value = v.value.value_or(0) * 1.01;
    v.message += " or so";
    v.location.line += 3;
  }
  const json::Value after = read_back(render_sarif(report, {}));
  for (std::size_t i = 0; i < results_of(before).size(); ++i) {
    EXPECT_EQ(json::to_json(*results_of(before)[i].find("partialFingerprints")),
              json::to_json(*results_of(after)[i].find("partialFingerprints")));
  }
  report.verdicts[0].where.set("page", "/other");
  EXPECT_NE(json::to_json(*results_of(before)[0].find("partialFingerprints")),
            json::to_json(*results_of(read_back(render_sarif(report, {})))[0].find("partialFingerprints")));
}

TEST(Sarif, AGreenRunIsASuccessWithoutResults) {
  const json::Value sarif = read_back(render_sarif(green_report(), {}));
  EXPECT_TRUE(results_of(sarif).empty());
  const json::Value& run = (*sarif.find("runs")->array())[0];
  EXPECT_TRUE(*(*run.find("invocations")->array())[0].find("executionSuccessful")->boolean());
}

TEST(Sarif, WaivedIsSuppressed) {
  std::size_t suppressed = 0;
  const json::Value sarif = read_back(render_sarif(sample_report(), {}));
  for (const json::Value& result : results_of(sarif)) {
    suppressed += result.find("suppressions") != nullptr ? 1U : 0U;
  }
  EXPECT_EQ(suppressed, 2U);
}

TEST(Paths, AreSeenFromTheFolderOfTheRunOutsideOfARepository) {
  const Report report;
  EXPECT_EQ(repository_path("./dist/a b.js", report), "dist/a b.js");
  EXPECT_EQ(repository_path("/elsewhere/x.json", report), "x.json");
  EXPECT_EQ(repository_path("../up.yml", report), "up.yml");
  EXPECT_EQ(repository_path("C:\\ci\\x.json", report), "x.json");
  EXPECT_EQ(repository_path("webpack://shop/src/a.js", report), "a.js");
  EXPECT_EQ(repository_path("src\\a.js", report), "src/a.js");
  EXPECT_EQ(repository_path("", report), "");
  EXPECT_EQ(relative_uri("dist/a b#é.js", report), "dist/a%20b%23%C3%A9.js");
}

TEST(Paths, AreSeenFromTheRootOfTheRepository) {
  Report report;
  report.repository_root = "/ci/shop";
  report.path_prefix = "packages/web";
  EXPECT_EQ(repository_path("dist/x.js", report), "packages/web/dist/x.js");
  EXPECT_EQ(repository_path("../../budgets.yml", report), "budgets.yml");
  EXPECT_EQ(repository_path("../api/logs/q.ndjson", report), "packages/api/logs/q.ndjson");
  EXPECT_EQ(repository_path("/ci/shop/dist/x.js", report), "dist/x.js");
  EXPECT_EQ(repository_path("../../../other/x.json", report), "x.json");
  EXPECT_EQ(repository_path("/ci/shop-2/dist/x.js", report), "x.js");
  EXPECT_EQ(repository_path("webpack://shop/src/a.js", report), "a.js");
  EXPECT_EQ(repository_path("", report), "");
}

TEST(Paths, EveryMachineReadableReportTakesTheRootOfTheRepository) {
  Report report = sample_report();
  report.repository_root = "/ci/shop";
  report.path_prefix = "packages/web";
  const json::Value sarif = read_back(render_sarif(report, {}));
  for (const json::Value& result : results_of(sarif)) {
    const json::Value& place = *(*result.find("locations")->array())[0].find("physicalLocation");
    const json::Value* uri = place.find("artifactLocation")->find("uri");
    EXPECT_TRUE(uri->string()->starts_with("packages/web/")) << *uri->string();
  }
  const std::string junit = render_junit(report, {});
  EXPECT_THAT(junit, testing::HasSubstr("file=\"packages/web/"));
  EXPECT_THAT(junit, testing::Not(testing::HasSubstr("file=\"budgets")));
}

}  // namespace
}  // namespace budgetcheck
