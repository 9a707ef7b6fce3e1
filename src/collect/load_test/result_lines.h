#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "base/file_system.h"
#include "collect/account.h"
#include "collect/text/line_counts.h"

namespace budgetcheck {

/// How the lines of raw results were read: one value or one request a line, as many as the run made.
struct ResultLines {
  LineCounts counts;             ///< without the line that the file breaks off in
  std::uint32_t breaks_off = 0;  ///< that line; 0: the file is whole, as far as can be seen

  /// The last line is broken and has no end, so that the run went on.
  void end_in_the_middle(std::uint32_t line);
  /// Says what is wrong with them: they are "no `what`", such as "point of k6".
  void say(std::string_view what, Account& account) const;
};

/// Gives each line that holds something to `take`, which answers whether it is one of the results. FileContent::kGuard
/// readable bytes follow a line; it lives until the call ends. Memory does not grow with the file.
ResultLines read_result_lines(const FileContent& content, const std::function<bool(std::string_view line)>& take);

}  // namespace budgetcheck
