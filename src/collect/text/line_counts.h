#pragma once

#include <cstdint>

namespace budgetcheck {

/// How many lines of a log (or entries, or rows: whatever it is made of) were read.
struct LineCounts {
  std::uint64_t read = 0;          ///< that hold something
  std::uint64_t broken = 0;        ///< of these, those that cannot be understood
  std::uint32_t first_broken = 0;  ///< the line of the first; 0: there is none

  void add_broken(std::uint32_t line) {
    ++broken;
    first_broken = first_broken == 0 ? line : first_broken;
  }
  /// The last of the broken ones is what the file breaks off in, and that is reported in other words.
  void forget_last_broken() {
    broken -= broken > 0 ? 1U : 0U;
    first_broken = broken == 0 ? 0 : first_broken;
  }
  /// Adds those of the next piece; `lines_before` lines precede it.
  void add(const LineCounts& next, std::uint32_t lines_before) {
    read += next.read;
    broken += next.broken;
    if (first_broken == 0 && next.first_broken != 0) {
      first_broken = lines_before + next.first_broken;
    }
  }
};

}  // namespace budgetcheck
