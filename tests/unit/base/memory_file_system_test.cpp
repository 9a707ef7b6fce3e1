#include <gtest/gtest.h>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

TEST(MemoryFiles, BehaveLikeADisk) {
  MemoryFileSystem files;
  files.add("./a/b.txt", "text");
  files.add("a/c/d.txt", "");
  EXPECT_EQ(files.kind("a"), FileKind::kDirectory);
  EXPECT_EQ(files.kind("a/b.txt"), FileKind::kRegular);
  EXPECT_EQ(files.kind("a/b"), FileKind::kMissing);
  EXPECT_EQ(files.size("a/b.txt"), 4U);
  ASSERT_EQ(files.list("a").size(), 2U);
  EXPECT_EQ(files.list("a")[1].kind, FileKind::kDirectory);
  ASSERT_TRUE(files.open("a/../a/b.txt"));
  EXPECT_FALSE(files.open("x"));
}

}  // namespace
}  // namespace budgetcheck
