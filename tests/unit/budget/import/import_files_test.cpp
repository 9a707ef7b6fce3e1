#include <gtest/gtest.h>

#include "budget/import/import.h"

namespace budgetcheck {
namespace {

TEST(ImportFiles, InputsAreTheFilesThatAreWeighed) {
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

}  // namespace
}  // namespace budgetcheck
