#include "cli/repository.h"

#include <gtest/gtest.h>

#include <map>

namespace budgetcheck {
namespace {

/// Folders of a disk seen from one of them; the rest is of no matter here.
class Folders final : public FileSystem {
 public:
  Folders(std::string here, std::map<std::string, FileKind> kinds) : here_(std::move(here)), kinds_(std::move(kinds)) {}
  Expected<std::unique_ptr<FileContent>> open(const std::string& /*path*/) const override {
    return content_from_string("");
  }
  FileKind kind(const std::string& path) const override {
    const auto found = kinds_.find(path);
    return found == kinds_.end() ? FileKind::kMissing : found->second;
  }
  std::uint64_t size(const std::string& /*path*/) const override { return 0; }
  std::vector<DirEntry> list(const std::string& /*path*/) const override { return {}; }
  std::string real_path(const std::string& path) const override { return path == "." ? here_ : path; }

 private:
  std::string here_;
  std::map<std::string, FileKind> kinds_;
};

TEST(FindRepository, FromASubfolder) {
  Report report;
  find_repository(Folders("/ci/shop/packages/web", {{"/ci/shop/.git", FileKind::kDirectory}}), report);
  EXPECT_EQ(report.repository_root, "/ci/shop");
  EXPECT_EQ(report.path_prefix, "packages/web");
}

TEST(FindRepository, AtItsRootThePrefixIsEmpty) {
  Report report;
  find_repository(Folders("/ci/shop", {{"/ci/shop/.git", FileKind::kDirectory}}), report);
  EXPECT_EQ(report.repository_root, "/ci/shop");
  EXPECT_EQ(report.path_prefix, "");
}

TEST(FindRepository, TheNearestOneCounts) {
  Report report;
  find_repository(Folders("/ci/shop/vendor/lib/src",
                          {{"/ci/shop/.git", FileKind::kDirectory}, {"/ci/shop/vendor/lib/.git", FileKind::kRegular}}),
                  report);
  EXPECT_EQ(report.repository_root, "/ci/shop/vendor/lib");
  EXPECT_EQ(report.path_prefix, "src");
}

TEST(FindRepository, NoneLeavesBothEmpty) {
  Report report;
  find_repository(Folders("/tmp/x", {}), report);
  EXPECT_EQ(report.repository_root, "");
  EXPECT_EQ(report.path_prefix, "");
}

}  // namespace
}  // namespace budgetcheck
