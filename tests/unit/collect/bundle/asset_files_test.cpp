#include "collect/bundle/asset_files.h"

#include <filesystem>
#include <fstream>
#include <map>

#include "unit/collect/bundle/bundle_testing.h"

namespace budgetcheck {
namespace {

using namespace bundle_testing;

void add_dist(MemoryFileSystem& files) {
  files.add("dist/index.html", std::string(1, 'a'));
  files.add("dist/assets/index-BfA6cGt_.js", std::string(20, 'a'));
  files.add("dist/assets/index-BfA6cGt_.js.map", std::string(999, 'a'));
  files.add("dist/assets/index-CjgPMEug.css", std::string(300, 'a'));
  files.add("dist/.vite/manifest.json", "{}");
  files.add("dist/data.json", "{\"a\": 1}");
}

TEST(AssetFiles, AFolderIsABuildWithoutEntries) {
  MemoryFileSystem files;
  add_dist(files);
  const Collected got = collect_from(files, "dist");
  EXPECT_EQ(got.input().format, "files");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw"), 329);
  EXPECT_EQ(got.value("bundle.files"), 4);
  EXPECT_EQ(got.value("bundle.raw", {{"type", "js"}}), 20);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "assets/index-[hash].css"}, {"type", "css"}}), 300);
  EXPECT_GT(got.value("bundle.brotli", {{"type", "js"}}), 0);
  EXPECT_NE(got.unmeasured("bundle."), nullptr) << "entries are not known";
}

TEST(AssetFiles, APageOfTheFolderIsAnEntry) {
  MemoryFileSystem files;
  add_dist(files);
  files.add("dist/index.html", "<script type=module src=/assets/index-BfA6cGt_.js></script>");
  files.add("dist/assets/late-CjgPMEug.js", std::string(50, 'a'));
  const Collected got = collect_from(files, "dist");
  EXPECT_EQ(got.value("bundle.raw", {{"entry", "index.html"}, {"type", "js"}}), 20);
  EXPECT_EQ(got.value("bundle.raw", {{"type", "js"}}), 70);
}

TEST(AssetFiles, AppsAreBuildsOfTheirOwn) {
  MemoryFileSystem files;
  files.add("a/dist/x.js", std::string(10, 'a'));
  files.add("b/dist/x.js", std::string(30, 'a'));
  InputSpec a;
  a.folder = ".";
  a.path = "a/dist";
  a.settings.set("app", "first");
  InputSpec b = a;
  b.path = "b/dist";
  b.settings.set("app", "second");
  const Collected got{collect(files, {a, b}, {})};
  EXPECT_EQ(got.value("bundle.raw", {{"app", "first"}, {"type", "js"}}), 10);
  EXPECT_EQ(got.value("bundle.raw", {{"app", "second"}, {"type", "js"}}), 30);
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
}

TEST(AssetFiles, FilesArePartsWithTheirSizes) {
  MemoryFileSystem files;
  files.add("dist/main.js", std::string(20, 'a'));
  files.add("dist/chunks/0cz1d0mv5g_q7.js", std::string(30, 'a'));
  files.add("dist/chunks/0j1we3cwg31qe.js", std::string(40, 'a'));
  std::map<std::string, double> parts;
  for (const Part& part : collect_from(files, "dist").facts.parts) {
    EXPECT_EQ(part.kind, "asset");
    parts[part.name] = part.size;
  }
  EXPECT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts["main.js"], 20);
  EXPECT_EQ(parts["chunks/0j1we3cwg31qe.js"], 40);
}

TEST(AssetFiles, PatternsTogetherAreOneBuild) {
  MemoryFileSystem files;
  add_dist(files);
  InputSpec js;
  js.folder = ".";
  js.path = "dist/**/*.js";
  InputSpec css = js;
  css.path = "dist/assets/*.css";
  const Collected got{collect(files, {js, css, js}, {})};
  ASSERT_EQ(got.facts.inputs.size(), 1U);
  EXPECT_EQ(got.value("bundle.raw"), 320);
  EXPECT_NE(got.find("bundle.raw", {{"asset", "assets/index-[hash].js"}, {"type", "js"}}), nullptr);
}

TEST(AssetFiles, APatternLeavesJsonToItsFormats) {
  MemoryFileSystem files;
  add_dist(files);
  const Collected got = collect_from(files, "dist/*");
  // A page alone may be a report that someone named by mistake: it is no build.
  EXPECT_EQ(got.find("bundle.raw", {}), nullptr);
  const Collected all = collect_from(files, "dist/**/*.{js,html,map,json}");
  EXPECT_EQ(all.value("bundle.raw"), 21);
  ASSERT_GE(all.facts.inputs.size(), 2U);
  EXPECT_EQ(all.input().state, InputState::kUnreadable) << "data.json is no input";
}

TEST(AssetFiles, AFolderWithoutThemIsNoInput) {
  MemoryFileSystem files;
  files.add("reports/lhr.json", "{}");
  const Collected got = collect_from(files, "reports");
  EXPECT_EQ(got.input().state, InputState::kUnreadable);
  EXPECT_EQ(got.input().message, "a folder, not a file");
}

TEST(AssetFiles, NamesAreMadePrintable) {
  MemoryFileSystem files;
  files.add("dist/a\x1b[31m.js", "abc");
  const Collected got = collect_from(files, "dist/*.js");
  for (const Sample& sample : got.facts.samples) {
    EXPECT_EQ(to_string(sample.where).find('\x1b'), std::string::npos);
  }
  EXPECT_EQ(got.input().state, InputState::kIncomplete) << "a file of that name is not opened";
}

