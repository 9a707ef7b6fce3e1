#include "collect/bundle/bundlers/next.h"

#include "collect/bundle/bundlers/next_routes.h"
#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

const std::string kTurbopack = R"([
 {"route": "/dashboard", "firstLoadUncompressedJsBytes": 60,
  "firstLoadChunkPaths": [".next/static/chunks/3qfy96eoyh-ek.js", ".next/static/chunks/turbopack-2u1d16houkiyo.js"]},
 {"route": "/", "firstLoadUncompressedJsBytes": 50,
  "firstLoadChunkPaths": [".next/static/chunks/turbopack-2u1d16houkiyo.js", ".next/static/chunks/turbopack-2u1d16houkiyo.js"]}
])";

TEST(NextTurbopack, TellsTheScriptsOfEachRouteWithoutTheFiles) {
  const Collected got = collect_text(kTurbopack, "route-bundle-stats.json");
  EXPECT_EQ(got.input().format, "next-route-stats");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/dashboard"}, {"type", "js"}}), 60);
  EXPECT_EQ(got.value("bundle.files", {{"route", "/"}, {"type", "js"}}), 1);
  EXPECT_EQ(got.find("bundle.raw", {{"route", "/"}}), nullptr);
  EXPECT_NE(got.unmeasured("bundle.gzip"), nullptr);
  // No sum of routes: their chunks are shared, and no chunk has a size of its own here.
  EXPECT_EQ(got.find("bundle.raw", {{"type", "js"}}), nullptr);
  EXPECT_NE(got.unmeasured("bundle.raw", {{"type", "js"}}), nullptr);
}

TEST(NextTurbopack, MeasuresTheChunksAroundItAndCountsSharedOnesOnce) {
  MemoryFileSystem files;
  files.add("web/.next/diagnostics/route-bundle-stats.json", kTurbopack);
  files.add("web/.next/static/chunks/3qfy96eoyh-ek.js", std::string(10, 'a'));
  files.add("web/.next/static/chunks/turbopack-2u1d16houkiyo.js", std::string(50, 'b'));
  const Collected got = collect_from(files, "web/.next/diagnostics/route-bundle-stats.json");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/dashboard"}, {"type", "js"}}), 60);
  EXPECT_EQ(got.value("bundle.raw", {{"type", "js"}}), 60);
  EXPECT_GT(got.value("bundle.brotli", {{"route", "/"}, {"type", "js"}}), 0);
  EXPECT_NE(got.find("bundle.raw", {{"asset", "static/chunks/[hash].js"}, {"type", "js"}}), nullptr);
}

TEST(NextTurbopack, ChunksOfAnotherBuildAreSaid) {
  MemoryFileSystem files;
  files.add(".next/diagnostics/route-bundle-stats.json", kTurbopack);
  files.add(".next/static/chunks/3qfy96eoyh-ek.js", std::string(11, 'a'));
  files.add(".next/static/chunks/turbopack-2u1d16houkiyo.js", std::string(50, 'b'));
  const Collected got = collect_from(files, ".next/diagnostics/route-bundle-stats.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("61 bytes and not 60"), std::string::npos) << got.input().message;
}

TEST(NextTurbopack, ABrokenRouteIsNotZero) {
  const Collected got = collect_text(
      R"([{"route":"/","firstLoadUncompressedJsBytes":"x","firstLoadChunkPaths":["a.js"]},{"firstLoadChunkPaths":[]}])");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_EQ(got.find("bundle.raw", {{"route", "/"}, {"type", "js"}}), nullptr);
}

const std::string kBuildManifest = R"({
 "polyfillFiles": ["static/chunks/polyfills-42372ed130431b0a.js"], "devFiles": [], "lowPriorityFiles": ["static/x/_buildManifest.js"],
 "rootMainFiles": ["static/chunks/webpack-b441c9bd076b679e.js", "static/chunks/main-app-1f2f6d3b941deb9d.js"],
 "pages": {"/_app": ["static/chunks/webpack-b441c9bd076b679e.js", "static/chunks/pages/_app-688aa0c7241baf30.js"],
           "/_error": ["static/chunks/pages/_error-f411f14ffbabb959.js"],
           "/legacy": ["static/chunks/webpack-b441c9bd076b679e.js", "static/chunks/pages/legacy-3f98518cac570100.js"]}
})";

/// A build whose files have as many bytes as told here.
void add_files(MemoryFileSystem& files) {
  files.add(".next/build-manifest.json", kBuildManifest);
  files.add(".next/static/chunks/webpack-b441c9bd076b679e.js", std::string(1, 'a'));
  files.add(".next/static/chunks/main-app-1f2f6d3b941deb9d.js", std::string(20, 'a'));
  files.add(".next/static/chunks/pages/_app-688aa0c7241baf30.js", std::string(300, 'a'));
  files.add(".next/static/chunks/pages/legacy-3f98518cac570100.js", std::string(4000, 'a'));
  files.add(".next/static/chunks/271-1f4e530a09f2712b.js", std::string(50000, 'a'));
  files.add(".next/static/chunks/app/d/[id]/page-2fc824247ce67bcd.js", std::string(600000, 'a'));
  files.add(".next/static/chunks/app/page-e9bfbf306d2284bd.js", std::string(7000000, 'a'));
  files.add(".next/static/chunks/app/layout-21c04edd7cb0cca1.js", std::string(3, 'a'));
  files.add(".next/static/css/af98c6805632eb25.css", std::string(5, 'a'));
}

