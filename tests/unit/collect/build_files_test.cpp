#include "collect/build_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace budgetcheck {
namespace {

/// A folder with "dist" in it that is gone when the test ends.
class BuildFiles : public testing::Test {
 protected:
  BuildFiles() : folder_(testing::TempDir() + "build_files_" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_ + "/dist/sub");
  }
  ~BuildFiles() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) const { std::ofstream(folder_ + "/" + path) << text; }
  std::vector<FileSizes> measure(const std::vector<std::string>& names) const {
    std::vector<BuildFile> files;
    for (const std::string& name : names) {
      files.push_back({name, name, "js", std::nullopt});
    }
    return measure_files(DiskFileSystem(), folder_ + "/dist", files);
  }

  std::string folder_;
};

TEST_F(BuildFiles, MeasuresInTheOrderOfTheNames) {
  write("dist/small.js", "a");
  write("dist/sub/big.js", std::string(5000, 'a'));
  const auto sizes = measure({"small.js", "sub/big.js", "./sub/../small.js", "none.js", "sub"});
  EXPECT_EQ(sizes[0].raw, 1U);
  EXPECT_EQ(sizes[1].raw, 5000U);
  EXPECT_LT(sizes[1].brotli, 100U);
  EXPECT_EQ(sizes[2].raw, 1U);
  EXPECT_EQ(sizes[3].state, FileSizes::State::kMissing);
  EXPECT_EQ(sizes[4].state, FileSizes::State::kMissing);
}

TEST_F(BuildFiles, FollowsLinksOnlyInside) {
  write("secret.js", "secret");
  write("dist/a.js", "abc");
  std::filesystem::create_symlink(folder_ + "/secret.js", folder_ + "/dist/out.js");
  std::filesystem::create_symlink("a.js", folder_ + "/dist/in.js");
  std::filesystem::create_directory_symlink(folder_, folder_ + "/dist/up");
  const auto sizes = measure({"out.js", "in.js", "up/secret.js"});
  EXPECT_EQ(sizes[0].state, FileSizes::State::kRefused);
  EXPECT_EQ(sizes[0].raw, 0U);
  EXPECT_EQ(sizes[1].state, FileSizes::State::kMeasured);
  EXPECT_EQ(sizes[1].raw, 3U);
  EXPECT_EQ(sizes[2].state, FileSizes::State::kRefused);
}

TEST_F(BuildFiles, AFolderWhoseNameBeginsAlikeIsOutside) {
  std::filesystem::create_directories(folder_ + "/dist-old");
  write("dist-old/a.js", "abc");
  std::filesystem::create_symlink(folder_ + "/dist-old/a.js", folder_ + "/dist/a.js");
  EXPECT_EQ(measure({"a.js"})[0].state, FileSizes::State::kRefused);
}

}  // namespace
}  // namespace budgetcheck
