#include "budget/import/import.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace budgetcheck {
namespace {

TEST(Import, RefusesWhatIsNoConfiguration) {
  struct Case {
    const char* path;
    const char* text;
    const char* message;
  };
  for (const Case& c :
       {Case{"lighthouserc.js", "module.exports = {}", "is a program"}, Case{".size-limit.MJS", "[]", "is a program"},
        Case{"package.json", "{\"name\":\"x\"}", "has no size-limit"},
        Case{"x.json", "{\"a\":1}", "is not a configuration"}, Case{"x.json", "[1,2]", "is not a configuration"},
        Case{"x.json", "3", "is not a configuration"},
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
