#include "collect/bundle/bundlers/next_unfinished.h"

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

constexpr const char* kPackage = "{\"type\": \"commonjs\"}\n";
constexpr const char* kRouteStats =
    R"([{"route":"/","firstLoadUncompressedJsBytes":3,"firstLoadChunkPaths":[".next/static/chunks/a.js"]}])";

/// What `next build` leaves when it fails behind the first chunks.
void add_failed_build(MemoryFileSystem& files, const std::string& folder) {
  files.add(folder + "/package.json", kPackage);
  files.add(folder + "/static/chunks/a.js", "abc");
  files.add(folder + "/server/app/page.js", "abcdef");
}

void expect_unfinished(const Collected& got, const std::string& how) {
  EXPECT_EQ(got.input().state, InputState::kIncomplete) << how;
  EXPECT_EQ(got.input().message, "the build in .next is not complete (no BUILD_ID)") << how;
  EXPECT_EQ(got.input().hint, "run npx next build, and let it end before the gate reads its files") << how;
  EXPECT_TRUE(got.facts.samples.empty()) << how;
  EXPECT_NE(got.unmeasured("bundle."), nullptr) << how;
}

TEST(NextUnfinished, WhatAFailedBuildLeavesIsNotMeasured) {
  MemoryFileSystem files;
  add_failed_build(files, ".next");
  for (const char* input : {".next/static", ".next", "./.next/static/chunks", ".next/static/**/*.js"}) {
    expect_unfinished(collect_from(files, input), input);
  }
}

TEST(NextUnfinished, ItsDocumentsMayBeOfAnOlderBuild) {
  MemoryFileSystem files;
  add_failed_build(files, ".next");
  files.add(".next/diagnostics/route-bundle-stats.json", kRouteStats);
  expect_unfinished(collect_from(files, ".next/diagnostics/route-bundle-stats.json"), "stats");
  files.add(".next/build-manifest.json", R"({"pages":{},"rootMainFiles":["static/chunks/a.js"],"polyfillFiles":[]})");
  expect_unfinished(collect_from(files, ".next/build-manifest.json"), "manifest");
  expect_unfinished(collect_from(files, ".next"), "folder");
}

TEST(NextUnfinished, AWholeBuildHasItsId) {
  MemoryFileSystem files;
  add_failed_build(files, ".next");
  files.add(".next/BUILD_ID", "");
  const Collected got = collect_from(files, ".next/static");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw"), 3);
}

/// Jobs hand on what they need, and no more.
TEST(NextUnfinished, ACopyOfAPartIsMeasured) {
  MemoryFileSystem part;
  part.add(".next/static/chunks/a.js", "abc");
  part.add(".next/cache/b.js", "abc");
  EXPECT_EQ(collect_from(part, ".next/static").value("bundle.raw"), 3);
  add_failed_build(part, "artifact");
  EXPECT_EQ(unfinished_next_build(part, "artifact/static"), "");
  part.add("artifact/diagnostics/route-bundle-stats.json", kRouteStats);
  EXPECT_EQ(collect_from(part, "artifact/diagnostics/route-bundle-stats.json").input().message.find("BUILD_ID"),
            std::string::npos);
  // A folder may be called like that, and be a package.
  MemoryFileSystem package;
  add_failed_build(package, ".next");
  package.add(".next/package.json", R"({"type":"commonjs","name":"next-assets"})");
  EXPECT_EQ(unfinished_next_build(package, ".next/static"), "");
  // What a standalone server holds is told by its own folder.
  MemoryFileSystem standalone;
  add_failed_build(standalone, ".next");
  standalone.add(".next/standalone/.next/BUILD_ID", "x");
  EXPECT_EQ(unfinished_next_build(standalone, ".next/standalone/.next/static"), "");
}

TEST(NextUnfinished, TheProjectsFolderIsNamed) {
  MemoryFileSystem files;
  add_failed_build(files, "apps/web/.next");
  EXPECT_EQ(unfinished_next_build(files, "apps/web/.next/static"), "apps/web/.next");
  EXPECT_EQ(collect_from(files, "apps/web/.next/static").input().hint,
            "run npx next build in apps/web, and let it end before the gate reads its files");
}

}  // namespace
}  // namespace budgetcheck
