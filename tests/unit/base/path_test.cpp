#include "base/path.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Path, JoinIsLexical) {
  EXPECT_EQ(join_path("a", "b"), "a/b");
  EXPECT_EQ(join_path("a", "/b"), "/b");
  EXPECT_EQ(join_path("", "b"), "b");
  EXPECT_EQ(join_path("a/./b/", "../c"), "a/c");
  EXPECT_EQ(join_path("a", "../../b"), "../b");
  EXPECT_EQ(join_path("/", "../b"), "/b");
  EXPECT_EQ(join_path("..", ".."), "../..");
  EXPECT_EQ(join_path("a", ".."), ".");
  EXPECT_EQ(join_path("", ""), ".");
}

TEST(Path, WithoutExtension) {
  EXPECT_EQ(path_without_extension("a.b/k6.ndjson.gz"), "a.b/k6");
  EXPECT_EQ(path_without_extension("a.b/k6"), "a.b/k6");
  EXPECT_EQ(path_without_extension("run.1.json"), "run.1");
  EXPECT_EQ(path_without_extension("a/.hidden"), "a/.hidden");
  EXPECT_EQ(path_without_extension(""), "");
}

TEST(Path, FolderAndRelative) {
  EXPECT_EQ(folder_of("a/b.json"), "a");
  EXPECT_EQ(folder_of("b.json"), ".");
  EXPECT_EQ(folder_of("/b"), "/");
  EXPECT_EQ(relative_to("a/b/c", "a"), "b/c");
  EXPECT_EQ(relative_to("./a/b", "."), "a/b");
  EXPECT_EQ(relative_to("/x/y", "/"), "x/y");
  EXPECT_EQ(relative_to("ab/c", "a"), "ab/c");
  EXPECT_EQ(relative_to("/x/y", "/z"), "/x/y");
}

}  // namespace
}  // namespace budgetcheck
