#include "collect/bundle/bundlers/webpack.h"

#include <gtest/gtest.h>

#include "unit/collect/bundle/bundlers/webpack_testing.h"

namespace budgetcheck {
namespace {

using namespace webpack_testing;

// The numbers are webpack's and rspack's own: entrypoints.*.assetsSize in the same files, before they were trimmed.
struct Known {
  const char* fixture;
  const char* format;
  const char* entry;
  double bytes;
};
class EntrySize : public testing::TestWithParam<Known> {};

TEST_P(EntrySize, IsTheToolsOwnAssetsSize) {
  const Known& known = GetParam();
  const Collected got = collect_fixture(known.fixture);
  EXPECT_EQ(got.format, known.format);
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("bundle.raw", {{"entry", known.entry}}), known.bytes);
  EXPECT_FALSE(got.lower_bound("bundle.raw", {{"entry", known.entry}}));
}

INSTANTIATE_TEST_SUITE_P(
    Fixtures, EntrySize,
    testing::Values(Known{"default", "webpack", "main", 222428}, Known{"default", "webpack", "admin", 33439},
                    Known{"verbose", "webpack", "main", 222428}, Known{"verbose", "webpack", "admin", 33439},
                    Known{"compressed", "webpack", "main", 222428}, Known{"rspack", "rspack", "main", 223132},
                    Known{"rspack", "rspack", "admin", 4554}, Known{"grouped", "webpack", "main", 3317},
                    Known{"two-copies", "webpack", "admin", 64}));

TEST(Webpack, CountsWhatABrowserLoadsAndNotMapsLicencesAndCompressedSiblings) {
  const Collected got = collect_fixture("compressed");
  // runtime 3435 + 338 218379 + main.css 86 + main.js 528 + 268 21850 + admin 8154 + lazy-chart 299
  EXPECT_EQ(got.value("bundle.raw"), 252731);
  EXPECT_EQ(got.value("bundle.files"), 7);
  EXPECT_EQ(got.value("bundle.raw", {{"type", "css"}}), 86);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}, {"type", "js"}}), 222342);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "main.[hash].js"}, {"type", "js"}}), 528);
}

TEST(Webpack, LeavesOutTheFlatMapsOfWebpack4) {
  const Collected got = collect_fixture("webpack4");
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}}), 2520);
  EXPECT_EQ(got.value("bundle.raw"), 3676);
  EXPECT_EQ(got.value("bundle.files"), 3);
}

TEST(Webpack, TellsSideFilesByNameOrByInfo) {
  const Collected by_name = collect_text(
      stats(R"({"name":"a.js","size":10},{"name":"a.js.map","size":50},{"name":"a.js.LICENSE.txt","size":5},)"
            R"({"name":"a.js.gz","size":4},{"name":"a.js.br","size":3})",
            R"(["a.js","a.js.map"])"));
  EXPECT_EQ(by_name.value("bundle.raw"), 10);
  EXPECT_EQ(by_name.value("bundle.raw", {{"entry", "main"}}), 10);
  const Collected by_info = collect_text(stats(
      R"({"name":"a.js","size":10},{"name":"m.js","size":50,"info":{"development":true}},)"
      R"({"name":"z.js","size":4,"info":{"compressed":true}},{"name":"l.js","size":4,"info":{"extractedComments":true}})",
      R"(["a.js","m.js"])"));
  EXPECT_EQ(by_info.value("bundle.raw"), 10);
  EXPECT_EQ(by_info.value("bundle.raw", {{"entry", "main"}}), 10);
}

TEST(Webpack, TreatsEachConfigurationOfAListAsABuildOfItsOwn) {
  const Collected got = collect_fixture("multi");
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("bundle.raw", {{"app", "client"}, {"entry", "main"}}), 3317);
  EXPECT_EQ(got.value("bundle.raw", {{"app", "server"}, {"entry", "main"}}), 63);
  EXPECT_EQ(got.value("bundle.raw"), -1);
  EXPECT_EQ(got.value("bundle.duplicates", {{"app", "client"}}), 1);
  EXPECT_EQ(got.facts.bundle.duplicate_packages.size(), 1U);
}

TEST(Webpack, DoesNotCountTheCompilationsOfPlugins) {
  const Collected got = collect_text(stats(
      R"({"name":"a.js","size":10})", R"([{"name":"a.js"}])",
      R"(,"children":[{"name":"mini-css-extract-plugin x","assets":[{"name":"b.js","size":99}],"modules":[{"name":"./node_modules/x/i.js","size":5}]}])"));
  EXPECT_EQ(got.value("bundle.raw"), 10);
  EXPECT_TRUE(got.facts.bundle.packages.empty());
}

class Useless : public testing::TestWithParam<const char*> {};

