#include "collect/bundle/bundlers/next_unfinished.h"

#include <fmt/format.h>

#include "base/path.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kNextFolder = ".next";

/// `next build` empties its folder (but for caches and diagnostics), writes this file of one line, and then compiles. A
/// job that gets `.next/static` from another one does not have it, and a package has more to say.
bool has_next_package(const FileSystem& files, const std::string& folder) {
  constexpr std::uint64_t kMostBytes = 64;
  const std::string path = join_path(folder, "package.json");
  if (files.kind(path) != FileKind::kRegular || files.size(path) > kMostBytes) {
    return false;
  }
  const auto content = files.open(path);
  if (!content) {
    return false;
  }
  std::string text((*content)->bytes());
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text == R"({"type":"commonjs"})";
}

/// A copy under another name may lack what nobody asked for.
bool is_unfinished_next_build(const FileSystem& files, const std::string& folder) {
  return files.kind(join_path(folder, kNextBuildId)) == FileKind::kMissing && has_next_package(files, folder);
}

}  // namespace

std::string unfinished_next_build(const FileSystem& files, const std::string& path) {
  std::string folder = join_path("", path);
  while (folder != "." && folder != "/" && !folder.empty()) {
    if (folder == kNextFolder || folder.ends_with("/.next")) {
      return is_unfinished_next_build(files, folder) ? folder : std::string();
    }
    folder = folder_of(folder);
  }
  return {};
}

void say_unfinished_next_build(const std::string& folder, Account& account, const Location& location, Facts& facts) {
  const std::string project = folder_of(folder);
  account.incomplete(fmt::format("the build in {} is not complete (no {})", printable(folder), kNextBuildId),
                     project == "." ? std::string("run npx next build, and let it end before the gate reads its files")
                                    : fmt::format("run npx next build in {}, and let it end before the gate reads its "
                                                  "files",
                                                  printable(project)),
                     "bundle.", location, facts);
}

}  // namespace budgetcheck
