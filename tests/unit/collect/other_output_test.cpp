#include "collect/other_output.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

struct Row {
  const char* name;
  std::string text;
  const char* what;
  const char* give;
};

class OtherOutputs : public testing::TestWithParam<Row> {};

TEST_P(OtherOutputs, AreNamedWithTheFileToGiveInPlaceOfThem) {
  const Row& row = GetParam();
  MemoryFileSystem files;
  files.add("given.json", row.text);
  const Collected got = collect_from(files, "given.json");
  EXPECT_EQ(got.input().state, InputState::kUnreadable);
  EXPECT_NE(got.input().message.find(row.what), std::string::npos) << got.input().message;
  EXPECT_NE(got.input().hint.find(row.give), std::string::npos) << got.input().hint;
  EXPECT_TRUE(got.facts.samples.empty());
}

std::string name_of(const testing::TestParamInfo<Row>& row) { return row.param.name; }

INSTANTIATE_TEST_SUITE_P(
    All, OtherOutputs,
    testing::Values(
        Row{"RouteSummaries", R"([{"route":"/","size":9,"compressed_size":2,"client":{"size":3,"compressed_size":1}}])",
            "route summaries of Next.js's bundle analyzer", "route-bundle-stats.json"},
        Row{"AnalyzerData", std::string("\0\x03\x05o", 4) + "{\"schema_version\":1,\"module_index_hash\":\"c64d\"}",
            "data of Next.js's bundle analyzer", "route-bundle-stats.json"},
        Row{"AnalyzerMetadata", R"({"name":"a","nextVersion":"16","routeCount":7})", "bundle analyzer", ".next"},
        Row{"Prerender", R"({"version":4,"routes":{},"dynamicRoutes":{},"notFoundRoutes":[],"preview":{}})",
            "a manifest of Next.js", ".next/build-manifest.json"},
        Row{"Routes", R"({"version":3,"pages404":true,"dataRoutes":[]})", "a manifest of Next.js", ".next"},
        Row{"VisualizerList",
            std::string("assets/a.js:\n  /src/a.js:\n    rendered: 996\n  ") + '\0' + "b.js:\n    rendered: 128\n",
            "a list of rollup-plugin-visualizer", "template: 'raw-data'"},
        Row{"VisualizerPage", "<!doctype html><html><head><title>Rollup Visualizer</title></head></html>",
            "a page of rollup-plugin-visualizer", "template: 'raw-data'"},
        Row{"AnalyzerPage", "<!DOCTYPE html><script>window.chartData = [];</script>",
            "a page of webpack-bundle-analyzer", "analyzerMode: 'json'"}),
    name_of);

TEST(MarkedOutput, BearsAllMarksOfARowAndBeginsWithItsCharacter) {
  const std::vector<OutputMark> marks{{'{', {"one", "two"}, {"first", "a"}}, {'\0', {"three"}, {"second", "b"}}};
  EXPECT_FALSE(marked_output(marks, ""));
  EXPECT_FALSE(marked_output(marks, "{ one }"));
  EXPECT_FALSE(marked_output(marks, "[ one two ]"));
  ASSERT_TRUE(marked_output(marks, " { two one three }"));
  EXPECT_EQ(marked_output(marks, " { two one three }")->what, "first");
  EXPECT_EQ(marked_output(marks, "three")->give, "b");
}

TEST(OtherOutput, OrdinaryTextIsNone) {
  for (const std::string text :
       {"", " ", "{}", "[]", "a:\n  b:\n    size: 3\n", "key: value\n", "<shop></shop>", "x:\n"}) {
    Sniff seen;
    seen.head = text;
    for (const Format& format : formats()) {
      EXPECT_FALSE(format.explain != nullptr && format.explain(seen)) << text << " " << format.name;
    }
  }
}

}  // namespace
}  // namespace budgetcheck
