#include "collect/bundle/bundlers/esbuild.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

/// One page that imports a shared chunk at once and a lazy one later; a second entry shares the chunk.
const std::string kMeta = R"({
 "inputs": {
  "node_modules/lodash/a.js": {"bytes": 1000, "imports": []},
  "node_modules/dead/a.js": {"bytes": 500, "imports": []},
  "node_modules/x/node_modules/lodash/a.js": {"bytes": 900, "imports": []},
  "src/main.js": {"bytes": 90, "imports": [{"path": "node_modules/lodash/a.js", "kind": "import-statement"},
                                           {"path": "node_modules/dead/a.js", "kind": "import-statement"}]},
  "src/lazy.js": {"bytes": 80, "imports": [{"path": "node_modules/x/node_modules/lodash/a.js", "kind": "import-statement"}]},
  "src/admin.js": {"bytes": 70, "imports": []},
  "src/main.css": {"bytes": 60, "imports": []}
 },
 "outputs": {
  "out/web/main-KWLEAB6D.js.map": {"bytes": 9999, "imports": [], "inputs": {}},
  "out/web/main-KWLEAB6D.js": {"bytes": 100, "entryPoint": "src/main.js", "cssBundle": "out/web/main-Z2AC2VOL.css",
    "imports": [{"path": "out/web/chunk-4Z7ON56T.js", "kind": "import-statement"},
                {"path": "out/web/lazy-KUGKF4C3.js", "kind": "dynamic-import"},
                {"path": "react", "kind": "import-statement", "external": true}],
    "inputs": {"src/main.js": {"bytesInOutput": 50}, "node_modules/dead/a.js": {"bytesInOutput": 0}}},
  "out/web/lazy-KUGKF4C3.js": {"bytes": 40, "entryPoint": "src/lazy.js",
    "imports": [{"path": "out/web/chunk-4Z7ON56T.js", "kind": "import-statement"}],
    "inputs": {"src/lazy.js": {"bytesInOutput": 20}, "node_modules/x/node_modules/lodash/a.js": {"bytesInOutput": 15}}},
  "out/web/admin-3FE7D4ZD.js": {"bytes": 30, "entryPoint": "src/admin.js",
    "imports": [{"path": "out/web/chunk-4Z7ON56T.js", "kind": "import-statement"}],
    "inputs": {"src/admin.js": {"bytesInOutput": 25}}},
  "out/web/chunk-4Z7ON56T.js": {"bytes": 300, "imports": [], "inputs": {"node_modules/lodash/a.js": {"bytesInOutput": 280}}},
  "out/web/main-Z2AC2VOL.css": {"bytes": 7, "imports": [{"path": "out/web/f-ABCDEFGH.woff2", "kind": "url-token"}],
    "inputs": {"src/main.css": {"bytesInOutput": 6}}},
  "out/web/f-ABCDEFGH.woff2": {"bytes": 5000, "imports": [], "inputs": {}}
 }
})";

TEST(Esbuild, AnEntryLoadsItsStaticImportsAndItsStylesFirst) {
  const Collected got = collect_text(kMeta);
  EXPECT_EQ(got.input().format, "esbuild");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}}), 407);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}, {"type", "js"}}), 400);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}, {"type", "css"}}), 7);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/admin.js"}}), 330);
  EXPECT_EQ(got.value("bundle.files", {{"entry", "src/main.js"}}), 3);
}

TEST(Esbuild, DynamicImportsComeLaterAndAreNoEntries) {
  const Collected got = collect_text(kMeta);
  EXPECT_EQ(got.find("bundle.raw", {{"entry", "src/lazy.js"}}), nullptr);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.js"}, {"initial", "false"}}), 40);
  // Shared chunks are counted once: 100 + 300 + 7 + 30, and the lazy chunk and the font.
  EXPECT_EQ(got.value("bundle.raw", {{"initial", "true"}}), 437);
  EXPECT_EQ(got.value("bundle.raw", {{"initial", "false"}}), 5040);
  EXPECT_EQ(got.value("bundle.raw"), 5477);
}

TEST(Esbuild, MapsAreNoFilesAndHashesNoNames) {
  const Collected got = collect_text(kMeta);
  EXPECT_EQ(got.value("bundle.files"), 6);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "out/web/main-[hash].js"}, {"type", "js"}}), 100);
}

TEST(Esbuild, PartsHaveTheBytesThatAreInTheOutput) {
  const Collected got = collect_text(kMeta);
  EXPECT_EQ(got.part("bundled package", "lodash"), 295);
  EXPECT_EQ(got.part("bundled package", "lodash", {{"entry", "src/main.js"}}), 280);
  EXPECT_EQ(got.part("bundled module", "src/main.js", {{"entry", "src/main.js"}}), 50);
  EXPECT_EQ(got.part("bundled package", "dead"), -1);
}

