#include "collect/bundle/bundlers/visualizer.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

const std::string kRawData = R"({"version": 2,
 "tree": {"name": "root", "children": [{"name": "assets/index-BfA6cGt_.js", "children": []},
   {"name": "assets/Home-HjW0ssLa.js", "children": []}, {"name": "assets/sortBy-OxQUzw-w.js", "children": []}]},
 "nodeParts": {"1-1": {"renderedLength": 100, "gzipLength": 50, "metaUid": "1-0"},
   "1-3": {"renderedLength": 5000, "metaUid": "1-2"}, "1-5": {"renderedLength": 70, "metaUid": "1-4"},
   "1-7": {"renderedLength": 9, "metaUid": "1-6"}, "1-9": {"renderedLength": 400, "metaUid": "1-8"}},
 "nodeMetas": {
   "1-0": {"id": "/src/main.jsx", "moduleParts": {"assets/index-BfA6cGt_.js": "1-1"}, "imported": [{"uid": "1-2"}, {"uid": "1-4", "dynamic": true}, {"uid": "1-10"}]},
   "1-2": {"id": "/node_modules/react/index.js", "moduleParts": {"assets/index-BfA6cGt_.js": "1-3"}, "imported": []},
   "1-4": {"id": "/src/Home.jsx", "moduleParts": {"assets/Home-HjW0ssLa.js": "1-5"}, "imported": [{"uid": "1-2"}, {"uid": "1-8"}]},
   "1-6": {"id": "/index.html", "isEntry": true, "moduleParts": {"assets/index-BfA6cGt_.js": "1-7"}, "imported": [{"uid": "1-0"}]},
   "1-8": {"id": "/node_modules/lodash-es/sortBy.js", "moduleParts": {"assets/sortBy-OxQUzw-w.js": "1-9"}, "imported": []},
   "1-10": {"id": "\u0000rolldown/runtime.js", "isExternal": true, "moduleParts": {}, "imported": []}},
 "env": {"rollup": "4.23.0"}, "options": {"gzip": true, "brotli": true, "sourcemap": false}})";

TEST(Visualizer, LengthsOfModulesAreNoSizesOfFiles) {
  const Collected got = collect_text(kRawData);
  EXPECT_EQ(got.input().format, "visualizer");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_NE(got.input().message.find("only packages and modules are known"), std::string::npos) << got.input().message;
  EXPECT_EQ(got.find("bundle.raw", {{"type", "js"}}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(Visualizer, GivesPackagesAndModulesOfWhatAnEntryLoadsFirst) {
  const Collected got = collect_text(kRawData);
  EXPECT_EQ(got.part("package", "react"), 5000);
  EXPECT_EQ(got.part("package", "react", {{"entry", "index.html"}}), 5000);
  EXPECT_EQ(got.part("package", "lodash-es"), 400);
  EXPECT_EQ(got.part("package", "lodash-es", {{"entry", "index.html"}}), -1);
  EXPECT_EQ(got.part("module", "src/Home.jsx"), 70);
  EXPECT_EQ(got.value("bundle.duplicates"), 0);
}

TEST(Visualizer, MeasuresTheChunksUnderTheRoot) {
  MemoryFileSystem files;
  files.add("stats.json", kRawData);
  files.add("dist/assets/index-BfA6cGt_.js", std::string(10, 'a'));
  files.add("dist/assets/Home-HjW0ssLa.js", std::string(200, 'a'));
  files.add("dist/assets/sortBy-OxQUzw-w.js", std::string(3000, 'a'));
  const Collected got = collect_from(files, "stats.json", "dist");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"type", "js"}}), 10);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"initial", "false"}, {"type", "js"}}), 3200);
  EXPECT_EQ(got.find("bundle.raw", {{"entry", "index.html"}}), nullptr) << "styles are not known";
}

TEST(Visualizer, NamesWithANulAreNoFiles) {
  std::string text = kRawData;
  const std::string id = "/node_modules/react/index.js";
  text.replace(text.find(id), id.size(), "\\u0000/node_modules/react/index.js");
  const Collected got = collect_text(text);
  EXPECT_EQ(got.part("package", "react"), -1);
  EXPECT_EQ(got.part("module", "(written by the bundler)"), 5000);
}

TEST(Visualizer, TheOlderFormIsRead) {
  MemoryFileSystem files;
  files.add("stats.json", R"({"version":2,"tree":{"name":"root","children":[
      {"name":"assets/index-a1b2c3d4.js","children":[
        {"name":"src/main.js","uid":"abc-1"},
        {"name":"node_modules","children":[{"name":"react/index.js","uid":"abc-3"}]}]},
      {"name":"assets/lazy-0db6c1d5.js","children":[{"name":"src/lazy.js","uid":"abc-5"}]}]},
    "nodes":{"abc-1":{"renderedLength":100},"abc-0":{"id":"/src/main.js","isEntry":true},
      "abc-3":{"renderedLength":40,"mainUid":"abc-2"},"abc-2":{"id":"/app/node_modules/react/index.js"},
      "abc-5":{"renderedLength":7},"abc-4":{"id":"/src/lazy.js"}},
    "links":[{"source":"abc-0","target":"abc-2"},{"source":"abc-0","target":"abc-4","dynamic":true}]})");
  files.add("dist/assets/index-a1b2c3d4.js", std::string(90, 'a'));
  files.add("dist/assets/lazy-0db6c1d5.js", std::string(5, 'a'));
  const Collected got = collect_from(files, "stats.json", "dist");
  EXPECT_EQ(got.input().format, "visualizer");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}, {"type", "js"}}), 90);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}, {"initial", "false"}, {"type", "js"}}), 5);
  EXPECT_EQ(got.part("package", "react"), 40);
  EXPECT_EQ(got.part("module", "src/main.js"), 100);
}

}  // namespace
}  // namespace budgetcheck