TEST_P(Useless, StatsAreRecognisedAndNeverZero) {
  const Collected got = collect_fixture(GetParam());
  EXPECT_FALSE(got.format.empty());
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.message.find("no assets"), std::string::npos) << got.input.message;
  EXPECT_NE(got.input.hint.find("assets: true"), std::string::npos) << got.input.hint;
  EXPECT_TRUE(got.facts.samples.empty());
  ASSERT_NE(got.unmeasured("bundle."), nullptr);
  EXPECT_TRUE(got.unmeasured("bundle.")->input_at_fault);
}

INSTANTIATE_TEST_SUITE_P(Fixtures, Useless, testing::Values("minimal", "errors-only", "rspack-cli"));

TEST(Webpack, GivesNoSizesOfAFailedBuild) {
  const Collected got = collect_fixture("failed");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_TRUE(got.facts.samples.empty());
  ASSERT_EQ(got.facts.bundle.failed_builds.size(), 1U);
  EXPECT_EQ(got.facts.bundle.failed_builds[0].errors, 4U);
  EXPECT_EQ(got.facts.bundle.failed_builds[0].first_error.rfind("Module parse failed", 0), 0U);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(Webpack, KnowsTheErrorsOfWebpack4WhichAreText) {
  const Collected got = collect_text(stats(R"({"name":"a.js","size":10})", R"(["a.js"])",
                                           ",\"errors\":[\"./src/x.js\\nModule not found\",\"second\"]"));
  ASSERT_EQ(got.facts.bundle.failed_builds.size(), 1U);
  EXPECT_EQ(got.facts.bundle.failed_builds[0].errors, 2U);
  EXPECT_EQ(got.facts.bundle.failed_builds[0].first_error, "./src/x.js Module not found");
}

TEST(Webpack, FailsOnlyTheConfigurationThatFailed) {
  const Collected got = collect_text(
      R"({"errors":[{"message":"x"}],"warnings":[],"errorsCount":1,"children":[)"
      R"({"name":"a","errorsCount":1,"assets":[{"name":"a.js","size":1}],"entrypoints":{"m":{"assets":["a.js"]}}},)"
      R"({"name":"b","errorsCount":0,"assets":[{"name":"b.js","size":2}],"entrypoints":{"m":{"assets":["b.js"]}}}]})");
  EXPECT_EQ(got.value("bundle.raw", {{"app", "b"}}), 2);
  EXPECT_EQ(got.value("bundle.raw", {{"app", "a"}}), -1);
  EXPECT_NE(got.unmeasured("bundle.", {{"app", "a"}}), nullptr);
}

TEST(Webpack, SaysThatFilteredStatsAreALowerBound) {
  const Collected got = collect_fixture("filtered");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.hint.find("assetsSpace"), std::string::npos);
  EXPECT_TRUE(got.lower_bound("bundle.raw"));
  EXPECT_TRUE(got.lower_bound("bundle.duplicates"));
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}}), -1);
  EXPECT_NE(got.unmeasured("bundle.", {{"entry", "main"}}), nullptr);
}

TEST(Webpack, KeepsEntriesExactThatLackNothing) {
  const Collected got =
      collect_text(R"({"hash":"1","version":"5","time":1,"filteredAssets":1,"assets":[{"name":"a.js","size":5}],)"
                   R"("entrypoints":{"main":{"filteredAssets":0,"assets":[{"name":"a.js","size":5}]},)"
                   R"("part":{"filteredAssets":2,"assets":[{"name":"a.js","size":5}]}}})");
  EXPECT_TRUE(got.lower_bound("bundle.raw"));
  EXPECT_FALSE(got.lower_bound("bundle.raw", {{"entry", "main"}}));
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}}), 5);
  EXPECT_TRUE(got.lower_bound("bundle.raw", {{"entry", "part"}}));
}

TEST(Webpack, FindsAPackageInTwoFolders) {
  for (const char* fixture : {"two-copies", "webpack4", "grouped"}) {
    const Collected got = collect_fixture(fixture);
    EXPECT_EQ(got.value("bundle.duplicates"), 1) << fixture;
    EXPECT_EQ(got.value("bundle.duplicates", {{"package", "dup"}}), 1) << fixture;
    ASSERT_EQ(got.facts.bundle.duplicate_packages.size(), 1U) << fixture;
    const PackageCopies& copies = got.facts.bundle.duplicate_packages[0];
    EXPECT_EQ(copies.copies[0].folder, "node_modules/dup");
    EXPECT_EQ(copies.copies[0].importer, "src/main.js");
    EXPECT_EQ(copies.copies[1].folder, "node_modules/user/node_modules/dup");
    EXPECT_EQ(copies.copies[1].importer, "node_modules/user/esm.js");
  }
}