TEST(Esbuild, TellsCopiesOfAPackageAndWhoBringsThem) {
  const Collected got = collect_text(kMeta);
  EXPECT_EQ(got.value("bundle.duplicates"), 1);
  ASSERT_EQ(got.facts.bundle.duplicate_packages.size(), 1U);
  EXPECT_EQ(got.facts.bundle.duplicate_packages[0].copies.at(0).importer, "src/main.js");
}

TEST(Esbuild, CompressedSizesNeedTheFiles) {
  const Collected got = collect_text(kMeta);
  const Unmeasured* gap = got.unmeasured("bundle.gzip");
  ASSERT_NE(gap, nullptr);
  EXPECT_NE(gap->hint.find("root"), std::string::npos);
}

TEST(Esbuild, FindsTheFilesWhateverPartOfTheirPathTheRootIs) {
  const std::string meta =
      R"({"inputs":{},"outputs":{"out/web/a.js":{"bytes":3,"imports":[],"inputs":{},"entryPoint":"a.js"}}})";
  for (const char* root : {".", "out", "out/web"}) {
    MemoryFileSystem files;
    files.add("meta.json", meta);
    files.add("out/web/a.js", "abc");
    const Collected got = collect_from(files, "meta.json", root);
    EXPECT_EQ(got.input().state, InputState::kRead) << root << got.input().message;
    EXPECT_GT(got.value("bundle.gzip", {{"entry", "a.js"}}), 0) << root;
  }
}

TEST(Esbuild, AnOutputThatLeadsOutOfTheRootIsRefused) {
  MemoryFileSystem files;
  files.add("meta.json",
            R"({"inputs":{},"outputs":{"../secret.js":{"bytes":3,"imports":[],"inputs":{},"entryPoint":"a.js"}}})");
  files.add("dist/a.js", "abc");
  const Collected got = collect_from(files, "meta.json", "dist");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("refused"), std::string::npos) << got.input().message;
  EXPECT_EQ(got.find("bundle.gzip", {}), nullptr);
}

TEST(Esbuild, AMissingFileLeavesOtherEntriesAlone) {
  MemoryFileSystem files;
  files.add("meta.json", R"({"inputs":{},"outputs":{
    "out/a.js":{"bytes":5,"imports":[],"inputs":{},"entryPoint":"src/a.js"},
    "out/b.js":{"bytes":7,"imports":[],"inputs":{},"entryPoint":"src/b.js"}}})");
  files.add("out/a.js", "12345");
  const Collected got = collect_from(files, "meta.json", "out");
  EXPECT_EQ(got.input().state, InputState::kRead);
  EXPECT_NE(got.input().message.find("1 of 2 files is not under 'out'"), std::string::npos) << got.input().message;
  EXPECT_EQ(got.value("bundle.gzip", {{"entry", "src/a.js"}}),
            got.value("bundle.gzip", {{"asset", "out/a.js"}, {"type", "js"}}));
  EXPECT_FALSE(got.lower_bound("bundle.raw", {{"entry", "src/a.js"}}));
  EXPECT_TRUE(got.lower_bound("bundle.raw"));
}

TEST(Esbuild, ALineThatIsAddedLaterIsNoOtherBuild) {
  MemoryFileSystem files;
  const std::string line = "//# sourceMappingURL=cli.mjs.map";
  files.add(
      "meta.json",
      R"({"inputs":{},"outputs":{"dist/cli.mjs":{"bytes":10,"imports":[],"inputs":{},"entryPoint":"src/cli.ts"}}})");
  files.add("dist/cli.mjs", "let abc=1;\n" + line);
  const Collected got = collect_from(files, "meta.json", ".");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_NE(got.input().message.find("the size on the disk counts"), std::string::npos) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw"), static_cast<double>(11 + line.size()));
  files.add("dist/cli.mjs", "let abcd=1;");
  EXPECT_EQ(collect_from(files, "meta.json", ".").input().state, InputState::kIncomplete);
}

