#include "collect/bundle/tell_apart.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace budgetcheck {
namespace {

BuildFile file(const std::string& name, const std::string& label, double size, const std::string& origin = {}) {
  return {name, label, "js", size, origin};
}

std::vector<std::string> labels(const Build& build) {
  std::vector<std::string> out;
  for (const BuildFile& one : build.files) {
    out.push_back(one.label);
  }
  return out;
}

TEST(TellApart, FilesWithoutAnythingElseAreNumberedByTheirSize) {
  Build build;
  build.files = {file("a", "chunk-[hash].js", 10), file("b", "chunk-[hash].js", 30), file("c", "main.js", 5),
                 file("d", "chunk-[hash].js", 20)};
  tell_files_apart(build, {});
  EXPECT_EQ(labels(build),
            (std::vector<std::string>{"chunk-[hash:3].js", "chunk-[hash].js", "main.js", "chunk-[hash:2].js"}));
}

TEST(TellApart, TheirSourcesNameThem) {
  Build build;
  build.files = {file("a", "index-[hash].js", 10, "src/pages/Home/index.tsx"),
                 file("b", "index-[hash].js", 20, "src/pages/About/index.tsx"), file("c", "index-[hash].js", 5),
                 file("d", "index-[hash].js", 99, "index.html")};
  build.entries.push_back({"index.html", {3}});
  tell_files_apart(build, {});
  EXPECT_EQ(labels(build),
            (std::vector<std::string>{"index-[hash:Home/index.tsx].js", "index-[hash:About/index.tsx].js",
                                      "index-[hash:2].js", "index-[hash].js"}));
}

TEST(TellApart, LabelsAreUniqueWhateverTheNamesAre) {
  Build build;
  build.files = {file("a", "x.js", 1), file("b", "x.js", 2), file("c", "x[2].js", 3),
                 file("d", "[hash].js", 4, "p/q/r.js"), file("e", "[hash].js", 4, "z/q/r.js")};
  tell_files_apart(build, {});
  EXPECT_EQ(labels(build),
            (std::vector<std::string>{"x[3].js", "x.js", "x[2].js", "[hash:p/q/r.js].js", "[hash:z/q/r.js].js"}));
}

TEST(TellApart, EntriesOfOneNameAreOneSetOfFiles) {
  Build build;
  build.files = {file("a", "a", 1), file("b", "b", 1), file("c", "c", 1)};
  build.entries.push_back({"src/main.ts", {0, 1}});
  build.entries.back().lazy = {2};
  build.entries.push_back({"other", {0}});
  build.entries.push_back({"src/main.ts", {1, 2}});
  unite_entries(build);
  ASSERT_EQ(build.entries.size(), 2U);
  EXPECT_EQ(build.entries[0].files, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_TRUE(build.entries[0].lazy.empty());
}

}  // namespace
}  // namespace budgetcheck