TEST(AssetFiles, AnEmptyFileIsAFileOfNoBytes) {
  MemoryFileSystem files;
  files.add("dist/a.js", "");
  files.add("dist/b.js", "abc");
  const Collected got = collect_from(files, "dist");
  EXPECT_EQ(got.input().state, InputState::kRead) << got.input().message;
  EXPECT_EQ(got.value("bundle.files"), 2);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "a.js"}, {"type", "js"}}), 0);
  EXPECT_EQ(got.value("bundle.gzip", {{"asset", "a.js"}, {"type", "js"}}), 20) << "a gzip file of nothing";
}

/// A disk where every file grows while it is read.
class GrowingFiles final : public FileSystem {
 public:
  explicit GrowingFiles(const FileSystem& files) : files_(files) {}
  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override {
    class Growing final : public FileContent {
     public:
      explicit Growing(std::unique_ptr<FileContent> content) : content_(std::move(content)) {}
      std::string_view bytes() const override { return content_->bytes(); }
      bool unchanged() const override { return false; }

     private:
      std::unique_ptr<FileContent> content_;
    };
    auto content = files_.open(path);
    if (!content) {
      return content;
    }
    return std::make_unique<Growing>(std::move(*content));
  }
  FileKind kind(const std::string& path) const override { return files_.kind(path); }
  std::uint64_t size(const std::string& path) const override { return files_.size(path); }
  std::vector<DirEntry> list(const std::string& path) const override { return files_.list(path); }
  std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  const FileSystem& files_;
};

TEST(AssetFiles, AFileThatChangesWhileItIsReadIsNotMeasured) {
  MemoryFileSystem files;
  files.add("dist/a.js", "abc");
  files.add("dist/stats.json",
            R"({"assets":[{"name":"a.js","size":3,"info":{}}],"entrypoints":{"main":{"assets":[{"name":"a.js"}]}},)"
            R"("assetsByChunkName":{},"errors":[],"errorsCount":0,"modules":[]})");
  const GrowingFiles growing(files);
  const Collected folder = collect_from(growing, "dist");
  EXPECT_EQ(folder.input().state, InputState::kIncomplete);
  EXPECT_NE(folder.input().message.find("could not measure 2 of 2 files"), std::string::npos) << folder.input().message;
  EXPECT_EQ(folder.input().hint, "measure after the build has ended");
  const Collected stats = collect_from(growing, "dist/stats.json");
  EXPECT_EQ(stats.input().state, InputState::kUnreadable);
  EXPECT_EQ(stats.input().message, "the file changed while it was read");
  EXPECT_TRUE(stats.facts.samples.empty());
}

TEST(AssetFiles, FilesThatAreAllEmptyAreNoBuild) {
  MemoryFileSystem files;
  files.add("dist/main.js", "");
  const Collected got = collect_from(files, "dist");
  EXPECT_EQ(got.input().state, InputState::kIncomplete);
  EXPECT_EQ(got.input().message, "the only file is empty");
  EXPECT_EQ(got.find("bundle.gzip", {}), nullptr);
}

TEST(AssetFiles, TheServersFilesAreNotShipped) {
  MemoryFileSystem files;
  files.add("build/client/assets/root-BfA6cGt_.js", "abc");
  files.add("build/server/index.js", std::string(999, 'a'));
  const Collected got = collect_from(files, "build");
  EXPECT_EQ(got.value("bundle.raw"), 3);
  EXPECT_EQ(got.value("bundle.raw", {{"asset", "assets/root-[hash].js"}, {"type", "js"}}), 3);
  EXPECT_EQ(got.input().message, "only 'build/client' is counted: 1 file beside it is of the server");
}

TEST(AssetFiles, AnAdaptersCopyIsCountedOnce) {
  MemoryFileSystem files;
  files.add("out/_next/static/chunks/a.js", "abc");
  files.add(".next/static/chunks/a.js", "abc");
  files.add(".next/static/chunks/b.js", "de");
  InputSpec copy;
  copy.folder = ".";
  copy.path = "out/_next/static";
  InputSpec first = copy;
  first.path = ".next/static";
  const Collected got{collect(files, {first, copy}, {})};
  EXPECT_EQ(got.value("bundle.raw"), 5);
  EXPECT_EQ(got.input().message, "1 file is in two of the inputs with the same content: counted once");
}

TEST(AssetFiles, FilesSayWhatIsNewOrBigger) {
  MemoryFileSystem files;
  add_dist(files);
  const Collected got = collect_from(files, "dist");
  EXPECT_EQ(got.part("asset", "assets/index-[hash].js"), 20);
  EXPECT_EQ(got.part("asset", "assets/index-[hash].css"), 300);
}

TEST(AssetFiles, LinksThatLeadOutOfTheFolderAreRefused) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "asset_files_links";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "dist");
  std::ofstream(folder / "secret.js") << "secret";
  std::ofstream(folder / "dist/a.js") << "abc";
  std::filesystem::create_symlink("../secret.js", folder / "dist/b.js");
  const Collected got = collect_from(DiskFileSystem(), (folder / "dist").string());
  EXPECT_EQ(got.input().state, InputState::kIncomplete) << got.input().message;
  EXPECT_NE(got.input().message.find("refused"), std::string::npos) << got.input().message;
  EXPECT_EQ(got.value("bundle.raw"), 3);
  EXPECT_TRUE(got.lower_bound("bundle.raw"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace budgetcheck
