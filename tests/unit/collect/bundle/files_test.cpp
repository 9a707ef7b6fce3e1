#include "collect/bundle/files.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

namespace budgetcheck {
namespace {

/// A folder with "dist" in it that is gone when the test ends.
class BuildFiles : public testing::Test {
 protected:
  BuildFiles() : folder_(testing::TempDir() + "build_files_" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_ + "/dist/sub");
  }
  ~BuildFiles() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) const { std::ofstream(folder_ + "/" + path) << text; }
  std::vector<FileSizes> measure(const std::vector<std::string>& names, const FileSizeOptions& options = {}) const {
    std::vector<BuildFile> files;
    for (const std::string& name : names) {
      files.push_back({name, name, "js", std::nullopt});
    }
    return measure_files(DiskFileSystem(), folder_ + "/dist", files, options);
  }

  std::string folder_;
};

/// At the lowest level, so that the size differs from ours.
std::string gzip_of(const std::string& text) {
  std::string out(compressBound(text.size()) + 64, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string brotli_of(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
  std::string out(size, '\0');
  EXPECT_EQ(BrotliEncoderCompress(1, BROTLI_DEFAULT_WINDOW, BROTLI_DEFAULT_MODE, text.size(),
                                  reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                                  reinterpret_cast<std::uint8_t*>(out.data())),
            BROTLI_TRUE);
  out.resize(size);
  return out;
}

/// Compresses worse at low levels than at high ones.
std::string some_text() {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += std::to_string(i * i) + (i % 7 == 0 ? "function" : "return");
  }
  return text;
}

TEST_F(BuildFiles, MeasuresInTheOrderOfTheNames) {
  write("dist/small.js", "a");
  write("dist/sub/big.js", std::string(5000, 'a'));
  const auto sizes = measure({"small.js", "sub/big.js", "./sub/../small.js", "none.js", "sub"});
  EXPECT_EQ(sizes[0].raw, 1U);
  EXPECT_EQ(sizes[1].raw, 5000U);
  EXPECT_LT(sizes[1].brotli, 100U);
  EXPECT_EQ(sizes[2].raw, 1U);
  EXPECT_EQ(sizes[3].state, FileSizes::State::kMissing);
  EXPECT_EQ(sizes[4].state, FileSizes::State::kMissing);
}

TEST_F(BuildFiles, FollowsLinksOnlyInside) {
  write("secret.js", "secret");
  write("dist/a.js", "abc");
  std::filesystem::create_symlink(folder_ + "/secret.js", folder_ + "/dist/out.js");
  std::filesystem::create_symlink("a.js", folder_ + "/dist/in.js");
  std::filesystem::create_directory_symlink(folder_, folder_ + "/dist/up");
  const auto sizes = measure({"out.js", "in.js", "up/secret.js"});
  EXPECT_EQ(sizes[0].state, FileSizes::State::kRefused);
  EXPECT_EQ(sizes[0].raw, 0U);
  EXPECT_EQ(sizes[1].state, FileSizes::State::kMeasured);
  EXPECT_EQ(sizes[1].raw, 3U);
  EXPECT_EQ(sizes[2].state, FileSizes::State::kRefused);
}

TEST_F(BuildFiles, TakesWhatTheBuildCompressedOnlyWhenAsked) {
  const std::string text = some_text();
  write("dist/a.js", text);
  write("dist/a.js.gz", gzip_of(text));
  write("dist/a.js.br", brotli_of(text));
  const FileSizes own = measure({"a.js"})[0];
  const FileSizes found = measure({"a.js"}, {nullptr, true})[0];
  EXPECT_TRUE(own.own_gzip && own.own_brotli);
  EXPECT_FALSE(found.own_gzip || found.own_brotli);
  EXPECT_EQ(found.raw, text.size());
  EXPECT_EQ(found.gzip, gzip_of(text).size());
  EXPECT_EQ(found.brotli, brotli_of(text).size());
  EXPECT_LT(own.gzip, found.gzip);
  EXPECT_LT(own.brotli, found.brotli);
}

TEST_F(BuildFiles, CompressesWhatHasNoSibling) {
  const std::string text = some_text();
  write("dist/a.js", text);
  const FileSizes own = measure({"a.js"})[0];
  write("dist/a.js.gz", gzip_of(text));
  const FileSizes mixed = measure({"a.js"}, {nullptr, true})[0];
  EXPECT_FALSE(mixed.own_gzip);
  EXPECT_TRUE(mixed.own_brotli);
  EXPECT_EQ(mixed.brotli, own.brotli);
}

TEST_F(BuildFiles, ASiblingOfAnotherContentIsAnError) {
  const std::string text = some_text();
  std::string other = text;
  other[100] = '#';
  write("dist/a.js", text);
  write("dist/a.js.gz", gzip_of(other));
  write("dist/b.js", text);
  write("dist/b.js.br", brotli_of(text + "more"));
  write("dist/c.js", text);
  write("dist/c.js.br", "no brotli at all");
  for (const FileSizes& sizes : measure({"a.js", "b.js", "c.js"}, {nullptr, true})) {
    EXPECT_EQ(sizes.state, FileSizes::State::kFailed);
    EXPECT_NE(sizes.message.find("beside it contains something else"), std::string::npos) << sizes.message;
  }
}

TEST_F(BuildFiles, TheCacheSparesCompressing) {
  write("dist/a.js", some_text());
  SizeCache cache("");
  const FileSizes cold = measure({"a.js"}, {&cache, false})[0];
  EXPECT_EQ(cache.find(cache.key(some_text())), (SizeCache::Sizes{cold.gzip, cold.brotli}));
  SizeCache other("");
  other.add(other.key(some_text()), {1100, 1200});
  const FileSizes warm = measure({"a.js"}, {&other, false})[0];
  EXPECT_EQ(warm.raw, cold.raw);
  EXPECT_EQ(warm.gzip, 1100U);
  EXPECT_EQ(warm.brotli, 1200U);
}

TEST_F(BuildFiles, BrotliIsLeftOutUnlessAskedFor) {
  write("dist/a.js", some_text());
  SizeCache cache("");
  FileSizeOptions options{&cache, false, false};
  EXPECT_TRUE(measure({"a.js"}, {nullptr, false, false})[0].has_brotli);  // it costs next to nothing
  write("dist/big.js", std::string(FileSizeOptions::kFewBytes, 'a'));
  const FileSizes without = measure({"a.js", "big.js"}, options)[0];
  EXPECT_FALSE(without.has_brotli);
  EXPECT_EQ(without.brotli, 0U);
  EXPECT_EQ(cache.find(cache.key(some_text())), (SizeCache::Sizes{without.gzip, 0}));
  options.brotli = true;  // what the cache lacks is made now, and kept
  const FileSizes with = measure({"a.js", "big.js"}, options)[0];
  EXPECT_TRUE(with.has_brotli);
  EXPECT_EQ(with.gzip, without.gzip);
  EXPECT_GT(with.brotli, 0U);
  EXPECT_EQ(cache.find(cache.key(some_text())), (SizeCache::Sizes{with.gzip, with.brotli}));
}

TEST_F(BuildFiles, AFolderWhoseNameBeginsAlikeIsOutside) {
  std::filesystem::create_directories(folder_ + "/dist-old");
  write("dist-old/a.js", "abc");
  std::filesystem::create_symlink(folder_ + "/dist-old/a.js", folder_ + "/dist/a.js");
  EXPECT_EQ(measure({"a.js"})[0].state, FileSizes::State::kRefused);
}

}  // namespace
}  // namespace budgetcheck
