#pragma once

#include <string_view>
#include <vector>

namespace budgetcheck {

enum class Offsets {
  kAny,
  kMultiples,  ///< of their step, as those of pages are that begin at the first row: 0, 20, 40
};

/// Whether paths of one route differ only in what is counted, not in what is named: in days of the calendar, or in
/// numbers with equal steps above 1 between them ("/feed/20", "/feed/40", …), as offsets and times in seconds have.
/// Rows have numbers in a row (1, 2, 3) or with gaps of any size. False for fewer than three different paths.
bool differ_in_offsets(const std::vector<std::string_view>& paths, Offsets which = Offsets::kAny);

}  // namespace budgetcheck
