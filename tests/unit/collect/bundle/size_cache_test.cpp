#include "collect/bundle/size_cache.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "base/hash.h"

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
    ::chmod(path().c_str(), 0600);
  }
  static std::string key(std::string_view bytes) { return SizeCache("", kKey).key(bytes); }

  static constexpr HashKey kKey{17, 4};

  std::string folder_;
};

TEST_F(SizeCacheTest, KnowsInTheNextRunWhatOneAdded) {
  SizeCache first(folder_, kKey);
  EXPECT_FALSE(first.find(key("abc")));
  first.add(key("abc"), {23, 7});
  EXPECT_EQ(first.find(key("abc")), (SizeCache::Sizes{23, 7}));
  first.save();
  const SizeCache second(folder_, kKey);
  EXPECT_EQ(second.find(key("abc")), (SizeCache::Sizes{23, 7}));
  EXPECT_FALSE(second.find(key("abd")));
}

TEST_F(SizeCacheTest, WhatThisRunMadeStaysWhenTheFileIsRead) {
  SizeCache first(folder_, kKey);
  first.add(key("abc"), {23, 0});
  first.save();
  SizeCache second(folder_, kKey);
  second.add(key("abc"), {23, 7});
  EXPECT_EQ(second.find(key("abc")), (SizeCache::Sizes{23, 7}));
  second.save();
  EXPECT_EQ(SizeCache(folder_, kKey).find(key("abc")), (SizeCache::Sizes{23, 7}));
}

