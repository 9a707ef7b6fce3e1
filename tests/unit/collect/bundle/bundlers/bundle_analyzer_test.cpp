#include "collect/bundle/bundlers/bundle_analyzer.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

const std::string kReport = R"json([
 {"label": "static/chunks/271-1f4e530a09f2712b.js", "isAsset": true, "statSize": 900, "parsedSize": 300, "gzipSize": 99,
  "isInitialByEntrypoint": {"main": true, "admin": false},
  "groups": [{"label": "node_modules", "path": "./node_modules", "statSize": 800, "groups": [
     {"label": "a.js + 1 modules (concatenated)", "path": "./node_modules/x/a.js + 1 modules (concatenated)",
      "statSize": 800, "concatenated": true, "groups": [
        {"id": null, "label": "a.js", "statSize": 500, "inaccurateSizes": true,
         "path": "./node_modules/x/a.js + 1 modules (concatenated)/node_modules/x/a.js"},
        {"id": null, "label": "b.js", "statSize": 300, "inaccurateSizes": true,
         "path": "./node_modules/x/a.js + 1 modules (concatenated)/node_modules/y/b.js"}]}]},
     {"id": 5, "label": "src/page.js", "path": "./src/page.js", "statSize": 100, "parsedSize": 70}]},
 {"label": "main-8f2f6d3b941deb9d.js", "isAsset": true, "statSize": 40, "parsedSize": 20, "gzipSize": 15,
  "isInitialByEntrypoint": {"main": true, "admin": true}, "groups": []},
 {"label": "lazy-9f2f6d3b941deb9d.js", "isAsset": true, "statSize": 8, "parsedSize": 7, "isInitialByEntrypoint": {}}
])json";

TEST(BundleAnalyzer, TakesTheSizesOfFilesAndTheirEntries) {
  const Collected got = collect_text(kReport);
  EXPECT_EQ(got.input().format, "bundle-analyzer");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}, {"type", "js"}}), 320);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "admin"}, {"type", "js"}}), 20);
  EXPECT_EQ(got.value("bundle.raw", {{"type", "js"}}), 327);
  EXPECT_EQ(got.value("bundle.raw", {{"initial", "false"}, {"type", "js"}}), 7);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "static/chunks/271-[hash].js"}, {"type", "js"}}), 300);
}

TEST(BundleAnalyzer, ItsOwnGzipIsAnotherCompressors) {
  const Collected got = collect_text(kReport);
  EXPECT_EQ(got.find("bundle.gzip", {{"type", "js"}}), nullptr);
  EXPECT_NE(got.unmeasured("bundle.gzip"), nullptr);
}

TEST(BundleAnalyzer, PartsOfJoinedModulesCountForTheirPackages) {
  const Collected got = collect_text(kReport);
  EXPECT_EQ(got.part("package", "x"), 500);
  EXPECT_EQ(got.part("package", "y", {{"entry", "main"}}), 300);
  EXPECT_EQ(got.part("module", "src/page.js"), 100);
  EXPECT_EQ(got.part("package", "x", {{"entry", "admin"}}), -1);
}

TEST(BundleAnalyzer, WithoutParsedFilesNoSizeIsKnown) {
  const Collected got = collect_text(
      R"([{"label":"a.js","isAsset":true,"statSize":40,"isInitialByEntrypoint":{"main":true},"groups":[]}])");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_EQ(got.find("bundle.raw", {{"type", "js"}}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

}  // namespace
}  // namespace budgetcheck
