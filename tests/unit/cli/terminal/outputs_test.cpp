#include "cli/terminal/outputs.h"

#include <gmock/gmock.h>

#include "base/file_system.h"
#include "base/platform/read_files.h"
#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

class OutputsTest : public TemporaryFolder {
 protected:
  OutputsTest() { forget_read_files(); }
  Errors written(std::vector<OutputSpec> specs) {
    specs.push_back({"text", "/dev/null"});
    Outputs outputs;
    Errors errors = outputs.open(specs);
    EXPECT_TRUE(errors.empty());
    EXPECT_TRUE(read_.empty() || files.open(read_));
    return outputs.write([](const std::string& format, const Rendering&) { return format == "text" ? "" : "new"; }, {});
  }
  DiskFileSystem files;
  std::string read_;
};

TEST_F(OutputsTest, WhatWasReadByAnotherNameIsNotOverwrittenAndNothingElseIsWritten) {
  const std::string input = write("input.json", "old");
  const std::string other = write("other.json", "old");
  std::filesystem::create_hard_link(input, folder + "/hard.json");
  read_ = folder + "/hard.json";
  const Errors errors = written({{"json", other}, {"json", input}, {"json", folder + "/new.json"}});
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors[0].kind, ErrorKind::kOutput);
  EXPECT_THAT(errors[0].message,
              HasSubstr("would overwrite '" + input + "', which is the same file as '" + read_ + "'"));
  EXPECT_EQ(read(input), "old");
  EXPECT_EQ(read(other), "old");
  EXPECT_FALSE(std::filesystem::exists(folder + "/new.json"));
}

TEST_F(OutputsTest, WhatWasNotReadIsWritten) {
  const std::string path = write("f", "older");
  read_ = write("input", "");
  EXPECT_TRUE(written({{"json", path}}).empty());
  EXPECT_EQ(read(path), "new");
}

TEST_F(OutputsTest, TwoOutputsAreTwoFiles) {
  std::filesystem::create_hard_link(write("one", ""), folder + "/two");
  Outputs outputs;
  const Errors errors = outputs.open({{"json", folder + "/one"}, {"html", folder + "/two"}});
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_THAT(errors[0].message, HasSubstr("and that is another output"));
}

}  // namespace
}  // namespace budgetcheck
