#include "collect/bundle/compressed_size.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <string>

#include "base/file_system.h"

namespace budgetcheck {
namespace {

struct Known {
  const char* file;
  std::uint64_t gzip;
  std::uint64_t brotli;
};
class CompressedSize : public testing::TestWithParam<Known> {};

// brotli: `brotli -q 11 -c FILE | wc -c` (Debian, 1.0.9). gzip: a gzip stream of zlib 1.2.13 at level 9, made by
// `python3 -c "import sys, zlib; c = zlib.compressobj(9, 8, 31); d = sys.stdin.buffer.read(); print(len(c.compress(d) +
// c.flush()))" < FILE`. GNU gzip has a deflate of its own that cuts blocks elsewhere: `gzip -9 < FILE | wc -c` gives
// the same for all of these but the first (6478).
TEST_P(CompressedSize, IsThatOfTheCommands) {
  const DiskFileSystem files;
  const auto content = files.open(std::string(BUDGETCHECK_SOURCE_DIR "/fixtures/dist/") + GetParam().file);
  ASSERT_TRUE(content);
  EXPECT_EQ(gzip_size((*content)->bytes()), GetParam().gzip);
  EXPECT_EQ(brotli_size((*content)->bytes()), GetParam().brotli);
}

INSTANTIATE_TEST_SUITE_P(
    Files, CompressedSize,
    testing::Values(Known{"small/268.240d10fb.js", 6460, 5841}, Known{"small/admin.8716202b.js", 3219, 2866},
                    Known{"small/lazy-chart.c320aaa9.chunk.js", 253, 216}, Known{"small/main.0db6c1d5.js", 366, 311},
                    Known{"small/main.e9532d4b.css", 106, 86}, Known{"small/runtime.ac5fb280.js", 1764, 1549},
                    Known{"two-copies/480.eb9b0efd.chunk.js", 160, 148}, Known{"two-copies/admin.73a35e6a.js", 81, 69},
                    Known{"two-copies/main.4ac54a9d.js", 1704, 1467}));

TEST(CompressedSizeOf, NothingIsTheFrameAlone) {
  EXPECT_EQ(gzip_size(""), 20U);   // gzip -9 < /dev/null | wc -c
  EXPECT_EQ(brotli_size(""), 2U);  // brotli -q 11 -c /dev/null | wc -c
}

/// A gzip frame around `deflated` with the sum and the length of `bytes`.
std::string framed(const std::string& deflated, const std::string& bytes) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
  out += deflated;
  const auto number = [&](std::uint64_t value) {
    for (unsigned i = 0; i < 4; ++i) {
      out += static_cast<char>((value >> (8 * i)) & 0xFFU);
    }
  };
  number(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  number(bytes.size());
  return out;
}

/// deflate without compression: blocks of at most 65,535 bytes.
std::string stored(const std::string& bytes) {
  std::string out;
  std::size_t at = 0;
  do {
    const std::size_t size = std::min<std::size_t>(bytes.size() - at, 65'535);
    out += at + size == bytes.size() ? '\1' : '\0';
    for (const std::size_t value : {size, ~size}) {
      out += static_cast<char>(value & 0xFFU);
      out += static_cast<char>((value >> 8U) & 0xFFU);
    }
    out += bytes.substr(at, size);
    at += size;
  } while (at < bytes.size());
  return out;
}

TEST(GzipHolds, UnpacksAndCompares) {
  std::string bytes;
  while (bytes.size() < 600'000) {
    bytes += std::to_string(bytes.size());
  }
  const std::string good = framed(stored(bytes), bytes);
  EXPECT_TRUE(gzip_holds(good, bytes));
  EXPECT_TRUE(gzip_holds(framed(stored(""), ""), ""));
  EXPECT_FALSE(gzip_holds(framed("", bytes), bytes));  // 18 bytes with the right trailer
  EXPECT_FALSE(gzip_holds(framed(stored(""), bytes), bytes));
  EXPECT_FALSE(gzip_holds(framed(stored(bytes + "x"), bytes), bytes));
  EXPECT_FALSE(gzip_holds(framed(stored(bytes.substr(1)), bytes), bytes));
  EXPECT_FALSE(gzip_holds(framed(stored(bytes), "another"), bytes));  // a reader refuses it
  EXPECT_FALSE(gzip_holds(good + "x", bytes));
  EXPECT_FALSE(gzip_holds(good.substr(0, good.size() - 1), bytes));
  EXPECT_FALSE(gzip_holds("", ""));
  EXPECT_FALSE(gzip_holds(bytes, bytes));
}

}  // namespace
}  // namespace budgetcheck