TEST(Webpack, CountsNoDuplicatesWhereModulesAreListedAndNoneIsTwice) {
  for (const char* fixture : {"default", "verbose", "rspack"}) {
    const Collected got = collect_fixture(fixture);
    EXPECT_EQ(got.value("bundle.duplicates"), 0) << fixture;
    EXPECT_FALSE(got.lower_bound("bundle.duplicates")) << fixture;
  }
}

TEST(Webpack, SaysHowToGetModulesWhenThereAreNone) {
  const Collected got = collect_text(stats(R"({"name":"a.js","size":5})"));
  EXPECT_EQ(got.input.state, InputState::kRead);
  ASSERT_NE(got.unmeasured("bundle.duplicates"), nullptr);
  EXPECT_NE(got.unmeasured("bundle.duplicates")->hint.find("modules: true"), std::string::npos);
}

TEST(Webpack, CountsJoinedModulesOnceAndAModuleOfTwoChunksOnce) {
  const Collected got = collect_text(stats(
      R"({"name":"a.js","size":5})", R"(["a.js"])",
      R"(,"modules":[{"name":"./node_modules/p/a.js + 1 modules","size":30,"modules":[)"
      R"({"name":"./node_modules/p/a.js","size":10},{"name":"./node_modules/q/b.js","size":20}]},)"
      R"({"name":"./node_modules/o/x.js","size":7,"orphan":true},{"name":"./node_modules/o/y.js","size":7,"chunks":[]}],)"
      R"("chunks":[{"modules":[{"name":"./node_modules/r/c.js","size":4}]},{"modules":[{"name":"./node_modules/r/c.js","size":4}]}])"));
  ASSERT_EQ(got.facts.bundle.packages.size(), 3U);
  EXPECT_EQ(got.facts.bundle.packages[0].name, "p");
  EXPECT_EQ(got.facts.bundle.packages[0].bytes, 10);
  EXPECT_EQ(got.facts.bundle.packages[1].bytes, 20);
  EXPECT_EQ(got.facts.bundle.packages[2].bytes, 4);
}

TEST(Webpack, SaysThatJoinedModulesWithoutPartsHideDuplicates) {
  const Collected got = collect_text(stats(R"({"name":"a.js","size":5})", R"(["a.js"])",
                                           R"(,"modules":[{"name":"./src/a.js + 9 modules","size":30}])"));
  EXPECT_TRUE(got.lower_bound("bundle.duplicates"));
}

TEST(Webpack, FoldedGroupsHideDuplicatesUnlessTheyHoldNoPackages) {
  const auto with_group = [](const std::string& type, const std::string& more) {
    return collect_text(stats(R"({"name":"a.js","size":5})", R"(["a.js"])",
                              R"(,"modules":[{"type":")" + type + R"(","filteredChildren":3)" + more + "}]"));
  };
  EXPECT_TRUE(with_group("hidden modules", "").lower_bound("bundle.duplicates"));
  EXPECT_FALSE(with_group("runtime modules", "").lower_bound("bundle.duplicates"));
  EXPECT_FALSE(with_group("orphan modules", R"(,"orphan":true)").lower_bound("bundle.duplicates"));
}

TEST(Webpack, WithoutARootCompressedSizesAreUnmeasuredWithTheRemedy) {
  const Collected got = collect_fixture("default");
  ASSERT_NE(got.unmeasured("bundle.brotli"), nullptr);
  EXPECT_NE(got.unmeasured("bundle.brotli")->hint.find("{ path: dist/stats.json, root: dist }"), std::string::npos);
  EXPECT_NE(got.unmeasured("bundle.gzip"), nullptr);
}

TEST(Webpack, MeasuresTheFilesUnderTheRoot) {
  // `brotli -q 11 -c FILE | wc -c`: 148 + 69 + 1467; `gzip -9 < FILE | wc -c`: 160 + 81 + 1704.
  const Collected got = collect_fixture("two-copies", kFixtures + "dist/two-copies");
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("bundle.raw"), 3546);
  EXPECT_EQ(got.value("bundle.brotli"), 148 + 69 + 1467);
  EXPECT_EQ(got.value("bundle.gzip"), 160 + 81 + 1704);
  EXPECT_EQ(got.value("bundle.brotli", {{"entry", "main"}, {"type", "js"}}), 1467);
  EXPECT_EQ(got.value("bundle.gzip", {{"asset", "admin.[hash].js"}, {"type", "js"}}), 81);
}

TEST(Webpack, SaysThatStatsAreStale) {
  MemoryFileSystem files;
  files.add("dist/a.js", "12345");
  const Collected got = collect_text(stats(R"({"name":"a.js","size":4})"), files, "dist");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_NE(got.input.message.find("'a.js' has 5 bytes and not 4"), std::string::npos) << got.input.message;
  EXPECT_EQ(got.value("bundle.raw"), 5);
}

