#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/file_system.h"
#include "base/platform/descriptor.h"
#include "base/platform/read_files.h"
#include "base/platform/streams.h"
#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

class DiskFiles : public TemporaryFolder {
 protected:
  DiskFileSystem files;
};

TEST_F(DiskFiles, ZerosFollowTheBytesAlsoAtPageMultiples) {
  for (const std::size_t size : {0U, 1U, 4095U, 4096U, 4097U, 8192U}) {
    const std::string text(size, 'x');
    const auto content = files.open(write("f", text));
    ASSERT_TRUE(content);
    const std::string_view bytes = (*content)->bytes();
    ASSERT_EQ(bytes, text);
    for (std::size_t i = 0; i < FileContent::kGuard; ++i) {
      ASSERT_EQ(bytes.data()[size + i], '\0') << size;
    }
  }
}

TEST_F(DiskFiles, ReleasedBytesComeBackAndASecondReadingMayReleaseAgain) {
  std::string text(3 * 4096, 'a');
  text[0] = 'b';
  const auto content = files.open(write("f", text));
  ASSERT_TRUE(content);
  (*content)->release_before(2 * 4096);
  EXPECT_EQ((*content)->bytes(), text);
  (*content)->release_before(4096);
  (*content)->release_before(1'000'000);
  EXPECT_EQ((*content)->bytes(), text);
}

/// What is copied from `offset` on when `size` bytes are asked for.
std::string copied(const FileContent& content, std::size_t offset, std::size_t size) {
  std::string to(size, '?');
  to.resize(content.copy(offset, size, to.data()));
  return to;
}

TEST_F(DiskFiles, CopiesWhatThereIs) {
  const auto on_disk = files.open(write("f", "0123456789"));
  ASSERT_TRUE(on_disk);
  const auto in_memory = content_from_string("0123456789");
  for (const FileContent* content : {on_disk->get(), in_memory.get()}) {
    EXPECT_EQ(copied(*content, 0, 10), "0123456789");
    EXPECT_EQ(copied(*content, 3, 4), "3456");
    EXPECT_EQ(copied(*content, 8, 100), "89");
    EXPECT_EQ(copied(*content, 10, 1), "");
    EXPECT_EQ(copied(*content, 1000, 1), "");
  }
}

TEST_F(DiskFiles, CopiesWhatIsLeftOfAFileThatWasCut) {
  const std::string path = write("f", "0123456789");
  const auto content = files.open(path);
  ASSERT_TRUE(content);
  std::filesystem::resize_file(path, 4);
  EXPECT_EQ(copied(**content, 2, 8), "23");
  EXPECT_FALSE((*content)->unchanged());
}

TEST_F(DiskFiles, SaysWhatCannotBeRead) {
  const auto missing = files.open(folder + "/none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::kInput);
  EXPECT_EQ(missing.error().location.file, folder + "/none");
  EXPECT_FALSE(missing.error().hint.empty());
  const auto directory = files.open(folder);
  ASSERT_FALSE(directory);
  EXPECT_NE(directory.error().message.find("is a folder"), std::string::npos);
}

TEST_F(DiskFiles, NoticesAChange) {
  const std::string path = write("f", "one");
  const auto content = files.open(path);
  ASSERT_TRUE(content);
  EXPECT_TRUE((*content)->unchanged());
  std::ofstream(path, std::ios::app) << "two";
  EXPECT_FALSE((*content)->unchanged());
  std::filesystem::remove(path);
  EXPECT_FALSE((*content)->unchanged());
}

TEST_F(DiskFiles, ReadsAStreamOfThisProcess) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Descriptor reader(ends[0]);
  Descriptor write_end(ends[1]);
  const std::string text(3'000'000, 'p');
  std::thread writer([&] {
    EXPECT_TRUE(write_all(write_end.get(), text));
    write_end.close();
  });
  const auto content = files.open("/dev/fd/" + std::to_string(reader.get()));
  writer.join();
  ASSERT_TRUE(content);
  EXPECT_EQ((*content)->bytes(), text);
  EXPECT_EQ((*content)->bytes().data()[text.size()], '\0');
}

TEST_F(DiskFiles, PipesAndDevicesAreRefusedAndNotWaitedFor) {
  const std::string pipe = folder + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::filesystem::create_symlink(pipe, folder + "/link");
  for (const auto& [path, word] : {std::pair{pipe, "a named pipe"}, std::pair{folder + "/link", "a named pipe"},
                                   std::pair{std::string("/dev/zero"), "a device"}}) {
    const auto content = files.open(path);
    ASSERT_FALSE(content) << path;
    EXPECT_NE(content.error().message.find(word), std::string::npos) << content.error().message;
    EXPECT_FALSE(content.error().hint.empty());
  }
  const auto nothing = files.open("/dev/null");
  ASSERT_TRUE(nothing);
  EXPECT_TRUE((*nothing)->bytes().empty());
}

TEST_F(DiskFiles, RemembersWhatWasReadByWhateverName) {
  const std::string path = write("f", "text");
  std::filesystem::create_symlink(path, folder + "/link");
  std::filesystem::create_hard_link(path, folder + "/hard");
  struct stat stat {};
  ASSERT_EQ(::stat(path.c_str(), &stat), 0);
  const FileId id{stat.st_dev, stat.st_ino};
  forget_read_files();
  EXPECT_EQ(files.kind(path), FileKind::kRegular);
  EXPECT_EQ(read_as(id), "");
  for (const char* name : {"/link", "/hard"}) {
    forget_read_files();
    ASSERT_TRUE(files.open(folder + name));
    EXPECT_EQ(read_as(id), folder + name);
  }
  forget_read_files();
  EXPECT_EQ(files.size(path), 4U);
  EXPECT_EQ(read_as(id), path);
}

TEST_F(DiskFiles, ListsSortedWithoutFollowingLinksToFolders) {
  write("b", "12");
  write("a", "");
  std::filesystem::create_directory(folder + "/dir");
  std::filesystem::create_directory_symlink(folder, folder + "/loop");
  std::filesystem::create_symlink(folder + "/b", folder + "/link");
  const std::vector<DirEntry> entries = files.list(folder);
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[0].name, "a");
  EXPECT_EQ(entries[2].kind, FileKind::kDirectory);
  EXPECT_EQ(entries[3].name, "link");
  EXPECT_EQ(entries[3].kind, FileKind::kRegular);
  EXPECT_EQ(entries[4].kind, FileKind::kOther);
  EXPECT_TRUE(files.list(folder + "/none").empty());
  EXPECT_EQ(files.size(folder + "/b"), 2U);
  EXPECT_EQ(files.size(folder), 0U);
  EXPECT_EQ(files.kind(folder + "/none"), FileKind::kMissing);
  EXPECT_EQ(files.real_path(folder + "/link"), files.real_path(folder + "/b"));
  EXPECT_EQ(files.real_path(folder + "/none"), "");
}

}  // namespace
}  // namespace budgetcheck
