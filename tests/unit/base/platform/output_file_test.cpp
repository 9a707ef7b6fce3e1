#include "base/platform/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

using Existing = OutputFile::Existing;

class OutputFiles : public TemporaryFolder {};

TEST_F(OutputFiles, TheOldTextStaysUntilTheNewOneIsWritten) {
  const std::string path = write("f", "a longer old text");
  auto file = OutputFile::open(path, Existing::kReplaced);
  ASSERT_TRUE(file);
  EXPECT_EQ(read(path), "a longer old text");
  EXPECT_TRUE(file->write("new"));
  EXPECT_EQ(read(path), "new");
}

TEST_F(OutputFiles, AppendsAndSaysTheSize) {
  const std::string path = write("f", "one");
  auto file = OutputFile::open(path, Existing::kAppended);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size().value_or(0), 3U);
  EXPECT_TRUE(file->write(" two"));
  EXPECT_EQ(read(path), "one two");
}

TEST_F(OutputFiles, ANewFileIsRefusedWhereOneIs) {
  const std::string path = folder + "/f";
  ASSERT_TRUE(OutputFile::open(path, Existing::kRefused));
  const auto again = OutputFile::open(path, Existing::kRefused);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error(), "File exists");
}

TEST_F(OutputFiles, TheNullDeviceTakesEverything) {
  auto file = OutputFile::open("/dev/null", Existing::kReplaced);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->write("text"));
  EXPECT_FALSE(file->id());
}

TEST_F(OutputFiles, PipesAndDevicesAreRefusedAndNotWaitedFor) {
  ASSERT_EQ(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
  for (const std::string& path : {folder + "/pipe", std::string("/dev/zero")}) {
    const auto file = OutputFile::open(path, Existing::kReplaced);
    ASSERT_FALSE(file) << path;
    EXPECT_EQ(file.error(), "it is a pipe or a device; name a file");
  }
}

TEST_F(OutputFiles, AStreamOfThisProcessIsGoneOnWith) {
  const std::string path = write("f", "before\n");
  const Descriptor own(::open(path.c_str(), O_WRONLY | O_APPEND));
  auto file = OutputFile::open("/dev/fd/" + std::to_string(own.get()), Existing::kReplaced);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->write("text"));
  EXPECT_EQ(read(path), "before\ntext");
}

TEST_F(OutputFiles, ALinkIsNotWrittenThrough) {
  const std::string target = write("target", "kept");
  std::filesystem::create_symlink(target, folder + "/link");
  std::filesystem::create_symlink(folder + "/none", folder + "/dangling");
  for (const char* name : {"/link", "/dangling"}) {
    const auto file = OutputFile::open(folder + name, Existing::kReplaced);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error(), "it is a link, which outputs do not follow; name the file itself");
  }
  EXPECT_EQ(read(target), "kept");
  EXPECT_FALSE(std::filesystem::exists(folder + "/none"));
}

TEST_F(OutputFiles, NamesOfOneFileHaveOneId) {
  const std::string path = write("f", "text");
  std::filesystem::create_hard_link(path, folder + "/hard");
  const auto one = OutputFile::open(path, Existing::kReplaced);
  const auto hard = OutputFile::open(folder + "/hard", Existing::kReplaced);
  const auto other = OutputFile::open(folder + "/other", Existing::kReplaced);
  ASSERT_TRUE(one && hard && other);
  ASSERT_TRUE(one->id());
  EXPECT_EQ(one->id(), hard->id());
  EXPECT_NE(one->id(), other->id());
}

TEST_F(OutputFiles, DiscardingTakesAwayWhatIsNewAndNothingElse) {
  const std::string old = write("old", "text");
  auto kept = OutputFile::open(old, Existing::kReplaced);
  auto gone = OutputFile::open(folder + "/new", Existing::kReplaced);
  ASSERT_TRUE(kept && gone);
  kept->discard();
  gone->discard();
  EXPECT_EQ(read(old), "text");
  EXPECT_FALSE(std::filesystem::exists(folder + "/new"));
}

TEST_F(OutputFiles, ReplacesAFileAtOnce) {
  const std::string target = write("target", "kept");
  std::filesystem::create_symlink(target, folder + "/f");
  // Where the new file is made first, somebody may have put a link.
  std::filesystem::create_symlink(target, folder + "/f." + std::to_string(::getpid()) + ".new");
  EXPECT_TRUE(replace_file(folder + "/f", "text", 0755));
  EXPECT_EQ(read(folder + "/f"), "text");
  EXPECT_EQ(read(target), "kept");
  EXPECT_FALSE(std::filesystem::is_symlink(folder + "/f"));
  EXPECT_EQ(std::filesystem::status(folder + "/f").permissions(), std::filesystem::perms(0755));
  EXPECT_FALSE(replace_file(folder + "/none/f", "text", 0755));
  EXPECT_TRUE(replace_file(folder + "/none/f", "text", 0755, Missing::kMade));
}

TEST_F(OutputFiles, SaysWhyAFileCannotBeOpened) {
  const auto file = OutputFile::open(folder + "/none/f", Existing::kReplaced);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error(), "No such file or directory");
}

}  // namespace
}  // namespace budgetcheck
