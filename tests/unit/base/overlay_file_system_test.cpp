#include "base/overlay_file_system.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(OverlayFileSystem, AddsTextsToOtherFiles) {
  MemoryFileSystem disk;
  disk.add("a.txt", "of the disk");
  const OverlayFileSystem files(disk, {{"b at the base", "of git"}});
  EXPECT_EQ((*files.open("a.txt"))->bytes(), "of the disk");
  EXPECT_EQ((*files.open("b at the base"))->bytes(), "of git");
  EXPECT_EQ(files.kind("b at the base"), FileKind::kRegular);
  EXPECT_EQ(files.size("b at the base"), 6U);
  EXPECT_EQ(files.real_path("b at the base"), "b at the base");
  EXPECT_EQ(files.kind("c"), FileKind::kMissing);
  EXPECT_FALSE(files.open("c"));
  EXPECT_EQ(files.list(".").size(), 1U);
}

}  // namespace
}  // namespace budgetcheck
