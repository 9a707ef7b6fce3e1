#include "cli/terminal/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace budgetcheck {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

struct Terminal {
  std::string out;
  std::chrono::steady_clock::time_point now;
  Progress progress;

  explicit Terminal(std::size_t width = 80, bool unicode = true)
      : progress([this](std::string_view text) { out += text; }, [this] { return now; }, width, unicode) {}

  void at(int ms, std::uint64_t offset) {
    now = std::chrono::steady_clock::time_point() + milliseconds(ms);
    progress.at(offset);
  }
};

TEST(Progress, IsSilentForHalfASecond) {
  Terminal terminal;
  terminal.progress.begin("a.json", 300'000'000);
  terminal.at(499, 100'000'000);
  EXPECT_EQ(terminal.out, "");
  terminal.at(500, 120'000'000);
  EXPECT_EQ(terminal.out, "\rreading a.json: 120 MB of 300 MB, 240 MB/s");
}

TEST(Progress, RenewsTenTimesASecondAndLeavesNothingBehind) {
  Terminal terminal(40);
  terminal.progress.begin("a.json", 300'000'000);
  terminal.at(500, 1);
  terminal.out.clear();
  terminal.at(599, 150'000'000);
  EXPECT_EQ(terminal.out, "");
  terminal.at(600, 150'000'000);
  EXPECT_THAT(terminal.out, HasSubstr("150 MB of"));
  terminal.out.clear();
  terminal.progress.end();
  EXPECT_EQ(terminal.out, "\r" + std::string(39, ' ') + "\r");
  terminal.out.clear();
  terminal.progress.end();
  EXPECT_EQ(terminal.out, "");
}

TEST(Progress, StaysWithinTheWidthAndShowsNoControls) {
  for (const std::size_t width : {0U, 1U, 10U, 40U, 60U}) {
    Terminal terminal(width, false);
    terminal.progress.begin(std::string(200, 'x') + "\x1b[31m\xc3\xa4", 300'000'000);
    terminal.at(1000, 100);
    for (const char c : terminal.out) {
      EXPECT_TRUE(c == '\r' || (c >= ' ' && c <= '~'));
    }
    EXPECT_LE(terminal.out.size(), std::max<std::size_t>(width, 1)) << width;
  }
}

TEST(Progress, IsWantedOnATerminalOutsideOfCi) {
  std::map<std::string, std::string> values{{"TERM", "xterm"}};
  const Variables variables = [&](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
  EXPECT_TRUE(wants_progress({true, 80}, variables));
  EXPECT_FALSE(wants_progress({false, 80}, variables));
  values["CI"] = "true";
  EXPECT_FALSE(wants_progress({true, 80}, variables));
  values = {{"TERM", "dumb"}};
  EXPECT_FALSE(wants_progress({true, 80}, variables));
}

TEST(WatchedFiles, TellOfBigFilesOnly) {
  MemoryFileSystem files;
  files.add("small.json", "{}");
  files.add("big.json", std::string(9 << 20, ' '));
  Terminal terminal;
  const WatchedFiles watched(files, terminal.progress);
  {
    const auto small = watched.open("small.json");
    ASSERT_TRUE(small);
    terminal.now += milliseconds(2000);
    (*small)->release_before(1);
    EXPECT_EQ(terminal.out, "");
    const auto big = watched.open("big.json");
    ASSERT_TRUE(big);
    EXPECT_EQ((*big)->bytes().size(), std::size_t{9} << 20);
    terminal.now += milliseconds(600);
    (*big)->release_before(4 << 20);
    EXPECT_THAT(terminal.out, HasSubstr("reading big.json: 4 MB of 9 MB"));
    terminal.out.clear();
  }
  EXPECT_THAT(terminal.out, HasSubstr("\r ")) << "gone with the file";
  EXPECT_FALSE(watched.open("missing.json"));
}

}  // namespace
}  // namespace budgetcheck
