#include "base/platform/private_secret.h"

#include <sys/stat.h>

#include "base/platform/private_file.h"
#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

class PrivateSecrets : public TemporaryFolder {
 protected:
  static mode_t mode_of(const std::string& path) {
    struct stat stat {};
    return ::stat(path.c_str(), &stat) == 0 ? stat.st_mode & 0777U : 0;
  }
};

TEST_F(PrivateSecrets, OnlyWhatNobodyElseCanTouchIsRead) {
  const std::string path = folder + "/f";
  ASSERT_TRUE(append_private(path, "text"));
  EXPECT_EQ(read_private(path, 4), "text");
  EXPECT_FALSE(read_private(path, 3));
  EXPECT_FALSE(read_private(folder + "/none", 3));
  std::filesystem::create_symlink(path, folder + "/link");
  EXPECT_FALSE(read_private(folder + "/link", 4));
  ASSERT_EQ(::chmod(path.c_str(), 0620), 0);
  EXPECT_FALSE(read_private(path, 4));
  ASSERT_EQ(::chmod(path.c_str(), 0604), 0);
  EXPECT_FALSE(read_private(path, 4));
}

TEST_F(PrivateSecrets, APipeIsNeitherWaitedForNorWritten) {
  const std::string pipe = folder + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(append_private(pipe, "text"));
  EXPECT_FALSE(read_private(pipe, 100));
  EXPECT_FALSE(private_secret(pipe, 16));
}

TEST_F(PrivateSecrets, ASecretIsMadeOnceForItsOwner) {
  const std::string path = folder + "/own/secret";
  const auto secret = private_secret(path, 16);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->size(), 16U);
  EXPECT_EQ(mode_of(path), 0600U);
  EXPECT_EQ(mode_of(folder + "/own"), 0700U);
  EXPECT_EQ(private_secret(path, 16), secret);
  EXPECT_NE(private_secret(folder + "/other", 16), secret);
  EXPECT_FALSE(private_secret(path, 32));
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  EXPECT_FALSE(private_secret(path, 16));
}

}  // namespace
}  // namespace budgetcheck
