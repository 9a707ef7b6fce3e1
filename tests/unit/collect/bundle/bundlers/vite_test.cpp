#include "collect/bundle/bundlers/vite.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

const std::string kManifest = R"({
 "_sortBy-OxQUzw-w.js": {"file": "assets/sortBy-OxQUzw-w.js", "name": "sortBy", "imports": ["index.html"]},
 "index.html": {"file": "assets/index-BfA6cGt_.js", "name": "index", "src": "index.html", "isEntry": true,
   "imports": ["_shared-DOznCnix.js"], "dynamicImports": ["src/Home.jsx"], "css": ["assets/index-CjgPMEug.css"]},
 "_shared-DOznCnix.js": {"file": "assets/shared-DOznCnix.js", "name": "shared"},
 "src/Home.jsx": {"file": "assets/Home-settings.js", "name": "Home", "src": "src/Home.jsx", "isDynamicEntry": true,
   "imports": ["index.html", "_sortBy-OxQUzw-w.js"], "assets": ["assets/logo-DFLFuckZ.png"]},
 "src/logo.png": {"file": "assets/logo-DFLFuckZ.png", "src": "src/logo.png"}
})";

MemoryFileSystem& add_dist(MemoryFileSystem& files) {
  files.add("dist/.vite/manifest.json", kManifest);
  files.add("dist/assets/sortBy-OxQUzw-w.js", std::string(1000, 'a'));
  files.add("dist/assets/index-BfA6cGt_.js", std::string(200, 'a'));
  files.add("dist/assets/shared-DOznCnix.js", std::string(30, 'a'));
  files.add("dist/assets/index-CjgPMEug.css", std::string(4, 'a'));
  files.add("dist/assets/Home-settings.js", std::string(50000, 'a'));
  files.add("dist/assets/logo-DFLFuckZ.png", std::string(600000, 'a'));
  return files;
}

TEST(Vite, MeasuresTheFilesBesideItsManifest) {
  MemoryFileSystem files;
  const Collected got = collect_from(add_dist(files), "dist/.vite/manifest.json");
  EXPECT_EQ(got.input().format, "vite");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}}), 234);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"type", "js"}}), 230);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"initial", "false"}}), 51000);
  EXPECT_EQ(got.value("bundle.raw", {{"initial", "true"}}), 234);
  EXPECT_EQ(got.value("bundle.raw"), 651234);
  EXPECT_GT(got.value("bundle.brotli", {{"entry", "index.html"}}), 0);
}

TEST(Vite, KnowsHashesByTheNamesThatStandBeforeThem) {
  MemoryFileSystem files;
  const Collected got = collect_from(add_dist(files), "dist/.vite/manifest.json");
  for (const char* name : {"assets/sortBy-[hash].js", "assets/index-[hash].js", "assets/Home-[hash].js"}) {
    EXPECT_NE(got.find("bundle.raw", {{"asset", name}, {"type", "js"}}), nullptr) << name;
  }
  EXPECT_NE(got.find("bundle.raw", {{"asset", "assets/logo-[hash].png"}, {"type", "image"}}), nullptr);
}

TEST(Vite, TheLegacyFileOfAChunkIsAnotherFile) {
  MemoryFileSystem files;
  files.add("dist/.vite/manifest.json", R"({
    "index-legacy.html": {"file": "assets/main-legacy-qEifmuKn.js", "name": "main", "src": "index-legacy.html", "isEntry": true},
    "index.html": {"file": "assets/main-C-4T4OBR.js", "name": "main", "src": "index.html", "isEntry": true,
                   "assets": ["assets/wk-Dcecu1sT.js"]},
    "_worker_assets/wk-Dcecu1sT.js": {"src": "src/wk.js", "file": "assets/wk-Dcecu1sT.js", "isWorkerEntry": true, "name": "wk"},
    "src/web3core.js": {"file": "assets/vendor-web3core.js", "name": "vendor-web3core", "src": "src/web3core.js"}})");
  files.add("dist/assets/main-legacy-qEifmuKn.js", std::string(858, 'a'));
  files.add("dist/assets/main-C-4T4OBR.js", std::string(2470, 'a'));
  files.add("dist/assets/wk-Dcecu1sT.js", std::string(72, 'a'));
  files.add("dist/assets/vendor-web3core.js", std::string(9, 'a'));
  const Collected got = collect_from(files, "dist/.vite/manifest.json");
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "assets/main-[hash].js"}, {"type", "js"}}), 2470);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "assets/main-legacy-[hash].js"}, {"type", "js"}}), 858);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "assets/vendor-web3core.js"}, {"type", "js"}}), 9);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}}), 2470);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"initial", "false"}}), 72) << "workers come later";
  EXPECT_EQ(got.part("asset", "assets/main-[hash].js"), 2470) << "files say what grew";
}

TEST(Vite, WithoutFilesNoSizeIsKnown) {
  const Collected got = collect_text(kManifest, "manifest.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().hint.find("root"), std::string::npos);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(Vite, AMissingFileMakesTheSumALowerBound) {
  MemoryFileSystem files;
  files.add("dist/manifest.json",
            R"({"a.js":{"file":"a.js","isEntry":true,"imports":["b.js","gone"]},"b.js":{"file":"b.js"}})");
  files.add("dist/a.js", "abc");
  const Collected got = collect_from(files, "dist/manifest.json");
  EXPECT_EQ(got.input().state, InputState::kRead);
  EXPECT_TRUE(got.lower_bound("bundle.raw", {{"entry", "a.js"}}));
  EXPECT_NE(got.input().message.find("does not contain"), std::string::npos) << got.input().message;
}

TEST(Vite, RefusesFilesOutsideOfTheRoot) {
  MemoryFileSystem files;
  files.add("dist/manifest.json", R"({"a.js":{"file":"../../etc/passwd","isEntry":true}})");
  files.add("etc/passwd", "secret");
  const Collected got = collect_from(files, "dist/manifest.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("refused"), std::string::npos);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
}

TEST(Vite, OtherDocumentsAreNotTaken) {
  EXPECT_NE(collect_text(R"({"a":{"size":1,"file":"x"}})").input().format, "vite");
  EXPECT_NE(collect_text(R"({"file":"x"})").input().format, "vite");
}

}  // namespace
}  // namespace budgetcheck
