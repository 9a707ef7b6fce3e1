#include "collect/lighthouse/ci_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "collect/collect.h"

namespace budgetcheck {
namespace {

std::string result(const std::string& lcp) {
  return R"({"lighthouseVersion":"12.6.1","requestedUrl":"https://shop.example/","gatherMode":"navigation",)"
         R"("configSettings":{"formFactor":"mobile"},"audits":{"largest-contentful-paint":{"scoreDisplayMode":"numeric",)"
         R"("numericValue":)" +
         lcp + R"(,"numericUnit":"millisecond"}},"categories":{}})";
}

std::string manifest(const std::string& one, const std::string& two) {
  return R"([{"url":"https://shop.example/","isRepresentativeRun":true,"jsonPath":")" + one +
         R"("},{"url":"https://shop.example/","isRepresentativeRun":false,"jsonPath":")" + two + R"("}])";
}

Facts collect_path(const MemoryFileSystem& files, const std::string& path) {
  InputSpec spec;
  spec.path = path;
  return collect(files, {spec}, {});
}

Runs lcp_of(const Facts& facts) {
  for (const Sample& sample : facts.samples) {
    if (sample.metric == "lighthouse.lcp") {
      return std::get<Runs>(sample.value);
    }
  }
  return {};
}

TEST(LighthouseCi, ItsFolderIsItsResultsAndNothingElse) {
  MemoryFileSystem files;
  files.add(".lighthouseci/lhr-1732500000001.json", result("2000"));
  files.add(".lighthouseci/lhr-1732500000002.json", result("2100"));
  files.add(".lighthouseci/lhr-1732500000001.html", "<html>");
  files.add(".lighthouseci/assertion-results.json", "[]");
  const Facts facts = collect_path(files, ".lighthouseci");
  EXPECT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(lcp_of(facts), (Runs{2000, 2100}));
}

TEST(LighthouseCi, AManifestStandsForTheResultsBesideIt) {
  MemoryFileSystem files;
  files.add("reports/manifest.json", manifest("/builds/project/reports/a.report.json", "C:\\\\ci\\\\b.report.json"));
  files.add("reports/a.report.json", result("2000"));
  files.add("reports/b.report.json", result("2100"));
  EXPECT_EQ(lcp_of(collect_path(files, "reports/manifest.json")), (Runs{2000, 2100}));
  EXPECT_EQ(lcp_of(collect_path(files, "reports")), (Runs{2000, 2100}));
  EXPECT_EQ(lcp_of(collect_path(files, "reports/*.json")), (Runs{2000, 2100}));
}

TEST(LighthouseCi, AResultThatAManifestNamesAndThatIsGoneIsSaid) {
  MemoryFileSystem files;
  files.add("reports/manifest.json", manifest("a.report.json", "gone.report.json"));
  files.add("reports/a.report.json", result("2000"));
  const Facts facts = collect_path(files, "reports/manifest.json");
  ASSERT_EQ(facts.inputs.size(), 2U);
  EXPECT_EQ(facts.inputs[1].path, "reports/gone.report.json");
  EXPECT_EQ(facts.inputs[1].state, InputState::kUnreadable);
}

TEST(LighthouseCi, AManifestThatPointsOutOfItsFolderIsNoManifest) {
  MemoryFileSystem files;
  files.add("reports/manifest.json", manifest("..", "a.report.json"));
  EXPECT_TRUE(lighthouse_ci_results(files, "reports/manifest.json").empty());
  files.add("web/manifest.json", R"({"name":"Shop","icons":[]})");
  EXPECT_TRUE(lighthouse_ci_results(files, "web/manifest.json").empty());
}

TEST(LighthouseCi, NotesThatAPatternTakesAlongMeasureNothing) {
  MemoryFileSystem files;
  files.add(".lighthouseci/lhr-1.json", result("2000"));
  files.add(".lighthouseci/assertion-results.json", R"([{"name":"minScore"}])");
  files.add(".lighthouseci/links.json", R"({"https://shop.example/":"https://storage.example/1.html"})");
  const Facts facts = collect_path(files, ".lighthouseci/*.json");
  ASSERT_EQ(facts.inputs.size(), 3U);
  EXPECT_TRUE(std::all_of(facts.inputs.begin(), facts.inputs.end(),
                          [](const Input& input) { return input.state == InputState::kRead; }));
  EXPECT_EQ(lcp_of(facts), (Runs{2000}));
}

TEST(LighthouseCi, NotesAloneAreNoMeasurement) {
  MemoryFileSystem files;
  files.add(".lighthouseci/assertion-results.json", "[]");
  const Facts facts = collect_path(files, ".lighthouseci/*.json");
  ASSERT_EQ(facts.inputs.size(), 1U);
  EXPECT_EQ(facts.inputs[0].state, InputState::kIncomplete);
  EXPECT_NE(facts.inputs[0].message.find("no Lighthouse result is among the inputs"), std::string::npos);
  EXPECT_FALSE(facts.inputs[0].hint.empty());
}

TEST(LighthouseCi, ACopyOfARunIsNoFurtherRun) {
  MemoryFileSystem files;
  files.add("reports/lhr-1.json", result("2000"));
  files.add("reports/shop-2026.report.json", result("2000"));
  files.add("reports/z.json", result("2001"));
  const Facts facts = collect_path(files, "reports/*.json");
  EXPECT_EQ(lcp_of(facts), (Runs{2000, 2001}));
  ASSERT_EQ(facts.inputs.size(), 3U);
  EXPECT_EQ(facts.inputs[1].message, "the same as 'reports/lhr-1.json', so it is not another run");
}

}  // namespace
}  // namespace budgetcheck