TEST(Esbuild, BunNamesTheEntryPointForItsStylesToo) {
  const Collected got = collect_text(R"({"inputs":{"src/main.tsx":{"bytes":1,"imports":[]}},"outputs":{
    "./main-82wqvqka.js":{"bytes":300,"inputs":{},"imports":[{"path":"./lazy-w5wzk8t2.js","kind":"dynamic-import"}],
                          "entryPoint":"src/main.tsx","cssBundle":"./main-wgjbw2hs.css"},
    "./lazy-w5wzk8t2.js":{"bytes":62,"inputs":{},"imports":[],"entryPoint":"src/lazy.ts"},
    "./main-wgjbw2hs.css":{"bytes":16,"inputs":{},"imports":[],"entryPoint":"src/main.tsx"},
    "./page.html":{"bytes":9,"inputs":{},"imports":[],"entryPoint":"src/main.tsx"}}})");
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.tsx"}, {"type", "css"}}), 16);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.tsx"}}), 325);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "main-[hash].js"}, {"type", "js"}}), 300);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "main-[hash].css"}, {"type", "css"}}), 16);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "lazy-[hash].js"}, {"type", "js"}}), 62);
}

TEST(Esbuild, OutputsThatAngularMarksAreNoFilesOfTheBrowser) {
  const Collected got = collect_text(R"({"inputs":{},"outputs":{
    "main-KWLEAB6D.js":{"bytes":300,"inputs":{},"imports":[],"entryPoint":"src/main.ts"},
    "polyfills-B6TNHZQ6.js":{"bytes":30,"inputs":{},"imports":[],"entryPoint":"angular:polyfills:angular:polyfills"},
    "styles-5INURTSO.css":{"bytes":3,"inputs":{},"imports":[],"entryPoint":"angular:styles/global:styles"},
    "app-4Z7ON56T.css":{"bytes":900,"inputs":{},"imports":[],"entryPoint":"angular:styles/component:css;1;app.css","ng-component":true},
    "server.mjs":{"bytes":9000,"inputs":{},"imports":[],"entryPoint":"server.ts","ng-platform-server":true},
    "other.js":{"bytes":1,"inputs":{},"imports":[],"x-mark":true}}})");
  EXPECT_EQ(got.value("bundle.raw"), 333);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "src/main.ts"}}), 333) << "every page loads polyfills and styles";
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "angular:polyfills:angular:polyfills"}}), 30);
  EXPECT_EQ(got.input().message, "1 output marked 'x-mark' is not counted");
}

TEST(Esbuild, ChunksWithoutANameAreToldApartByWhatTheyHold) {
  const Collected got = collect_text(R"({"inputs":{"src/a.js":{"bytes":1,"imports":[]}},"outputs":{
    "main.js":{"bytes":1,"inputs":{},"imports":[],"entryPoint":"src/main.ts"},
    "chunk-KWLEAB6D.js":{"bytes":10,"inputs":{"src/lib/a.js":{"bytesInOutput":9}},"imports":[]},
    "chunk-ABCDEFGH.js":{"bytes":20,"inputs":{"node_modules/react/index.js":{"bytesInOutput":2},"src/b.js":{"bytesInOutput":1}},"imports":[]}}})");
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "chunk-[hash:lib/a.js].js"}, {"type", "js"}}), 10);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "chunk-[hash:react/index.js].js"}, {"type", "js"}}), 20);
}

TEST(Esbuild, ASizeThatIsNoneIsNotZero) {
  const Collected got =
      collect_text(R"({"inputs":{},"outputs":{"a.js":{"bytes":-1,"imports":[],"inputs":{},"entryPoint":"a.js"}}})");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(Esbuild, AMetafileOfNothingIsIncomplete) {
  const Collected got = collect_text(R"({"inputs":{},"outputs":{}})");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(Esbuild, ImportsInACircleEnd) {
  const Collected got = collect_text(
      R"({"inputs":{},"outputs":{"a.js":{"bytes":1,"inputs":{},"entryPoint":"a.js","imports":[{"path":"b.js","kind":"import-statement"}]},)"
      R"("b.js":{"bytes":2,"inputs":{},"imports":[{"path":"a.js","kind":"dynamic-import"}]}}})");
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "a.js"}}), 3);
}

TEST(Esbuild, MoreImportsThanCanBeFollowedAreSaid) {
  constexpr int kEntries = 10'000;  // each loads all that follow it: fifty million steps
  std::string outputs;
  for (int i = 0; i < kEntries; ++i) {
    const std::string next = std::to_string(i + 1);
    outputs += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(.js":{"bytes":1,"inputs":{},"entryPoint":"e)" +
               std::to_string(i) + R"(","imports":[{"path":")" + next + R"(.js","kind":"import-statement"}]})";
  }
  const Collected got = collect_text(R"({"inputs":{},"outputs":{)" + outputs + "}}");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("too many imports"), std::string::npos) << got.input().message;
  EXPECT_TRUE(got.facts.samples.empty());
}

}  // namespace
}  // namespace budgetcheck
