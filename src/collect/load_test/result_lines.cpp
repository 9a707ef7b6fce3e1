#include "collect/load_test/result_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "collect/text/line_piece.h"

namespace budgetcheck {

void ResultLines::end_in_the_middle(std::uint32_t line) {
  counts.forget_last_broken();
  breaks_off = line;
}

void ResultLines::say(std::string_view what, Account& account) const {
  if (breaks_off > 0) {
    account.incomplete(fmt::format("the file breaks off in line {}, so the run is not whole", breaks_off), kWriteAgain);
  }
  if (counts.broken > 0) {
    account.incomplete(
        fmt::format("{} of {} {} no {}, the first in line {}", counts.broken, counted(counts.read, "line"),
                    counts.broken == 1 ? "is" : "are", what, counts.first_broken),
        kWriteAgain);
  }
}

ResultLines read_result_lines(const FileContent& content, const std::function<bool(std::string_view line)>& take) {
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  const std::size_t size = content.bytes().size();
  ResultLines lines;
  LinePiece piece;
  std::uint32_t passed = 0;
  std::uint32_t last_broken = 0;  // 0: the last line is none
  for (std::size_t begin = 0; begin < size; begin += kPiece) {
    piece.load(content, begin, std::min(kPiece, size - begin));
    while (piece.next()) {
      if (!piece.too_long() && trim(piece.line()).empty()) {
        continue;
      }
      ++lines.counts.read;
      last_broken = piece.too_long() || !take(piece.line()) ? passed + piece.number() : 0;
      if (last_broken > 0) {
        lines.counts.add_broken(last_broken);
      }
    }
    passed += piece.number();
  }
  if (last_broken > 0 && content.bytes().back() != '\n') {
    lines.end_in_the_middle(last_broken);
  }
  return lines;
}

}  // namespace budgetcheck
