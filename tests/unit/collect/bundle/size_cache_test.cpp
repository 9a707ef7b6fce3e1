#include "collect/bundle/size_cache.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

namespace budgetcheck {
namespace {

/// A folder that is gone when the test ends.
class SizeCacheTest : public testing::Test {
 protected:
  SizeCacheTest() : folder_(testing::TempDir() + "size_cache_" + std::to_string(::getpid())) {}
  ~SizeCacheTest() override { std::filesystem::remove_all(folder_); }

  std::string path() const { return folder_ + "/" + SizeCache::file_name(); }
  std::string text() const {
    std::ostringstream out;
    out << std::ifstream(path()).rdbuf();
    return out.str();
  }
  void write(const std::string& text) const {
    std::filesystem::create_directories(folder_);
    std::ofstream(path(), std::ios::binary) << text;
  }

  std::string folder_;
};

TEST_F(SizeCacheTest, KnowsInTheNextRunWhatOneAdded) {
  SizeCache first(folder_);
  EXPECT_FALSE(first.find(SizeCache::key("abc")));
  first.add(SizeCache::key("abc"), {23, 7});
  EXPECT_EQ(first.find(SizeCache::key("abc")), (SizeCache::Sizes{23, 7}));
  first.save();
  const SizeCache second(folder_);
  EXPECT_EQ(second.find(SizeCache::key("abc")), (SizeCache::Sizes{23, 7}));
  EXPECT_FALSE(second.find(SizeCache::key("abd")));
}

TEST_F(SizeCacheTest, WhatThisRunMadeStaysWhenTheFileIsRead) {
  SizeCache first(folder_);
  first.add(SizeCache::key("abc"), {23, 0});
  first.save();
  SizeCache second(folder_);
  second.add(SizeCache::key("abc"), {23, 7});
  EXPECT_EQ(second.find(SizeCache::key("abc")), (SizeCache::Sizes{23, 7}));
  second.save();
  EXPECT_EQ(SizeCache(folder_).find(SizeCache::key("abc")), (SizeCache::Sizes{23, 7}));
}

TEST_F(SizeCacheTest, WritesNothingWithoutNews) {
  SizeCache cache(folder_);
  cache.save();
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(SizeCacheTest, AChangedDigitOrATornLineIsNoSize) {
  SizeCache first(folder_);
  first.add(SizeCache::key("abc"), {23, 7});
  first.save();
  const std::string whole = text();
  std::string edited = whole;
  edited.replace(edited.find(" 23 "), 4, " 22 ");
  write(edited);
  EXPECT_FALSE(SizeCache(folder_).find(SizeCache::key("abc")));
  write(whole.substr(0, whole.size() - 3));
  EXPECT_FALSE(SizeCache(folder_).find(SizeCache::key("abc")));
  write(std::string("\0\xff garbage\n", 11) + whole);
  EXPECT_TRUE(SizeCache(folder_).find(SizeCache::key("abc")));
}

TEST_F(SizeCacheTest, GoesOnBehindATornLine) {
  write("17-0123");
  SizeCache cache(folder_);
  cache.add(SizeCache::key("abc"), {23, 7});
  cache.save();
  EXPECT_TRUE(SizeCache(folder_).find(SizeCache::key("abc")));
}

TEST_F(SizeCacheTest, RunsSideBySideKeepEachOthersSizes) {
  constexpr int kRuns = 8;
  constexpr int kFiles = 50;
  std::vector<std::thread> runs;
  for (int run = 0; run < kRuns; ++run) {
    runs.emplace_back([this, run] {
      SizeCache cache(folder_);
      for (int i = 0; i < kFiles; ++i) {
        cache.add(SizeCache::key(std::to_string(run) + "/" + std::to_string(i)), {1, 2});
      }
      cache.save();
    });
  }
  for (std::thread& run : runs) {
    run.join();
  }
  const SizeCache all(folder_);
  for (int run = 0; run < kRuns; ++run) {
    for (int i = 0; i < kFiles; ++i) {
      EXPECT_TRUE(all.find(SizeCache::key(std::to_string(run) + "/" + std::to_string(i)))) << run << " " << i;
    }
  }
}

TEST_F(SizeCacheTest, LosesTheOlderHalfWhenItIsFull) {
  SizeCache first(folder_);
  first.add(SizeCache::key("old"), {1, 1});
  first.save();
  write(text() + std::string(SizeCache::kMaxBytes, 'x') + "\n");
  SizeCache second(folder_);
  second.add(SizeCache::key("new"), {2, 2});
  second.save();
  EXPECT_LE(std::filesystem::file_size(path()), SizeCache::kMaxBytes);
  const SizeCache third(folder_);
  EXPECT_FALSE(third.find(SizeCache::key("old")));
  EXPECT_TRUE(third.find(SizeCache::key("new")));
}

TEST_F(SizeCacheTest, AFolderThatCannotBeUsedIsAsGoodAsNone) {
  std::ofstream(folder_) << "a file in its place";
  SizeCache cache(folder_);
  cache.add(SizeCache::key("abc"), {23, 7});
  cache.save();
  EXPECT_TRUE(cache.find(SizeCache::key("abc")));
  EXPECT_FALSE(SizeCache(folder_).find(SizeCache::key("abc")));
}

TEST_F(SizeCacheTest, DoesNotWriteThroughALink) {
  std::filesystem::create_directories(folder_);
  const std::string victim = folder_ + "/victim";
  std::ofstream(victim) << "precious";
  std::filesystem::create_symlink(victim, path());
  SizeCache cache(folder_);
  cache.add(SizeCache::key("abc"), {23, 7});
  cache.save();
  std::ostringstream now;
  now << std::ifstream(victim).rdbuf();
  EXPECT_EQ(now.str(), "precious");
}

}  // namespace
}  // namespace budgetcheck
