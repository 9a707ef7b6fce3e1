#include "base/platform/output_file.h"

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

TEST_F(OutputFiles, DevicesAreWrittenAsTheyAre) {
  auto file = OutputFile::open("/dev/null", Existing::kReplaced);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->write("text"));
}

TEST_F(OutputFiles, SaysWhyAFileCannotBeOpened) {
  const auto file = OutputFile::open(folder + "/none/f", Existing::kReplaced);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error(), "No such file or directory");
}

}  // namespace
}  // namespace budgetcheck