TEST_F(SizeCacheTest, WritesNothingWithoutNews) {
  SizeCache cache(folder_, kKey);
  cache.save();
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(SizeCacheTest, AChangedDigitOrATornLineIsNoSize) {
  SizeCache first(folder_, kKey);
  first.add(key("abc"), {23, 7});
  first.save();
  const std::string whole = text();
  std::string edited = whole;
  edited.replace(edited.find(" 23 "), 4, " 22 ");
  write(edited);
  EXPECT_FALSE(SizeCache(folder_, kKey).find(key("abc")));
  write(whole.substr(0, whole.size() - 3));
  EXPECT_FALSE(SizeCache(folder_, kKey).find(key("abc")));
  write(std::string("\0\xff garbage\n", 11) + whole);
  EXPECT_TRUE(SizeCache(folder_, kKey).find(key("abc")));
}

TEST_F(SizeCacheTest, ALineThatWasWrittenWithoutTheKeyIsNoSize) {
  const std::string big(400'000, 'x');
  // As anybody can compute it: of the public hash, and with another key.
  std::string line = std::to_string(big.size()) + "-" + stable_key(big) + " 1 1";
  std::string text = line + " " + stable_key(line).substr(0, 8) + "\n";
  line = key(big) + " 2000 90";
  text +=
      line + " " + stable_key(line) + "\n" + line + " " + keyed_hash({17, 5}, line) + "\n" + line + "\n" + line + " \n";
  write(text);
  EXPECT_FALSE(SizeCache(folder_, kKey).find(key(big)));
  write(text + line + " " + keyed_hash(kKey, line) + "\n");  // the test would find one
  EXPECT_TRUE(SizeCache(folder_, kKey).find(key(big)));
}

TEST_F(SizeCacheTest, SizesThatNoCompressorReachesAreNotBelieved) {
  const std::string big(400'000, 'x');
  SizeCache first(folder_, kKey);
  first.add(key(big), {1, 1});
  first.save();
  EXPECT_FALSE(SizeCache(folder_, kKey).find(key(big)));
  constexpr std::uint64_t kBytes = std::uint64_t{1} << 20;
  EXPECT_TRUE(SizeCache::plausible(kBytes, {0, 0}));
  EXPECT_TRUE(SizeCache::plausible(kBytes, {18 + kBytes / 1032, 1}));
  EXPECT_FALSE(SizeCache::plausible(kBytes, {17 + kBytes / 1032, 1}));
  EXPECT_TRUE(SizeCache::plausible(kBytes, {kBytes + kBytes / 256 + 64, kBytes + kBytes / 256 + 64}));
  EXPECT_FALSE(SizeCache::plausible(kBytes, {kBytes + kBytes / 256 + 65, 0}));
  EXPECT_FALSE(SizeCache::plausible(kBytes, {0, kBytes + kBytes / 256 + 65}));
  EXPECT_FALSE(SizeCache::plausible(std::uint64_t{64} << 20, {0, 11}));
  EXPECT_TRUE(SizeCache::plausible(0, {20, 2}));
}

TEST_F(SizeCacheTest, WithoutAKeyNothingIsReadOrKept) {
  SizeCache first(folder_, kKey);
  first.add(key("abc"), {23, 7});
  first.save();
  const std::string before = text();
  SizeCache keyless(folder_);
  EXPECT_FALSE(keyless.find(key("abc")));
  EXPECT_FALSE(keyless.find(keyless.key("abc")));
  keyless.add(keyless.key("abc"), {23, 7});
  keyless.save();
  EXPECT_EQ(text(), before);
}

TEST_F(SizeCacheTest, APipeInTheFilesPlaceIsNotWaitedFor) {
  std::filesystem::create_directories(folder_);
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  SizeCache cache(folder_, kKey);
  EXPECT_FALSE(cache.find(key("abc")));
  cache.add(key("abc"), {23, 7});
  cache.save();
  EXPECT_EQ(std::filesystem::status(path()).type(), std::filesystem::file_type::fifo);
}

TEST_F(SizeCacheTest, GoesOnBehindATornLine) {
  write("17-0123");
  SizeCache cache(folder_, kKey);
  cache.add(key("abc"), {23, 7});
  cache.save();
  EXPECT_TRUE(SizeCache(folder_, kKey).find(key("abc")));
}

TEST_F(SizeCacheTest, RunsSideBySideKeepEachOthersSizes) {
  constexpr int kRuns = 8;
  constexpr int kFiles = 50;
  std::vector<std::thread> runs;
  for (int run = 0; run < kRuns; ++run) {
    runs.emplace_back([this, run] {
      SizeCache cache(folder_, kKey);
      for (int i = 0; i < kFiles; ++i) {
        cache.add(key(std::to_string(run) + "/" + std::to_string(i)), {21, 7});
      }
      cache.save();
    });
  }
  for (std::thread& run : runs) {
    run.join();
  }
  const SizeCache all(folder_, kKey);
  for (int run = 0; run < kRuns; ++run) {
    for (int i = 0; i < kFiles; ++i) {
      EXPECT_TRUE(all.find(key(std::to_string(run) + "/" + std::to_string(i)))) << run << " " << i;
    }
  }
}

TEST_F(SizeCacheTest, LosesTheOlderHalfWhenItIsFull) {
  SizeCache first(folder_, kKey);
  first.add(key("old"), {20, 7});
  first.save();
  write(text() + std::string(SizeCache::kMaxBytes, 'x') + "\n");
  SizeCache second(folder_, kKey);
  second.add(key("new"), {20, 7});
  second.save();
  EXPECT_LE(std::filesystem::file_size(path()), SizeCache::kMaxBytes);
  const SizeCache third(folder_, kKey);
  EXPECT_FALSE(third.find(key("old")));
  EXPECT_TRUE(third.find(key("new")));
}

TEST_F(SizeCacheTest, AFolderThatCannotBeUsedIsAsGoodAsNone) {
  std::ofstream(folder_) << "a file in its place";
  SizeCache cache(folder_, kKey);
  cache.add(key("abc"), {23, 7});
  cache.save();
  EXPECT_TRUE(cache.find(key("abc")));
  EXPECT_FALSE(SizeCache(folder_, kKey).find(key("abc")));
}

TEST_F(SizeCacheTest, DoesNotWriteThroughALink) {
  std::filesystem::create_directories(folder_);
  const std::string victim = folder_ + "/victim";
  std::ofstream(victim) << "precious";
  std::filesystem::create_symlink(victim, path());
  SizeCache cache(folder_, kKey);
  cache.add(key("abc"), {23, 7});
  cache.save();
  std::ostringstream now;
  now << std::ifstream(victim).rdbuf();
  EXPECT_EQ(now.str(), "precious");
}

}  // namespace
}  // namespace budgetcheck
