#include "collect/logs/read_lines.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

namespace budgetcheck {
namespace {

/// Notes every line that it sees: its number, "{" for an object, and its length.
class Notes final : public LineSink {
 public:
  struct Seen final : Piece {
    std::vector<std::pair<std::uint32_t, std::string>> lines;
  };
  class NoteReader final : public Reader {
   public:
    void read(const LogLine& line) override {
      seen_->lines.emplace_back(line.number, (line.object != nullptr ? "{"
                                              : line.too_long        ? "long"
                                                                     : "") +
                                                 std::to_string(line.text.size()));
    }
    std::unique_ptr<Piece> take(std::unique_ptr<Piece> /*spare*/) override {
      return std::exchange(seen_, std::make_unique<Seen>());
    }

   private:
    std::unique_ptr<Seen> seen_ = std::make_unique<Seen>();
  };

  std::unique_ptr<Reader> reader() override { return std::make_unique<NoteReader>(); }
  void add(Piece& piece, std::uint32_t lines_before) override {
    for (const auto& [number, what] : static_cast<Seen&>(piece).lines) {
      all += std::to_string(lines_before + number) + ":" + what + " ";
    }
  }
  void report(Input& input, Facts& /*facts*/) override { input.message = all; }

  std::string all;
};

TEST(ReadLines, EverySinkSeesEveryLineThatIsNotBlank) {
  const auto content = content_from_string("\xEF\xBB\xBF{\"a\":1}\r\n\n  \ntext\n{\"a\":2\nlast");
  Notes one;
  Notes other;
  const std::array<LineSink*, 2> sinks{&one, &other};
  read_lines(*content, 1, sinks);
  EXPECT_EQ(one.all, "1:{7 4:4 5:6 6:4 ");
  EXPECT_EQ(other.all, one.all);
}

TEST(ReadLines, PiecesAreAddedInOrderHoweverManyThreadsThereAre) {
  std::string text;
  for (int i = 0; text.size() < (std::size_t{3} << 20); ++i) {
    text += i % 3 == 0 ? "{\"n\":" + std::to_string(i) + "}\n" : i % 3 == 1 ? "plain text\n" : "\n";
  }
  const auto content = content_from_string(text);
  std::array<Notes, 2> notes;
  for (const unsigned threads : {1U, 3U}) {
    const std::array<LineSink*, 1> sinks{&notes.at(threads == 1 ? 0 : 1)};
    read_lines(*content, threads, sinks);
  }
  EXPECT_GT(notes[0].all.size(), 1'000'000U);
  EXPECT_TRUE(notes[0].all == notes[1].all);
}

TEST(ReadLines, LinesOfAKnownLayoutAreReadAsAllOthers) {
  const std::string line = R"({"n":1,"s":"x"})";
  const std::string wrapped = R"({"log":"{\"n\":1,\"s\":\"x\"}\n","stream":"stdout"})";
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += line + "\n";
  }
  text +=
      wrapped + "\n" + line + "\r\n " + line + "\n" + line + " x\n{\"n\":2,\"s\":\"y\"}\n\n" + wrapped + "\n" + line;
  Notes notes;
  const std::array<LineSink*, 1> sinks{&notes};
  read_lines(*content_from_string(text), 1, sinks);
  std::string expected;
  for (int i = 1; i <= 20; ++i) {
    expected += std::to_string(i) + ":{15 ";
  }
  EXPECT_EQ(notes.all, expected + "21:{15 22:{15 23:{16 24:17 25:{15 27:{15 28:{15 ");
}

TEST(ReadLines, AFileWithoutLinesHasNone) {
  Notes notes;
  const std::array<LineSink*, 1> sinks{&notes};
  read_lines(*content_from_string(""), 2, sinks);
  EXPECT_EQ(notes.all, "");
}

TEST(ReadLines, SmallFilesAreReadOnOneThread) {
  EXPECT_EQ(threads_for(*content_from_string("x"), 4), 1U);
  EXPECT_EQ(threads_for(*content_from_string(std::string((std::size_t{8} << 20) + 1, 'x')), 2), 2U);
}

}  // namespace
}  // namespace budgetcheck