// What a browser was seen to load: not the chunk of another page that the manifest names, nor the script of styles.
TEST(NextWebpack16, ReadsTheClientReferencesOfEachRoute) {
  MemoryFileSystem files;
  add_files(files);
  files.add(".next/server/app-paths-manifest.json",
            R"({"/(shop)/d/[id]/page":"app/(shop)/d/[id]/page.js","/api/route":"app/api/route.js"})");
  files.add(
      ".next/server/app/(shop)/d/[id]/page_client-reference-manifest.js",
      R"(globalThis.__RSC_MANIFEST=(globalThis.__RSC_MANIFEST||{});globalThis.__RSC_MANIFEST["/(shop)/d/[id]/page"]={"clientModules":{
 "/x/app/globals.css":{"id":1,"chunks":["177","static/chunks/app/layout-21c04edd7cb0cca1.js"]},
 "/x/app/d/Chart.jsx":{"id":2,"chunks":["271","static/chunks/271-1f4e530a09f2712b.js"]},
 "/x/node_modules/next/link.js":{"id":3,"chunks":["974","static/chunks/app/page-e9bfbf306d2284bd.js"]},
 "/x/none.js":{"id":4,"chunks":[]}},
 "entryCSSFiles":{"/x/app/layout":[{"inlined":false,"path":"static/css/af98c6805632eb25.css"}],"/x/app/page":["static/css/other.css"]}};)");
  const Collected got = collect_from(files, ".next/build-manifest.json");
  EXPECT_EQ(got.input().format, "next");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/d/[id]"}}), 50026);
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/d/[id]"}, {"type", "css"}}), 5);
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/legacy"}}), 4301);
  EXPECT_EQ(got.value("bundle.raw"), 54326) << "the runtime is shared, and counted once";
  EXPECT_EQ(got.find("bundle.raw", {{"route", "/_app"}}), nullptr);
  EXPECT_EQ(got.find("bundle.raw", {{"route", "/api"}}), nullptr);
}

TEST(NextWebpack15, ReadsTheAppBuildManifestWithLayouts) {
  MemoryFileSystem files;
  add_files(files);
  files.add(".next/app-build-manifest.json", R"({"pages":{
 "/layout":["static/chunks/webpack-b441c9bd076b679e.js","static/css/af98c6805632eb25.css"],
 "/d/layout":["static/chunks/271-1f4e530a09f2712b.js"],
 "/page":["static/chunks/webpack-b441c9bd076b679e.js","static/chunks/main-app-1f2f6d3b941deb9d.js"],
 "/d/[id]/page":["static/chunks/app/d/[id]/page-2fc824247ce67bcd.js"]}})");
  const Collected got = collect_from(files, ".next/build-manifest.json");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/"}}), 26);
  EXPECT_EQ(got.value("bundle.raw", {{"route", "/d/[id]"}}), 650026);
}

TEST(NextWebpack, ARouteThatCannotBeReadIsSaid) {
  MemoryFileSystem files;
  add_files(files);
  files.add(".next/server/app-paths-manifest.json", R"({"/page":"app/page.js","/x/page":"../../secret.js"})");
  const Collected got = collect_from(files, ".next/build-manifest.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("reference manifest of '/x'"), std::string::npos) << got.input().message;
}

TEST(NextWebpack, AManifestWithoutWhatEveryRouteLoadsIsNoSmallerRoute) {
  MemoryFileSystem files;
  add_files(files);
  files.add(".next/app-build-manifest.json", R"({"pages":{"/page":["static/chunks/271-1f4e530a09f2712b.js"]}})");
  files.add(".next/build-manifest.json",
            R"({"polyfillFiles":[],"pages":{"/legacy":["static/chunks/271-1f4e530a09f2712b.js"]}})");
  const Collected got = collect_from(files, ".next/build-manifest.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().message.find("rootMainFiles"), std::string::npos) << got.input().message;
  EXPECT_NE(got.input().message.find("/_app"), std::string::npos) << got.input().message;
}

TEST(NextFolder, IsReadThroughTheDocumentThatTellsItsRoutes) {
  MemoryFileSystem files;
  add_files(files);
  files.add(".next/app-build-manifest.json", R"({"pages":{}})");
  files.add(".next/server/app/page.js", std::string(900, 'a'));
  const Collected webpack = collect_from(files, ".next");
  EXPECT_EQ(webpack.input().path, ".next/build-manifest.json");
  EXPECT_EQ(webpack.value("bundle.raw", {{"route", "/legacy"}}), 4301);
  files.add(".next/diagnostics/route-bundle-stats.json", "[]");
  EXPECT_EQ(collect_from(files, ".next").input().path, ".next/diagnostics/route-bundle-stats.json");
}

TEST(NextWebpack, TurbopackIsSentToItsOwnFile) {
  const Collected got = collect_text(
      R"({"pages":{},"rootMainFiles":["static/chunks/a.js"],"polyfillFiles":[],"chunkLoadingGlobal":"TURBOPACK"})",
      ".next/build-manifest.json");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_NE(got.input().hint.find(".next/diagnostics/route-bundle-stats.json"), std::string::npos);
}

}  // namespace
}  // namespace budgetcheck
