#include "collect/bundle/output_names.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Build build_of(const std::vector<std::string>& names) {
  Build build;
  for (const std::string& name : names) {
    build.files.push_back({name, name, "js", {}});
  }
  return build;
}

TEST(OutputNames, FoldersThatTheRootReplacesAreTakenOff) {
  MemoryFileSystem files;
  files.add("site/a.js", "1");
  files.add("site/b.js", "1");
  Build build = build_of({"out/web/a.js", "out/web/b.js"});
  Input input;
  Account account(input);
  EXPECT_EQ(name_from_root("site", files, build, account), "site");
  EXPECT_EQ(build.files[0].name, "a.js");
  EXPECT_TRUE(input.message.empty());
}

TEST(OutputNames, AFolderOfTheRootMayHoldThem) {
  MemoryFileSystem files;
  files.add("dist/app/browser/main.js", "1");
  Build build = build_of({"main.js"});
  Input input;
  Account account(input);
  EXPECT_EQ(name_from_root("dist/app", files, build, account), "dist/app/browser");
  EXPECT_EQ(input.message, "the files lie in 'dist/app/browser'");
}

TEST(OutputNames, OfLocalesTheBiggestCounts) {
  MemoryFileSystem files;
  files.add("dist/browser/de/main.js", "333");
  files.add("dist/browser/en/main.js", "1");
  Build build = build_of({"main.js"});
  Input input;
  Account account(input);
  EXPECT_EQ(name_from_root("dist/browser", files, build, account), "dist/browser/de");
  EXPECT_NE(input.message.find("2 folders"), std::string::npos) << input.message;
}

}  // namespace
}  // namespace budgetcheck
