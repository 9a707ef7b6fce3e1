#include "collect/bundle/browser_files.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(BrowserFiles, WhatLiesBesideTheClientsFolderIsTheServers) {
  std::vector<std::string> paths{"build/client/assets/a.js", "build/server/index.js", "build/handler.js"};
  const std::vector<ServerFiles> found = leave_out_server("build", paths);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].client, "build/client");
  EXPECT_EQ(found[0].left_out, 2U);
  EXPECT_EQ(paths, std::vector<std::string>{"build/client/assets/a.js"});
}

TEST(BrowserFiles, TheyAreFoundFurtherDownToo) {
  std::vector<std::string> paths{"dist/shop/browser/main.js", "dist/shop/server/main.mjs", "dist/other/a.js"};
  leave_out_server("dist", paths);
  EXPECT_EQ(paths, (std::vector<std::string>{"dist/shop/browser/main.js", "dist/other/a.js"}));
}

TEST(BrowserFiles, WithoutAClientsFolderNothingIsLeftOut) {
  std::vector<std::string> paths{"dist/a.js", "dist/server/index.js"};
  const std::vector<ServerFiles> found = leave_out_server("dist", paths);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].client.empty());
  EXPECT_EQ(paths.size(), 2U);
}

TEST(BrowserFiles, OnlyFoldersBelowTheRootCount) {
  std::vector<std::string> paths{"server/client/a.js", "server/client/b.js"};
  EXPECT_TRUE(leave_out_server("server/client", paths).empty());
  std::vector<std::string> pages{"dist/server/index.html", "dist/public/a.js"};
  EXPECT_TRUE(leave_out_server("dist", pages).empty()) << "a page about servers is no code of one";
}

TEST(BrowserFiles, CopiesInAnotherInputAreCountedOnce) {
  MemoryFileSystem files;
  files.add("a/x.js", "same");
  files.add("b/deep/x.js", "same");
  files.add("b/y.js", "same");
  files.add("b/x.js", "else");
  files.add("a/sub/x.js", "same");
  std::vector<NamedFile> named{{"a/x.js", 0}, {"a/sub/x.js", 0}, {"b/deep/x.js", 1}, {"b/x.js", 1}, {"b/y.js", 1}};
  EXPECT_EQ(leave_out_copies(files, named), 1U);
  ASSERT_EQ(named.size(), 4U);
  EXPECT_EQ(named[2].path, "b/x.js");
}

}  // namespace
}  // namespace budgetcheck
