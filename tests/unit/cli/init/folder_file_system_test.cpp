#include "cli/init/folder_file_system.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(FolderFileSystem, SeesEverythingFromItsFolder) {
  MemoryFileSystem files;
  files.add("apps/web/dist/a.js", "12345");
  files.add("package.json", "{}");
  const FolderFileSystem web(files, "apps/web");
  EXPECT_EQ((*web.open("dist/a.js"))->bytes(), "12345");
  EXPECT_EQ(web.size("./dist/a.js"), 5U);
  EXPECT_EQ(web.kind("dist"), FileKind::kDirectory);
  EXPECT_EQ(web.kind("package.json"), FileKind::kMissing);
  EXPECT_EQ(web.kind("../../package.json"), FileKind::kRegular);
  EXPECT_EQ(web.list(".").size(), 1U);
  EXPECT_EQ(web.real_path("dist"), "dist") << "it can be opened from here";
}

TEST(FolderFileSystem, DoesNotSeeWhatIsHidden) {
  MemoryFileSystem files;
  files.add("apps/web/a.js", "1");
  files.add("apps/website/a.js", "1");
  const FolderFileSystem rest(files, ".", {"apps/web"});
  EXPECT_FALSE(rest.open("apps/web/a.js"));
  EXPECT_EQ(rest.kind("apps/web"), FileKind::kMissing);
  EXPECT_EQ(rest.size("apps/web/a.js"), 0U);
  EXPECT_EQ(rest.real_path("apps/web"), "");
  ASSERT_EQ(rest.list("apps").size(), 1U);
  EXPECT_EQ(rest.list("apps")[0].name, "website");
  EXPECT_EQ(rest.kind("apps/website/a.js"), FileKind::kRegular);
}

}  // namespace
}  // namespace budgetcheck