TEST(Webpack, FindsFilesWhoseNameHasAQuery) {
  MemoryFileSystem files;
  files.add("dist/a.js", "12345");
  const Collected got =
      collect_text(stats(R"({"name":"a.js?v=secret","size":5})", R"(["a.js?v=secret"])"), files, "dist");
  EXPECT_EQ(got.input.state, InputState::kRead) << got.input.message;
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "a.js"}, {"type", "js"}}), 5);
}

TEST(Webpack, SaysWhichFileIsMissing) {
  MemoryFileSystem files;
  files.add("dist/a.js", "12345");
  const Collected got = collect_text(stats(R"({"name":"a.js","size":5},{"name":"b.css","size":7})"), files, "dist");
  EXPECT_EQ(got.input.state, InputState::kRead) << "what holds no missing file can be judged";
  EXPECT_NE(got.input.message.find("1 of 2 files is not under 'dist', first 'b.css'"), std::string::npos)
      << got.input.message;
  EXPECT_TRUE(got.lower_bound("bundle.gzip"));
  EXPECT_FALSE(got.lower_bound("bundle.gzip", {{"entry", "main"}}));
  EXPECT_EQ(got.value("bundle.gzip", {{"type", "css"}}), -1);
  ASSERT_NE(got.unmeasured("bundle.gzip", {{"type", "css"}}), nullptr);
  EXPECT_TRUE(got.unmeasured("bundle.gzip", {{"type", "css"}})->where_is_whole);
}

TEST(Webpack, NamesWithDigitsAreNoHashes) {
  const Collected got = collect_text(
      stats(R"({"name":"CustomerOrderHistoryV2.js","size":5,"info":{}},{"name":"CustomerInvoiceTableV2.js","size":6},)"
            R"({"name":"facade12.js","size":7})"));
  for (const char* name : {"CustomerOrderHistoryV2.js", "CustomerInvoiceTableV2.js", "facade12.js"}) {
    EXPECT_NE(got.find("bundle.raw", {{"asset", name}, {"type", "js"}}), nullptr) << name;
  }
}

TEST(Webpack, AListOfStatsIsSeveralBuilds) {
  const std::string one =
      R"({"hash":"1","publicPath":"/","assetsByChunkName":{"main":["a.js"]},"assets":)"
      R"([{"name":"a.js","size":SIZE}],"entrypoints":{"main":{"assets":[{"name":"a.js"}]}},"modules":[]})";
  const auto with = [&](const std::string& size) { return std::string(one).replace(one.find("SIZE"), 4, size); };
  const Collected list = collect_text("[" + with("10") + "," + with("4") + "]");
  EXPECT_EQ(list.format, "webpack");
  EXPECT_EQ(list.value("bundle.raw", {{"app", "1"}, {"entry", "main"}}), 10);
  EXPECT_EQ(list.value("bundle.raw", {{"app", "2"}, {"entry", "main"}}), 4);
  const Collected named = collect_text(R"({"client":)" + with("10") + R"(,"server":)" + with("4") + "}");
  EXPECT_EQ(named.value("bundle.raw", {{"app", "client"}}), 10);
  EXPECT_EQ(named.value("bundle.raw", {{"app", "server"}}), 4);
  const Collected wrapped = collect_text(R"({"stats":)" + with("10") + R"(,"time":5})");
  EXPECT_EQ(wrapped.value("bundle.raw", {{"entry", "main"}}), 10) << wrapped.input.message;
}

TEST(Webpack, AssetsAloneAreABuildWithoutEntries) {
  const Collected got = collect_text(R"({"assets":[{"type":"asset","name":"a.js","size":10,"chunkNames":["main"]}]})");
  EXPECT_EQ(got.format, "webpack");
  EXPECT_EQ(got.value("bundle.raw"), 10);
  EXPECT_NE(got.unmeasured("bundle."), nullptr) << "entries are not known";
}

TEST(Webpack, SaysThatTheRootIsWrong) {
  MemoryFileSystem files;
  files.add("other/a.js", "12345");
  const Collected empty = collect_text(stats(R"({"name":"a.js","size":5})"), files, "dist");
  EXPECT_NE(empty.input.message.find("'dist' is not a folder"), std::string::npos) << empty.input.message;
  EXPECT_NE(empty.unmeasured("bundle.gzip"), nullptr);
  files.add("dist/readme.txt", "x");
  const Collected none = collect_text(stats(R"({"name":"a.js","size":5})"), files, "dist");
  EXPECT_NE(none.input.message.find("none of 1 file is under 'dist'"), std::string::npos) << none.input.message;
  EXPECT_EQ(none.value("bundle.gzip"), -1);
}

}  // namespace
}  // namespace budgetcheck
