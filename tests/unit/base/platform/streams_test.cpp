#include "base/platform/streams.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "base/platform/own_process.h"

namespace budgetcheck {
namespace {

TEST(Streams, AReaderThatHasGoneAwayIsNotAnError) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  ignore_closed_pipes();
  ::close(ends[0]);
  EXPECT_TRUE(write_all(ends[1], "text"));
  ::close(ends[1]);
  const auto closed = write_all(ends[1], "text");
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error(), "Bad file descriptor");
  EXPECT_TRUE(write_all(ends[1], ""));
  std::signal(SIGPIPE, before);
}

TEST(Streams, APipeIsNotATerminal) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  EXPECT_FALSE(look_at(ends[1]).is_terminal);
  EXPECT_EQ(look_at(ends[1]).columns, 0U);
  ::close(ends[0]);
  ::close(ends[1]);
}

/// Standard input for the length of a test.
class PipedInput {
 public:
  PipedInput() : before_(::dup(kStandardInput)) {
    int ends[2];
    if (::pipe(ends) == 0) {
      ::dup2(ends[0], kStandardInput);
      ::close(ends[0]);
      writer_ = ends[1];
    }
  }
  PipedInput(const PipedInput&) = delete;
  PipedInput& operator=(const PipedInput&) = delete;
  ~PipedInput() {
    end();
    ::dup2(before_, kStandardInput);
    ::close(before_);
  }
  void write(std::string_view text) const { ASSERT_TRUE(write_all(writer_, text)); }
  void end() {
    if (writer_ >= 0) {
      ::close(writer_);
      writer_ = -1;
    }
  }

 private:
  int before_;
  int writer_ = -1;
};

TEST(PipedInput, IsReadToItsEnd) {
  PipedInput input;
  input.write("one\ntwo\n");
  input.end();
  EXPECT_EQ(read_piped_input(1000, std::chrono::milliseconds(2000)), "one\ntwo\n");
}

TEST(PipedInput, SilenceAndLengthEndIt) {
  PipedInput input;
  input.write("open");
  EXPECT_EQ(read_piped_input(1000, std::chrono::milliseconds(10)), "open");
  input.write(std::string(20'000, 'x'));
  EXPECT_LT(read_piped_input(1000, std::chrono::milliseconds(2000)).size(), 10'000U);
}

TEST(StreamOfPath, NamesTheStreamsOfThisProcess) {
  EXPECT_EQ(stream_of_path("/dev/stdin"), 0);
  EXPECT_EQ(stream_of_path("/dev/stdout"), 1);
  EXPECT_EQ(stream_of_path("/dev//stderr"), 2);
  EXPECT_EQ(stream_of_path("/dev/fd/63"), 63);
  EXPECT_EQ(stream_of_path("/proc/self/fd/3"), 3);
  for (const char* path : {"", "-", "dev/stdin", "/dev/fd/", "/dev/fd/x", "/dev/fd/-1", "/dev/fd/3/f", "/dev/null",
                           "/dev/fd/99999999999", "/proc/1/fd/3"}) {
    EXPECT_FALSE(stream_of_path(path)) << path;
  }
}

}  // namespace
}  // namespace budgetcheck
