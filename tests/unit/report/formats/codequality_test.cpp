#include <gtest/gtest.h>

#include <set>

#include "report/format.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

std::vector<std::string> fingerprints(const Report& report) {
  const json::Value list = read_back(render_codequality(report, {}));
  std::vector<std::string> out;
  for (const json::Value& entry : *list.array()) {
    out.emplace_back(entry.string_or("fingerprint", ""));
  }
  return out;
}

/// What GitLab's schema asks of each entry; its reader stops at the first that lacks it.
void expect_valid(const Report& report) {
  const json::Value list = read_back(render_codequality(report, {}));
  ASSERT_TRUE(list.is_array());
  std::set<std::string_view> seen;
  for (const json::Value& entry : *list.array()) {
    EXPECT_FALSE(entry.string_or("description", "").empty());
    EXPECT_FALSE(entry.string_or("check_name", "").empty());
    EXPECT_TRUE(seen.insert(entry.string_or("fingerprint", "")).second);
    const std::set<std::string_view> severities{"info", "minor", "major", "critical", "blocker"};
    EXPECT_TRUE(severities.contains(entry.string_or("severity", "")));
    const std::string path(entry.find("location")->string_or("path", ""));
    EXPECT_FALSE(path.empty() || path.starts_with("./") || path.starts_with("/") || path.starts_with("..")) << path;
    EXPECT_GE(*entry.at({"location", "lines", "begin"})->number(), 1);
  }
}

TEST(CodeQuality, EveryEntryIsValid) {
  for (const Report& report : {sample_report(), hostile_report(), green_report(), big_report(300), Report{}}) {
    expect_valid(report);
  }
  Report odd;
  odd.verdicts.resize(2);  // no budget, no metric, no place, twice the same
  odd.verdicts[0].status = odd.verdicts[1].status = Status::kFail;
  odd.inputs.emplace_back();
  odd.inputs.back().path = "http:evil";
  odd.inputs.back().state = InputState::kUnreadable;
  expect_valid(odd);
  EXPECT_EQ(fingerprints(odd).size(), 3U);
}

TEST(CodeQuality, FingerprintsDependOnNoMeasuredValue) {
  Report report = sample_report();
  const std::vector<std::string> before = fingerprints(report);
  for (Verdict& v : report.verdicts) {
    v.value = v.value.value_or(0) * 1.01;
    v.message += " or so";
    v.location.line += 3;
  }
  for (Finding& f : report.findings) {
    f.message += " or so";
    f.magnitude += 5;
    f.evidence.count += 1;
  }
  EXPECT_EQ(fingerprints(report), before);
  report.verdicts[0].where.set("page", "/other");
  EXPECT_NE(fingerprints(report), before);
}

TEST(CodeQuality, AFindingThatTheBaseHasTooStays) {
  Report report;
  Finding f;
  f.rule = "full-scan";
  f.key = "k";
  f.level = Level::kError;
  f.message = "scans";
  report.findings.push_back(f);
  const std::vector<std::string> as_new = fingerprints(report);
  report.findings[0].state = FindingState::kSame;
  EXPECT_EQ(fingerprints(report), as_new);
  EXPECT_EQ(as_new.size(), 1U);
  report.findings[0].state = FindingState::kWaived;
  EXPECT_TRUE(fingerprints(report).empty());
}

TEST(CodeQuality, ARedRunIsNeverEmpty) {
  Report report;
  EXPECT_EQ(render_codequality(report, {}), "[]\n");
  report.exit_code = 3;
  EXPECT_EQ(fingerprints(report).size(), 1U);
}

}  // namespace
}  // namespace budgetcheck
