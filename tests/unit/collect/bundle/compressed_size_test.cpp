#include "collect/bundle/compressed_size.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace budgetcheck
