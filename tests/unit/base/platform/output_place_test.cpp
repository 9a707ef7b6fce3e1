#include "base/platform/output_place.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// The working directory is the folder "work" of a workspace; "out" lies beside it.
class OutputPlaces : public TemporaryFolder {
 protected:
  OutputPlaces() : before_(fs::current_path()) {
    folder = fs::canonical(folder).string();
    fs::create_directories(folder + "/work/.git");
    fs::create_directories(folder + "/work/inner");
    fs::create_directories(folder + "/out");
    fs::current_path(folder + "/work");
  }
  ~OutputPlaces() override { fs::current_path(before_); }

  /// Why it is refused; empty: it is not.
  static std::string refusal(std::string_view path, Missing folders = Missing::kRefused) {
    const auto place = find_output_place(path, folders);
    return place ? "" : place.error();
  }

 private:
  fs::path before_;
};

TEST_F(OutputPlaces, HoldsTheFolderAndTheName) {
  const auto place = find_output_place("inner/f", Missing::kRefused);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->name, "f");
  struct stat held {};
  struct stat inner {};
  ASSERT_EQ(::fstat(place->folder.get(), &held), 0);
  ASSERT_EQ(::stat("inner", &inner), 0);
  EXPECT_EQ(held.st_ino, inner.st_ino);
}

TEST_F(OutputPlaces, WhatIsNamedWithoutALinkIsTakenAsItIs) {
  for (const std::string& path : {std::string("f"), std::string("./f"), std::string("inner/../f"),
                                  std::string("../out/f"), folder + "/out/f", folder + "/work/f"}) {
    EXPECT_EQ(refusal(path), "") << path;
  }
}

TEST_F(OutputPlaces, ALinkOfTheWorkspaceStaysInIt) {
  fs::create_directory_symlink("inner", "good");
  fs::create_directory_symlink("../out", "bad");
  fs::create_directory_symlink("bad", "chain");
  fs::create_directory_symlink("..", "inner/up");
  fs::create_directory_symlink("../..", "inner/above");
  EXPECT_EQ(refusal("good/f"), "");
  EXPECT_EQ(refusal("inner/up/f"), "");
  for (const std::string& path : {std::string("bad/f"), std::string("chain/f"), std::string("inner/above/out/f"),
                                  std::string("inner/../bad/f"), folder + "/work/bad/f"}) {
    EXPECT_THAT(refusal(path), HasSubstr("is a link that leads out of the workspace, to '" + folder + "/out'")) << path;
  }
}

TEST_F(OutputPlaces, ALinkThatTheUserMadeElsewhereIsHisOwn) {
  fs::create_directory_symlink("out", folder + "/mine");
  EXPECT_EQ(refusal(folder + "/mine/f"), "");
  EXPECT_EQ(refusal("../mine/f"), "");
}

TEST_F(OutputPlaces, TheRepositorysOwnFolderIsNoPlaceForALink) {
  fs::create_directory_symlink(".git", "reports");
  EXPECT_THAT(refusal("reports/config"), HasSubstr("'reports' is a link"));
  // One inside it is not of the change: hooks that several clones share.
  fs::create_directory_symlink(folder + "/out", ".git/hooks");
  EXPECT_EQ(refusal(".git/hooks/pre-push"), "");
}

TEST_F(OutputPlaces, InAFolderOfTheWorkspaceTheWholeOfItCounts) {
  fs::create_directory_symlink("..", "inner/up");
  fs::current_path("inner");
  EXPECT_EQ(refusal("up/f"), "");
}

TEST_F(OutputPlaces, WithoutARepositoryTheWorkingDirectoryIsTheWorkspace) {
  fs::remove_all(folder + "/work/.git");
  fs::create_directory_symlink("../out", "bad");
  EXPECT_THAT(refusal("bad/f"), HasSubstr("leads out of the workspace"));
}

TEST_F(OutputPlaces, MakesFoldersThatAreMissingAndNoneElsewhere) {
  EXPECT_EQ(refusal("a/b/f"), "No such file or directory");
  EXPECT_EQ(refusal("a/b/f", Missing::kMade), "");
  EXPECT_TRUE(fs::is_directory("a/b"));
  EXPECT_TRUE(make_output_folder("c/d"));
  EXPECT_TRUE(fs::is_directory("c/d"));
  fs::create_directory_symlink("../out", "bad");
  EXPECT_THAT(refusal("bad/new/f", Missing::kMade), HasSubstr("leads out"));
  EXPECT_FALSE(make_output_folder("bad/new"));
  EXPECT_TRUE(fs::is_empty(folder + "/out"));
}

TEST_F(OutputPlaces, SaysWhatIsNoFolder) {
  write("work/file", "");
  EXPECT_EQ(refusal("file/f"), "Not a directory");
  EXPECT_EQ(refusal("inner/"), "Is a directory");
  EXPECT_EQ(refusal(""), "No such file or directory");
  fs::create_directory_symlink("loop", "loop");
  EXPECT_EQ(refusal("loop/f"), "Too many levels of symbolic links");
}

}  // namespace
}  // namespace budgetcheck
