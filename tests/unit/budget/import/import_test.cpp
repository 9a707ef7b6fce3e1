#include "budget/import/import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "budget/load.h"

namespace budgetcheck {
namespace {

/// One configuration and what it becomes: budgets as summaries, and a part of what is left out.
struct Row {
  const char* name;
  const char* path;
  std::string text;
  std::vector<std::string> budgets;
  std::string left_out;  ///< empty: nothing is left out
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.path << ": " << row.text; }

std::string lhci(const std::string& assert) { return "{\"ci\":{\"assert\":{" + assert + "}}}"; }
std::string lhci_one(const std::string& key, const std::string& value, const std::string& more = "") {
  return lhci("\"assertions\":{\"" + key + "\":" + value + "}" + more);
}

class ImportTable : public testing::TestWithParam<Row> {};

TEST_P(ImportTable, BecomesTheseBudgets) {
  const Row& row = GetParam();
  const auto import = import_budgets(row.path, row.text);
  ASSERT_TRUE(import) << import.error().front().message;
  std::vector<std::string> budgets;
  for (const DraftBudget& budget : import->budgets) {
    budgets.push_back((budget.id.empty() ? "" : budget.id + ": ") + summary_of(budget));
  }
  EXPECT_EQ(budgets, row.budgets);
  std::string left_out;
  for (const ImportRemark& remark : import->remarks) {
    EXPECT_EQ(remark.location.file, row.path);
    EXPECT_GT(remark.location.line, 0U) << remark.text;
    if (!remark.carried) {
      left_out += remark.subject + ": " + remark.text + "\n";
    }
  }
  if (row.left_out.empty()) {
    EXPECT_EQ(left_out, "");
  } else {
    EXPECT_NE(left_out.find(row.left_out), std::string::npos) << left_out;
  }
  // Whatever was imported is a valid budgets file on known metrics.
  DraftFile draft;
  draft.inputs = import->inputs;
  draft.budgets = import->budgets;
  draft.closing = {left_out};
  MemoryFileSystem files;
  files.add("budgets.yml", write_budgets(draft));
  const auto loaded = load_budgets(files, "budgets.yml");
  ASSERT_TRUE(loaded) << write_budgets(draft) << to_string(loaded.error().front());
  EXPECT_EQ(loaded->budgets.size(), import->budgets.size());
  for (const Budget& budget : loaded->budgets) {
    EXPECT_TRUE(budget.metric) << budget.metric_id;
  }
}

const std::vector<Row> kLighthouseCi{
    {"ScoreOfACategory",
     "lighthouserc.json",
     lhci_one("categories:performance", "[\"error\",{\"minScore\":0.85}]"),
     {"lighthouse.score.performance min 85 stat: max"},
     ""},
    {"DefaultScoreIsPointNine",
     "lighthouserc.json",
     lhci_one("categories:seo", "\"warn\""),
     {"lighthouse.score.seo min 90 stat: max level: warning"},
     ""},
    {"BestOfTheRunsByDefault",
     "lighthouserc.json",
     lhci_one("largest-contentful-paint", "[\"error\",{\"maxNumericValue\":2500}]"),
     {"lighthouse.lcp max 2500 ms stat: min"},
     ""},
    {"Pessimistic",
     "lighthouserc.json",
     lhci_one("categories:seo", "[\"error\",{\"minScore\":0.9,\"aggregationMethod\":\"pessimistic\"}]"),
     {"lighthouse.score.seo min 90 stat: min"},
     ""},
    {"GlobalMedian",
     "lighthouserc.json",
     lhci_one("speed-index", "[\"error\",{\"maxNumericValue\":3400.5}]", ",\"aggregationMethod\":\"median\""),
     {"lighthouse.si max 3400.5 ms"},
     ""},
    {"CamelCase",
     "lighthouserc.json",
     lhci_one("totalBlockingTime", "[\"error\",{\"maxNumericValue\":0,\"aggregationMethod\":\"median\"}]"),
     {"lighthouse.tbt max 0 ms"},
     ""},
    {"LayoutShiftHasNoUnit",
     "lighthouserc.json",
     lhci_one("cumulative-layout-shift", "[\"error\",{\"maxNumericValue\":0.1,\"aggregationMethod\":\"median\"}]"),
     {"lighthouse.cls max 0.1"},
     ""},
    {"ResourceSizeIsBytes",
     "lighthouserc.json",
     lhci_one("resource-summary:script:size",
              "[\"error\",{\"maxNumericValue\":125001,\"aggregationMethod\":\"median\"}]"),
     {"lighthouse.resource.script.bytes max 125001 B"},
     ""},
    {"ResourceCountWithDots",
     "lighthouserc.json",
     lhci_one("resource-summary.third-party.count",
              "[\"error\",{\"maxNumericValue\":5,\"aggregationMethod\":\"median\"}]"),
     {"lighthouse.resource.third-party.requests max 5"},
     ""},
    {"UserTiming",
     "lighthouserc.json",
     lhci_one("user-timings:hero", "[\"error\",{\"maxNumericValue\":900,\"aggregationMethod\":\"median\"}]"),
     {"lighthouse.user-timing.hero max 900 ms"},
     ""},
    {"OffIsNothing", "lighthouserc.json", lhci_one("uses-http2", "\"off\""), {}, ""},
    {"MisspeltLevel", "lighthouserc.json", lhci_one("categories:seo", "\"eror\""), {}, "the level 'eror'"},
    {"MisspeltOption",
     "lighthouserc.json",
     lhci_one("dom-size", "[\"error\",{\"maxNumericValu\":800}]"),
     {},
     "did you mean 'maxNumericValue'?"},
    {"ScoreOfOneAudit", "lighthouserc.json", lhci_one("font-display", "\"error\""), {}, "the score of a single audit"},
    {"MaxLength", "lighthouserc.json", lhci_one("errors-in-console", "[\"error\",{\"maxLength\":0}]"), {}, "maxLength"},
    {"Preset", "lighthouserc.json", lhci("\"preset\":\"lighthouse:no-pwa\""), {}, "'lighthouse:no-pwa' names"},
    {"BudgetsFile", "lighthouserc.json", lhci("\"budgetsFile\":\"b.json\""), {}, "--from b.json"},
    {"PerformanceBudget", "lighthouserc.json", lhci_one("performance-budget", "\"error\""), {}, "budget.json"},
    {"MatrixOfPages",
     "lighthouserc.json",
     lhci("\"assertMatrix\":[{\"matchingUrlPattern\":\"http://[^/]+/blog/"
          ".*\",\"assertions\":{\"interactive\":[\"warn\",{"
          "\"maxNumericValue\":5000,\"aggregationMethod\":\"median-run\"}]}}]"),
     {"lighthouse.tti { page: \"/blog/*\" } max 5000 ms level: warning"},
     ""},
    {"MatrixOfUnknownPages",
     "lighthouserc.json",
     lhci("\"assertMatrix\":[{\"matchingUrlPattern\":\"^((?!x).)*$\",\"assertions\":{\"interactive\":\"error\"}}]"),
     {},
     "cannot be a glob of pages"},
    {"Yaml",
     ".lighthouserc.yml",
     "ci:\n  assert:\n    assertions:\n      first-contentful-paint:\n        - error\n"
     "        - maxNumericValue: 1800\n          aggregationMethod: median\n",
     {"lighthouse.fcp max 1800 ms"},
     ""},
    {"NoAssert", "lighthouserc.json", "{\"ci\":{\"collect\":{}}}", {}, "this file limits nothing"},
    {"ShareAsPercent",
     "lighthouserc.json",
     lhci_one("categories:seo", "[\"error\",{\"minScore\":90}]"),
     {},
     "no useful score"},
    {"TheStricterOfTwoStays",
     "lighthouserc.json",
     lhci("\"aggregationMethod\":\"median\",\"assertions\":{\"interactive\":[\"warn\",{\"maxNumericValue\":4000}],"
          "\"Interactive\":[\"error\",{\"maxNumericValue\":5000}]}"),
     {"lighthouse.tti max 4000 ms"},
     ""},
};

const std::vector<Row> kLightWallet{
    {"SizesAreKibibytes",
     "budget.json",
     R"([{"path":"/*","resourceSizes":[{"resourceType":"script","budget":125}]}])",
     {"lighthouse.resource.script.bytes max 125 KiB"},
     ""},
    {"CountsOfAPath",
     "budget.json",
     R"([{"path":"/about","resourceCounts":[{"resourceType":"third-party","budget":0}]}])",
     {"lighthouse.resource.third-party.requests { page: \"/about*\" } max 0"},
     ""},
    {"TimingsOfAWholePath",
     "budget.json",
     R"([{"path":"/a$","timings":[{"metric":"interactive","budget":5000,"tolerance":10}]}])",
     {"lighthouse.tti { page: /a } max 5000 ms"},
     ""},
    {"ShiftHasNoUnit",
     "budget.json",
     R"([{"timings":[{"metric":"cumulative-layout-shift","budget":0.1}]}])",
     {"lighthouse.cls max 0.1"},
     ""},
    {"UnknownType",
     "budget.json",
     R"([{"resourceSizes":[{"resourceType":"scripts","budget":1}]}])",
     {},
     "did you mean 'script'?"},
    {"OneEntryInPlaceOfAList",
     "budget.json",
     R"({"path":"/*","timings":[{"metric":"first-contentful-paint","budget":1800}]})",
     {"lighthouse.fcp max 1800 ms"},
     ""},
    {"UnknownTiming", "budget.json", R"([{"timings":[{"metric":"dom-size","budget":1}]}])", {}, "is no timing"},
    {"NoNumber", "budget.json", R"([{"resourceCounts":[{"resourceType":"font","budget":"3"}]}])", {}, "is no number"},
    {"Hostnames",
     "budget.json",
     R"([{"timings":[],"options":{"firstPartyHostnames":["a.b"]}}])",
     {},
     "firstPartyHostnames"},
};

const std::vector<Row> kSizeLimit{
    {"KiloIsThousand",
     ".size-limit.json",
     R"([{"path":"dist/app.js","limit":"10 KB"}])",
     {"bundle.brotli { asset: app.js } max 10 kB"},
     ""},
    {"KibiIsNot",
     ".size-limit.json",
     R"([{"path":"./dist/js/app.js","limit":"1.5 KiB","gzip":true}])",
     {"bundle.gzip { asset: js/app.js } max 1.5 KiB"},
     ""},
    {"NoCompression",
     ".size-limit.json",
     R"([{"name":"App","path":"app.js","limit":"300 B","brotli":false}])",
     {"App: bundle.raw { asset: app.js } max 300 B"},
     ""},
    {"GlobOfATypeIsASum",
     ".size-limit.json",
     R"([{"path":"build/static/js/*.js","limit":"1 MB"}])",
     {"bundle.brotli { type: js } max 1 MB"},
     ""},
    {"WholeBuild", ".size-limit.json", R"([{"path":"dist/**","limit":"1 MB"}])", {"bundle.brotli max 1 MB"}, ""},
    {"OneOfSeveralPaths",
     ".size-limit.json",
     R"([{"path":["dist/main.*.js"],"limit":"9 kB"}])",
     {"bundle.brotli { asset: \"main.*.js\" } max 9 kB"},
     ""},
    {"SumOfAPartOfTheSite",
     ".size-limit.json",
     R"([{"path":".next/static/chunks/app/(shop)/**/*.js","limit":"80 kB"}])",
     {},
     "adds up the files of one folder"},
    {"AnotherBuild",
     ".size-limit.json",
     R"([{"path":"packages/a/dist/index.js","limit":"8 kB"},{"path":"packages/b/dist/index.js","limit":"9 kB"}])",
     {"bundle.brotli { asset: index.js } max 8 kB"},
     "another build ('packages/b/dist')"},
    {"SeveralPaths", ".size-limit.json", R"([{"path":["a.js","b.js"],"limit":"9 kB"}])", {}, "adds up several paths"},
    {"Time", ".size-limit.json", R"([{"path":"a.js","limit":"300 ms"}])", {}, "is a time"},
    {"Unparsable", ".size-limit.json", R"([{"path":"a.js","limit":"banana"}])", {}, "for 0 B"},
    {"NoLimit", ".size-limit.json", R"([{"path":"a.js"}])", {}, "no limit"},
    {"Import", ".size-limit.json", R"([{"path":"a.js","import":"{ x }","limit":"1 kB"}])", {}, "bundles one import"},
    {"Entry",
     "package.json",
     R"({"size-limit":[{"entry":["main"],"limit":"1 kB"}]})",
     {"bundle.brotli { entry: main } max 1 kB"},
     ""},
};

const std::vector<Row> kOthers{
    {"BundlewatchKiloIs1024",
     "bundlewatch.config.json",
     R"({"files":[{"path":"./dist/*.js","maxSize":"150 kB"}]})",
     {"bundle.gzip { asset: \"*.js\" } max 150 KiB"},
     ""},
    {"BundlewatchBrotli",
     "package.json",
     R"({"bundlewatch":{"defaultCompression":"brotli","files":[{"path":"dist/a-[0-9a-f].js","maxSize":"2MB"}]}})",
     {"bundle.brotli { asset: \"a-?.js\" } max 2 MiB"},
     ""},
    {"BundlewatchGarbage",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"15O kB"}]})",
     {},
     "maxSize '15O kB' is no size"},
    {"BundlewatchWithCi",
     "bundlewatch.config.json",
     R"({"ci":{"trackBranches":["main"]},"files":[{"path":"a.js","maxSize":"1 kB"}]})",
     {"bundle.gzip { asset: a.js } max 1 KiB"},
     ""},
    {"BundlewatchTheLastHolds",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"1 kB"},{"path":"a.js","maxSize":"2 kB"}]})",
     {"bundle.gzip { asset: a.js } max 2 KiB"},
     ""},
    {"BundlewatchExtendedGlob",
     "bundlewatch.config.json",
     R"({"files":[{"path":"dist/!(x).js","maxSize":"1 kB"}]})",
     {},
     "have no counterpart"},
    {"BundlewatchManyBuilds",
     "bundlewatch.config.json",
     R"({"files":[{"path":"packages/*/dist/a.js","maxSize":"1 kB"}]})",
     {},
     "several builds"},
    {"BundlewatchUncompressed",
     "bundlewatch.config.json",
     R"({"files":[{"path":"a.js","maxSize":"800B","compression":"none"}]})",
     {"bundle.raw { asset: a.js } max 800 B"},
     ""},
    {"BundlesizeList",
     "package.json",
     R"({"bundlesize":[{"path":"./build/vendor.js","maxSize":"3.5 kb"}]})",
     {"bundle.gzip { asset: vendor.js } max 3.5 KiB"},
     ""},
    {"BundlesizeFile",
     "bundlesize.config.json",
     R"({"files":[{"path":"a.css","maxSize":"2 kB","compression":"zip"}]})",
     {},
     "none of gzip, brotli and none"},
    {"BundlemonHashes",
     ".bundlemonrc",
     R"({"baseDir":"./dist","files":[{"path":"*.<hash>.js","maxSize":"10kb","maxPercentIncrease":5}]})",
     {"bundle.gzip { asset: \"*.*.js\" } max 10 KiB max_increase 5%"},
     ""},
    {"BundlemonGroupIsASum",
     "bundlemon.json",
     R"({"baseDir":"build","groups":[{"friendlyName":"JS","path":"**/*.js","maxSize":"1mb"}]})",
     {"JS: bundle.gzip { type: js } max 1 MiB"},
     ""},
    {"BundlemonPercentOnly",
     ".bundlemonrc.yaml",
     "baseDir: dist\nfiles:\n  - path: a.js\n    maxPercentIncrease: 2.5\n    compression: brotli\n",
     {"bundle.brotli { asset: a.js } max_increase 2.5%"},
     ""},
    {"BundlemonTheFirstHolds",
     "bundlemon.json",
     R"({"baseDir":"b","files":[{"path":"a.js","maxSize":"1kb"},{"path":"a.js","maxSize":"2kb"}]})",
     {"bundle.gzip { asset: a.js } max 1 KiB"},
     "the first one holds"},
    {"BundlemonShownOnly", "bundlemon.json", R"({"baseDir":"b","files":[{"path":"a.js"}]})", {}, "only shows it"},
};

std::string name_of(const testing::TestParamInfo<Row>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(LighthouseCi, ImportTable, testing::ValuesIn(kLighthouseCi), name_of);
INSTANTIATE_TEST_SUITE_P(LightWallet, ImportTable, testing::ValuesIn(kLightWallet), name_of);
INSTANTIATE_TEST_SUITE_P(SizeLimit, ImportTable, testing::ValuesIn(kSizeLimit), name_of);
INSTANTIATE_TEST_SUITE_P(Others, ImportTable, testing::ValuesIn(kOthers), name_of);

TEST(Import, RefusesWhatIsNoConfiguration) {
  struct Case {
    const char* path;
    const char* text;
    const char* message;
  };
  for (const Case& c :
       {Case{"lighthouserc.js", "module.exports = {}", "is a program"}, Case{".size-limit.MJS", "[]", "is a program"},
        Case{"package.json", "{\"name\":\"x\"}", "has no size-limit"},
        Case{"x.json", "{\"a\":1}", "is no configuration"}, Case{"x.json", "[1,2]", "is no configuration"},
        Case{"x.json", "3", "is no configuration"},
        Case{"budgets.yml", "version: 1\nbudgets: []\n", "is a budgets file"}}) {
    const auto import = import_budgets(c.path, c.text);
    ASSERT_FALSE(import) << c.text;
    EXPECT_EQ(import.error().front().kind, ErrorKind::kUsage);
    EXPECT_NE(import.error().front().message.find(c.message), std::string::npos) << import.error().front().message;
  }
  EXPECT_FALSE(import_budgets("x.json", "{\"files\":"));
}

TEST(Import, EveryKindOfMisshapenValueIsAnsweredOrLeftOut) {
  for (const char* value : {"null", "true", "7", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]", "[{\"path\":7}]",
                            "[{\"path\":\"a.js\",\"limit\":{},\"maxSize\":[],\"budget\":null}]"}) {
    for (const char* shape :
         {"{\"ci\":%}", "{\"ci\":{\"assert\":%}}", "{\"ci\":{\"assert\":{\"assertions\":%}}}",
          "{\"ci\":{\"assert\":{\"assertions\":{\"a\":%}}}}", "{\"ci\":{\"assert\":{\"assertMatrix\":%}}}",
          "{\"size-limit\":%}", "{\"bundlewatch\":%}", "{\"bundlewatch\":{\"files\":%}}", "{\"bundlesize\":%}",
          "{\"bundlemon\":%}", "{\"bundlemon\":{\"groups\":%}}", "[{\"resourceSizes\":%}]",
          "[{\"timings\":[],\"path\":%}]"}) {
      std::string text(shape);
      text.replace(text.find('%'), 1, value);
      const auto import = import_budgets("package.json", text);
      const bool empty = import && import->budgets.empty();
      EXPECT_TRUE(empty || !import) << text;
    }
  }
}

TEST(Import, NamesAreMadePrintable) {
  const auto import = import_budgets("bundlewatch.config.json",
                                     "{\"files\":[{\"path\":\"dist/\\u001b[31mx.js\",\"maxSize\":\"1 kB\"}]}");
  ASSERT_TRUE(import);
  for (const ImportRemark& remark : import->remarks) {
    EXPECT_EQ(remark.subject.find('\x1b'), std::string::npos);
    EXPECT_EQ(remark.text.find('\x1b'), std::string::npos);
  }
}

TEST(Import, OneFileWrittenInTwoWaysKeepsTheStricterLimit) {
  // bundlewatch takes "./dist/a.js" and "dist/a.js" for two files, and the last entry holds on each.
  const auto two = import_budgets("bundlewatch.config.json", R"({"files":[{"path":"dist/a.js","maxSize":"1 kB"},)"
                                                             R"({"path":"./dist/a.js","maxSize":"30 kB"}]})");
  ASSERT_EQ(two->budgets.size(), 1U);
  EXPECT_EQ(two->budgets[0].max, "1 KiB");
  const auto one = import_budgets("bundlewatch.config.json", R"({"files":[{"path":"dist/a.js","maxSize":"1 kB"},)"
                                                             R"({"path":"dist/a.js","maxSize":"30 kB"}]})");
  ASSERT_EQ(one->budgets.size(), 1U);
  EXPECT_EQ(one->budgets[0].max, "30 KiB");
}

TEST(Import, InputsAreTheFilesThatAreWeighed) {
  struct Case {
    const char* path;
    const char* input;
    const char* root;
  };
  for (const Case& c :
       {Case{"./dist/assets/*-[hash].js", "dist/assets/*-*.js", "dist"}, Case{"dist/**/*.css", "dist/**/*.css", "dist"},
        Case{"dist/index.html", "dist", ""}, Case{"index.js", "index.js", "."}, Case{"dist/logo.svg", "dist", ""},
        Case{"dist/chunk-[0-9].js", "dist/chunk-?.js", "dist"}}) {
    const auto import = import_budgets("bundlewatch.config.json",
                                       R"({"files":[{"path":")" + std::string(c.path) + R"(","maxSize":"1 kB"}]})");
    ASSERT_TRUE(import) << c.path;
    ASSERT_EQ(import->inputs.size(), 1U) << c.path;
    EXPECT_EQ(import->inputs[0].path, c.input);
    EXPECT_EQ(import->inputs[0].root, c.root);
  }
}

TEST(Import, TwoFilesJoin) {
  Import all;
  add_import(all, *import_budgets("a.json", R"([{"resourceSizes":[{"resourceType":"script","budget":125}]}])"));
  add_import(all,
             *import_budgets(
                 "b.json",
                 R"([{"resourceSizes":[{"resourceType":"script","budget":100},{"resourceType":"font","budget":9}]}])"));
  ASSERT_EQ(all.budgets.size(), 2U);
  EXPECT_EQ(all.budgets[0].max, "100 KiB");
  EXPECT_EQ(all.budgets[1].max, "9 KiB");
  EXPECT_EQ(all.inputs.size(), 1U);
  EXPECT_EQ(all.tool, "LightWallet, LightWallet");
}

TEST(Import, StopsAtAThousandEntriesAndSaysSo) {
  std::string text = "{\"files\":[";
  for (int i = 0; i < 1100; ++i) {
    text += (i == 0 ? "" : ",") + std::string("{\"path\":\"f") + std::to_string(i) + ".js\",\"maxSize\":\"1 kB\"}";
  }
  const auto import = import_budgets("bundlewatch.config.json", text + "]}");
  ASSERT_TRUE(import);
  EXPECT_EQ(import->budgets.size(), 1000U);
  EXPECT_EQ(std::count_if(import->remarks.begin(), import->remarks.end(),
                          [](const ImportRemark& remark) { return !remark.carried; }),
            1);
}

}  // namespace
}  // namespace budgetcheck
