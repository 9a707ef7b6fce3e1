#include "base/platform/read_files.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ReadFiles, TheFirstNameIsKeptUntilTheRunEnds) {
  const FileId id{1, 2};
  EXPECT_EQ(read_as(id), "");
  remember_read(id, "one");
  remember_read(id, "two");
  EXPECT_EQ(read_as(id), "one");
  EXPECT_EQ(read_as({2, 2}), "");
  EXPECT_EQ(read_as({1, 3}), "");
  forget_read_files();
  EXPECT_EQ(read_as(id), "");
}

}  // namespace
}  // namespace budgetcheck
