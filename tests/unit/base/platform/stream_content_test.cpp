#include "base/platform/stream_content.h"

#include <unistd.h>

#include <string>

#include "base/platform/streams.h"
#include "unit/base/platform/temporary_folder.h"

namespace budgetcheck {
namespace {

TEST(StreamContent, NothingIsNothing) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[1]);
  const StreamRead read = read_stream(ends[0], 10);
  ::close(ends[0]);
  ASSERT_NE(read.content, nullptr);
  EXPECT_EQ(read.content->bytes(), "");
}

TEST(StreamContent, GrowsAndIsFollowedByZeros) {
  std::FILE* file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  // About the sizes at which it grows.
  for (const std::size_t size : {(std::size_t{1} << 20) - 64, std::size_t{1} << 20, (std::size_t{1} << 21) - 64}) {
    const std::string text(size, 'x');
    ASSERT_EQ(::ftruncate(::fileno(file), 0), 0);
    ASSERT_EQ(::lseek(::fileno(file), 0, SEEK_SET), 0);
    ASSERT_TRUE(write_all(::fileno(file), text));
    ASSERT_EQ(::lseek(::fileno(file), 0, SEEK_SET), 0);
    const StreamRead read = read_stream(::fileno(file), size);
    ASSERT_NE(read.content, nullptr);
    ASSERT_EQ(read.content->bytes(), text);
    for (std::size_t i = 0; i < FileContent::kGuard; ++i) {
      ASSERT_EQ(read.content->bytes().data()[size + i], '\0');
    }
    ASSERT_EQ(::lseek(::fileno(file), 0, SEEK_SET), 0);
    const StreamRead longer = read_stream(::fileno(file), size - 1);
    EXPECT_EQ(longer.content, nullptr);
    EXPECT_EQ(longer.error, 0);
  }
  std::fclose(file);
}

TEST(StreamContent, SaysWhatTheSystemSaid) { EXPECT_EQ(read_stream(-1, 10).error, EBADF); }

}  // namespace
}  // namespace budgetcheck
