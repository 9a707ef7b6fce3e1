#include "collect/text/line_piece.h"

#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

struct Line {
  std::string text;
  bool too_long = false;
  bool operator==(const Line&) const = default;
};

std::vector<Line> lines_of_file(const FileContent& content) {
  std::vector<Line> all;
  for (TextLines lines(content); lines.next();) {
    all.push_back({std::string(lines.line()), lines.too_long()});
  }
  return all;
}

std::vector<Line> lines_of_pieces(const FileContent& content, std::size_t size) {
  std::vector<Line> all;
  LinePiece piece;
  for (std::size_t begin = 0; begin < content.bytes().size(); begin += size) {
    piece.load(content, begin, size);
    std::uint32_t number = 0;
    while (piece.next()) {
      EXPECT_EQ(piece.number(), ++number);
      all.push_back({std::string(piece.line()), piece.too_long()});
      for (std::size_t i = 0; i < FileContent::kGuard; ++i) {
        (void)*const_cast<const volatile char*>(piece.line().end() + i);  // may be read
      }
    }
  }
  return all;
}

TEST(LinePiece, PiecesTogetherHaveTheLinesOfTheFile) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text = round % 3 == 0 ? "\xEF\xBB\xBF" : "";
    const std::size_t lines = random() % 8;
    for (std::size_t i = 0; i < lines; ++i) {
      text += std::string(random() % (random() % 4 == 0 ? 60 : 5), 'x');
      text += random() % 4 == 0 ? "\r\n" : "\n";
    }
    text += random() % 2 == 0 ? "" : round % 2 == 0 ? "last" : "last\r";
    const auto content = content_from_string(text);
    for (std::size_t size = 4; size < 20; ++size) {
      EXPECT_EQ(lines_of_pieces(*content, size), lines_of_file(*content)) << size << ": " << text;
    }
  }
}

TEST(LinePiece, ALineThatIsTooLongIsCutAndFollowedByTheNext) {
  constexpr std::size_t kMegabyte = std::size_t{1} << 20;
  for (const std::size_t over : {0U, 1U, 2U}) {
    const auto content = content_from_string("first\n" + std::string(TextLines::kMaxText + over, 'x') + "\r\nlast");
    const std::vector<Line> lines = lines_of_pieces(*content, kMegabyte);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[1].too_long, over > 0);
    EXPECT_EQ(lines, lines_of_file(*content));
  }
}

TEST(LinePiece, SaysWhereTheRestBegins) {
  const auto content = content_from_string("one\r\ntwo\nthree");
  LinePiece piece;
  piece.load(*content, 0, 100);
  EXPECT_EQ(piece.rest(), "one\r\ntwo\nthree");
  piece.pass(5, 2);
  EXPECT_EQ(piece.line(), "one");
  EXPECT_TRUE(piece.next());
  EXPECT_EQ(piece.line(), "two");
  EXPECT_EQ(piece.rest(), "three");
  piece.pass(5, 0);
  EXPECT_EQ(piece.line(), "three");
  EXPECT_EQ(piece.number(), 3U);
  EXPECT_FALSE(piece.next());
}

}  // namespace
}  // namespace budgetcheck
