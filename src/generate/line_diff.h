#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// How a file differs from what it has to be, line by line.
struct LineDiff {
  std::vector<std::string> lines;  ///< "- is there", "+ has to be there", in the order of the file
  std::uint32_t first_line = 0;    ///< of the file, from 1, that differs; behind its end when lines are missing there
  std::size_t more = 0;            ///< differing lines that are not in `lines`

  bool empty() const { return lines.empty() && more == 0; }
};

/// At most `most` lines. Ends of lines (LF or CRLF) do not differ. What files have in common between changes is looked
/// for as long as they are not too big for it; else everything between the first and the last change differs.
LineDiff line_diff(std::string_view is, std::string_view should, std::size_t most);

}  // namespace budgetcheck
