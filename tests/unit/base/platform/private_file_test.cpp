#include "base/platform/private_file.h"

#include <sys/stat.h>

#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

class PrivateFiles : public TemporaryFolder {
 protected:
  static mode_t mode_of(const std::string& path) {
    struct stat stat {};
    return ::stat(path.c_str(), &stat) == 0 ? stat.st_mode & 0777U : 0;
  }
};

TEST_F(PrivateFiles, ATemporaryFileIsForItsOwnerAndGoesWithTheObject) {
  std::string path;
  {
    auto made = TemporaryFile::create("secret");
    ASSERT_TRUE(made);
    const TemporaryFile file = std::move(*made);
    path = file.path();
    EXPECT_EQ(read(path), "secret");
    EXPECT_EQ(mode_of(path), 0600U);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(PrivateFiles, AppendsAndReplaces) {
  const std::string path = folder + "/f";
  EXPECT_TRUE(append_private(path, "one\n"));
  EXPECT_TRUE(append_private(path, "two\n"));
  EXPECT_EQ(read(path), "one\ntwo\n");
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_TRUE(replace_private(path, "three\n"));
  EXPECT_EQ(read(path), "three\n");
  EXPECT_FALSE(replace_private(folder + "/none/f", "text"));
}

TEST_F(PrivateFiles, ALinkIsNotFollowed) {
  const std::string target = write("target", "kept");
  std::filesystem::create_symlink(target, folder + "/link");
  EXPECT_FALSE(append_private(folder + "/link", "text"));
  EXPECT_EQ(read(target), "kept");
}

TEST_F(PrivateFiles, APipeIsNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
  EXPECT_FALSE(append_private(folder + "/pipe", "text"));
}

TEST_F(PrivateFiles, AppendingMakesTheFolder) {
  EXPECT_TRUE(append_private(folder + "/a/b/f", "text"));
  EXPECT_EQ(read(folder + "/a/b/f"), "text");
}

}  // namespace
}  // namespace budgetcheck
