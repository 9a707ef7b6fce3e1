#include <gtest/gtest.h>

#include "unit/base/growth.h"
#include "unit/collect/bundle/bundlers/webpack_testing.h"

namespace budgetcheck {
namespace {

using namespace webpack_testing;

TEST(WebpackBadInput, RefusesNamesThatLeadOutOfTheRoot) {
  MemoryFileSystem files;
  files.add("secret.js", "12345");
  files.add("/etc/secret.js", "12345");
  files.add("dist/a.js", "12345");
  for (const std::string name :
       {"../secret.js", "/etc/secret.js", "x/../../secret.js", "a\\u0001.js", "a.js\\u0000x.js"}) {
    const Collected got =
        collect_text(stats(R"({"name":"a.js","size":5},{"name":")" + name + R"(","size":5})"), files, "dist");
    EXPECT_EQ(got.input.state, InputState::kIncomplete) << name;
    EXPECT_NE(got.input.message.find("refused to read 1 of 2 files"), std::string::npos) << got.input.message;
    EXPECT_TRUE(got.lower_bound("bundle.gzip")) << name;
    EXPECT_EQ(got.input.message.find('\x01'), std::string::npos);
  }
}

TEST(WebpackBadInput, SizesThatCannotBeAreUnknownAndNeverCounted) {
  for (const std::string size : {"-1", "1.5", "1e300", "null", "\"5\"", "{}"}) {
    const Collected got = collect_text(stats(R"({"name":"a.js","size":10},{"name":"b.js","size":)" + size + "}"));
    EXPECT_EQ(got.input.state, InputState::kIncomplete) << size;
    EXPECT_NE(got.input.message.find("'b.js'"), std::string::npos) << got.input.message;
    EXPECT_EQ(got.value("bundle.raw"), 10) << size;
    EXPECT_TRUE(got.lower_bound("bundle.raw")) << size;
    EXPECT_FALSE(got.lower_bound("bundle.raw", {{"entry", "main"}})) << size;
  }
}

TEST(WebpackBadInput, ANameListedTwiceCountsOnceUnlessItsSizesDiffer) {
  EXPECT_EQ(collect_text(stats(R"({"name":"a.js","size":10},{"name":"a.js","size":10})")).value("bundle.raw"), 10);
  const Collected differ = collect_text(stats(R"({"name":"a.js","size":10},{"name":"a.js","size":11})"));
  EXPECT_EQ(differ.input.state, InputState::kIncomplete);
  EXPECT_EQ(differ.value("bundle.raw"), -1);
}

TEST(WebpackBadInput, AnEntryWithoutFilesIsUnmeasuredAndNotZero) {
  for (const std::string entry : {"[]", "null", R"([{"name":"gone.js"}])"}) {
    const Collected got = collect_text(stats(R"({"name":"a.js","size":10})", entry));
    EXPECT_EQ(got.input.state, InputState::kIncomplete) << entry;
    EXPECT_NE(got.input.message.find("entry 'main' has no file"), std::string::npos) << got.input.message;
    EXPECT_EQ(got.find("bundle.raw", {{"entry", "main"}}), nullptr);
    EXPECT_EQ(got.find("bundle.files", {{"entry", "main"}}), nullptr);
    EXPECT_NE(got.unmeasured("bundle.", {{"entry", "main"}}), nullptr);
  }
}

TEST(WebpackBadInput, ABuildThatListsNoFileIsIncomplete) {
  const Collected got = collect_text(R"({"hash":"1","version":"5","time":1,"assets":[],"entrypoints":{}})");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(WebpackBadInput, UsesEntrySizesWhenAssetsAreNotListed) {
  const Collected got = collect_text(
      R"({"entrypoints":{"main":{"assets":[{"name":"a.js","size":4},{"name":"a.js.map","size":9}]}},"errors":[],"errorsCount":0})");
  EXPECT_EQ(got.input.state, InputState::kIncomplete);
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "main"}}), 4);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
  EXPECT_NE(got.unmeasured("bundle."), nullptr);
}

TEST(WebpackBadInput, FilesThatDifferInTheirHashOnlyAreTwoFiles) {
  const Collected got = collect_text(stats(R"({"name":"a.0123abcd.js","size":10},{"name":"a.4567abcd.js","size":5})"));
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "a.[hash].js"}, {"type", "js"}}), 10);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "a.[hash:2].js"}, {"type", "js"}}), 5);
}

TEST(WebpackBadInput, CutOffStatsAreAnError) {
  const DiskFileSystem files;
  const auto content = files.open(kFixtures + "webpack/default.json");
  ASSERT_TRUE(content);
  const std::string whole((*content)->bytes());
  for (const std::size_t size : {whole.size() / 10, whole.size() / 2, whole.size() - 2}) {
    const Collected got = collect_text(whole.substr(0, size));
    if (!got.format.empty()) {
      ASSERT_TRUE(got.error) << size;
      EXPECT_NE(got.error->message.find("cut off"), std::string::npos) << got.error->message;
    }
  }
}

TEST(WebpackBadInput, OddShapesDoNotCrash) {
  for (const char* text :
       {R"({"assets":{},"entrypoints":[],"chunks":1})",
        R"({"assets":[1,"a",null,[]],"entrypoints":{"m":1},"chunks":[1]})",
        R"({"assets":[{"name":1,"size":[]}],"entrypoints":{"m":{"assets":[1,null,{}]}},"modules":[1,{"modules":{}}]})",
        R"({"errors":{},"errorsCount":"x","warnings":[],"children":[1,null]})",
        R"({"hash":1,"time":1,"builtAt":1,"children":[[],{}]})"}) {
    const Collected got = collect_text(text);
    EXPECT_FALSE(got.format.empty()) << text;
    EXPECT_EQ(got.input.state, InputState::kIncomplete) << text;
  }
}

TEST(WebpackBadInput, LeavesOtherDocumentsAlone) {
  for (const char* text : {R"({"lighthouseVersion":"12","audits":{}})", R"({"log":{"entries":[]}})",
                           R"({"version":1,"samples":[]})", R"({"errors":[{"message":"GraphQL"}],"data":null})",
                           R"({"inputs":{},"outputs":{}})", R"({"name":"x","version":"1","dependencies":{}})"}) {
    EXPECT_EQ(collect_text(text).format, "") << text;
  }
}

TEST(WebpackBadInput, ReadsAHundredThousandAssetsInLinearTime) {
  const auto reading = [](std::size_t count) {
    std::string assets;
    for (std::size_t i = 0; i < count; ++i) {
      assets += (i == 0 ? "" : ",") + (R"({"name":"chunk-)" + std::to_string(i)) + R"(.js","size":3})";
    }
    return [count, text = stats(assets, R"(["chunk-7.js"])")] {
      const Collected got = collect_text(text);
      EXPECT_EQ(got.value("bundle.raw"), 3 * static_cast<double>(count));
      EXPECT_EQ(got.value("bundle.files"), static_cast<double>(count));
    };
  };
  EXPECT_LT(growth(12'500, reading), kLinear);
}

}  // namespace
}  // namespace budgetcheck
